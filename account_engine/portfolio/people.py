"""Invented borrowers: what they borrow and how they pay. Deterministic by seed and number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random

from account_engine.domain.amortisation import Price, amortise
from account_engine.domain.calendar import add_months
from account_engine.domain.events import Event, EventKind, EventPayload
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillIssued,
    LoanDisbursed,
    Payment,
    Refund,
    RepaymentMethod,
    ScoreReported,
)
from account_engine.domain.terms import Contract, ProductTerms
from account_engine.ports import NewBorrower
from account_engine.services.clock import BUSINESS_ZONE

_FAMILY_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_TITLES = ("先生", "女士")
_NOON = time(12, 0)


class Habit(Enum):
    """How somebody pays; the share of each is invented, but not far from a lender's reports."""

    ON_TIME = 880
    MINIMUM_ONLY = 40
    SOMETIMES_LATE = 30
    STOPPED = 50


_HABITS = tuple(Habit)
_WEIGHTS = tuple(habit.value for habit in Habit)
# Bills come on the 1st; most people pay on the 10th, others have chosen another day.
_DAYS_TO_PAY = (7, 9, 9, 9, 9, 14, 19, 23)
# For how many days somebody who stopped has been overdue: mostly a few, some for a year.
_STOPPED_FOR = ((1, 30, 50), (31, 60, 15), (61, 90, 10), (91, 270, 15), (271, 420, 10))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented borrower with contracts and history."""

    profile: NewBorrower
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]


def person(number: int, seed: int, today: date, bills: ProductTerms, loans: ProductTerms) -> Person:
    """Make borrower `number` of a portfolio as it looks on `today`."""
    rng = Random(seed * 1_000_003 + number)  # noqa: S311  reproducible, not secret
    borrower_id = f"g{number:09d}"
    name = rng.choice(_FAMILY_NAMES) + rng.choice(_TITLES)
    profile = NewBorrower(borrower_id, name, f"100{number % 10**8:08d}")
    maker = _Maker(rng, borrower_id, today)
    contracts: list[Contract] = []
    has_bills = rng.random() < 0.9
    if has_bills:
        contracts.append(maker.contract("h", bills, None))
        maker.bills(f"{borrower_id}-h")
    if not has_bills or rng.random() < 0.4:
        annual = Price.of(loans.interest.annual_rate, loans.day_count, loans.rounding)
        contracts.append(maker.contract("j", loans, 30_000))
        maker.loan(f"{borrower_id}-j", annual, int(loans.interest.instalment_multiple.fen))
    return Person(profile, tuple(contracts), tuple(maker.events))


class _Maker:
    """Writes one borrower's events."""

    def __init__(self, rng: Random, borrower_id: str, today: date) -> None:
        self._rng = rng
        self._borrower_id = borrower_id
        self._today = today
        self._habit = rng.choices(_HABITS, _WEIGHTS)[0]
        self._stopped_on = today - timedelta(days=self._days_stopped())
        self.events: list[Event] = []

    def contract(self, suffix: str, terms: ProductTerms, limit_yuan: int | None) -> Contract:
        signed = add_months(self._today, -self._rng.randrange(25, 60))
        limit = None if limit_yuan is None else Money.yuan(limit_yuan)
        return Contract(
            f"{self._borrower_id}-{suffix}",
            self._borrower_id,
            terms,
            terms.default_lender,
            signed,
            credit_limit=limit,
            cross_recall=self._rng.random() < 0.1,
        )

    def bills(self, account_id: str) -> None:
        last = self._today.replace(day=1)
        days_to_pay = self._rng.choice(_DAYS_TO_PAY)
        for back in range(self._rng.randrange(3, 25) - 1, -1, -1):
            statement = add_months(last, -back)
            due = statement + timedelta(days=days_to_pay)
            amount = max(1_200, int(self._rng.lognormvariate(11.8, 0.7)))
            bill_id = f"{account_id}-b{statement:%y%m}"
            self._add(account_id, EventKind.BILL_ISSUED, statement, bill_id,
                      BillIssued(bill_id, statement, due, Money(amount)))  # fmt: skip
            if self._rng.random() < 0.04:
                back_fen = max(100, amount // 10)
                refund = Refund(Money(back_fen), bill_id=bill_id)
                on = statement + timedelta(days=self._rng.randrange(1, 6))
                self._add(account_id, EventKind.REFUND, on, f"{bill_id}-r", refund)
                amount -= back_fen
            self._pay(account_id, bill_id, due, amount)
        if self._rng.random() < 0.3:
            score = ScoreReported(self._rng.randrange(550, 780), "generated")
            day = self._today - timedelta(days=self._rng.randrange(1, 40))
            self._add(None, EventKind.SCORE_REPORTED, day, f"{account_id}-s", score)

    def loan(self, account_id: str, price: Price, multiple: int) -> None:
        terms = self._rng.choice((3, 6, 12, 12))
        months_ago = self._rng.randrange(0, terms + 6)
        drawn = add_months(self._today, -months_ago) - timedelta(days=self._rng.randrange(0, 28))
        principal = self._rng.randrange(10, 400) * 10_000
        dues = [add_months(drawn, number + 1) for number in range(terms)]
        loan_id = f"{account_id}-l"
        method = RepaymentMethod.EQUAL_INSTALMENT
        self._add(account_id, EventKind.LOAN_DISBURSED, drawn, loan_id,
                  LoanDisbursed(loan_id, Money(principal), terms, method, dues[0]))  # fmt: skip
        spans = [(b - a).days for a, b in zip([drawn, *dues], dues, strict=False)]
        for due, part in zip(
            dues, amortise(principal, spans, price, method, multiple), strict=True
        ):
            self._pay(account_id, f"{loan_id}{due:%y%m}", due, part.principal + part.interest)

    def _pay(self, account_id: str, what: str, due: date, fen: int) -> None:
        """Pay what is due on `due`, as this borrower does."""
        if due > self._today or (self._habit is Habit.STOPPED and due >= self._stopped_on):
            return
        on = due - timedelta(days=self._rng.choice((0, 0, 0, 1, 2, 4)))
        if self._habit is Habit.SOMETIMES_LATE and self._rng.random() < 0.2:
            on = due + timedelta(days=self._rng.randrange(1, 6))
            fen += fen * 5 * (on - due).days // 10_000 + 2
        elif self._habit is Habit.MINIMUM_ONLY and self._rng.random() < 0.5:
            fen = fen // 10 + 1
        if on <= self._today:
            payment = Payment(Money(fen), channel="auto_debit")
            self._add(account_id, EventKind.PAYMENT, on, f"{what}-p", payment)

    def _days_stopped(self) -> int:
        spans = [(low, high) for low, high, _ in _STOPPED_FOR]
        low, high = self._rng.choices(spans, [weight for *_, weight in _STOPPED_FOR])[0]
        return self._rng.randrange(low, high + 1)

    def _add(
        self, account_id: str | None, kind: EventKind, on: date, event_id: str, what: EventPayload
    ) -> None:
        booked = datetime.combine(on, _NOON, BUSINESS_ZONE)
        self.events.append(Event(event_id, self._borrower_id, account_id, kind, on, booked, what))


def people(
    count: int, seed: int, today: date, bills: ProductTerms, loans: ProductTerms
) -> Iterator[Person]:
    """Yield borrowers 1 to `count`."""
    for number in range(1, count + 1):
        yield person(number, seed, today, bills, loans)
