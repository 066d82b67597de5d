"""The automatic debit with a condition or a wish, days of paying, and bills that are not out yet.

Each kind is put as several people would put it; beside them stand questions that look alike and
have another answer.
"""

from __future__ import annotations

import pytest

from actions.conversation.desk import Desk
from actions.conversation.situations import Situations
from actions.renderer.renderer import Renderer
from actions.topics.two_days import day_included
from tests.unit.actions.conftest import MakeTurn

KINDS = {
    "ask_debit_part": [
        "扣一部分吗",
        "卡里只有2000会扣吗",
        "有一百扣一百吗",
        "余额不足会扣一部分吗",
    ],
    "ask_debit_no_money": [
        "卡里没钱会怎么样",
        "扣款那天余额不够",
        "余额宝没钱了它还扣啥",
        "扣款日卡里忘了放钱会怎样",
        "要是26号卡里没钱呢",
    ],
    "ask_debit_another_day": [
        "21号再扣行不行",
        "工资25号到，能不能25号以后再扣",
        "扣款能不能推迟到月底",
        "扣款日想改到发工资那天",
        "晚两天再扣可以吗",
    ],
    "ask_debit_by_hand_instead": [
        "改成手动还",
        "我想自己还，不要自动扣",
        "以后我自己还 别自动扣了",
    ],
    "ask_debit_hold": ["先别扣", "这个月先别扣了留点生活费", "停止扣款", "暂停扣款一个月可以吗"],
    "ask_debit_card_changed": [
        "工资卡换了扣不走",
        "绑定的卡丢了花呗怎么扣",
        "换了张卡 自动还款还能扣到吗",
    ],
    "ask_debit_wage": ["会不会扣我工资卡里的钱", "低保卡里的钱会不会被自动扣"],
    "ask_debit_hours": ["半夜扣吗", "凌晨会扣款吗", "是晚上12点扣吗", "早上8点就扣吗"],
    "ask_due_soon": ["过了今晚就逾期了吗", "今天不还是不是就晚了"],
    "ask_day_included": ["9号前包括9号吗", "包括还款日当天吗", "26号当天还算不算逾期"],
    "request_due_date_change": ["27号改成下个月5号", "能把还款日从10号改到20号吗"],
    "ask_unbilled": ["没出账的要还吗", "账单还没出，能先还吗"],
    "ask_unbilled_sum": ["花呗里还有没出账的吗", "未出账的有多少"],
    "ask_days_of_two": ["同一天还两个吗", "花呗借呗是同一天还吗"],
    "ask_late_compared": ["花呗和信用购哪个逾期更严重", "信用购逾期和花呗逾期一样吗"],
    "ask_itemised": ["一条一条列出来", "欠的钱逐笔列给我看", "帮我列个明细"],
    "explain_amount": ["这个数怎么来的", "拆开说说", "这笔是怎么来的"],
    "ask_why_sum": ["2186怎么这么多，分开说说", "3271咋这么多"],
    "ask_paying_code": ["发个账号我直接打钱", "给个卡号我转给你们"],
}

LOOK_ALIKE = [
    ("卡里明明有钱，怎么没扣", "ask_debit_no_money"),
    ("卡里没钱了，拿什么还", "ask_debit_no_money"),
    ("把卡里的钱转走就扣不到了吧", "ask_debit_card_changed"),
    ("26号会扣多少", "ask_debit_another_day"),
    ("今天没扣成，晚上会再扣吗", "ask_debit_hours"),
    ("还用手动还吗", "ask_debit_by_hand_instead"),
    ("生活费被扣走了能退吗", "ask_debit_wage"),
    ("今晚几点前还不算逾期", "ask_due_soon"),
    ("还款日怎么改成20号了", "request_due_date_change"),
    ("花呗和借呗先还哪个", "ask_late_compared"),
    ("账单什么时候出", "ask_unbilled"),
    ("催收叫我打钱到一个账号", "ask_paying_code"),
]


@pytest.mark.parametrize(
    ("text", "answer"), [(text, name) for name, texts in KINDS.items() for text in texts]
)
def test_each_kind_has_its_own_answer(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str
) -> None:
    assert situations.meaning(make_turn(text, "out_of_scope", borrower_id="chen")) == answer


@pytest.mark.parametrize(("text", "answer"), LOOK_ALIKE)
def test_what_looks_alike_is_left_alone(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str
) -> None:
    assert situations.meaning(make_turn(text, "out_of_scope", borrower_id="chen")) != answer


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("9号前包括9号吗", "包括当天"),
        ("9号之前包括10号吗", "不包括10号：9号前，就是最晚还到9号当天"),
        ("还款日当天算在内吗", "包括当天"),
    ],
)
def test_whether_a_day_is_still_in_time(
    renderer: Renderer, desk: Desk, make_turn: MakeTurn, text: str, begins: str
) -> None:
    turn = make_turn(text, "ask_grace_period")
    assert renderer.render(day_included(turn, desk), turn).text.startswith(begins)
