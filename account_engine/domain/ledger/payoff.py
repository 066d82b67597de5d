"""What it takes to pay an account off on a day, and early repayment of principal."""

from __future__ import annotations

from account_engine.domain.amortisation import amortise, level_parts
from account_engine.domain.ledger.accrual import penalty_owed, running_carry
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.earned import (
    accrue,
    earned_charges,
    future_rows,
    giving_way_ahead,
    stop_earning,
)
from account_engine.domain.ledger.row import Line, Row
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.state import RowOrigin
from account_engine.domain.terms import PrepaymentEffect


def prepayment_fee(book: Book, day: int) -> int:
    """The fee of the terms on principal that is repaid before it is due, in fen."""
    rule = book.rules.terms.prepayment
    if not rule.fee_rate:
        return 0
    early = sum(
        row.open_principal for line in book.earning_lines() for row in future_rows(line, day)
    )
    numerator, denominator = rule.fee_rate.as_integer_ratio()
    return (2 * early * numerator + denominator) // (2 * denominator)


def payoff_amount(book: Book, day: int) -> int:
    """Everything that would be owed if the account were paid off on a day, in fen."""
    total = book.open_principal + prepayment_fee(book, day)
    cuts = reductions(book, day)
    fees = book.rules.terms.prepayment.instalment_fees
    earned = earned_charges(day, fees, book.earning_lines())
    total -= sum(earned.unearned.values())
    total -= sum(map(sum, giving_way_ahead(book, day, earned).values()))
    for row in book.open:
        total += penalty_owed(row, day, book.rules, book.pauses) - cuts.get(row, 0)
        total += sum(earned.parts.get(row) or (row.open_interest, row.open_fee))
        if row.carry_from:
            items = running_carry(row, day, book.rules, book.pauses)
            total += sum(item.amount for item in items)
    return total


def late_with_charges_ahead(book: Book, day: int) -> bool:
    """Whether interest or a fee of a bill not due yet may have to give way to penalty."""
    rows = book.open
    return (
        bool(rows)
        and rows[0].due < day
        and any(row.due > day and (row.open_interest or row.open_fee) for row in rows)
    )


def begin_payoff(book: Book, day: int, event_id: str) -> None:
    """Make the books ask for exactly what paying off on a day costs."""
    fee = prepayment_fee(book, day)
    stop_earning(book, day, book.rules.terms.prepayment.instalment_fees, book.earning_lines())
    for row in list(book.open):
        if row.due > day and not (row.open_principal or row.open_interest or row.open_fee):
            book.settle(row, day)
    if fee:
        line = book.line("charges", RowOrigin.CHARGE, day, event_id)
        row = Row(
            f"prepayment/{event_id}", 1, RowOrigin.CHARGE, line, day, day, 0, 0, fee, event_id,
            book.rules.grace_lag,
        )  # fmt: skip
        book.add_row(row, day)


def prepay_principal(book: Book, day: int, amount: int, event_id: str, only: str | None) -> int:
    """Repay principal before it is due and spread what is left again.

    Returns:
        Fen that could not be used.
    """
    for line in book.lines.values():
        if line.method is None or (only is not None and line.line_id != only):
            continue
        part = min(amount, sum(row.open_principal for row in future_rows(line, day)))
        if part:
            _repay_early(book, line, part, day, event_id)
            amount -= part
    return amount


def _repay_early(book: Book, line: Line, part: int, day: int, event_id: str) -> None:
    rows = future_rows(line, day)
    balance = sum(row.open_principal for row in rows)
    accrue(line, rows, day)
    receipt = Row(
        f"{line.line_id}/early/{event_id}", 0, RowOrigin.LOAN, line, day, day, part, 0, 0, event_id,
        book.rules.grace_lag,
    )  # fmt: skip
    receipt.open_principal = 0
    receipt.paid_principal = part
    receipt.settled_on = day
    receipt.seq = len(book.rows)
    book.rows.append(receipt)
    line.rows.append(receipt)
    line.change(-part, day)
    book.open_principal -= part
    unpaid = [row for row in rows if row.settled_on is None]
    respread(book, line, unpaid, balance - part, day)


def respread(book: Book, line: Line, rows: list[Row], balance: int, day: int) -> None:
    """Spread a balance over a line's rows that are not due yet, by the line's own method.

    What was paid on a row ahead of time stays paid on that row.
    """
    price, method = line.price, line.method
    if price is None or method is None:
        return
    periods = [row.original_due - row.period_start for row in rows]
    whole = balance + sum(row.paid_principal for row in rows)
    fewer = book.rules.terms.prepayment.effect is PrepaymentEffect.FEWER_INSTALMENTS
    if fewer and method is RepaymentMethod.EQUAL_INSTALMENT:
        parts = level_parts(whole, periods, price, line.level)
    else:
        multiple = book.rules.terms.interest.instalment_multiple.fen
        parts = amortise(whole, periods, price, method, multiple)
        # Not zero, which is a schedule that was printed; fewer fen than rows are left then.
        line.level = max(1, parts[0].principal + parts[0].interest)
    _put_principal(rows, [part.principal for part in parts], balance)
    if method is RepaymentMethod.BULLET:
        interests = [part.interest for part in amortise(balance, periods, price, method)]
        paused = periods[-1] - line.earning_days(rows[-1].period_start, rows[-1].original_due)
        interests[-1] -= price.interest(balance, paused, periods[-1])
    else:
        # When the running period's row was paid ahead, its interest was paid with it.
        start = max(day, rows[0].period_start)
        running = price.interest(
            balance, line.earning_days(start, rows[0].original_due), periods[0]
        )
        if start == day:
            running += line.accrued
        interests = [running]
        for row, following, period in zip(rows, rows[1:], periods[1:], strict=False):
            balance -= row.open_principal
            flat = whole if method is RepaymentMethod.FLAT else balance
            days = line.earning_days(following.period_start, following.original_due)
            interests.append(price.interest(flat, days, period))
    for row, interest in zip(rows, interests, strict=True):
        settled = row.paid_interest + row.forgiven_ahead
        row.keep_given_way(interest=max(0, interest - settled), fee=row.over_cap_fee)
        row.open_interest = max(0, interest - settled - row.over_cap_interest)
        row.interest = settled + row.open_interest + row.over_cap_interest + row.paused_interest
        if not (row.open_principal or row.open_interest or row.open_fee):
            book.settle(row, day)


def _put_principal(rows: list[Row], parts: list[int], balance: int) -> None:
    wanted = [max(0, part - row.paid_principal) for row, part in zip(rows, parts, strict=True)]
    excess = sum(wanted) - balance
    for index in reversed(range(len(rows))):
        cut = min(excess, wanted[index])
        wanted[index] -= cut
        excess -= cut
    for row, open_principal in zip(rows, wanted, strict=True):
        row.open_principal = open_principal
        row.principal = row.paid_principal + row.waived_principal + open_principal
