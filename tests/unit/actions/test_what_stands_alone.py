"""Messages that look like follow-ups and say something of their own."""

from __future__ import annotations

from typing import Any

import pytest

from actions.conversation.follow_ups import FollowUps
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import (
    COLLECTION,
    CREDIT,
    DEATH,
    DISPUTE,
    DUE,
    LEGAL,
    OVERDUE,
    PENALTY,
    RECALL,
    STATUS,
    WISH,
    after,
)

LOOK_ALIKES = [
    (WISH, "好的谢谢"),
    (CREDIT, "人家"),
    (CREDIT, "我的征信报告怎么查不到我老公的"),
    (COLLECTION, "投诉电话我打了三次都占线还被骂"),
    (LEGAL, "我去法院问过了说没有我的案子"),
    (DUE, "你能帮我把花呗还了吗"),
    (DUE, "为什么我的花呗被冻结了"),
    (DUE, "为什么要我提前还款"),
    (CREDIT, "多久能办好房产证"),
    (CREDIT, "怎么办信用卡"),
    (DUE, "怎么开通[花呗](product:huabei)"),
    (DUE, "[花呗](product:huabei)怎么提额"),
    (DUE, "我要选[借呗](product:jiebei)那个方案"),
    (CREDIT, "[借呗](product:jiebei)逾期会上征信吗"),
    (DUE, "我后悔借了这笔钱"),
    (DUE, "不是我借的"),
    (CREDIT, "同意"),
    (CREDIT, "我要投诉催收"),
    (DUE, "一共借了三笔"),
    (DUE, "他的花呗是我在还"),
    (DEATH, "我自己的花呗要还多少"),
    (OVERDUE, "没到账单日"),
    (CREDIT, "等下个月发工资"),
    (WISH, "申请表在网上填了"),
    (DISPUTE, "我怎么证明我没钱"),
    (STATUS, "征信"),
    (STATUS, "催收"),
    (DUE, "还有一个问题，能延期吗"),
    (DUE, "具体哪一家公司放的款"),
    (DUE, "真的还不上了"),
    (DUE, "剩下的额度还能用吗"),
    (PENALTY, "确定我的身份证过期了"),
    (CREDIT, "谢谢"),
    (CREDIT, "你好"),
    (CREDIT, "转人工"),
    (CREDIT, "我[明天](date:2026-11-22)还"),
    (DUE, "我每月只能还[800](amount:80000)"),
    (DUE, "[800](amount:80000)"),
    (CREDIT, "[500](amount:50000)"),
    (DUE, "然后我老婆也借了"),
    (DUE, "怎么算的，是不是多收了我[30](amount:3000)"),
    (CREDIT, "/ask_source"),
    (COLLECTION, "家人生病了"),
    (DUE, "不是真的逾期"),
    (RECALL, "什么意思，要告我吗"),
    (DUE, "凭什么冻结我"),
    (LEGAL, "工资卡"),
    (DUE, "依据是什么"),
    (PENALTY, "我现在要还多少"),
    (CREDIT, "我什么时候还"),
    (CREDIT, "改成[后天](date:2026-11-23)"),
    (CREDIT, "还清了"),
    (CREDIT, "能改绑手机吗"),
]


@pytest.mark.parametrize(("before", "said"), LOOK_ALIKES)
def test_what_says_something_of_its_own_is_left_to_the_classifier(
    follow_ups: FollowUps, make_turn: MakeTurn, before: Any, said: str
) -> None:
    assert follow_ups.read(after(make_turn, *before, said, borrower_id="li")) is None


@pytest.mark.parametrize("said", ["为什么", "那借呗呢", "还有呢", "多久", "那怎么办"])
def test_with_nothing_said_before_there_is_nothing_to_lean_on(
    follow_ups: FollowUps, make_turn: MakeTurn, said: str
) -> None:
    assert follow_ups.read(make_turn(said, "nlu_fallback")) is None


@pytest.mark.parametrize(
    ("said", "hollow"),
    [
        ("那怎么办", True),
        ("为什么不能再少一点", True),
        ("还有别的办法吗", True),
        ("那到底是什么意思呢？", True),
        ("怎么开通", False),
        ("我想提额", False),
        ("优惠券怎么用", False),
        ("今天天气怎么样", False),
    ],
)
def test_another_subject_needs_a_word_of_it(follow_ups: FollowUps, said: str, hollow: bool) -> None:
    assert follow_ups.is_hollow(said) is hollow
