"""Which papers show a hardship, by when, and what happens without them."""

from __future__ import annotations

from datetime import timedelta

from account_engine.domain.payloads import HardshipKind
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as, fixed
from actions.conversation.turn import Turn
from actions.negotiation.hearing import hear

_LISTED = (
    HardshipKind.UNEMPLOYMENT,
    HardshipKind.INCOME_LOSS,
    HardshipKind.ILLNESS,
    HardshipKind.DISASTER,
)
# Whether a copy or a photograph of a true paper will do.
_COPIES = "hardship.copies"
_KIND_WORD = "hardship.beside"


@answers("ask_hardship_papers")
def papers(turn: Turn, desk: Desk) -> Reply:
    """For the hardship that was named; for the usual ones where none was."""
    kind = _named(turn, desk)
    if kind is None and turn.intent == "request_proof" and not turn.active_form:
        return by_intent(turn, desk, "hardship.papers_any")  # papers of the debt itself
    rule_of = desk.engine.proof_rule
    side = desk.focus.reply_for("ask_hardship_papers", turn.text)
    if side == _COPIES:
        return Reply(side)
    if side is not None:
        return no_papers(turn, desk)
    if kind is None:
        rules = [(one, rule_of(one).documents) for one in _LISTED]
        return Reply("hardship.papers_any", {"rules": rules})
    rule = rule_of(kind)
    due = turn.today + timedelta(days=rule.proof_days)
    values = {
        "kind": kind,
        "proofs": rule.documents,
        "proof_due": due,
        "sensitive": rule.separate_consent,
        "stranger": not turn.known,
    }
    return Reply("hardship.papers", values)


@answers("ask_no_papers")
def no_papers(turn: Turn, desk: Desk) -> Reply:
    """What does instead; with the papers of the hardship that was named, if any."""
    kind = _named(turn, desk)
    proofs = desk.engine.proof_rule(kind).documents if kind else ()
    return Reply("hardship.no_papers", {"proofs": proofs})


@answers("ask_paper_at_hand")
def paper_at_hand(turn: Turn, desk: Desk) -> Reply:
    """ "有离职证明，能拿这个申请延期吗": one true paper of the hardship is enough to ask."""
    return Reply("hardship.paper_at_hand", {"reason": hear(turn).wishes.get("hardship")})


answers("ask_where_papers")(fixed("hardship.where_papers"))


def _named(turn: Turn, desk: Desk) -> HardshipKind | None:
    """The hardship of this message, of this talk, or the last one on record."""
    words = {**turn.wishes, **hear(turn).wishes}
    asked_about = str(turn.slots.get(memory.CONSENT) or "").partition(":")[2]
    for named in (words.get("hardship"), asked_about):
        if named and named != HardshipKind.OTHER.value:
            return HardshipKind(named)
    if turn.borrower_id is None:
        return None
    declared = desk.engine.state(turn.borrower_id).hardships
    return declared[-1].hardship if declared else None


@answers("ask_may_not_pay")
def may_not_pay(turn: Turn, desk: Desk) -> Reply:
    """ "穷死了，能不还吗": what comes of not paying, after a kind word where there is room."""
    told = asked_as("ask_overdue_consequences")(turn, desk)
    return told if told.lead is not None else told.changed(lead=_KIND_WORD)
