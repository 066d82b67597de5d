"""Published cases beside the checkout, and the histories they describe."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from account_engine.domain.calendar import DayCount, add_months
from account_engine.domain.events import Event
from account_engine.domain.money import Money, Rounding
from account_engine.domain.payloads import (
    Component,
    LoanDisbursed,
    RepaymentMethod,
    ScheduledRow,
)
from account_engine.domain.state import AccountState
from account_engine.domain.terms import (
    ProductTerms,
)
from tests.unit.engine.histories import (
    ROOT,
    contract,
    day,
    event,
    plain_terms,
    state_of,
    yuan,
)

FILE = ROOT.parent / "shared" / "cases" / "published.json"
NOT_FOLLOWED = {"M01-single-late-payment-fine-and-mora"}
ACCOUNT = "plain"
NEEDED = pytest.mark.skipif(not FILE.exists(), reason="published cases are not here")

COMPONENTS = {
    "penalty": Component.PENALTY,
    "fee": Component.FEE,
    "interest": Component.INTEREST,
    "principal": Component.PRINCIPAL,
}


def case(case_id: str) -> dict[str, Any]:
    """One published case by the start of its id."""
    cases = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    return next(found for found in cases if found["id"].startswith(case_id))


def fineract(**fields: Any) -> ProductTerms:
    """Conventions of the source: 30/360 and rounding half to even at each step."""
    options: dict[str, Any] = {"day_count": DayCount.THIRTY_360, "rounding": Rounding.HALF_EVEN}
    return plain_terms(**{**options, **fields})


def drawn(inputs: dict[str, Any], method: RepaymentMethod) -> Event:
    """The loan of a case, instalments monthly from one month after drawing."""
    on = day(inputs["disbursed"])
    first = add_months(on, 1)
    agreed = yuan(inputs["base_instalment"]) if "base_instalment" in inputs else None
    payload = LoanDisbursed(
        "loan", yuan(inputs["principal"]), inputs["n"], method, first, instalment=agreed
    )
    return event(payload, inputs["disbursed"], ACCOUNT)


def printed(on: str, rows: list[tuple[str, str]]) -> Event:
    """A loan without interest whose rows the source printed."""
    scheduled = tuple(
        ScheduledRow(number, day(due), yuan(amount))
        for number, (due, amount) in enumerate(rows, start=1)
    )
    principal = Money.total(row.principal for row in scheduled)
    payload = LoanDisbursed(
        "loan",
        principal,
        len(rows),
        RepaymentMethod.EQUAL_PRINCIPAL,
        scheduled[0].due,
        rows=scheduled,
    )
    return event(payload, on, ACCOUNT)


def account(terms: ProductTerms, events: list[Event], as_of: str) -> AccountState:
    """Fold one account under the terms."""
    return state_of([contract(terms)], events, as_of).account(ACCOUNT)


def column(state: AccountState, field: str) -> list[str]:
    """One column of the schedule."""
    return [getattr(row, field).yuan_text for row in state.schedule]


def balances(state: AccountState) -> list[str]:
    """Principal left after each row of the schedule."""
    left = sum(row.principal.fen for row in state.schedule)
    after = []
    for row in state.schedule:
        left -= row.principal.fen
        after.append(Money(left).yuan_text)
    return after


def by_due(state: AccountState) -> dict[str, tuple[int, int]]:
    """Open principal and interest in fen by due date."""
    sums: dict[str, tuple[int, int]] = {}
    for row in state.facts:
        due = date.fromordinal(row.due).isoformat()
        principal, interest = sums.get(due, (0, 0))
        sums[due] = (principal + row.open_principal, interest + row.open_interest)
    return sums
