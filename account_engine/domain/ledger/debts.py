"""How debts enter the books: bills, loans, instalments of a bill, posted charges."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from account_engine.domain.amortisation import Price, amortise, level_parts, split
from account_engine.domain.calendar import add_months
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.irr import annual_rate_by_irr
from account_engine.domain.ledger.accrual import post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.credits import spend_credit
from account_engine.domain.ledger.due_days import due_anchor, statement_before
from account_engine.domain.ledger.precedence import come_due
from account_engine.domain.ledger.repayment import close_if_settled
from account_engine.domain.ledger.row import Line, Row
from account_engine.domain.money import Money, divide
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BillIssued,
    ChargePosted,
    Component,
    LoanDisbursed,
    RepaymentMethod,
)
from account_engine.domain.state import RowOrigin

REVOLVING_LINE = "revolving"
# Constants of the module: compiled, an enum's own lookup takes many times as long.
_BILL: Final = RowOrigin.BILL
_LOAN: Final = RowOrigin.LOAN


def issue_bill(book: Book, day: int, event_id: str, bill: BillIssued) -> None:
    """Enter a bill: revolving principal with its interest and fee, instalments apart."""
    due, statement = bill.due.toordinal(), bill.statement_on.toordinal()
    lag = book.rules.grace_lag
    if bill.bill_id in book.bills:
        raise InvalidHistory(event_id, "a bill with this id was issued before")
    rows: list[Row] = []
    revolving = bill.revolving_principal.fen
    instalment = bill.instalment_principal.fen
    interest, fee = bill.interest.fen, bill.fee.fen
    if revolving or not instalment:
        line = book.line(REVOLVING_LINE, _BILL, day, event_id)
        row = Row(
            bill.bill_id, len(line.rows) + 1, _BILL, line, due, statement,
            revolving, interest, fee, event_id, lag,
        )  # fmt: skip
        row.revolving = 1
        row.takes_minimum = book.rules.minimum is not None
        interest = fee = 0
        rows.append(row)
    if instalment:
        line = book.line(f"{bill.bill_id}/instalments", RowOrigin.BILL_INSTALMENT, day, event_id)
        rows.append(
            Row(
                line.line_id,
                1,
                RowOrigin.BILL_INSTALMENT,
                line,
                due,
                statement,
                instalment,
                interest,
                fee,
                event_id,
                lag,
            )
        )
    for row in rows:
        if bill.posted_on is not None:
            row.posted_on = bill.posted_on.toordinal()
        if row.posted_on < day:  # under the cap a purchase counts from its posting, or its bill
            row.line.principal_days += row.open_principal * (day - row.posted_on)
        book.add_row(row, day)
    if due <= day:
        come_due(book, rows, day)
    book.bills[bill.bill_id] = rows
    spend_credit(book, day, event_id)


def disburse(book: Book, day: int, event_id: str, loan: LoanDisbursed) -> None:
    """Enter a loan with the schedule of its terms, or with the lender's own rows."""
    if loan.loan_id in book.lines:
        raise InvalidHistory(event_id, "a loan with this id was drawn before")
    price = book.rules.price
    if loan.annual_rate is not None:
        terms = book.rules.terms
        price = Price.of(loan.annual_rate, terms.day_count, terms.rounding)
    _refuse_price_above_cap(book, event_id, Decimal(price.numerator) / price.denominator)
    line = book.line(loan.loan_id, RowOrigin.LOAN, day, event_id)
    line.price, line.method = price, loan.method
    line.by_balance = book.rules.actual_balance
    if loan.rows:
        _printed_rows(book, line, day, event_id, loan)
    else:
        _scheduled_rows(book, line, day, event_id, loan)
    spend_credit(book, day, event_id)


def _scheduled_rows(book: Book, line: Line, day: int, event_id: str, loan: LoanDisbursed) -> None:
    assert line.price is not None  # noqa: S101  set by the caller
    first, anchor = loan.first_due, due_anchor(book, loan.first_due)
    dues = [add_months(first, index, anchor).toordinal() for index in range(loan.terms)]
    starts = [day, *dues[:-1]]
    periods = [due - start for start, due in zip(starts, dues, strict=True)]
    multiple = book.rules.terms.interest.instalment_multiple.fen
    if loan.instalment is None:
        parts = amortise(loan.principal.fen, periods, line.price, loan.method, multiple)
    else:
        parts = level_parts(loan.principal.fen, periods, line.price, loan.instalment.fen)
    line.level = parts[0].principal + parts[0].interest
    line.keeps_level = loan.method is RepaymentMethod.EQUAL_INSTALMENT
    bullet = loan.method is RepaymentMethod.BULLET
    for index, part in enumerate(parts):
        if bullet and index < len(parts) - 1:
            continue
        row = Row(
            f"{line.line_id}/{index + 1}", index + 1, _LOAN, line, dues[index],
            dues[index], part.principal, part.interest, 0, event_id, book.rules.grace_lag,
        )  # fmt: skip
        row.period_start = day if bullet else starts[index]
        book.add_row(row, day)


def _printed_rows(book: Book, line: Line, day: int, event_id: str, loan: LoanDisbursed) -> None:
    if sum(row.principal.fen for row in loan.rows) != loan.principal.fen:
        raise InvalidHistory(event_id, "the rows do not repay the principal exactly")
    start = day
    for printed in loan.rows:
        due = printed.due.toordinal()
        row = Row(
            f"{line.line_id}/{printed.number}", printed.number, RowOrigin.LOAN, line, due, due,
            printed.principal.fen, printed.interest.fen, printed.fee.fen, event_id,
            book.rules.grace_lag,
        )  # fmt: skip
        row.period_start = start
        start = due
        book.add_row(row, day)


def book_instalments(book: Book, day: int, event_id: str, booking: BillInstalmentBooked) -> None:
    """Take principal out of a bill and spread it over months for a flat fee (账单分期).

    A payment that is booked later but valued earlier may leave less on the bill than was to be
    spread; then what is left is spread.
    """
    if booking.booking_id in book.lines:
        raise InvalidHistory(event_id, "instalments with this id were booked before")
    rate = booking.fee_rate
    if rate is None:
        rate = book.rules.terms.bill_instalments.get(booking.terms)
        if rate is None:
            raise InvalidHistory(event_id, "this number of instalments is not in the terms")
    row = _bill_row(book, event_id, booking)
    amount = (
        booking.principal if row is None else Money(min(row.open_principal, booking.principal.fen))
    )
    if not amount:
        return
    numerator, denominator = rate.as_integer_ratio()
    fee = divide(amount.fen * numerator, denominator, book.rules.rounding)
    principals, fees = split(amount.fen, booking.terms), split(fee, booking.terms)
    if 24 * rate / (booking.terms + 1) > (book.rules.terms.cap.annual or Decimal("Infinity")):
        amounts = [Money(p + f) for p, f in zip(principals, fees, strict=True)]
        _refuse_price_above_cap(book, event_id, annual_rate_by_irr(amount, amounts))
    drawn = day
    if row is not None:
        drawn = min(day, row.posted_on)
        _take_from_bill(book, row, amount.fen, day, drawn, event_id)
    line = book.line(booking.booking_id, RowOrigin.BILL_INSTALMENT, day, event_id)
    line.principal_days = amount.fen * (day - drawn)
    _instalment_rows(book, line, day, event_id, booking, list(zip(principals, fees, strict=True)))
    spend_credit(book, day, event_id)


def _instalment_rows(
    book: Book,
    line: Line,
    day: int,
    event_id: str,
    booking: BillInstalmentBooked,
    parts: list[tuple[int, int]],
) -> None:
    start, anchor = day, due_anchor(book, booking.first_due)
    for index, (principal, fee) in enumerate(parts):
        due = add_months(booking.first_due, index, anchor).toordinal()
        row = Row(
            f"{line.line_id}/{index + 1}", index + 1, RowOrigin.BILL_INSTALMENT, line, due,
            statement_before(book, due), principal, 0, fee, event_id, book.rules.grace_lag,
        )  # fmt: skip
        row.period_start = start
        start = due
        book.add_row(row, day)


def _bill_row(book: Book, event_id: str, booking: BillInstalmentBooked) -> Row | None:
    if booking.bill_id is None:
        return None
    for row in book.bills.get(booking.bill_id, []):
        if row.revolving:
            return row
    raise InvalidHistory(event_id, "names a bill without revolving principal")


def _take_from_bill(book: Book, row: Row, amount: int, day: int, drawn: int, event_id: str) -> None:
    """Move principal off its bill, with the time it was drawn for."""
    post_penalty(row, day, book.rules, book.pauses)
    post_carry(row, day, book.rules, book.pauses)
    row.principal -= amount
    row.open_principal -= amount
    row.line.change(-amount, day)
    row.line.principal_days -= min(row.line.principal_days, amount * (day - drawn))
    book.open_principal -= amount
    row.events.append(event_id)
    if not (row.open_principal or row.open_interest or row.open_fee):
        close_if_settled(book, row, day, reductions(book, day).get(row, 0))


def post_charge(book: Book, day: int, event_id: str, charge: ChargePosted) -> None:
    """Enter a fee, interest or penalty that the lender posted by itself, due on its date."""
    due = charge.due.toordinal()
    line = book.line("charges", RowOrigin.CHARGE, day, event_id)
    amount = charge.amount.fen
    fee = amount if charge.component is Component.FEE else 0
    interest = amount if charge.component is Component.INTEREST else 0
    if charge.component not in (Component.FEE, Component.INTEREST, Component.PENALTY):
        raise InvalidHistory(event_id, "a posted charge is a fee, interest or penalty")
    row = Row(
        charge.charge_id, len(line.rows) + 1, RowOrigin.CHARGE, line, due, day, 0, interest, fee,
        event_id, book.rules.grace_lag,
    )  # fmt: skip
    row.posted = amount - fee - interest
    book.add_row(row, day)
    spend_credit(book, day, event_id)


def _refuse_price_above_cap(book: Book, event_id: str, annual: Decimal) -> None:
    cap = book.rules.terms.cap.annual
    if cap is not None and annual > cap:
        raise InvalidHistory(
            event_id,
            f"its price, {annual * 100:.2f}% a year, is above cap.annual of its terms,"
            f" {cap * 100:.2f}%: correct annual_rate, the fee rate or the terms",
        )
