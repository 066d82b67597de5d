"""A line or two about the borrower's own account, said before or after the rule of a topic.

Each function returns the key and the values of a short text, or None where the account has nothing
to add; `own_line` names the topics it goes with.
"""

from __future__ import annotations

from collections.abc import Mapping

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import AccountState, RowState, ScheduleRow
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.rates import a_day
from actions.conversation.reply import Reply
from actions.conversation.topic import own_line, special_side
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.knowledge.rules_first import before_own_line
from actions.topics import ways
from actions.topics.parts import loans_among, parts_of, rows_of
from actions.topics.tomorrow import tomorrow

_NEXT_ROW = "early.next"
OWN_RATE = "brief.rate"
PENALTY = "brief.penalty"
_HOW_MANY_PARTS = "instalment.terms"
_CANNOT_BE_SPLIT = "instalment.cannot"


def owed(desk: Desk, borrower_id: str) -> dict[str, Money]:
    """What is overdue, by account id."""
    return desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account()


@own_line("grace", "reminder", "method", "autodebit", "priority", "amount", "due_date")
def due(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Due dates, and what is overdue since when."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    return Reply("brief.due", {"accounts": chosen, "owed": owed(desk, borrower_id)})


@own_line("overdue", first=True)
def standing(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The same with what another day costs; for questions about being late."""
    reply = due(turn, desk, borrower_id)
    late = accounts.overdue(reply.values["accounts"])
    return reply.changed(values={**reply.values, "tomorrow": tomorrow(desk, borrower_id, late)})


@own_line("penalty", first=True)
def penalty(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Penalty so far and what tomorrow adds; None where nothing is late."""
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(borrower_id)))
    ids = tuple(one.account_id for one in late)
    if not ids:
        return None
    sums = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids).by_component()
    values = {
        "penalty": sums.get(Component.PENALTY, Money.zero) + sums.get(Component.CAP, Money.zero),
        "tomorrow": tomorrow(desk, borrower_id, late),
    }
    return Reply(PENALTY, values, details="quote:overdue")


@own_line("minimum")
def minimum(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The minimum payment of the bill that stands; None for loans and where there is no bill."""
    bills = tuple(
        one
        for one in accounts.asked(turn, desk.engine.state(borrower_id))
        if one.terms.kind is ProductKind.REVOLVING
    )
    ids = tuple(one.account_id for one in bills)
    if not ids:
        return due(turn, desk, borrower_id)
    least = desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=ids)
    if least.total.fen <= 0:
        return None
    values = {
        "accounts": bills,
        "least": least.by_account(),
        "owed": owed(desk, borrower_id),
        "on_time_again": on_time_again(desk, borrower_id, least.by_account()),
    }
    return Reply("brief.minimum", values, details="quote:minimum")


def on_time_again(desk: Desk, borrower_id: str, least: Mapping[str, Money]) -> frozenset[str]:
    """Accounts that are late, and no longer once their minimum is paid today."""
    today = desk.today()
    late = {one.account_id for one in accounts.overdue(desk.engine.state(borrower_id).accounts)}
    paid = (
        desk.engine.what_if_payment(borrower_id, amount, today, account_id)
        for account_id, amount in least.items()
        if account_id in late and amount.fen > 0
    )
    after = {one.account_id: one.dpd for found in paid for one in found.after.accounts}
    return frozenset(one for one in late & least.keys() if after.get(one) == 0)


@own_line("restricted", "linkage", first=True)
@own_line("restore")
def access(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Whether the accounts can be used, and which of those named are none of the borrower's."""
    state = desk.engine.state(borrower_id)
    values = {"accounts": accounts.asked(turn, state), "absent": accounts.absent(turn, state)}
    return Reply("brief.access", {**values, "owed": owed(desk, borrower_id)})


@own_line("credit", "repair", first=True)
def credit(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The next reporting date, and whether something overdue may be in it."""
    return Reply("brief.credit", {"accounts": accounts.asked(turn, desk.engine.state(borrower_id))})


@own_line("early")
def payoff(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Everything, if it were all paid today, or the next row; None for a sum that was named."""
    if turn.entity("amount") is not None:
        return None
    if special_side(turn, desk) == _NEXT_ROW:
        return due(turn, desk, borrower_id)
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    if quote.total.fen <= 0:
        return None
    overdue = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids).total
    values = {"quote": quote, "overdue": overdue}
    return Reply("brief.payoff", values, details="quote:payoff_all")


@own_line("dispute_payment", first=True)
def payment(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The last payment that was booked, and how the account stands after it."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    last = {one.account_id: one.payments[-1] for one in chosen if one.payments}
    said = turn.amount_fen()
    values = {
        "accounts": chosen,
        "last": last,
        "owed": owed(desk, borrower_id),
        "asked": said if said and figure_words().has_paid.search(turn.text) else None,
        "known_payment": {
            one.account_id
            for one in chosen
            if any(each.amount.fen == said for each in one.payments)
        },
    }
    return Reply("brief.payment", values)


@own_line("interest")
def rate(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The contract's price of borrowing for loans; for bills that are late, their penalty."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    loans = loans_among(chosen)
    if not loans:
        return penalty(turn, desk, borrower_id)
    daily = {one.account_id: a_day(one.annual_rate, one.terms) for one in loans}
    ahead = {one.account_id: _next_row(one) for one in loans}
    return Reply(OWN_RATE, {"accounts": loans, "daily": daily, "ahead": ahead})


def _next_row(account: AccountState) -> ScheduleRow | None:
    return next((row for row in account.schedule if row.state is RowState.UPCOMING), None)


@own_line("instalment", first=True)
def instalment(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """What is overdue, else how far a loan is paid; None where neither says anything.

    Beside a rule only that what is late cannot be split in the app.
    """
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    late = accounts.overdue(chosen)
    side = special_side(turn, desk)
    if late and side != _CANNOT_BE_SPLIT and side in before_own_line("instalment"):
        told = ways.standing(turn, desk, borrower_id)
        parts = parts_of(chosen) if side == _HOW_MANY_PARTS else {}
        return Reply("brief.instalment_late", {**told, "late": late, "parts": parts})
    loans = tuple(one for one in loans_among(chosen) if one not in accounts.recalled(chosen))
    if not late and not loans and side != _CANNOT_BE_SPLIT:
        return None
    return Reply(
        "brief.instalment",
        {
            **ways.standing(turn, desk, borrower_id),
            "late": late,
            "owed": owed(desk, borrower_id),
            "loans": loans,
            "rows": {one.account_id: rows_of(one) for one in loans},
        },
    )
