"""Short messages that lean on what was said before, and look-alikes that do not.

Each row: the question asked before (by its answering function), the message, and what it is taken
for: the answering function, `=` for the same question again, or None where it leans on nothing.
Values stand in the message as `[借呗](product:jiebei)`.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from actions.conversation.answering import answered_intents
from actions.conversation.follow_up_file import Stage
from actions.conversation.follow_ups import ALWAYS, ANYTHING, FollowUp, FollowUps
from actions.conversation.last_question import LastQuestion
from actions.conversation.memory import AGREEMENT, CHOSEN, LAST_QUESTION, MONTHLY
from actions.conversation.turn import Entity, Turn
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import MakeTurn

FORM = "instalment_form"
_MARKED = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<kind>\w+):(?P<value>[^)]+)\)")


def read_marked(marked: str) -> tuple[str, tuple[Entity, ...]]:
    """Plain words, and the entities with the offsets they have there."""
    text, found, place = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[place : match.start()]
        end = len(text) + len(match["words"])
        found.append(Entity(match["kind"], match["value"], len(text), end))
        text, place = text + match["words"], match.end()
    return text + marked[place:], tuple(found)


def after(make_turn: MakeTurn, answer: str, asked: str, said: str, **changes: Any) -> Turn:
    """The turn of `said`, when `asked` was answered by `answer` one message before."""
    words, values = read_marked(asked)
    last = LastQuestion(answer, words, values, turn=1)
    text, entities = read_marked(said)
    slots = {LAST_QUESTION: last.slot()}
    return make_turn(text, "nlu_fallback", entities=entities, slots=slots, turns=2, **changes)


DUE = ("query_amount_due", "我一共要还多少")
CREDIT = ("ask_credit_impact", "会影响征信吗")
PENALTY = ("ask_penalty", "[花呗](product:huabei)逾期利息怎么算")
SUPPOSED = ("ask_penalty", "[500](amount:50000)逾期[三天](duration:P3D)罚多少")
STATUS = ("query_overdue_status", "我想问下我[花呗](product:huabei)逾期了没")
RECALL = ("ask_full_recall", "什么是全额回收")
ACCESS = ("ask_account_restricted", "我的[借呗](product:jiebei)怎么用不了")
LEGAL = ("ask_legal_risk", "会被起诉吗")
COLLECTION = ("ask_collection", "他们一天打我十几个电话")
MINIMUM = ("ask_minimum_payment", "最低还款是多少")
PART = ("ask_partial_payment", "我先还[500](amount:50000)")
PROMISE = ("promise_to_pay", "我[明天](date:2026-11-22)还[5000](amount:500000)")
REPAIR = ("ask_credit_repair", "逾期记录多久消除")
OVERDUE = ("ask_overdue_consequences", "逾期会怎么样")
PLAN = ("plan", "")
EARLY = ("ask_early_settlement", "我想提前把[借呗](product:jiebei)还了")
APPROVAL = ("ask_approval", "谁来审批")
DISPUTE = ("dispute_payment", "我明明还了")
COMPLAINT = ("complaint", "")
DEATH = ("death", "")
WISH = ("request_instalment", "能分期吗")

LEANING = [
    # the same question with another product
    (STATUS, "那[借呗](product:jiebei)呢", "="),
    (STATUS, "[借呗](product:jiebei)呢", "="),
    (STATUS, "那我[借呗](product:jiebei)呢？", "="),
    (STATUS, "那[微粒贷](product:weilidai)呢", "="),
    (DUE, "[花呗](product:huabei)呢", "="),
    (DUE, "那[借呗](product:jiebei)", "="),
    (CREDIT, "那[借呗](product:jiebei)呢", "="),
    (CREDIT, "那[房贷](product:other)呢", "="),
    (ACCESS, "那[花呗](product:huabei)呢", "="),
    (RECALL, "那[花呗](product:huabei)呢", "="),
    (MINIMUM, "那[借呗](product:jiebei)呢", "="),
    (PENALTY, "换成[借呗](product:jiebei)呢", "="),
    # with another day, another amount
    (DUE, "那晚[十天](duration:P10D)呢", "ask_later_amount"),
    (DUE, "那[明天](date:2026-11-22)呢", "ask_later_amount"),
    (DUE, "要是拖[一个月](duration:P1M)呢", "ask_later_amount"),
    (DUE, "那下个月呢", "ask_later_amount"),
    (DUE, "那下周呢", "ask_later_amount"),
    (PENALTY, "那晚[十天](duration:P10D)呢", "ask_later_amount"),
    (STATUS, "那晚[十天](duration:P10D)呢", "ask_later_amount"),
    (SUPPOSED, "那[十天](duration:P10D)呢", "="),
    (SUPPOSED, "那[1000](amount:100000)呢", "="),
    (SUPPOSED, "要是[2000块](amount:200000)呢", "="),
    (PART, "那[1000](amount:100000)呢", "="),
    (PART, "要是[下周一](date:2026-11-23)还呢", "="),
    (PROMISE, "算了还是[后天](date:2026-11-23)", "="),
    (PROMISE, "改成[3000](amount:300000)", "="),
    (PROMISE, "等等，改成[后天](date:2026-11-23)吧", "="),
    (DUE, "两个一起呢", "="),
    (DUE, "都加起来呢", "="),
    # what is left, what it costs, how long, as people put it
    (DUE, "行，那我到底欠多少", "query_amount_due"),
    (PART, "还欠多少", "ask_rest"),
    (OVERDUE, "一共好多钱嘛", "query_amount_due"),
    (EARLY, "那能省多少利息", "ask_early_saving"),
    (EARLY, "那[月底](date:2026-11-30)还清呢", "ask_early_on"),
    (WISH, "那最长多久", "ask_longest"),
    (WISH, "怎么申请", "request_negotiation"),
    (APPROVAL, "要多久", "ask_approval"),
    (APPROVAL, "不批呢", "follow_up.not_approved"),
    (DISPUTE, "那你查查", "ask_payments"),
    (DISPUTE, "还了[三百](amount:30000)", "ask_payments"),
    # after a complaint, after a death
    (COMPLAINT, "登记了然后呢", "follow_up.complaint.then"),
    (COMPLAINT, "那我报警还是找你们", "follow_up.complaint.whom"),
    (DEATH, "她的花呗还剩多少", "follow_up.death.figures"),
    (DEATH, "那我要替她还吗", "follow_up.death.who_pays"),
    (DEATH, "那我替她打电话行吗", "follow_up.death.on_behalf"),
    (DEATH, "要什么材料", "follow_up.death.papers"),
    (DEATH, "我好后悔没早点知道", "follow_up.death.sorry"),
    # how it was told
    (CREDIT, "你别念稿子", "follow_up.no_script"),
    (CREDIT, "怎么老是这句", "follow_up.no_script"),
    (CREDIT, "不是这个意思", "deny.misunderstood"),
    (CREDIT, "等下", "follow_up.wait"),
    (CREDIT, "我好后悔", "follow_up.sorry"),
    (CREDIT, "吓唬谁呢", "follow_up.no_threat"),
    (CREDIT, "我不信，万一你骗我", "ask_whether_sure"),
    # why
    (DUE, "为什么", "explain_amount"),
    (DUE, "为什么这么多", "explain_amount"),
    (DUE, "怎么这么多", "explain_amount"),
    (DUE, "凭什么这么多啊", "explain_amount"),
    (DUE, "凭什么", "explain_amount"),
    (PENALTY, "为什么", "follow_up.why.penalty"),
    (PENALTY, "怎么这么高", "ask_penalty"),
    (PENALTY, "凭什么", "ask_penalty"),
    (CREDIT, "为啥", "follow_up.why.credit"),
    (REPAIR, "为什么要这么久", "follow_up.why.repair"),
    (RECALL, "为什么呢", "follow_up.why.recall"),
    (RECALL, "凭什么", "ask_full_recall"),
    (ACCESS, "为什么", "follow_up.why.access"),
    (LEGAL, "为什么", "follow_up.why.legal"),
    (COLLECTION, "为什么", "follow_up.why.collection"),
    (MINIMUM, "为什么", "follow_up.why.minimum"),
    (OVERDUE, "为什么啊", "follow_up.why.overdue"),
    (PART, "为什么", "ask_source"),
    # more of it, in other words, whether it is so
    (DUE, "怎么算的", "ask_details"),
    (DUE, "具体点", "ask_details"),
    (CREDIT, "还有呢", "tell_more"),
    (CREDIT, "然后呢", "ask_credit_repair"),
    (OVERDUE, "然后呢", "follow_up.then.overdue"),
    (WISH, "然后呢", "request_negotiation"),
    (OVERDUE, "说详细点", "tell_more"),
    (CREDIT, "什么意思", "follow_up.plain.credit"),
    (CREDIT, "说简单点", "follow_up.plain.credit"),
    (PENALTY, "没看懂", "follow_up.plain.penalty"),
    (RECALL, "听不懂", "follow_up.plain.recall"),
    (LEGAL, "能不能说简单一点", "follow_up.plain.legal"),
    (CREDIT, "真的吗", "ask_whether_sure"),
    (DUE, "确定吗", "ask_whether_sure"),
    (PENALTY, "真的假的", "ask_whether_sure"),
    (LEGAL, "不会吧", "ask_whether_sure"),
    # what to do
    (DUE, "那怎么办", "ask_ways"),
    (OVERDUE, "那怎么办", "ask_overdue_consequences"),
    (CREDIT, "那怎么办", "ask_credit_repair"),
    (ACCESS, "怎么办", "ask_restore_access"),
    (RECALL, "怎么避免", "ask_full_recall"),
    (RECALL, "我没收到通知", "ask_full_recall"),
    (RECALL, "通知？我没收到通知", "ask_full_recall"),
    (RECALL, "凭证发给我看", "follow_up.recall.papers"),
    (RECALL, "给我书面的", "follow_up.recall.papers"),
    (RECALL, "那怎么办呢", "follow_up.next.recall"),
    (RECALL, "还能改回来吗", "ask_full_recall"),
    (COLLECTION, "那我该怎么办", "ask_collection"),
    (LEGAL, "能避免吗", "follow_up.avoid.legal"),
    (CREDIT, "怎么才能不上", "follow_up.avoid.credit"),
    (STATUS, "还有别的办法吗", "ask_ways"),
    (DUE, "有没有其他办法", "ask_ways"),
    (REPAIR, "那怎么办", "follow_up.next.repair"),
    # how long, when, how much, where
    (CREDIT, "多久", "ask_credit_repair"),
    (CREDIT, "要多久才能消除", "ask_credit_repair"),
    (CREDIT, "什么时候", "ask_credit_impact"),
    (ACCESS, "要多久", "ask_restore_access"),
    (ACCESS, "那什么时候能用", "ask_restore_access"),
    (STATUS, "多久了", "query_overdue_status"),
    (STATUS, "多少钱", "query_amount_due"),
    (PENALTY, "多少钱", "ask_penalty"),
    (LEGAL, "多久", "ask_legal_risk"),
    (DUE, "最晚什么时候", "query_due_date"),
    (DUE, "在哪里弄", "ask_repayment_method"),
    (DUE, "怎么操作", "ask_repayment_method"),
    (CREDIT, "在哪查", "ask_credit_impact"),
    # what was left out, what if
    (DUE, "那剩下的呢", "ask_rest"),
    (MINIMUM, "那剩下的呢", "ask_minimum_payment"),
    (PART, "剩下的怎么办", "ask_rest"),
    (DUE, "能少点吗", "request_waiver"),
    (MINIMUM, "有利息吗", "ask_minimum_payment"),
    (DUE, "要是我一直不还呢", "ask_overdue_consequences"),
    (DUE, "那要是还不上呢", "state_hardship"),
    (WISH, "每月还能剩多少", "ask_budget"),
    # another subject, the product kept
    (STATUS, "那征信呢", "ask_credit_impact"),
    (CREDIT, "那我老婆呢", "follow_up.credit.family"),
    (COLLECTION, "那我家人呢", "ask_collection"),
    (LEGAL, "那我爸妈呢", "ask_family_liability"),
    (DUE, "那利息呢", "ask_penalty"),
    (CREDIT, "那额度呢", "ask_restore_access"),
    (OVERDUE, "那分期呢", "request_instalment"),
    (LEGAL, "那工资卡呢", "ask_legal_risk"),
    (CREDIT, "那还清以后呢", "ask_credit_repair"),
    (COLLECTION, "合法吗", "follow_up.allowed.collection"),
    (("ask_early_settlement", "可以提前还吗"), "有手续费吗", "ask_early_settlement"),
    (("query_due_date", "我的还款日是哪天"), "能改吗", "request_due_date_change"),
    # a plan that stands, and one that is wished for
    (PLAN, "我后悔了", "withdraw_plan"),
    (PLAN, "那剩下的呢", "query_plan"),
    (PLAN, "要是付不上呢", "ask_plan_breach"),
    (PLAN, "下个月要是还不上怎么办", "ask_plan_breach"),
    (PLAN, "哪天", "query_plan"),
    (PLAN, "还有别的办法吗", "follow_up.plan.change"),
    (WISH, "确认", "visitor_wish"),
    (WISH, "为什么不能再少一点", "wish_less"),
    (WISH, "还有别的办法吗", "ask_ways"),
]

LOOK_ALIKES = [
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


def meant(found: FollowUp | None) -> str | None:
    return None if found is None else found.answer or found.reply


@pytest.mark.parametrize(("before", "said", "expected"), LEANING)
def test_what_a_short_message_means(
    follow_ups: FollowUps, make_turn: MakeTurn, before: Any, said: str, expected: str
) -> None:
    found = follow_ups.read(after(make_turn, *before, said, borrower_id="li"))
    assert meant(found) == (before[0] if expected == "=" else expected)


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


def test_the_question_is_asked_again_in_true_words(
    follow_ups: FollowUps, make_turn: MakeTurn
) -> None:
    found = follow_ups.read(after(make_turn, *STATUS, "那[借呗](product:jiebei)呢"))
    assert found is not None
    assert found.turn.text == "我想问下我借呗逾期了没"
    (product,) = found.turn.entities
    assert (product.value, found.turn.text[product.start : product.end]) == ("jiebei", "借呗")


def test_other_values_keep_their_place(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    found = follow_ups.read(after(make_turn, *SUPPOSED, "那[10000](amount:1000000)呢"))
    assert found is not None
    assert found.turn.text == "10000逾期三天罚多少"
    words = {one.kind: found.turn.text[one.start : one.end] for one in found.turn.entities}
    assert words == {"amount": "10000", "duration": "三天"}


def test_together_drops_the_product(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    before = ("query_amount_due", "[花呗](product:huabei)要还多少")
    found = follow_ups.read(after(make_turn, *before, "两个一起呢"))
    assert found is not None
    assert list(found.turn.values("product")) == []


@pytest.mark.parametrize("said", ["我欠多少", "一共要还多少", "我总共欠多少钱"])
@pytest.mark.parametrize("asked", ["ask_penalty", "query_overdue_status", "ask_full_recall"])
def test_a_total_is_of_everything_that_is_owed(
    follow_ups: FollowUps, make_turn: MakeTurn, asked: str, said: str
) -> None:
    found = follow_ups.read(after(make_turn, asked, "[花呗](product:huabei)怎么样了", said))
    assert found is not None
    assert found.answer == "query_amount_due"
    assert list(found.turn.values("product")) == []


def test_another_subject_keeps_the_product(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    found = follow_ups.read(after(make_turn, *STATUS, "那征信呢"))
    assert found is not None
    assert list(found.turn.values("product")) == ["huabei"]


def test_a_promise_said_anew_is_a_correction(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    found = follow_ups.read(after(make_turn, *PROMISE, "还是[后天](date:2026-11-23)吧"))
    assert found is not None
    assert found.turn.intent == "correct"
    assert {one.kind: one.value for one in found.turn.entities} == {
        "date": "2026-11-23",
        "amount": "500000",
    }


@pytest.mark.parametrize(
    ("slot", "said", "expected"),
    [
        (MONTHLY, "为什么", "follow_up.why.asking"),
        (MONTHLY, "还有别的办法吗", "ask_ways"),
        (MONTHLY, "每月还能剩多少", "ask_budget"),
        (MONTHLY, "我后悔了", "follow_up.regret"),
        (CHOSEN, "那剩下的呢", "ask_rest"),
        (CHOSEN, "还有别的办法吗", "follow_up.other_offers"),
        (CHOSEN, "为什么不能再少一点", "ask_less"),
        (CHOSEN, "为什么这么多", "explain_offers"),
        (CHOSEN, "凭什么要先付", "ask_no_down_payment"),
        (CHOSEN, "还有别的吗", "follow_up.other_offers"),
        (CHOSEN, "能给我书面的吗", "follow_up.plan.in_writing"),
        (CHOSEN, "我要书面的", "follow_up.plan.in_writing"),
        (CHOSEN, "那[借呗](product:jiebei)呢", "query_amount_due"),
        (MONTHLY, "为什么问这个", "follow_up.why.asking"),
        (CHOSEN, "要是我一直不还呢", "ask_doing_nothing"),
        (CHOSEN, "要是付不上呢", "ask_plan_breach"),
        (CHOSEN, "我后悔了", "follow_up.regret"),
        (CHOSEN, "什么意思", "compare_offers"),
        (AGREEMENT, "为什么要这么多", "explain_offers"),
        (AGREEMENT, "我后悔了", "follow_up.regret"),
        (AGREEMENT, "确定吗", "follow_up.nothing_agreed"),
        (AGREEMENT, "要是付不上呢", "ask_plan_breach"),
        # answers to the form's own question
        (MONTHLY, "[800](amount:80000)", None),
        (MONTHLY, "说不准", None),
        (CHOSEN, "第二个", None),
        (CHOSEN, "那[1000](amount:100000)呢", None),
        (CHOSEN, "那分[六期](terms:6)呢", None),
        (AGREEMENT, "同意", None),
        (AGREEMENT, "确认", None),
        (AGREEMENT, "改成[600](amount:60000)", None),
    ],
)
def test_an_open_form_is_leant_on_by_what_it_asks(
    follow_ups: FollowUps, make_turn: MakeTurn, slot: str, said: str, expected: str | None
) -> None:
    text, entities = read_marked(said)
    turn = make_turn(
        text, "out_of_scope", entities=entities, active_form=FORM, requested_slot=slot, turns=5
    )
    assert meant(follow_ups.read(turn)) == expected


@pytest.mark.parametrize(("ago", "expected"), [(1, "ask_credit_repair"), (2, "compare_offers")])
def test_a_question_in_between_is_leant_on_only_at_once(
    follow_ups: FollowUps, make_turn: MakeTurn, ago: int, expected: str
) -> None:
    last = LastQuestion("ask_credit_impact", "会上征信吗", (), turn=5 - ago)
    turn = make_turn(
        "多久",
        slots={LAST_QUESTION: last.slot()},
        active_form=FORM,
        requested_slot=CHOSEN,
        turns=5,
    )
    assert meant(follow_ups.read(turn)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("[15号](date:2026-12-15)", None), ("那[15号](date:2026-12-15)呢", "ask_later_amount")],
)
def test_a_bare_value_in_a_form_is_the_forms(
    follow_ups: FollowUps, make_turn: MakeTurn, said: str, expected: str | None
) -> None:
    turn = after(make_turn, *DUE, said, active_form=FORM, requested_slot=MONTHLY)
    assert meant(follow_ups.read(turn)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("改成[600](amount:60000)", True),
        ("等等，我想改成[600](amount:60000)", True),
        ("换成[800](amount:80000)", True),
        ("算了还是[后天](date:2026-11-23)", True),
        ("要不[1000](amount:100000)吧", True),
        ("不是[800](amount:80000)是[600](amount:60000)", True),
        ("改成分期", False),
        ("[800](amount:80000)", False),
        ("我要还[800](amount:80000)", False),
    ],
)
def test_a_value_that_takes_anothers_place(
    follow_ups: FollowUps, make_turn: MakeTurn, said: str, expected: bool
) -> None:
    text, entities = read_marked(said)
    assert follow_ups.changes_a_value(make_turn(text, entities=entities)) is expected


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


def test_every_step_leads_to_something_that_exists(
    follow_ups: FollowUps, renderer: Renderer
) -> None:
    build_all()
    steps = [
        (name, step)
        for name, topic in follow_ups.topics.items()
        for step in (*topic.sides.values(), *topic.values.values())
    ]
    unknown = {
        (name, step.answer or step.reply)
        for name, step in steps
        if (step.answer and step.answer not in answered_intents())
        or (step.reply and step.reply not in renderer.wording.replies)
    }
    assert unknown == set()


def test_every_topic_is_of_answers_that_exist_and_sides_that_have_words(
    follow_ups: FollowUps,
) -> None:
    build_all()
    stages = {stage.value for stage in Stage}
    for name, topic in follow_ups.topics.items():
        assert topic.of or name in stages | {ALWAYS, ANYTHING}
        assert topic.of <= answered_intents()
        assert topic.sides.keys() <= follow_ups.form_names
    spoken = [answer for topic in follow_ups.topics.values() for answer in topic.of]
    assert len(spoken) == len(set(spoken))


def build_all() -> None:
    """Registers every answering function, as the action server does."""
    import importlib
    import pkgutil

    import actions.topics

    for module in pkgutil.iter_modules(actions.topics.__path__):
        importlib.import_module(f"actions.topics.{module.name}")


def test_replies_without_figures_can_be_said_to_anybody(
    renderer: Renderer, make_turn: MakeTurn, follow_ups: FollowUps
) -> None:
    """Each fixed reply passes the guard for a visitor, so none of them can fail in a talk."""
    from actions.conversation.reply import Reply

    fixed = {
        step.reply
        for topic in follow_ups.topics.values()
        for step in topic.sides.values()
        if step.reply
    }
    for key in [*sorted(fixed), "wish.none", "budget.unknown", "follow_up.sure"]:
        assert renderer.render(Reply(key), make_turn("那怎么办")).text
