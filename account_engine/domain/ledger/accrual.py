"""Daily charges on a row: penalty after its due date, interest after a minimum payment.

An item is one stretch of days with one base and one rate; it is rounded once. The day of payment
is not charged: days run from the due date (not counted as late) up to, not including, the day.
"""

from __future__ import annotations

from account_engine.domain.ledger.pauses import Pause, stretches
from account_engine.domain.ledger.row import KEPT, Row
from account_engine.domain.ledger.rules import Rules
from account_engine.domain.money import divide
from account_engine.domain.state import Segment


def charge(base: int, rate: tuple[int, int], days: int, rules: Rules) -> int:
    """Simple daily charge in fen, rounded once."""
    numerator, denominator = rate
    if rules.half_up:
        return (2 * base * numerator * days + denominator) // (2 * denominator)
    return divide(base * numerator * days, denominator, rules.rounding)


def running_penalty(
    row: Row, day: int, rules: Rules, pauses: tuple[Pause, ...]
) -> tuple[Segment, ...]:
    """The penalty items since the last posted one, as if posted on `day`."""
    start = row.accrued_to
    if day <= start or not rules.charges_penalty or day <= row.due + rules.grace:
        return ()
    principal = row.open_principal if rules.base_principal else 0
    fee = row.open_fee if rules.base_fee else 0
    interest = row.open_interest if rules.base_interest else 0
    base = principal + fee + interest
    if not base:
        return ()
    stopped = pauses + row.pauses
    parts = stretches(start, day, stopped) if stopped else [(start, day)]
    segments = []
    for first, last in parts:
        days = last - first
        amount = charge(base, rules.penalty, days, rules)
        uncapped = charge(base, rules.uncapped, days, rules) if rules.capped else amount
        segments.append(Segment(first, last, days, principal, fee, interest, amount, uncapped))
    return tuple(segments)


def post_penalty(row: Row, day: int, rules: Rules, pauses: tuple[Pause, ...]) -> None:
    """Close the running stretch before the row's base changes on `day`."""
    start = row.accrued_to
    if day <= start or day <= row.due + rules.grace:
        return
    for segment in running_penalty(row, day, rules, pauses):
        row.segments += (segment,)
        row.segments_total += segment.amount
    row.accrued_to = day


def penalty_owed(row: Row, day: int, rules: Rules, pauses: tuple[Pause, ...]) -> int:
    """Unpaid penalty of a row in fen on `day`, before the cap on the total."""
    owed = (
        row.posted
        + row.segments_total
        - row.paid_penalty
        - row.waived_penalty
        - row.moved_penalty
        - row.capped
    )
    start = row.accrued_to
    if day > start and rules.charges_penalty and day > row.due + rules.grace:
        if pauses or row.pauses:
            for segment in running_penalty(row, day, rules, pauses):
                owed += segment.amount
        else:
            # One stretch: its amount is enough, so no item is made.
            base = row.open_principal if rules.base_principal else 0
            if rules.base_fee:
                base += row.open_fee
            if rules.base_interest:
                base += row.open_interest
            if base:
                owed += charge(base, rules.penalty, day - start, rules)
    return owed


def running_carry(
    row: Row, day: int, rules: Rules, pauses: tuple[Pause, ...]
) -> tuple[Segment, ...]:
    """Interest items on a carried remainder since the last posted one."""
    if not row.carry_from or day <= row.carry_from or not row.open_principal or row.fate != KEPT:
        return ()
    end = day
    if rules.charges_penalty and (row.judged or not row.takes_minimum):
        end = min(day, row.due)
    if end <= row.carry_from:
        return ()
    segments = []
    for first, last in stretches(row.carry_from, end, pauses + row.pauses):
        amount = charge(row.open_principal, rules.carry, last - first, rules)
        segments.append(
            Segment(first, last, last - first, row.open_principal, 0, 0, amount, amount)
        )
    return tuple(segments)


def post_carry(row: Row, day: int, rules: Rules, pauses: tuple[Pause, ...]) -> None:
    """Add carried interest to the row before its principal changes on `day`."""
    if not row.carry_from or day <= row.carry_from:
        return
    for segment in running_carry(row, day, rules, pauses):
        row.carried += (segment,)
        row.line.carried_interest += segment.amount
        row.line.carried_days += segment.base * segment.days
        row.interest += segment.amount
        row.open_interest += segment.amount
    row.carry_from = day
