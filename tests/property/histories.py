"""Random but possible histories of one borrower."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from account_engine.domain.calendar import add_months
from account_engine.domain.codec import to_json
from account_engine.domain.events import PAYLOADS, Event
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BillIssued,
    InterestPaused,
    LoanDisbursed,
    PauseScope,
    Payment,
    PaymentPurpose,
    RepaymentMethod,
    ScoreReported,
)
from account_engine.domain.terms import (
    Compounding,
    Contract,
    InterestBasis,
    InterestRule,
    PenaltyBase,
    PenaltyMethod,
    PenaltyRule,
    ProductTerms,
)
from tests.unit.engine.histories import PRODUCTS

START = date(2025, 1, 1)
BORROWER = "b"
BILLS, LOAN = "bills", "loan"
_KIND_OF = {payload: kind for kind, payload in PAYLOADS.items()}


@dataclass(frozen=True, repr=False)
class Story:
    """Contracts, events and the day to look at them."""

    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]
    as_of: date

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        prices = [
            f"{c.account_id}: {c.terms.interest.annual_rate} {c.terms.interest.basis.value}, "
            f"{c.terms.penalty.method.value} {c.terms.penalty.daily_rate} on "
            f"{c.terms.penalty.base.value}, compounding {c.terms.penalty.compounding.value}"
            for c in self.contracts
        ]
        happened = [
            f"{e.value_date} {e.account_id} {json.dumps(to_json(e.payload))}" for e in self.events
        ]
        return "\n".join(["Story", *prices, *happened, f"as of {self.as_of}"])


def make_event(number: int, account: str | None, on: date, payload: Any) -> Event:
    """An event whose id follows from its place in the story."""
    booked = datetime(on.year, on.month, on.day, 12, tzinfo=timezone.utc)
    return Event(f"e{number:04d}", BORROWER, account, _KIND_OF[type(payload)], on, booked, payload)


money = st.integers(min_value=1, max_value=5_000_000).map(Money)
small_money = st.integers(min_value=1, max_value=300_000).map(Money)
days = st.integers(min_value=0, max_value=240).map(lambda n: START + timedelta(days=n))


compounding = st.sampled_from([Compounding.OFF] * 3 + [Compounding.UNPAID_INTEREST])


@st.composite
def bill_terms(draw: st.DrawFn) -> ProductTerms:
    """花呗-like terms with another base or rate of penalty."""
    terms = PRODUCTS.latest("huabei_like")
    base = draw(st.sampled_from([PenaltyBase.PRINCIPAL, PenaltyBase.PRINCIPAL_FEE]))
    rate = draw(st.sampled_from(["0.0003", "0.0005", "0.0008"]))
    penalty = replace(terms.penalty, base=base, daily_rate=Decimal(rate))
    return replace(terms, penalty=replace(penalty, compounding=draw(compounding)))


@st.composite
def loan_terms(draw: st.DrawFn) -> ProductTerms:
    """借呗-like terms with any price up to the cap."""
    terms = PRODUCTS.latest("jiebei_like")
    annual = draw(st.sampled_from(["0", "0.0365", "0.146", "0.1825", "0.24"]))
    basis = draw(st.sampled_from([InterestBasis.SCHEDULED] * 3 + [InterestBasis.ACTUAL_BALANCE]))
    penalty = draw(
        st.sampled_from(
            [
                PenaltyRule(PenaltyMethod.CONTRACT_MULTIPLE),
                PenaltyRule(
                    PenaltyMethod.CONTRACT_MULTIPLE, compounding=Compounding.UNPAID_INTEREST
                ),
                PenaltyRule(PenaltyMethod.CONTRACT_MULTIPLE, multiple=Decimal("1.3")),
                PenaltyRule(daily_rate=Decimal("0.0009"), base=PenaltyBase.PRINCIPAL_FEE_INTEREST),
            ]
        )
    )
    interest = InterestRule(annual_rate=Decimal(annual), basis=basis)
    return replace(terms, interest=interest, penalty=penalty)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Contract, ...]:
    """One contract of each sort."""
    return (
        Contract(BILLS, BORROWER, draw(bill_terms()), "lender", START),
        Contract(LOAN, BORROWER, draw(loan_terms()), "lender", START, cross_recall=True),
    )


@st.composite
def debts(draw: st.DrawFn) -> list[tuple[str | None, date, Any]]:
    """A few monthly bills, some of them spread, and one loan."""
    found: list[tuple[str | None, date, Any]] = []
    for month in range(draw(st.integers(0, 5))):
        statement = add_months(START, month)
        amount = draw(money)
        bill = BillIssued(
            f"bill-{month}",
            statement,
            statement + timedelta(days=9),
            amount,
            fee=draw(st.sampled_from([Money(0), Money(1234)])),
        )
        found.append((BILLS, statement, bill))
        if amount.fen > 10000 and draw(st.booleans()):
            part = draw(st.integers(10000, amount.fen))
            first = add_months(statement + timedelta(days=9), 1)
            booking = BillInstalmentBooked(
                f"spread-{month}", Money(part), draw(st.sampled_from([3, 6, 12])), first,
                f"bill-{month}",
            )  # fmt: skip
            found.append((BILLS, statement, booking))
    if draw(st.booleans()) or not found:
        on = START + timedelta(days=draw(st.integers(0, 40)))
        loan = LoanDisbursed(
            "loan-1",
            Money(draw(st.integers(10_000, 20_000_000))),
            draw(st.integers(1, 12)),
            draw(st.sampled_from(list(RepaymentMethod))),
            add_months(on, 1),
        )
        found.append((LOAN, on, loan))
    return found


@st.composite
def payments(draw: st.DrawFn) -> list[tuple[str | None, date, Any]]:
    """Payments of any size on any day, on an account or for the borrower as a whole."""
    found: list[tuple[str | None, date, Any]] = []
    for _ in range(draw(st.integers(0, 8))):
        account = draw(st.sampled_from([BILLS, LOAN, None]))
        found.append((account, draw(days), Payment(draw(money))))
    return found


@st.composite
def reliefs(draw: st.DrawFn) -> list[tuple[str | None, date, Any]]:
    """Pauses and scores."""
    found: list[tuple[str | None, date, Any]] = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(days)
        until = start + timedelta(days=draw(st.integers(1, 60)))
        account = draw(st.sampled_from([BILLS, LOAN]))
        scope = draw(
            st.sets(st.sampled_from([PauseScope.PENALTY, PauseScope.INTEREST]), min_size=1)
        )
        found.append((account, start, InterestPaused(until, tuple(sorted(scope)))))
    if draw(st.booleans()):
        found.append((None, draw(days), ScoreReported(draw(st.integers(350, 950)))))
    return found


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A whole history and a day to look at it."""
    entries = draw(debts()) + draw(payments()) + draw(reliefs())
    events = tuple(
        make_event(number, account, on, payload)
        for number, (account, on, payload) in enumerate(entries)
    )
    as_of = START + timedelta(days=draw(st.integers(0, 420)))
    return Story(draw(contracts()), events, as_of)


@st.composite
def prepaid_stories(draw: st.DrawFn) -> Story:
    """Histories with an early repayment of principal."""
    story = draw(stories())
    early = make_event(
        900, LOAN, draw(days), Payment(draw(money), purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    )
    return replace(story, events=(*story.events, early))
