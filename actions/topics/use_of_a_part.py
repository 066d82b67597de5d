"""Whether a small sum is of any use: what it takes off the debt and off each day."""

from __future__ import annotations

from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import about_what_there_is, asked_as
from actions.conversation.turn import Turn
from actions.topics.after_part import After
from actions.topics.sum_to_pay import sum_to_pay

_as_a_part = asked_as("ask_partial_payment")


@answers("ask_use_of_part")
def use_of_a_part(turn: Turn, desk: Desk) -> Reply:
    """ "我只有300，有没有意义": for what is late; elsewhere as any other part."""
    fen = sum_to_pay(turn)
    if turn.borrower_id is None:
        return Reply("partial.of_use.stranger")
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    if not fen or not accounts.overdue(chosen) or accounts.missing(turn, state):
        return _as_a_part(turn, desk)
    only = chosen[0].account_id if len(chosen) == 1 else None
    supposed = Supposed(fen, turn.today, only, turn.turns)
    after = After(desk, turn.borrower_id, supposed)
    found, a_day = after.on(turn.today), after.a_day()
    ids = {one.account_id for one in chosen}
    values = {
        "amount": fen,
        "less": after.a_day(paid=False) - a_day,
        "a_day": a_day,
        "still_late": accounts.overdue(
            one for one in found.after.accounts if one.account_id in ids
        ),
        "due": found.before_quotes[QuoteKind.DUE_NOW],
        "after": found.after_quotes[QuoteKind.DUE_NOW],
    }
    told = Reply("partial.of_use", values, details="quote:due_now", supposes=supposed)
    return about_what_there_is(turn, desk, told)
