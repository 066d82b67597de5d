"""A line or two about the borrower's own account, said after a general answer.

Each function has the shape that `personal` and `general` take as `brief`: it returns the key and
the values of a short text, or None where the account has nothing to add.
"""

from __future__ import annotations

from datetime import timedelta

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import AccountState, RecallStage
from account_engine.domain.terms import ProductKind, RecallCure
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

_DAYS_OF_RATE = 365


def owed(desk: Desk, borrower_id: str) -> dict[str, Money]:
    """What is overdue, by account id."""
    return desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account()


def due(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Due dates, and what is overdue since when."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    return Reply("brief.due", {"accounts": chosen, "owed": owed(desk, borrower_id)})


def penalty(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Penalty so far and what tomorrow adds; None where nothing is late."""
    state = desk.engine.state(borrower_id)
    ids = tuple(one.account_id for one in accounts.overdue(accounts.asked(turn, state)))
    if not ids:
        return None
    sums = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids).by_component()
    tomorrow = state.as_of + timedelta(days=1)
    values = {
        "penalty": sums.get(Component.PENALTY, Money.zero) + sums.get(Component.CAP, Money.zero),
        "tomorrow": desk.engine.compare(borrower_id, QuoteKind.DUE_NOW, tomorrow, ids),
    }
    return Reply("brief.penalty", values, details="quote:overdue")


def access(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Whether the accounts can be used."""
    return Reply("brief.access", {"accounts": accounts.asked(turn, desk.engine.state(borrower_id))})


def credit(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The next reporting date, and whether something overdue may be in it."""
    return Reply("brief.credit", {"accounts": accounts.asked(turn, desk.engine.state(borrower_id))})


def cures(found: tuple[AccountState, ...], arrears: dict[str, Money]) -> dict[str, Money]:
    """What stops a recall that was noticed and is not effective yet, by account id."""
    return {
        one.account_id: arrears[one.account_id]
        for one in found
        if one.recall.stage is RecallStage.NOTICED
        and one.terms.recall.cure is RecallCure.PAY_ARREARS
        and arrears[one.account_id].fen > 0
    }


def recall(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Which step a recall has reached and what still stops it."""
    found = accounts.recalled(accounts.asked(turn, desk.engine.state(borrower_id)))
    if not found:
        return Reply("brief.no_recall")
    values = {"accounts": found, "cure": cures(found, owed(desk, borrower_id))}
    return Reply("brief.recall", values)


def payoff(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Everything, if it were all paid today."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    if quote.total.fen <= 0:
        return None
    return Reply("brief.payoff", {"quote": quote}, details="quote:payoff_all")


def payment(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The last payment that was booked, and how the account stands after it."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    paid = tuple((one, one.payments[-1]) for one in chosen if one.payments)
    if not paid:
        return Reply("brief.no_payment")
    return Reply("brief.payment", {"paid": paid, "owed": owed(desk, borrower_id)})


def rate(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The contract's price of borrowing, for loans."""
    loans = tuple(
        one
        for one in accounts.asked(turn, desk.engine.state(borrower_id))
        if one.terms.kind is ProductKind.INSTALMENT_LOAN
    )
    if not loans:
        return None
    daily = {one.account_id: one.annual_rate / _DAYS_OF_RATE for one in loans}
    return Reply("brief.rate", {"accounts": loans, "daily": daily})


def settled(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Whether a settlement certificate can be had already."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    left = quote.by_account()
    still = tuple(one for one in chosen if one.account_id in left and left[one.account_id].fen)
    if not still:
        return Reply("brief.settled")
    return Reply("brief.not_settled", {"accounts": still, "owed": left}, details="quote:payoff_all")
