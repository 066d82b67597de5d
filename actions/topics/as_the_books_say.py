"""What borrowers say of their own debts, set beside the books before anything else is told."""

from __future__ import annotations

from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics import brief

ONE_OWED = "inform.one_owed"
_NOT_LATE = "inform.not_overdue"
_DIFFERS = "note.books_differ"


@answers("told_which_owed")
def told_which_owed(turn: Turn, desk: Desk) -> Reply:
    """ "我只欠花呗，借呗早就清了", whatever else it sounds like."""
    if turn.borrower_id is None:
        return Reply(ONE_OWED)
    return beside_the_books(ONE_OWED, turn, desk, turn.borrower_id)


def beside_the_books(said: str, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "欠的是借呗，花呗没欠", "花呗没逾期": whether the books say so too, and what they say."""
    if said == ONE_OWED:
        return _which_are_owed(turn, desk, borrower_id)
    status = asked_as("query_overdue_status")(turn, desk)
    late = accounts.late_and_held(turn, desk.engine.state(borrower_id))
    return status.changed(lead=_DIFFERS) if late and said == _NOT_LATE else status


def _which_are_owed(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    state = desk.engine.state(borrower_id)
    clear = _said_to_be_clear(turn)
    owed = frozenset(turn.values("product")) - clear
    owing = frozenset(
        one.product_id.removesuffix("_like") for one in state.accounts if _something_owed(one)
    )
    values = {
        "agrees": owed <= owing and not clear & owing,
        "absent": accounts.absent(turn, state),
        "accounts": state.accounts,
        "owed": brief.owed(desk, borrower_id),
    }
    return Reply("inform.one_owed_own", values)


def _said_to_be_clear(turn: Turn) -> frozenset[str]:
    """The products of which nothing is owed, as the message has it."""
    behind = figure_words().said_to_be_clear
    named = (one for one in turn.entities if one.kind == "product")
    return frozenset(one.value for one in named if behind.match(turn.text, one.end))


def _something_owed(account: AccountState) -> bool:
    return account.dpd > 0 or account.next_due is not None
