"""Being left alone: what the borrower asks for, and what a death in the family asks of us."""

from __future__ import annotations

from account_engine.services.outreach import HoldReason
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.outreach import hold_outreach
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.topics.handoff import hand_over

_NOTHING_KNOWN = {"stopped": False, "held_by_person": False, "reports": ()}


@answers("stop_contact")
def stop_contact(turn: Turn, desk: Desk) -> Reply:
    """Stops what this assistant sends of itself, and says what it cannot stop."""
    held = hold_outreach(turn, desk, HoldReason.ASKED_TO_STOP)
    return Reply("contact.stopped" if held else "collection.stop")


@answers("resume_contact")
def resume_contact(turn: Turn, desk: Desk) -> Reply:
    """Reminders again, for whoever had asked for none."""
    if turn.borrower_id is None:
        return Reply("reminder.general")
    wanted = desk.engine.outreach.lift_own(turn.borrower_id, desk.engine.clock.now())
    still = bool(desk.engine.outreach.in_force(turn.borrower_id))
    if still:
        return Reply("contact.held_by_person")
    return Reply("contact.resumed" if wanted else "contact.not_held")


@answers("ask_report_notice")
def report_notice(turn: Turn, desk: Desk) -> Reply:
    """The notice before a negative entry is no reminder: asking for silence does not end it."""
    if turn.borrower_id is None:
        return Reply("notice.before_report", _NOTHING_KNOWN)
    reasons = {one.reason for one in desk.engine.outreach.in_force(turn.borrower_id)}
    state = desk.engine.state(turn.borrower_id)
    values = {
        "stopped": HoldReason.ASKED_TO_STOP in reasons,
        "held_by_person": bool(reasons - {HoldReason.ASKED_TO_STOP}),
        "reports": [one for one in state.accounts if one.dpd > 0],
    }
    return Reply("notice.before_report", values)


@answers("report_death")
def report_death(turn: Turn, desk: Desk) -> Reply:
    """Condolence, a person, no more contact; whoever reports it is asked for no money."""
    hold_outreach(turn, desk, HoldReason.DEATH_REPORTED)
    called = hand_over(turn, desk, "death_reported", key="family.death_reported")
    if called.key != "family.death_reported":
        return Reply("family.death", form=Form.LEAVE)
    return called


@answers("report_death_of_another")
def report_death_of_another(turn: Turn, desk: Desk) -> Reply:
    """Someone else's death leaves the account of whoever is signed in as it is.

    A visitor may well speak for a borrower of ours: that is for a person to find out.
    """
    if turn.borrower_id is None:
        return report_death(turn, desk)
    return Reply("family.death_of_another", form=Form.LEAVE)
