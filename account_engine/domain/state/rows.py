"""Rows of the schedule: exact facts in whole fen, and as a borrower reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from account_engine.domain.money import Money
from account_engine.domain.state.labels import RowOrigin, RowState


class Segment(NamedTuple):
    """A stretch of days with one base and one rate. Days are proleptic ordinals; amounts fen.

    `uncapped` is what the contract's own rate would have charged.
    """

    start: int
    end: int
    days: int
    principal: int
    fee: int
    interest: int
    amount: int
    uncapped: int

    @property
    def base(self) -> int:
        """The amount the rate was applied to."""
        return self.principal + self.fee + self.interest


class RowFacts(NamedTuple):
    """One row in exact figures: fen, and days as proleptic ordinals."""

    key: str
    number: int
    origin: RowOrigin
    line: str
    revolving: int  # 1 for revolving principal, 0 for instalment principal
    due: int
    original_due: int
    statement_on: int
    state: RowState
    principal: int
    interest: int
    fee: int
    open_principal: int
    open_interest: int
    open_fee: int
    open_penalty: int
    paid_principal: int
    paid_interest: int
    paid_fee: int
    paid_penalty: int
    waived_principal: int
    waived_interest: int
    waived_fee: int
    waived_penalty: int
    moved_penalty: int  # taken over by a plan
    cap_cut: int  # taken off the penalty by the cap on the total
    posted_penalty: int  # one-off late fees and penalties the lender posted by itself
    minimum_open: int  # what is missing to the row's minimum payment
    earned_interest: int  # of open_interest, what is owed if all is paid today
    earned_fee: int
    segments: tuple[Segment, ...]  # penalty
    carried: tuple[Segment, ...]  # interest after a minimum payment
    settled_on: int | None
    event_ids: tuple[str, ...]
    over_cap_interest: int = 0  # gave way to penalty under the cap on the total when it came due
    over_cap_fee: int = 0
    giving_way_interest: int = 0  # of what is not due yet, what would give way if paid today
    giving_way_fee: int = 0

    def late_before(self, day: int) -> bool:
        """Whether the row bore penalty at some time before a day."""
        return bool(self.posted_penalty) or any(part.start < day for part in self.segments)

    @property
    def open_total(self) -> int:
        """Principal, interest, fee and penalty not paid yet."""
        return self.open_principal + self.open_interest + self.open_fee + self.open_penalty


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One instalment or bill as a borrower would read it."""

    key: str
    number: int
    origin: RowOrigin
    due: date
    original_due: date
    principal: Money
    interest: Money
    fee: Money
    paid_principal: Money
    paid_interest: Money
    paid_fee: Money
    paid_penalty: Money
    outstanding: Money
    penalty: Money
    state: RowState


def schedule_row(facts: RowFacts) -> ScheduleRow:
    """The row as a borrower reads it."""
    return ScheduleRow(
        key=facts.key,
        number=facts.number,
        origin=facts.origin,
        due=date.fromordinal(facts.due),
        original_due=date.fromordinal(facts.original_due),
        principal=Money(facts.principal),
        interest=Money(facts.interest),
        fee=Money(facts.fee),
        paid_principal=Money(facts.paid_principal),
        paid_interest=Money(facts.paid_interest),
        paid_fee=Money(facts.paid_fee),
        paid_penalty=Money(facts.paid_penalty),
        outstanding=Money(facts.open_total),
        penalty=Money(facts.open_penalty),
        state=facts.state,
    )
