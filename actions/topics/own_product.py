"""Opening a product, or finding it, asked by a borrower who has it already: how theirs stands."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.state import FacilityStatus
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import NOT_HELD, special_side
from actions.conversation.turn import Turn
from actions.knowledge.access_words import access_words
from actions.topics import brief
from actions.topics.access import own_access
from actions.topics.late_product import late_elsewhere
from actions.topics.settled import before_closing

_OPEN_WHY = "out_of_scope.open_why"
_OPEN_HOW = "out_of_scope.open_how"
_CLOSE = "out_of_scope.close"
_PAY_HOW = "out_of_scope.pay_how"
_NOT_HERE = "out_of_scope.pay_not_here"
# Of a product that is stopped: why it fails, or what opens it.
_ASKED_AS = {
    _NOT_HERE: "ask_account_restricted",
    "out_of_scope.pay_with": "ask_restore_access",
    _PAY_HOW: "ask_restore_access",
    _OPEN_WHY: "ask_account_restricted",
    _OPEN_HOW: "ask_restore_access",
}
# These mean the own product only where it is named.
_BY_NAME = frozenset({_OPEN_WHY, _OPEN_HOW, _PAY_HOW})
_NORMAL = "out_of_scope.open_held"
_LIMIT = "out_of_scope.limit_where"


def of_ones_own(turn: Turn, desk: Desk) -> Reply | None:
    """How the product stands; None for whoever does not have it, and where nothing is to say."""
    side = special_side(turn, desk)
    if side in (_CLOSE, _LIMIT):
        return (_closing if side == _CLOSE else _limit)(turn, desk)
    if side not in _ASKED_AS or turn.borrower_id is None:
        return None
    if side in _BY_NAME and not _is_theirs(turn, desk):
        return None
    state = desk.engine.state(turn.borrower_id)
    if accounts.missing(turn, state):
        return _stopped_elsewhere(turn, desk, side)
    if side == _OPEN_HOW and access_words().finds_it.search(turn.text):
        line = brief.access(turn, desk, turn.borrower_id)
        held = accounts.asked(turn, state)
        if all(one.facility.status is FacilityStatus.NORMAL for one in held):
            return Reply(_NORMAL, {"accounts": held})
        return Reply(side, line.values, coda=line.key)
    stopped = own_access(replace(turn, intent=_ASKED_AS[side]), desk, turn.borrower_id)
    if stopped is not None and side == _OPEN_HOW:
        return stopped.changed(key="access.why")
    if stopped is not None or side not in (_OPEN_WHY, _OPEN_HOW):
        return stopped
    if access_words().about_limit.search(turn.text):
        return None
    return Reply(_NORMAL, {"accounts": accounts.asked(turn, state)})


def _stopped_elsewhere(turn: Turn, desk: Desk, side: str) -> Reply | None:
    """What fails at a shop, and is none of theirs, may fail for another product that is late.

    Elsewhere asked is what the shop takes.
    """
    fails = side == _NOT_HERE and access_words().says_stopped.search(turn.text)
    found = late_elsewhere(turn, desk) if fails else None
    return found and found.changed(values={**found.values, "one_place": True})


def _limit(turn: Turn, desk: Desk) -> Reply | None:
    """Where a limit is seen, and that the product is stopped; None where it is in use."""
    if turn.borrower_id is None or not _is_theirs(turn, desk):
        return None
    state = desk.engine.state(turn.borrower_id)
    if missing := accounts.missing(turn, state):
        return Reply(_LIMIT, {"missing": missing}, lead=NOT_HELD)
    chosen = accounts.asked(turn, state)
    if all(one.facility.status is FacilityStatus.NORMAL for one in chosen):
        return None
    line = brief.access(turn, desk, turn.borrower_id)
    return Reply(_LIMIT, line.values, coda=line.key)


def _closing(turn: Turn, desk: Desk) -> Reply | None:
    """How a product is closed, with what has to be paid before; None where it is not theirs."""
    if turn.borrower_id is None or not _is_theirs(turn, desk):
        return None
    if missing := accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return Reply(_CLOSE, {"missing": missing}, lead=NOT_HELD)
    line = before_closing(turn, desk, turn.borrower_id)
    if line is None:
        return None
    return Reply(_CLOSE, line.values, coda=line.key, details=line.details)


def _is_theirs(turn: Turn, desk: Desk) -> bool:
    named = turn.entity("product") is not None
    return named and not (
        desk.situations.about_somebody_else(turn) or access_words().for_others.search(turn.text)
    )
