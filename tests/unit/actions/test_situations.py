"""What words mean where the talk stands, whatever the classifier made of them."""

from __future__ import annotations

import pytest

from actions.conversation.answering import answered_intents
from actions.conversation.memory import AGREEMENT, CHOSEN, MONTHLY
from actions.conversation.situations import Situations
from actions.topics import (  # noqa: F401 (registers the answers)
    access,
    contact,
    hardship,
    identity,
    legal,
    manners,
    negotiation,
    offers,
    plan,
    refusal,
    withdrawal,
)
from tests.unit.actions.conftest import DATA, MakeTurn

FORM = "instalment_form"


@pytest.fixture(scope="module")
def situations() -> Situations:
    return Situations.load(DATA / "wording" / "situations.yml")


def test_every_entry_leads_to_an_answer(situations: Situations) -> None:
    assert situations.answers() <= answered_intents()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("便宜哪个", "compare_offers"),
        ("哪个最划算", "compare_offers"),
        ("手续费多少", "compare_offers"),
        ("这两个有什么区别", "compare_offers"),
        ("等一下，要是中间断了呢", "ask_plan_breach"),
        ("万一有一期没按时还怎么办", "ask_plan_breach"),
        ("取消方案", "stop"),
        # A choice, a wish and a refusal are for the form.
        ("选最便宜的", None),
        ("再便宜点行不行", None),
        ("不要这个方案", None),
        ("不分期会怎样", None),
        ("第二个", None),
    ],
)
@pytest.mark.parametrize("slot", [CHOSEN, AGREEMENT])
def test_while_offers_are_on_the_table(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None, slot: str
) -> None:
    turn = make_turn(text, "out_of_scope", active_form=FORM, requested_slot=slot)
    assert situations.meaning(turn) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("撤回申请", "withdraw_plan"),
        ("我要撤回", "withdraw_plan"),
        ("不想要这个方案了", "withdraw_plan"),
        ("取消方案", "withdraw_plan"),
        ("我后悔了，方案不要了", "withdraw_plan"),
        ("批了没有", "query_plan"),
        ("我的申请怎么样了", "query_plan"),
        ("有什么材料要给", "ask_hardship_papers"),
        ("我没有病历怎么办", "ask_hardship_papers"),
        ("不要再给我打电话了", "stop_contact"),
        ("别发短信催我了", "stop_contact"),
        ("恢复提醒吧", "resume_contact"),
        ("借款人已经去世了", "report_death"),
        ("我爸去世了，他的花呗怎么办", "report_death"),
        ("这期没按时付怎么办", "ask_plan_trouble"),
        ("我的方案为什么取消了", "ask_plan_trouble"),
        ("明天还", "promise_to_pay"),
        ("我后天就还上", "promise_to_pay"),
        ("你是法院的吗", "ask_authority"),
        ("你能保证不上征信吗", "ask_guarantee"),
        ("凭什么冻结我", "ask_account_restricted"),
        ("会不会影响我孩子上学", "ask_children"),
        ("换个手机号能躲掉吗", "ask_hiding"),
        ("我想直接跑路", "ask_hiding"),
        ("躲起来有用吗", "ask_hiding"),
        # Somebody else's matter, or another question.
        ("明天还可以吗", None),
        ("他说他是法院的", None),
        ("让我交保证金", None),
        ("不许联系我朋友", None),
        ("别打给我单位", None),
        ("我爸去世了我还不上", "state_hardship"),
        ("如果借款人去世了怎么办", None),
        ("结清证明需要什么材料", None),
        ("怎么伪造失业证明", None),
        ("哪个便宜", None),
        ("方案会不会取消", None),
        ("怎么没给我发短信", None),
        ("熟人要我拿借呗借钱给他，想关掉它", None),
        ("别人找我借，想关闭这个功能", None),
        ("厂长拿了大家的证件去贷款，如今跑路了，我背着债", None),
        ("我那个合伙人跑路了", None),
    ],
)
def test_outside_of_a_form(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    assert situations.meaning(make_turn(text, "out_of_scope")) == answer


def test_while_the_form_asks_a_cancellation_is_a_stop(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("我不想要方案了", "deny", active_form=FORM, requested_slot=MONTHLY)
    assert situations.meaning(turn) == "stop"


def test_a_button_says_what_it_means(situations: Situations, make_turn: MakeTurn) -> None:
    assert situations.meaning(make_turn("/deny", "deny")) is None


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("我爸那笔借呗逾期了没有", "query_overdue_status", "ask_third_party"),
        ("我女婿那个花呗五千多，能办分期吗", "request_instalment", "ask_third_party"),
        ("我妈欠多少", "query_amount_due", "ask_third_party"),
        ("朋友的微粒贷还不上了", "state_hardship", "ask_third_party"),
        # Somebody else is named, and the debt is the borrower's own.
        ("我爸知道我的花呗吗，我欠多少", "query_amount_due", None),
        ("同事花呗都能分期，我能吗", "request_instalment", None),
        ("我老公帮我还花呗，还剩多少", "query_amount_due", None),
        # A question for a rule keeps its answer.
        ("我爸的花呗要我还吗", "ask_family_liability", None),
    ],
)
def test_the_figures_of_another_persons_debt_are_not_for_the_borrower(
    situations: Situations, make_turn: MakeTurn, text: str, intent: str, answer: str | None
) -> None:
    turn = make_turn(text, intent, borrower_id="zhang")
    assert situations.meaning(turn) == answer
