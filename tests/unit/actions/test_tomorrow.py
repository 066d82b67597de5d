"""What another day changes: the cost of waiting is not mixed up with what falls due that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from account_engine.domain.money import Money
from account_engine.domain.payloads import Component
from account_engine.services.comparison import ChangedLine
from actions.conversation.desk import Desk
from actions.topics.tomorrow import tomorrow

TODAY = date(2026, 11, 30)


def _line(account: str, component: Component, due: date, before: int, after: int) -> ChangedLine:
    return ChangedLine(account, component, None, due, Money(before), Money(after))


@dataclass
class Engine:
    """Answers a comparison with fixed lines and remembers what it was asked."""

    lines: tuple[ChangedLine, ...]
    asked: tuple[Any, ...] = ()

    def compare(self, *asked: Any) -> Any:
        self.asked = asked
        return SimpleNamespace(items=self.lines)


def _desk(engine: Engine) -> Desk:
    return cast(Desk, SimpleNamespace(engine=engine, today=lambda: TODAY))


def _account(account_id: str) -> Any:
    return SimpleNamespace(account_id=account_id)


def test_an_instalment_that_falls_due_tomorrow_is_no_cost_of_waiting() -> None:
    # Penalty grows by 34.94 - 33.73 = 1.21 yuan; 2,162.06 = 2,036.92 + 125.14 fall due tomorrow.
    due, coming = date(2026, 11, 1), date(2026, 12, 1)
    engine = Engine(
        (
            _line("loan", Component.PENALTY, due, 3373, 3494),
            _line("loan", Component.PRINCIPAL, coming, 0, 203692),
            _line("loan", Component.INTEREST, coming, 0, 12514),
        )
    )

    found = tomorrow(_desk(engine), "zhao", [_account("loan")])

    assert found.more == Money(121)
    assert found.falls_due == Money(216206)
    assert found.by_account == {"loan": Money(121)}
    assert engine.asked[2] == coming


def test_each_account_is_told_by_itself() -> None:
    # 99.30 of one product and 24.28 + 24.49 = 48.77 of the other: 148.07 yuan.
    due = date(2026, 10, 11)
    engine = Engine(
        (
            _line("bill", Component.PENALTY, due, 29790, 39720),
            _line("loan", Component.PENALTY, due, 99527, 101955),
            _line("loan", Component.PENALTY, due, 24484, 26933),
        )
    )

    found = tomorrow(_desk(engine), "zhang", [_account("bill"), _account("loan")])

    assert found.more == Money(14807)
    assert found.by_account == {"bill": Money(9930), "loan": Money(4877)}


def test_nothing_late_costs_nothing() -> None:
    engine = Engine(())

    found = tomorrow(_desk(engine), "chen", [])

    assert found.more == Money(0)
    assert engine.asked == ()
