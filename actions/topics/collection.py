"""What collection may and may not do, and what a borrower reports of it."""

from __future__ import annotations

from functools import lru_cache

from account_engine.services.clock import BUSINESS_ZONE
from actions.conversation import accounts
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Form, Reply
from actions.conversation.topic import TopicAction, side
from actions.conversation.turn import Turn
from actions.knowledge.conduct import Complaints
from actions.knowledge.folder import data_folder
from actions.topics.handoff import hand_over
from identity.handoff import Handoff

_REPORTED = "report_harassment"
_HARASSMENT = "harassment"
# Only asked, not told: nothing has happened, and nobody complains.
_ASKED = "asked_of_contacts"
# A number, an hour, what was said: more about a complaint that is open.
_MORE = "more_of_complaint"
# What was spoken of before a number or an hour is told: then that is a report.
_COMPLAINED_OF = frozenset({"ask_collection", "collection"})
_ON_RECORD = "collection.harassed"
# What collectors may come to do, where something is late.
_OF_BEING_LATE = frozenset(
    {"collection.visit", "collection.visit_when", "collection.when", "collection.agency_when"}
)


class ActionCollection(TopicAction):
    """ask_collection."""

    topic = "collection"


@lru_cache(maxsize=1)
def _complaints() -> Complaints:
    return Complaints.load(data_folder() / "conduct" / "complaints.yml")


@answers("ask_collection")
def collection(turn: Turn, desk: Desk) -> Reply:
    """The rules; abuse that is reported goes on record at once, with a number."""
    if asked := desk.focus.reply_for(_ASKED, turn.text):
        return Reply(asked)
    if desk.focus.reply_for(_REPORTED, turn.text):
        return report_harassment(turn, desk)
    case = _open_complaint(turn, desk)
    if case is not None and desk.focus.reply_for(_MORE, turn.text):
        return Reply("collection.added", {"case_number": case.case_number})
    rule = Reply(side(turn, desk, "collection.general"))
    return rule.changed(lead="brief.not_late") if _feared(rule.key, turn, desk) else rule


def _feared(key: str, turn: Turn, desk: Desk) -> bool:
    """Whether something is feared that only comes of being late, and nothing is late."""
    if key not in _OF_BEING_LATE or turn.borrower_id is None:
        return False
    return not accounts.overdue(desk.engine.state(turn.borrower_id).accounts)


@answers("report_harassment")
def report_harassment(turn: Turn, desk: Desk) -> Reply:
    """A case with a number, until when it should be answered, what is kept, and the limits."""
    return _reported(turn, desk, _ON_RECORD, "collection.threat")


@answers("report_as_contacted")
def report_as_contacted(turn: Turn, desk: Desk) -> Reply:
    """The same for whoever is called because of somebody else's debt; of that nothing is said."""
    return _reported(turn, desk, "third_party.contacted", "third_party.contacted_unqueued")


def _reported(turn: Turn, desk: Desk, key: str, unqueued: str) -> Reply:
    if case := _open_complaint(turn, desk):
        return Reply("collection.added", {"case_number": case.case_number})
    answer_by = _complaints().answer_by(turn.today)
    complaint = {
        "said": turn.text,
        "at": turn.now.astimezone(BUSINESS_ZONE).isoformat(timespec="minutes"),
        "answer_by": answer_by.isoformat(),
        "asks": "no contact with third parties",
    }
    opened = hand_over(turn, desk, _HARASSMENT, key=key, told={"complaint": complaint})
    if "case_number" not in opened.values:  # the queue cannot be reached
        return Reply(unqueued)
    values = {**opened.values, "answer_by": answer_by}
    return opened.changed(key=key, values=values, form=Form.RESUME, trouble=False)


@answers("tell_more_of_complaint")
def more_of_complaint(turn: Turn, desk: Desk) -> Reply:
    """Hours and numbers of calls: they belong to the complaint that is open, where one is."""
    case = _open_complaint(turn, desk)
    last = LastQuestion.of(turn)
    if case is None and last is not None and last.answer in _COMPLAINED_OF:
        return report_harassment(turn, desk)  # who gives the number of a call complains of it
    if case is None:
        return by_intent(turn, desk, "collection.often")
    return Reply("collection.added", {"case_number": case.case_number})


def _open_complaint(turn: Turn, desk: Desk) -> Handoff | None:
    """The open case of this conversation, where a complaint is part of it."""
    case = desk.people.current(turn.sender_id)
    return case if case is not None and "complaint" in case.summary else None
