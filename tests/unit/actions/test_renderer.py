"""The renderer: provenance, variants, sources, cards by channel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.money import Money
from actions.conversation.reply import Reply
from actions.renderer.filters import date_text, percent_text, yuan_text
from actions.renderer.guard import GuardRefused
from actions.renderer.renderer import Renderer
from actions.renderer.wording import UnprintedFigure, Wording
from tests.unit.actions.conftest import TODAY, MakeTurn


def with_reply(renderer: Renderer, text: str, **fields: object) -> Renderer:
    """A renderer with one more reply, `x.test`."""
    return renderer.with_replies({"x.test": Wording(text=text, **fields)})


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (123456, "1,234.56"), (-2794, "-27.94")]
)
def test_money_is_printed_in_yuan(fen: int, text: str) -> None:
    assert yuan_text(fen) == text


def test_rates_are_printed_as_people_say_them() -> None:
    from decimal import Decimal

    assert percent_text(Decimal("0.1825")) == "18.25%"
    assert percent_text(Decimal("0.0005"), places=6) == "0.05%"
    # 24% a year by days: 0.24 / 365 = 0.000657534...
    assert percent_text(Decimal("0.24") / 365, places=6) == "0.065753%"


def test_dates_name_the_year_only_when_it_is_another() -> None:
    from datetime import date

    assert date_text(date(2026, 12, 1), TODAY) == "12月1日"
    assert date_text(date(2027, 1, 5), TODAY) == "2027年1月5日"


def test_a_figure_printed_without_a_filter_is_an_error(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    wrong = with_reply(renderer, "一共 {{ amount }}")
    with pytest.raises(UnprintedFigure):
        wrong.render(Reply("x.test", {"amount": 1234}), make_turn())


def test_a_figure_written_into_a_template_is_refused(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    with pytest.raises(GuardRefused):
        with_reply(renderer, "一共 99 元").render(Reply("x.test"), make_turn())


def test_an_account_figure_is_refused_for_a_stranger(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    reply = Reply("x.test", {"amount": Money(327167)})
    own = with_reply(renderer, "一共 {{ amount|yuan }}")
    with pytest.raises(GuardRefused):
        own.render(reply, make_turn())
    said = own.render(reply, make_turn(borrower_id="wang", display_name="王女士"))
    assert said.text == "一共 3,271.67 元"


def test_what_was_said_last_is_not_said_again(renderer: Renderer, make_turn: MakeTurn) -> None:
    turn = make_turn("你好", "greet")
    first = renderer.render(Reply("greet"), turn).text
    second = renderer.render(Reply("greet"), replace(turn, last_bot_text=first)).text
    assert second != first


def test_a_reply_with_one_wording_is_repeated_with_another_opening(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    turn = make_turn()
    first = renderer.render(Reply("stop.nothing"), turn).text
    second = renderer.render(Reply("stop.nothing"), replace(turn, last_bot_text=first)).text
    assert second != first
    assert first in second


def test_a_long_answer_asked_for_again_is_not_read_out_again(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    turn = make_turn("逾期利息怎么算", "ask_penalty")
    first = renderer.render(Reply("penalty.general"), turn).text
    again = replace(turn, last_bot_text=first, transcript=(("user", turn.text),) * 2)
    assert first not in renderer.render(Reply("penalty.general"), again).text  # the longer telling
    no_longer_one = renderer.render(Reply("claims.stranger", {"ours": False}), turn).text
    again = replace(again, last_bot_text=no_longer_one)
    short = renderer.render(Reply("claims.stranger", {"ours": False}), again).text
    assert len(short) < len(no_longer_one)
    assert no_longer_one.partition("\n")[0] in short


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("我这个月一共要还多少", "两个加起来吗"),
        ("那我28号还来得及吗", "28号要多少"),
        ("多了多少", "要是拖到12月2号呢"),
        ("说我是老赖", "我能告他们吗"),
        ("现在要还多少利息", "再拖一个月呢"),
        ("逾期30天利息多少", "逾期300天利息多少"),
        ("逾期利息怎么算", "没听懂，28号要多少"),
    ],
)
def test_a_question_of_its_own_is_answered_in_full_and_not_called_a_repetition(
    renderer: Renderer, make_turn: MakeTurn, before: str, now: str
) -> None:
    # The follow-up may have been read as the question before: its typed words decide.
    said = (("user", before), ("bot", "…"), ("user", now))
    for key in ("penalty.general", "grace.general", "collection.general"):
        turn = make_turn(before)
        first = renderer.render(Reply(key), turn).text
        second = renderer.render(
            Reply(key), replace(turn, last_bot_text=first, transcript=said)
        ).text
        assert first in second
        assert second != first
        for opening in ("再说", "还是这样", "一句话说", "和刚才说的一样"):
            assert not second.startswith(opening)


@pytest.mark.parametrize(
    "now", ["那逾期利息怎么算呢？", "没听懂", "再说一遍", "啥意思", "逾期利息怎么算，再讲一遍"]
)
def test_particles_or_a_wish_to_hear_it_again_ask_nothing_new(
    renderer: Renderer, make_turn: MakeTurn, now: str
) -> None:
    said = (("user", "逾期利息怎么算"), ("bot", "…"), ("user", now))
    turn = make_turn("逾期利息怎么算", "ask_penalty")
    first = renderer.render(Reply("penalty.general"), turn).text
    again = replace(turn, last_bot_text=first, transcript=said)
    assert first not in renderer.render(Reply("penalty.general"), again).text


def test_weak_facts_bring_the_note_that_contract_and_bill_decide(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    text = renderer.render(Reply("penalty.general"), make_turn()).text
    assert "以合同及系统账单为准" in text
    assert "依据" in text


def test_strong_facts_do_not(renderer: Renderer, make_turn: MakeTurn) -> None:
    text = renderer.render(Reply("family.spouse"), make_turn()).text
    assert "一般情况" not in text
    assert "《民法典》第一千零六十四条" in text


def test_cards_go_to_the_web_page_only(renderer: Renderer, make_turn: MakeTurn) -> None:
    reply = Reply("sign_in.needed", card={"type": "sign_in"})
    assert renderer.render(reply, make_turn(channel="web")).card == {"type": "sign_in"}
    assert renderer.render(reply, make_turn(channel="cmdline")).card is None


def test_a_signed_in_borrower_is_not_asked_to_sign_in(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    known = make_turn(borrower_id="wang", display_name="王女士")
    titles = [one["title"] for one in renderer.render(Reply("penalty.general"), known).buttons]
    assert "登录看我的" not in titles


def test_the_greeting_carries_the_ai_label(renderer: Renderer, make_turn: MakeTurn) -> None:
    for key in ("session.first", "session.returning", "session.returning_form", "bot.challenge"):
        assert "人工智能" in renderer.render(Reply(key), make_turn()).text


def test_what_is_told_in_short_offers_the_rest(renderer: Renderer, make_turn: MakeTurn) -> None:
    said = renderer.render(Reply("penalty.general"), make_turn())
    assert said.more == "penalty.general.more"
    assert "说详细点" in [button["title"] for button in said.buttons]
    # A borrower whose own lines stand behind the answer gets these instead.
    known = make_turn(borrower_id="wang", display_name="王女士")
    own = renderer.render(Reply("penalty.general", details="quote:overdue"), known)
    assert own.more is None
    assert "说详细点" not in [button["title"] for button in own.buttons]


def test_a_law_is_named_once_with_all_its_articles(renderer: Renderer, make_turn: MakeTurn) -> None:
    # Behind it stand 民法典 543, 678 and 678 again, and the demo's own policy.
    text = renderer.render(Reply("extension.general"), make_turn()).text
    assert text.count("《民法典》") == 1
    assert "《民法典》第五百四十三条、第六百七十八条" in text


def test_what_an_answer_quotes_is_named_before_what_stands_behind_it(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    # The text quotes how long a posting takes; that records can be asked for stands behind it.
    text = renderer.render(Reply("dispute_payment.general"), make_turn()).text
    assert text.index("同类产品的常见情况") < text.index("《个人信息保护法》")


def test_a_day_of_the_policy_may_be_told_to_anybody(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    said = renderer.render(Reply("choose.approval", {"days": 5}), make_turn())
    assert "最长 5 天" in said.text
