"""What a situation names, whatever the intent: a fixed reply with the borrower's own line."""

from __future__ import annotations

from actions.conversation.answering import Answer, answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import fixed, with_own_line
from actions.conversation.turn import Turn
from actions.knowledge.stated import stated_replies

_SHOP = "out_of_scope.merchant"


def _stated(key: str) -> Answer:
    """An answer whose reply the situation has chosen; who is signed in hears how they stand."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        return with_own_line(Reply(key), turn, desk)

    return answer


@answers("ask_merchant")
def merchant(turn: Turn, desk: Desk) -> Reply:
    """A shop that takes 花呗: how it is opened, or why one customer cannot pay."""
    named = desk.focus.reply_for("out_of_scope", turn.text, tuple(turn.values("product"))) or ""
    return Reply(named if named.startswith(_SHOP) else _SHOP)


def _register() -> None:
    """Every reply of the file under its name."""
    replies = stated_replies()
    for name, key in replies.with_own_line.items():
        answers(name)(_stated(key))
    for name, key in replies.alone.items():
        answers(name)(fixed(key))


_register()
