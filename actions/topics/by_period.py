"""What is to be paid on a day or in a month, what was paid in one, and the interest in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    RecallStage,
    RowState,
    ScheduleRow,
)
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.spans import Span, days_ahead, days_behind, each_day_ahead
from actions.conversation.topic import about_what_there_is, asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words

_TO_COME = frozenset({RowState.UPCOMING, RowState.BILLED, RowState.REVOLVED, RowState.DUE_TODAY})


@answers("ask_to_come")
@signed_in
def to_come(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "26号扣多少", "下个月要还多少": what falls due then, beside what is late already."""
    days, span = each_day_ahead(turn), days_ahead(turn)
    if span is None:
        return asked_as("query_amount_due")(turn, desk)
    if days:
        span = Span(days[0].first, days[-1].last, of_month=False)
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    rows = tuple(
        (one, row) for one in chosen for row in to_come_of(one) if _asked(row, days or (span,))
    )
    values = {
        "span": span,
        "apart": bool(days),
        "rows": rows,
        "total": sum((row.outstanding for _, row in rows), Money.zero),
        "next": _next_of(chosen),
        "unbilled": _without_a_bill(chosen, rows) if span.of_month else (),
        "asks_debit": bool(figure_words().debited.search(turn.text)),
        **_late(desk, borrower_id, chosen, span),
    }
    return about_what_there_is(turn, desk, Reply("period.to_come", values, details="quote:due_now"))


def to_come_of(account: AccountState) -> tuple[ScheduleRow, ...]:
    """Bills and instalments that are known and not due yet."""
    return tuple(
        row for row in account.schedule if row.state in _TO_COME and row.outstanding.fen > 0
    )


def _asked(row: ScheduleRow, days: tuple[Span, ...]) -> bool:
    return any(span.holds(row.due) for span in days)


def _next_of(chosen: tuple[AccountState, ...]) -> AccountState | None:
    """The account whose due date comes first; None where nothing is to come."""
    ahead = [one for one in chosen if one.next_due is not None]
    return min(ahead, key=lambda one: str(one.next_due), default=None)


def _without_a_bill(
    chosen: tuple[AccountState, ...], rows: tuple[tuple[AccountState, ScheduleRow], ...]
) -> tuple[AccountState, ...]:
    """Accounts whose bill of that month is not out yet: nobody knows its amount."""
    billed = {one.account_id for one, _ in rows}
    return tuple(
        one
        for one in chosen
        if one.terms.kind is ProductKind.REVOLVING
        and one.account_id not in billed
        and one.recall.stage is not RecallStage.EFFECTIVE
    )


def _late(
    desk: Desk, borrower_id: str, chosen: tuple[AccountState, ...], span: Span
) -> Mapping[str, Any]:
    """What is late today, and all that is due on the last of those days if nothing is paid."""
    late = accounts.overdue(chosen)
    ids = tuple(one.account_id for one in chosen)
    owed = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    if not late:
        return {"late": (), "owed": owed.by_account(), "then": None, "called_in": ()}
    then = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, span.last, ids).total
    called_in = accounts.called_in_by(late, span.last)
    return {"late": late, "owed": owed.by_account(), "then": then, "called_in": called_in}


@answers("ask_arrears")
@signed_in
def arrears(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "补上借呗要多少": what is late, today or on the day named; not what would settle it all."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    late = accounts.overdue(chosen)
    if not late:
        return asked_as("query_overdue_status")(turn, desk)
    on = max(turn.coming_date() or turn.today, turn.today)
    ids = tuple(one.account_id for one in late)
    values = {
        "late": late,
        "on": on,
        "then": desk.engine.quote(borrower_id, QuoteKind.OVERDUE, on, ids),
        "as_of_today": desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids),
    }
    told = Reply("period.arrears", values, details="quote:overdue")
    return about_what_there_is(turn, desk, told)


@answers("ask_paid_in")
@signed_in
def paid_in(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "上个月扣了多少", "十月还了几笔": the payments of those days, else the last one."""
    span = days_behind(turn)
    if span is None:
        return asked_as("ask_payments")(turn, desk)
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    found = tuple((one, each) for one in chosen for each in one.payments if span.holds(each.on))
    values = {
        "span": span,
        "found": found,
        "total": sum((each.amount for _, each in found), Money.zero),
        "last": tuple((one, one.payments[-1]) for one in chosen if one.payments),
    }
    return about_what_there_is(turn, desk, Reply("period.paid", values))


@answers("ask_interest_share")
@signed_in
def interest_share(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "每月还的里头多少是利息": of the next instalment, and of what is due already."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    if days_ahead(turn) is not None and not any(to_come_of(one) for one in chosen):
        return the_answer("ask_penalty_by")(turn, desk)  # nothing but the penalty grows by then
    values = {
        "accounts": chosen,
        "ahead": {one.account_id: to_come_of(one)[:1] for one in chosen},
        "falls": {one.account_id: _interest_falls(one) for one in chosen},
        "due": _due_by_component(desk, borrower_id, state),
    }
    told = Reply("period.interest", values, details="quote:due_now")
    return about_what_there_is(turn, desk, told)


def _interest_falls(account: AccountState) -> bool:
    """Whether the last instalment to come has less interest than the next one."""
    rows = to_come_of(account)
    return len(rows) > 1 and rows[-1].interest < rows[0].interest


def _due_by_component(
    desk: Desk, borrower_id: str, state: BorrowerState
) -> Mapping[str, Mapping[Component, Money]]:
    found: dict[str, dict[Component, Money]] = {}
    for one in state.accounts:
        quote = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=(one.account_id,))
        parts = quote.by_component().items()
        found[one.account_id] = {part: amount for part, amount in parts if amount.fen}
    return found
