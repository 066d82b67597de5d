"""What a part paid today leaves of the debts that a visitor told of, on a later day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.terms import ProductKind
from account_engine.services.hypothetical_bill import hypothetical_minimum
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.own_case import OwnCase
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.supposed import Supposed
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.case_reckoned import (
    Reckoned,
    left_after,
    left_on,
    reckoned,
    sums,
    terms_of,
    worked_out,
)
from actions.topics.own_case import days_more, near_enough


def rest_later(turn: Turn, desk: Desk) -> Reply | None:
    """ "剩下的下月初再还": what is left of a part that was supposed, on that day."""
    supposed = Supposed.held(turn)
    return rest_of(supposed, turn, desk) if supposed is not None else None


def rest_of(supposed: Supposed, turn: Turn, desk: Desk) -> Reply | None:
    """The rest of that payment on the day that the message names, of all that was told."""
    words, said, found = figure_words(), turn.said_now, reckoned(turn, desk)
    more = days_more(turn)
    if more is None and words.the_rest.search(said):  # "剩下的晚一个星期"
        more = days_of(turn.entity("duration"))
    if not found or not more or not near_enough(more):
        return None
    on = turn.today + timedelta(days=more)
    try:
        left = tuple(_left_of_each(found, Money(supposed.fen), on, desk))
    except InvalidSupposition:
        return None
    if not left:
        return None
    values = {
        "paid": supposed.fen,
        "paid_on": left[0][0] if len(left) == 1 else None,
        "on": on,
        "left": Money.total(now for _, now, _ in left),
        "left_then": Money.total(then for _, _, then in left),
        "asks_leave": bool(words.asks_leave.search(said)),
    }
    told = ask_to_sign_in("own_case.rest_later", desk, **values, **sums(found))
    return told.changed(supposes=replace(supposed.spoken_of(turn), until=on))


def _left_of_each(
    found: tuple[Reckoned, ...], paid: Money, on: date, desk: Desk
) -> Iterator[tuple[Reckoned, Money, Money]]:
    """Each debt that a payment today leaves, with what is left of it now and on that day."""
    for one in sorted(found, key=lambda each: each.rate or Decimal(0), reverse=True):
        part = min(paid, one.total)
        paid -= part
        if part < one.total:
            now, _, _ = left_after(one, part, desk)
            yield one, now, left_on(one, part, on, desk)


def after_minimum(turn: Turn, desk: Desk) -> Reply | None:
    """ "还了最低，剩2250": no penalty, the interest of a day; None where no minimum was paid."""
    case = OwnCase.of(turn)
    last = case.debts[-1] if case is not None else None
    if last is None or not last.minimum or not last.fen:
        return None
    terms = terms_of(last, desk)
    if terms is None or terms.kind is not ProductKind.REVOLVING:
        return None
    bill = Money(last.fen)
    left = bill if last.paid is not None else bill - hypothetical_minimum(terms, bill, turn.today)
    one = worked_out(replace(last, fen=left.fen, days=1), desk)
    values = {"left": left, "a_day": one.penalty} if one is not None else {}
    return Reply("own_case.after_minimum", values) if values else None


@answers("ask_case_rest_rate")
def rest_rate(turn: Turn, desk: Desk) -> Reply:
    """ "剩下的罚息怎么算": the daily rate on what the payment leaves, and what a day then adds."""
    supposed, case = Supposed.held(turn), OwnCase.of(turn)
    if (after := after_minimum(turn, desk)) is not None:
        return after
    if supposed is None or not supposed.fen or case is None:
        return asked_as("ask_penalty")(turn, desk)
    dearest = max(reckoned(turn, desk), key=lambda one: one.rate or Decimal(0), default=None)
    values = _left_by_the_day(
        dearest or worked_out(replace(case.debts[-1], days=0), desk), supposed, desk
    )
    if values is None:
        return asked_as("ask_penalty")(turn, desk)
    told = ask_to_sign_in("own_case.rest_rate", desk, paid=supposed.fen, **values)
    return told.changed(supposes=supposed.spoken_of(turn))


def _left_by_the_day(
    debt: Reckoned | None, supposed: Supposed, desk: Desk
) -> dict[str, object] | None:
    """What the payment leaves of that debt, at which rate, and what a day late adds to it."""
    if debt is None or (debt.debt.late_fen or 0) <= supposed.fen:
        return None
    left, _, a_day = left_after(debt, Money(supposed.fen), desk)
    late = worked_out(replace(debt.debt, fen=left.fen, each=None, missed=None, days=1), desk)
    if late is None:
        return None
    a_day = a_day if debt.days else late.penalty
    return {"rest": late, "left": left, "a_day": a_day, "days": debt.days, "debts": (late,)}
