"""Two days of the month in one question: the later one is late, the same one is not."""

from __future__ import annotations

import pytest

from actions.conversation.desk import Desk
from actions.renderer.renderer import Renderer
from actions.topics.two_days import day_included, two_days
from tests.unit.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("还款日是8号，我9号补上算逾期吗", "算逾期：8号到期，9号才还"),
        ("12号到期13号一早还行不行", "算逾期：12号到期，13号才还"),
        ("我22号还的，还款日是20号，晚了吗", "算逾期：20号到期，22号才还"),
        ("还款日20号，18号先还可以吗", "不算逾期：20号到期，18号还够"),
        ("我的是7号的账单，8号凌晨才还，算逾期吗", "算逾期：7号到期，8号才还"),
        ("10号最后还款日，10号夜里还算逾期吗", "不算逾期：10号到期，10号还够"),
    ],
)
def test_which_day_is_due_and_which_is_late(
    renderer: Renderer, make_turn: MakeTurn, text: str, begins: str
) -> None:
    turn = make_turn(text, "ask_grace_period")
    found = two_days(turn)
    assert found is not None
    assert renderer.render(found, turn).text.startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "还款日是8号",  # one day
        "30号到期，2号还算逾期吗",  # the second is a day of the next month
        "8号发工资10号交房租",  # nothing falls due
        "可以把还款日从8号改到20号吗",  # another day for good
    ],
)
def test_other_days_are_left_alone(make_turn: MakeTurn, text: str) -> None:
    assert two_days(make_turn(text, "ask_grace_period")) is None


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("9号前包括9号吗", "包括当天"),
        ("9号之前包括10号吗", "不包括10号：9号前，就是最晚还到9号当天"),
        ("每月12号前还，13号当天还包括在内吗", "不包括13号"),
        ("花呗每个月20号之前包括20号吗", "包括当天"),
        ("还款日当天算在内吗", "包括当天"),
    ],
)
def test_whether_a_day_is_still_in_time(
    renderer: Renderer, desk: Desk, make_turn: MakeTurn, text: str, begins: str
) -> None:
    turn = make_turn(text, "ask_grace_period")
    assert renderer.render(day_included(turn, desk), turn).text.startswith(begins)
