"""What a part paid today leaves of the debts that a visitor told of, on a later day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.case_reckoned import Reckoned, left_after, left_on, reckoned, sums
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
