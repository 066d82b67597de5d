"""What is missing, or left in all, once a sum that is named is paid: 还1000还差多少."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as
from actions.conversation.turn import Entity, Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.after_part import After
from actions.topics.left import told_of

_FEN = 100  # of a yuan


@answers("ask_left_after")
def left_after(turn: Turn, desk: Desk) -> Reply:
    """ "还1000还差多少": what is missing, or left in all, once the sum that is named is paid."""
    turn = _with_a_bare_sum(turn)
    reckoned = asked_as("ask_partial_payment")(turn, desk)
    if turn.borrower_id is None or reckoned.supposes is None:
        return reckoned
    words, after = figure_words(), After(desk, turn.borrower_id, reckoned.supposes)
    more = {
        "asks_all": bool(words.all_left.search(turn.text)),
        "on_top": bool(words.paid_so_far.search(turn.text)),
        "due_only": after.due_only(),
    }
    return told_of("partial.left_after", after, turn, more)


def _with_a_bare_sum(turn: Turn) -> Turn:
    """ "330那个还了": a number that the NLU took for no sum."""
    found = figure_words().bare_sum.search(turn.text)
    if found is None or turn.entity("amount") is not None:
        return turn
    fen = str(int(Decimal(found[0]) * _FEN))
    return replace(turn, entities=(*turn.entities, Entity("amount", fen, *found.span())))
