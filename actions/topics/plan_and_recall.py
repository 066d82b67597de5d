"""Whether a plan, once it stands, ends the demand to pay everything at once."""

from __future__ import annotations

from account_engine.domain.state import RecallStage
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.negotiation.offers import proposal_for

_CALLED_IN = frozenset({RecallStage.NOTICED, RecallStage.EFFECTIVE})


@answers("ask_plan_and_recall")
def plan_and_recall(turn: Turn, desk: Desk) -> Reply:
    """ "签个分期还会让我全还吗": what policy offers, and whether a person decides on it."""
    if turn.borrower_id is None:
        return the_answer("ask_full_recall")(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    asked = accounts.asked(turn, state)
    called = [one for one in asked if one.recall.stage in _CALLED_IN and one.plan is None]
    if not called:
        return the_answer("ask_full_recall")(turn, desk)
    wishes = dict(turn.wishes) if turn.wishes.keys() & {"terms", "monthly"} else {}
    proposal = proposal_for(desk, turn.borrower_id, wishes or {"terms": dialogue().terms_tried})
    plans = [one for one in proposal.options if len(one.schedule) > 1]
    if not plans:
        return the_answer("ask_full_recall")(turn, desk)
    coming = [one for one in called if one.recall.stage is RecallStage.NOTICED]
    values = {
        "called": called,
        "coming": coming,
        "approval": all(one.needs_approval for one in plans),
    }
    return Reply("recall.with_a_plan", values)
