"""Before there are offers: longer or shorter than a number of terms that was spoken of."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.negotiation.heard import Heard
from actions.negotiation.offers import proposal_for
from actions.negotiation.relative import offered_terms, shifted
from actions.negotiation.ways import only_for_a_reason


def longer_or_shorter(turn: Turn, desk: Desk, borrower_id: str, heard: Heard) -> Heard:
    """ "三期太短了": the next longer plan that policy has, or that there is none.

    "分久一点" by itself is the longest one there is. "多分两期" has nothing to be counted from yet.
    """
    shift = heard.shift
    if shift is None or shift.by is not None or "terms" in heard.wishes:
        return heard
    if only_for_a_reason(desk, borrower_id, turn.wishes):
        return heard
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    offered = offered_terms(desk.engine.negotiation.policy, proposal)
    if not offered:
        return heard
    end = max(offered) if shift.longer else min(offered)
    now = _spoken_of(turn)
    terms = end if now is None else shifted(shift, now, offered)
    if terms is None:
        return replace(heard, no_more_terms=end)
    return replace(heard, wishes={**heard.wishes, "terms": terms})


def _spoken_of(turn: Turn) -> int | None:
    """The number of terms that is named, or was wished for before."""
    named = turn.first("terms")
    if named is not None and named.value.isdigit():
        return int(named.value)
    before = turn.wishes.get("terms")
    return int(before) if before else None
