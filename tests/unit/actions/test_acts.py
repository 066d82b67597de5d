"""What our answers tell people to do, and the short questions about doing it."""

from __future__ import annotations

from typing import Any

import pytest

from actions.conversation.acts import ACT
from actions.conversation.follow_ups import FollowUps
from actions.conversation.memory import LAST_QUESTION
from actions.conversation.registry import answered_intents
from actions.conversation.reply import Reply
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import after, meant
from tests.unit.actions.test_follow_up_data import build_all


def said_of(
    make_turn: MakeTurn, said: str, *, told: str = "", about: str = "", **changes: Any
) -> Any:
    """The turn of `said` after the answer `told`, where the talk stands at the act `about`."""
    before = (("user", "嗯"), ("bot", told), ("user", said))
    slots = {LAST_QUESTION: {ACT: about}} if about else {}
    values = {"intent": "nlu_fallback", "transcript": before, "slots": slots, "turns": 2}
    return make_turn(said, **{**values, **changes})


def test_every_side_of_an_act_leads_to_something_that_exists(
    follow_ups: FollowUps, renderer: Renderer, make_turn: MakeTurn
) -> None:
    build_all()
    for name, act in follow_ups.acts.all.items():
        assert act.sides.keys() <= follow_ups.acts.kinds, name
        for side, step in act.sides.items():
            if step.answer:
                assert step.answer in answered_intents(), (name, side)
            else:
                assert renderer.render(Reply(step.reply or ""), make_turn("怎么弄")).text


def test_an_act_names_replies_that_exist(follow_ups: FollowUps, renderer: Renderer) -> None:
    keys = set(renderer.wording.replies)
    named = {one for act in follow_ups.acts.all.values() for one in act.replies}
    beginnings = {key[: len(one)] for one in named for key in keys if key.startswith(one + ".")}
    assert named <= keys | beginnings


def test_every_act_tells_how_where_and_whom(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    """Spoken of by its own answer, "怎么弄", "去哪弄" and "找谁" are about the act itself."""
    for name in follow_ups.acts.all:
        for words in ("怎么弄", "去哪办", "找谁"):
            found = follow_ups.read(said_of(make_turn, words, about=name))
            assert found is not None, (name, words)
            assert found.act == name, (name, words)


COMPLAIN = "超出这些的，留下证据可以投诉。"
REPORT = "自己就能查：查自己的征信，一般用人民银行征信中心的网站。"
TOLD = [
    # what the answer named, what is said to it, and where that leads
    (COMPLAIN, "怎么投", "ask_how_to_complain"),
    (COMPLAIN, "怎么个投法", "ask_how_to_complain"),
    (COMPLAIN, "去哪投诉啊", "ask_how_to_complain"),
    (COMPLAIN, "投诉找谁", "follow_up.complaint.whom"),
    (COMPLAIN, "投了有用吗", "act.complain.useful"),
    (COMPLAIN, "投诉管用不", "act.complain.useful"),
    (COMPLAIN, "投诉要钱吗", "act.complain.costs"),
    (COMPLAIN, "投诉多久有结果", "ask_complaint_takes"),
    (COMPLAIN, "投诉了会不会报复我", "act.complain.risk"),
    (COMPLAIN, "投诉没人理怎么办", "act.complain.fails"),
    (COMPLAIN, "投诉要什么证据", "act.complain.papers"),
    (COMPLAIN, "必须投诉吗", "act.complain.must"),
    (COMPLAIN, "投诉完了呢", "act.complain.then"),
    (COMPLAIN, "录音要不要留", None),
    (COMPLAIN, "怎么留证据", "act.evidence.how"),
    (COMPLAIN, "证据给谁", "act.evidence.whom"),
    ("有人身威胁请报警 110。", "怎么报警", "act.police.how"),
    ("有人身威胁请报警 110。", "报警有用吗", "act.police.useful"),
    ("有人身威胁请报警 110。", "你能帮我报警吗", "act.police.here"),
    (REPORT, "去哪查", "act.report.where"),
    (REPORT, "查征信要钱吗", "act.report.costs"),
    (REPORT, "查一次多少钱", "act.report.costs"),
    (REPORT, "查要带什么", "act.report.papers"),
    (REPORT, "你能帮我查吗", "act.report.here"),
    (REPORT, "查多了有影响吗", "act.report.risk"),
    ("记录有错的，可以提异议。", "怎么提异议", "act.object.where"),
    ("记录有错的，可以提异议。", "异议多久有结果", "act.object.how_long"),
    ("记录有错的，可以提异议。", "谁给改", "act.object.who"),
    ("可以请求调解；收到传票别不理，按时到庭。", "能不去吗", "ask_legal_risk"),
    ("可以请求调解；收到传票别不理，按时到庭。", "去要带什么", "act.court.papers"),
    ("要核对的，点“转人工”。", "转人工要等多久", "act.person.how_long"),
    ("法律援助和咨询可以打 12348。", "请律师要钱吗", "act.legal_aid.costs"),
]


@pytest.mark.parametrize(("told", "said", "leads"), TOLD)
def test_what_an_answer_named_is_asked_about_by_its_word(
    follow_ups: FollowUps, make_turn: MakeTurn, told: str, said: str, leads: str | None
) -> None:
    found = meant(follow_ups.read(said_of(make_turn, said, told=told)))
    assert found == leads if leads else found != "ask_how_to_complain"


ABOUT = [
    ("proof", "你发我一份行不", "act.proof.here"),
    ("proof", "盖章的有没有", "act.proof.deliver"),
    ("plan", "谈不拢呢", "follow_up.not_approved"),
    ("plan", "要多久有准信", "ask_approval"),
    ("call_police", "报警了他们认吗", "act.police.useful"),
    ("call_police", "多久能查清", "act.police.how_long"),
    ("fraud", "能要回来吗", "act.fraud.back"),
    ("fraud", "去哪报警", "act.fraud.how"),
    ("court", "能网上开庭不", "ask_legal_risk"),
    ("plan", "谁来审", "ask_approval"),
    ("plan", "审多久", "ask_approval"),
    ("papers", "没有盖章的行不行", "ask_no_papers"),
    ("object", "怎么提", "act.object.where"),
    ("verify", "要是真的呢", "ask_legal_risk"),
    ("verify", "不理会咋样", "act.verify.ignore"),
    ("debit_set", "设好就不管了行吗", "autodebit.by_hand"),
    ("filed", "登记了然后呢", "follow_up.complaint.then"),
    ("filed", "要多久", "follow_up.complaint.then"),
    ("complain", "要多久", "ask_complaint_takes"),
    ("complain", "管用吗", "act.complain.useful"),
    ("complain", "要钱吗", "act.complain.costs"),
    ("complain", "谁来管", "act.complain.who"),
    ("complain", "我家里会知道吗", "act.complain.secret"),
    ("check_report", "要钱吗", "act.report.costs"),
    ("check_report", "带什么", "act.report.papers"),
    ("check_report", "写错了怎么改", "ask_credit_repair"),
    ("check_report", "一年能查几次", "act.report.costs"),
    ("object", "要什么材料", "act.object.papers"),
    ("object", "一般多久能改好", "act.object.how_long"),
    ("object", "他们不认怎么办", "act.object.fails"),
    ("clear_record", "你能现在给我办吗", "act.clear.here"),
    ("clear_record", "谁能帮我消", "act.clear.who"),
    ("clear_record", "能不能给我删了", "act.clear.here"),
    ("reporting", "谁报的", "ask_credit_impact"),
    ("reporting", "能不报吗", "follow_up.avoid.credit"),
    ("proof", "你能给我开一个吗", "act.proof.here"),
    ("proof", "几天能开好", "request_proof"),
    ("unfreeze", "你能给我解开吗", "act.unfreeze.here"),
    ("pay", "能用银行卡吗", "ask_repayment_method"),
    ("pay", "可以用微信吗", "ask_repayment_method"),
    ("person", "要等多久", "act.person.how_long"),
    ("papers", "交到哪", "ask_where_papers"),
    ("papers", "给谁看", "act.papers.hand_in"),
    ("court", "能不去吗", "ask_legal_risk"),
    ("court", "在哪", "ask_legal_risk"),
    ("debit", "你能帮我关吗", "act.debit.here"),
    ("sign_in", "安全吗", None),
]


@pytest.mark.parametrize(("about", "said", "leads"), ABOUT)
def test_what_the_talk_stands_at_is_asked_about_without_its_word(
    follow_ups: FollowUps, make_turn: MakeTurn, about: str, said: str, leads: str | None
) -> None:
    found = follow_ups.read(said_of(make_turn, said, about=about))
    assert leads is None or meant(found) == leads


@pytest.mark.parametrize(
    "said",
    [
        "好的",
        "好",
        "行",
        "可以",
        "嗯",
        "谢谢",
        "我知道了",
        "我想分期",
        "借呗逾期会上征信吗",
        "我没钱还",
        "我要还款",
    ],
)
def test_a_yes_and_a_question_of_its_own_are_none_of_an_act(
    follow_ups: FollowUps, make_turn: MakeTurn, said: str
) -> None:
    for about in follow_ups.acts.all:
        assert follow_ups.acts.read(said_of(make_turn, said, told=COMPLAIN, about=about)) is None


def test_whether_a_wish_is_noted_is_asked_of_the_form(
    follow_ups: FollowUps, make_turn: MakeTurn
) -> None:
    form = {"active_form": "instalment_form", "requested_slot": "chosen_offer"}
    for said in ("记下了吗", "记下来了没"):
        assert follow_ups.acts.read(said_of(make_turn, said, **form), {"wish"}) is None


def test_an_open_form_hears_its_own_short_answers(
    follow_ups: FollowUps, make_turn: MakeTurn
) -> None:
    """ "怎么办" while the form asks is not about an act; "怎么投诉" names its own."""
    form = {"active_form": "instalment_form", "requested_slot": "wish_monthly"}
    stage = said_of(make_turn, "怎么办", told=COMPLAIN, about="complain", **form)
    assert follow_ups.acts.read(stage) is None
    named = said_of(make_turn, "怎么投诉", told=COMPLAIN, about="complain", **form)
    assert meant(follow_ups.read(named)) == "ask_how_to_complain"


@pytest.mark.parametrize(
    ("asked", "said", "leads"),
    [
        # the answer need not name it: its topic makes the word clear
        ("ask_full_recall", "能申诉吗", "act.recall.how"),
        ("ask_full_recall", "跟谁申诉", "act.recall.how"),
        ("ask_credit_impact", "能申诉吗", "ask_credit_repair"),
        ("ask_legal_risk", "能不去吗", "ask_legal_risk"),
        ("ask_collection", "怎么投", "ask_how_to_complain"),
        ("ask_auto_debit", "在哪关", "ask_auto_debit"),
        # a request that waits is asked about as such, and not as papers
        ("ask_approval", "大概几天能批", "ask_approval"),
    ],
)
def test_a_word_is_clear_after_any_answer_of_its_topic(
    follow_ups: FollowUps, make_turn: MakeTurn, asked: str, said: str, leads: str
) -> None:
    found = follow_ups.read(after(make_turn, asked, "这是怎么回事", said))
    assert meant(found) == leads
