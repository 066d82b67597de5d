"""What is owed now and later, item by item."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import AccountState, RecallStage, RowOrigin
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import quote_card
from actions.conversation.desk import Desk
from actions.conversation.own_case import OwnCase
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in, sign_in_first, signed_in
from actions.conversation.spans import Span, days_ahead, each_day_ahead, next_month
from actions.conversation.supposed import Supposed
from actions.conversation.topic import TopicAction, about_what_there_is, special_side
from actions.conversation.turn import Entity, Turn
from actions.knowledge.conduct import asked_figures, dialogue
from actions.knowledge.figure_words import figure_words
from actions.topics.after_part import revolves
from actions.topics.own_case import case_later, told_case
from actions.topics.used_sum import USED, of_a_used_sum

_LINES_SHOWN = 6
_OF_A_TIME = frozenset({"date", "day_of_month", "duration"})
_HOW = "amount.how"  # where a bill can be seen


class ActionAmount(TopicAction):
    """query_amount_due, ask_later_amount, and why it is so much."""

    topic = "amount"


@answers("query_amount_due")
def amount_due(turn: Turn, desk: Desk) -> Reply:
    """Everything whose due date has come; else the next due date."""
    side = special_side(turn, desk)
    if turn.borrower_id is None:
        if side == _HOW:
            return sign_in_first(desk).changed(key=_HOW)
        told = case_later(turn, desk) or told_case(turn, desk)
        return told or (Reply(USED) if side == USED else sign_in_first(desk))
    if side == USED and (used := of_a_used_sum(turn, desk)) is not None:
        return used
    if side == "early.personal":
        return about_what_there_is(turn, desk, payoff(turn, desk, turn.borrower_id))
    if _on_a_later_day(turn):
        return later_amount(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    ids = tuple(account.account_id for account in chosen)
    quote = desk.engine.quote(turn.borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    everything = desk.engine.quote(turn.borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    labels, names = desk.renderer.labels, accounts.names(state)
    if quote.total.fen <= 0:
        key = "amount.not_due" if any(one.next_due for one in chosen) else "amount.nothing"
        bills = desk.engine.quote(turn.borrower_id, QuoteKind.NEXT_BILL, account_ids=ids)
        values = {"name": turn.display_name, "accounts": chosen, "more": everything, "next": bills}
        none_due = Reply(key, values)
        none_due = none_due.changed(coda="amount.where") if side == _HOW else none_due
        if figure_words().asks_if_paid.search(turn.text):
            none_due = none_due.changed(lead="amount.all_paid")
        return about_what_there_is(turn, desk, none_due)
    owed = Reply(
        "amount.due",
        {"name": turn.display_name, "quote": quote, "more": everything, "names": names},
        card=quote_card(quote, names, labels, labels["card"]["amount_due"]),
        details="quote:due_now",
        clauses=_clauses(quote),
    )
    owed = owed.changed(coda="amount.where") if side == _HOW else owed
    if figure_words().asks_if_paid.search(turn.text):
        owed = owed.changed(lead="amount.not_all_paid")
    return about_what_there_is(turn, desk, owed)


def _on_a_later_day(turn: Turn) -> bool:
    """A day to come is named; one that was missed ("19号要还结果没还") lies behind."""
    if _after_a_while(turn):
        return True
    missed = figure_words().missed_it.search(turn.text)
    return (turn.coming_date() or turn.today) > turn.today and not missed


def _after_a_while(turn: Turn) -> bool:
    """ "再过一个月要还多少" names no day, and yet a later one."""
    named = days_of(turn.entity("duration"))
    return bool(named) and figure_words().later.search(turn.text) is not None


@answers("explain_amount")
@signed_in
def explain_amount(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Why it is so much: what the amount due is made of, account by account, and since when."""
    state = desk.engine.state(borrower_id)
    ids = tuple(one.account_id for one in accounts.asked(turn, state))
    quote = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    if quote.total.fen <= 0:
        return amount_due(turn, desk)
    parts: dict[str, dict[Component, int]] = defaultdict(lambda: defaultdict(int))
    for item in quote.items:
        parts[item.account_id][item.component] += item.amount.fen
    due = {one.account_id: one for one in state.accounts if one.account_id in parts}
    return Reply(
        "amount.explained",
        {
            "name": turn.display_name,
            "quote": quote,
            "accounts": tuple(due.values()),
            "parts": parts,
            "rows": {account_id: rows_due(one, turn.today) for account_id, one in due.items()},
        },
        details="quote:due_now",
        clauses=_clauses(quote),
    )


def rows_due(account: AccountState, today: date) -> int:
    """How many bills or instalments are due and not paid; what was called in is none of them."""
    return sum(
        row.due <= today and row.outstanding.fen > 0 and row.origin is not RowOrigin.RECALL
        for row in account.schedule
    )


def payoff(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Everything, if it were all paid today, or on the day that was named."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    ids = tuple(account.account_id for account in chosen)
    on = max(turn.coming_date() or turn.today, turn.today)
    quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, on, ids)
    if quote.total.fen <= 0:
        return Reply("amount.nothing", {"name": turn.display_name})
    names, labels = accounts.names(state), desk.renderer.labels
    called_in = tuple(one for one in chosen if one.recall.stage is RecallStage.EFFECTIVE)
    key = "early.called_in" if called_in == chosen else "early.personal"
    return Reply(
        key,
        {
            "name": turn.display_name,
            "quote": quote,
            "names": names,
            "called_in": called_in,
            "overdue": desk.engine.quote(borrower_id, QuoteKind.OVERDUE, on, ids).total,
            "on": on,
            "behind": accounts.overdue(chosen),
        },
        card=quote_card(quote, names, labels, labels["card"]["payoff"]),
        details="quote:payoff_all" if on == turn.today else f"quote:payoff_all:{on.isoformat()}",
        clauses=_clauses(quote),
    )


@answers("ask_later_amount")
def later_amount(turn: Turn, desk: Desk) -> Reply:
    """The same amount on a later day; of a visitor's debt as it was told."""
    if turn.borrower_id is None:
        of_the_case = case_later(turn, desk) or told_case(turn, desk)
        return of_the_case or ask_to_sign_in("own_case.unknown", desk)
    return _later_amount(turn, desk, turn.borrower_id)


@answers("ask_unpaid_till_then")
def unpaid_till_then(turn: Turn, desk: Desk) -> Reply:
    """ "这个月和下个月都不还，一共欠多少", "拖到下个月一起还": all that is due then.

    Paid together it is on the day on which the later one falls due, else at the month's end.
    """
    if turn.borrower_id is None:
        case = OwnCase.of(turn)
        told = later_amount(turn, desk) if case and case.complete else None
        return told or ask_to_sign_in("amount.two_months", desk)
    month = days_ahead(turn)
    if month is None or month.first <= turn.today:
        month = next_month(turn.today)
    chosen = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    due = [row.due for one in chosen for row in one.schedule if month.holds(row.due)]
    together = figure_words().paid_together.search(turn.text) and due
    named = each_day_ahead(turn) or _day_named(turn)
    last = named[-1].last if named else max(due) if together else month.last
    on = Entity("date", last.isoformat())
    others = tuple(one for one in turn.entities if one.kind not in _OF_A_TIME)
    told = _later_amount(replace(turn, entities=(*others, on)), desk, turn.borrower_id)
    new_bills = any(revolves(one) and one not in accounts.recalled(chosen) for one in chosen)
    return told.changed(coda="amount.new_bills") if new_bills and not told.coda else told


def _day_named(turn: Turn) -> tuple[Span, ...]:
    """The one day to come that is named, as a whole span."""
    on = turn.coming_date()
    return (Span(on, on, of_month=False),) if on is not None and on > turn.today else ()


def _later_amount(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The same amount on that day, and what makes the difference."""
    later = later_day(turn)
    if later is None and turn.coming_date() == turn.today:
        return amount_due(turn, desk)  # "要是今天还呢" after a later day
    if later is None:
        return Reply("amount.later_when")
    state = desk.engine.state(borrower_id)
    ids = tuple(account.account_id for account in accounts.asked(turn, state))
    kind = QuoteKind.DUE_NOW
    difference = desk.engine.compare(borrower_id, kind, later, account_ids=ids)
    if difference.difference.fen == 0:
        same = Reply("amount.later_same", {"difference": difference, "later": later})
        return about_what_there_is(turn, desk, same)
    names, labels = accounts.names(state), desk.renderer.labels
    told = Reply(
        "amount.later",
        {
            "difference": difference,
            "later": later,
            "days": (later - turn.today).days,
            "lines": difference.items[:_LINES_SHOWN],
            "rest": difference.items[_LINES_SHOWN:],
            "names": names,
        },
        card=quote_card(difference.after, names, labels, labels["card"]["amount_due"]),
        details=f"quote:due_now:{later.isoformat()}",
        clauses=_clauses(difference.after),
        supposes=Supposed.of(turn) or Supposed(0, turn.today, None, turn.turns, later),
    )
    return about_what_there_is(turn, desk, told)


def later_day(turn: Turn) -> date | None:
    """The day asked about; ten days on when none was named, None for a day gone by."""
    days = days_of(turn.entity("duration"))
    if days is None and (named := turn.coming_date()):
        days = (named - turn.today).days
    days = dialogue().later_days if days is None else days
    farthest = asked_figures().farthest_days_ahead
    return turn.today + timedelta(days=days) if 0 < days <= farthest else None


def _clauses(quote: object) -> tuple[str, ...]:
    items = getattr(quote, "items", ())
    return tuple(dict.fromkeys(item.clause for item in items if item.clause))
