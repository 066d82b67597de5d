"""Who decides on an offer or a request, why a person has to, and by when it is known."""

from __future__ import annotations

from collections.abc import Iterable

from account_engine.domain.negotiation.option import Option
from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.offers import find, proposal_for, titles
from actions.topics.choosing import waits
from actions.topics.plan import plan_status


@answers("ask_approval")
def ask_approval(turn: Turn, desk: Desk) -> Reply:
    """Who decides, and within how many days; of a request that waits, where it stands."""
    if waits(turn, desk):
        return plan_status(turn, desk)
    days = desk.engine.negotiation.policy.offers.approval_days
    return Reply("choose.approval", {"days": days, **_decided_by(turn, desk)})


def _decided_by(turn: Turn, desk: Desk) -> dict[str, list[str]]:
    """The titles of the offers on the table that hold at once, and of those a person decides on."""
    found: dict[str, list[str]] = {"free": [], "by_person": []}
    if turn.borrower_id is None or not turn.active_form or not turn.slots.get(memory.OFFERS):
        return found
    proposal = proposal_for(desk, turn.borrower_id, turn.wishes)
    for title, option in zip(titles(proposal, desk), proposal.options, strict=True):
        found["by_person" if option.needs_approval else "free"].append(title)
    return found


@answers("ask_approval_sooner")
def ask_approval_sooner(turn: Turn, desk: Desk) -> Reply:
    """ "能不能催一下": nobody here can hurry a decision; by when it comes is told."""
    days = desk.engine.negotiation.policy.offers.approval_days
    return Reply("choose.approval_sooner", {"days": days, "waits": waits(turn, desk)})


@answers("ask_why_approval")
def ask_why_approval(turn: Turn, desk: Desk) -> Reply:
    """Why a person decides: the causes of the offers on the table, else which kinds need it."""
    if turn.borrower_id is None or not turn.active_form or not turn.slots.get(memory.OFFERS):
        return Reply("follow_up.why.approval")
    proposal = proposal_for(desk, turn.borrower_id, turn.wishes)
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    causes = _causes((chosen[1],) if chosen else proposal.options)
    return Reply("choose.why_approval", {"causes": causes}) if causes else ask_approval(turn, desk)


def _causes(options: Iterable[Option]) -> tuple[object, ...]:
    """Each cause once, in the order in which the offers name them."""
    return tuple(dict.fromkeys(cause for one in options for cause in one.approval_causes))
