"""What is only for a borrower who is signed in, and how a visitor is asked to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from actions.conversation.answering import Answer
from actions.conversation.cards import sign_in_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn


def ask_to_sign_in(key: str, desk: Desk, **values: object) -> Reply:
    """An answer for a visitor, with the card to sign in."""
    return Reply(key, values, card=sign_in_card(desk.renderer.labels["card"]))


def sign_in_first(desk: Desk) -> Reply:
    """What everybody reads who asks about an account without being known."""
    return ask_to_sign_in("sign_in.needed", desk)


def signed_in(answer: Callable[[Turn, Desk, str], Reply]) -> Answer:
    """`answer`, given the borrower's id as well; a visitor is asked to sign in first."""

    @wraps(answer)
    def answer_if_known(turn: Turn, desk: Desk) -> Reply:
        if turn.borrower_id is None:
            return sign_in_first(desk)
        return answer(turn, desk, turn.borrower_id)

    return answer_if_known
