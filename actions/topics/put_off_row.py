"""Whether one instalment of what was split up can be put off: by the rule, or why not here."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.topics.extension import no_extension


@answers("ask_put_off_row")
def put_off_row(turn: Turn, desk: Desk) -> Reply:
    """ "分期以后还能延期吗": the rule, but of no use to whom everything was called in."""
    rule = asked_as("request_instalment")
    if turn.borrower_id is None or accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return rule(turn, desk)
    return no_extension(turn, desk) or rule(turn, desk)
