"""The usual payment in one go: what `allocation` would do where little can happen.

Most payments reach a few rows that are due or late, in the usual order, and nothing is carried,
put off or cut by the cap. Such a payment is shared out in figures first and booked then; anything
else is left to `allocation`. A property compares the two.
"""

from __future__ import annotations

from account_engine.domain.ledger.accrual import penalty_owed, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import fits
from account_engine.domain.ledger.minimum import principal_to_minimum
from account_engine.domain.ledger.row import Line, Row

_FEW = 4


class Share:
    """What a payment brings for one row, in fen; to begin with, all that the row owes.

    Attributes:
        owed_penalty: what the row owes of penalty, whatever the payment brings.
    """

    __slots__ = ("fee", "interest", "owed_penalty", "penalty", "principal", "row")

    def __init__(self, row: Row, penalty: int) -> None:
        self.row = row
        self.fee = row.open_fee
        self.penalty = self.owed_penalty = penalty
        self.interest = row.open_interest
        self.principal = row.open_principal


def take_usual(book: Book, day: int, event_id: str, amount: int) -> bool:
    """Take a payment, if it is a usual one.

    Args:
        book: the books, awake to `day`, without a waiver that waits for a payment.
        day: value date.
        event_id: the payment.
        amount: fen received, for no row in particular.

    Returns:
        Whether the payment was taken; if not, nothing was changed.
    """
    if book.penalty_ahead or book.mixed or not book.rules.usual_order:
        return False
    if amount >= book.open_principal - book.paid_ahead and book.earning_lines():
        return False  # it may pay the account off
    if _pays_only_row(book, day, event_id, amount):
        return True
    shares = _owed(book, day)
    if not shares:
        return False
    left = amount
    for share in shares:
        left -= share.fee + share.penalty + share.interest + share.principal
    if left < 0:
        _share_out(book, shares, day, amount)
    elif left:
        ahead = _ahead(book, shares, day, left)
        if ahead is None:
            return False
        shares.append(ahead)
    _book(book, shares, day, event_id, amount)
    return True


def _pays_only_row(book: Book, day: int, event_id: str, amount: int) -> bool:
    """Pay on the only row that is due or billed, on time: most payments are no more."""
    rows = book.open
    if not rows or (len(rows) > 1 and (rows[1].due <= day or rows[1].statement_on <= day)):
        return False
    row = rows[0]
    if row.due != day and (row.due < day or row.statement_on > day or row.line.price is not None):
        return False
    fee, interest, principal = row.open_fee, row.open_interest, row.open_principal
    charges = fee + interest
    left = charges + principal - amount
    if left < 0 or row.carry_from:
        return False
    if charges:
        if row.due > day and row.line.paid_penalty:
            return False
        fee = min(fee, amount)
        interest = min(interest, amount - fee)
        charges = fee + interest
        row.open_fee -= fee
        row.paid_fee += fee
        row.open_interest -= interest
        row.paid_interest += interest
        row.line.paid_charges += charges
        if row.due > day:
            book.paid_ahead += charges
    principal = amount - charges
    if principal:
        _book_principal(book, row, principal, day)
    row.events.append(event_id)
    if not left:
        book.settle(row, day)
    book.allocations.append((event_id, day, amount, principal, interest, fee, 0, 0, 0))
    return True


def _owed(book: Book, day: int) -> list[Share]:
    """What is owed on rows that are due or billed; empty where it is not that simple."""
    rules = book.rules
    shares: list[Share] = []
    late = 0
    for row in book.open:
        if row.due > day:
            if row.statement_on > day:
                break  # rows have the same lead, so those after it are not billed either
            if row.line.price is not None or row.line.paid_penalty:
                return []
        if row.carry_from or len(shares) == _FEW:
            return []
        penalty = penalty_owed(row, day, rules, book.pauses) if row.due < day else 0
        late += row.due < day
        shares.append(Share(row, penalty))
    if late and not _late_is_simple(book, shares, day):
        return []
    return shares


def _late_is_simple(book: Book, shares: list[Share], day: int) -> bool:
    """Whether penalty is charged on principal only, in the usual order, and not cut by the cap."""
    rules = book.rules
    if rules.base_fee or rules.base_interest or book.steps_on(day) is not rules.steps:
        return False
    charges: dict[Line, int] = {}
    for share in shares:
        line = share.row.line
        charges[line] = charges.get(line, 0) + share.fee + share.penalty + share.interest
    return all(fits(book, line, day, amount) for line, amount in charges.items())


def _ahead(book: Book, shares: list[Share], day: int, left: int) -> Share | None:
    """What is left goes to interest and fee of the next row, unless it is more than that."""
    if len(book.open) == len(shares):
        return None
    row = book.open[len(shares)]
    if row.line.by_balance:
        return None  # what has not run yet repays principal
    charges = row.open_fee + row.open_interest
    if left > charges:
        return None
    for share in shares:
        if share.row.line is row.line:
            charges += share.fee + share.penalty + share.interest
    if not fits(book, row.line, day, charges):
        return None
    ahead = Share(row, 0)
    ahead.fee = min(row.open_fee, left)
    ahead.interest = left - ahead.fee
    ahead.principal = 0
    return ahead


def _share_out(book: Book, shares: list[Share], day: int, left: int) -> None:
    """Reduce shares to an amount: late rows first, then those due, part by part across rows."""
    whole = [share.principal for share in shares] if book.rules.minimum_first else []
    first_due = 0
    while first_due < len(shares) and shares[first_due].row.due < day:
        first_due += 1
    if first_due:
        left = _share_out_group(book, shares[:first_due], left)
    left = _share_out_group(book, shares[first_due:], left)
    for share, principal in zip(shares, whole, strict=False):
        more = min(principal - share.principal, left)  # minimum payments came first
        share.principal += more
        left -= more


def _share_out_group(book: Book, group: list[Share], left: int) -> int:
    for share in group:
        if share.fee:
            share.fee = min(share.fee, left)
            left -= share.fee
    for share in group:
        if share.penalty:
            share.penalty = min(share.penalty, left)
            left -= share.penalty
    for share in group:
        if share.interest:
            share.interest = min(share.interest, left)
            left -= share.interest
    minimum_first = book.rules.minimum_first
    for share in group:
        if minimum_first and share.row.takes_minimum:
            share.principal = principal_to_minimum(book.rules, share.row)
        if share.principal > left:
            share.principal = left
        left -= share.principal
    return left


def _book(book: Book, shares: list[Share], day: int, event_id: str, amount: int) -> None:
    """Enter shares into the books and note where the payment went."""
    principal = interest = fee = penalty = 0
    for share in shares:
        charges = share.fee + share.interest + share.penalty
        if charges or share.principal:
            if charges:
                fee += share.fee
                interest += share.interest
                penalty += share.penalty
                _book_charges(book, share, day)
            if share.principal:
                principal += share.principal
                _book_principal(book, share.row, share.principal, day)
            row = share.row
            row.events.append(event_id)
            still_open = row.open_principal or row.open_interest or row.open_fee
            if not still_open and share.penalty == share.owed_penalty:
                book.settle(row, day)
    book.allocations.append((event_id, day, amount, principal, interest, fee, penalty, 0, 0))


def _book_charges(book: Book, share: Share, day: int) -> None:
    row, fee, interest, penalty = share.row, share.fee, share.interest, share.penalty
    row.open_fee -= fee
    row.paid_fee += fee
    row.open_interest -= interest
    row.paid_interest += interest
    row.line.paid_charges += fee + interest + penalty
    if row.due > day:
        book.paid_ahead += fee + interest
    if penalty:
        row.paid_penalty += penalty
        row.line.paid_penalty += penalty


def _book_principal(book: Book, row: Row, principal: int, day: int) -> None:
    if row.due < day:
        post_penalty(row, day, book.rules, book.pauses)
    row.open_principal -= principal
    row.paid_principal += principal
    row.cycle_principal += principal
    row.line.change(-principal, day)
    book.open_principal -= principal
