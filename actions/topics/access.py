"""Frozen, reduced, closed: why, and under which conditions use may return."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import (
    AccountState,
    FacilityState,
    FacilityStatus,
    ReturnCondition,
)
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, personal, special_side, with_own_line
from actions.conversation.turn import Turn
from actions.topics.brief import owed

# General answers to "why can I not use it", which an account that is normal makes beside the point.
_WHY_NOT = frozenset(
    {
        "restricted.general",
        "restricted.overdue",
        "restricted.paid_off",
        "restricted.not_overdue",
        "restricted.look",
    }
)

# Topics whose sides ask how things stand; the sides of all others, and these, ask for a rule.
_OWN_STANDING = frozenset({"restricted", "restore"})
_RULES = frozenset(
    {"restore.forever", "restore.blacklist", "restore.by_whom", "restore.automatic"}
    | {"restore.former_limit", "restore.score", "restore.after_update", "restore.listed"}
    | {"restricted.others", "restricted.self_closed", "restricted.assessed", "restricted.negative"}
)

# A plan that lapsed is meant, and whether there may be another.
_LAPSED = "negotiation.after_breach"


class ActionAccess(TopicAction):
    """ask_account_restricted, ask_restore_access."""

    topic = "access"


def _access(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    possible = [one.facility.earliest_return for one in chosen if one.facility.earliest_return]
    if all(account.facility.status is FacilityStatus.NORMAL for account in chosen):
        return None
    once_paid = _once_paid(desk, borrower_id, accounts.overdue(chosen))
    values = {
        "name": turn.display_name,
        "accounts": chosen,
        "owed": owed(desk, borrower_id),
        "names": accounts.names(state),
        "late": accounts.overdue(state.accounts),
        "conditions": _conditions(chosen, state.accounts, once_paid.values()),
        "earliest": max(possible, default=None),
        "once_paid": once_paid,
    }
    return Reply("access.personal", values)


def _once_paid(
    desk: Desk, borrower_id: str, late: Iterable[AccountState]
) -> dict[str, FacilityState]:
    """How each late account could be used if all arrears were paid today."""
    ids = {one.account_id for one in late}
    if not ids:
        return {}
    arrears = desk.engine.quote(borrower_id, QuoteKind.OVERDUE).total
    paid = desk.engine.what_if_payment(borrower_id, arrears, desk.today())
    return {one.account_id: one.facility for one in paid.after.accounts if one.account_id in ids}


def _conditions(
    chosen: Iterable[AccountState],
    every: Iterable[AccountState],
    once_paid: Collection[FacilityState],
) -> tuple[ReturnCondition, ...]:
    """What has to happen first, each once; of another product only where it is not among these.

    Paying what was called in pays the arrears. Where paying is all it takes, nothing comes after.
    """
    asked = tuple(chosen)
    found = dict.fromkeys(code for one in asked for code in one.facility.return_conditions)
    ids = {one.account_id for one in asked}
    if all(one.account_id in ids for one in accounts.overdue(every)):
        found.pop(ReturnCondition.LINKED_ACCOUNT_PAID, None)
    if ReturnCondition.SETTLE_RECALL in found:
        found.pop(ReturnCondition.PAY_OVERDUE, None)
    if once_paid and all(one.status is FacilityStatus.NORMAL for one in once_paid):
        found.pop(ReturnCondition.OBSERVATION, None)
        found.pop(ReturnCondition.LENDER_REVIEW, None)
    return tuple(found)


_restricted = personal("restricted.general", _access, sides=False)
_restore = personal("restore.general", _access, sides=False)
_rule = personal("restore.general", _access)


@answers("ask_account_restricted", "ask_restore_access")
def access(turn: Turn, desk: Desk) -> Reply:
    """One function for both, so that a message that asks why and when is answered once."""
    side = special_side(turn, desk)
    if side == _LAPSED:
        return with_own_line(Reply(_LAPSED), turn, desk)
    if side is not None and _asks_for_a_rule(side):
        return _rule(turn, desk)
    if turn.intent == "ask_restore_access":
        return _restore(turn, desk)
    reply = _restricted(turn, desk)
    usable = reply.lead == "brief.access" and reply.key in _WHY_NOT
    return _it_is_usable(turn, reply) if usable else reply


def _asks_for_a_rule(side: str) -> bool:
    """Whether the own standing alone would be no answer: it is told beside the rule."""
    return side in _RULES or side.partition(".")[0] not in _OWN_STANDING


def _it_is_usable(turn: Turn, reply: Reply) -> Reply:
    """Asked why it cannot be used, of accounts that are normal here."""
    return Reply("access.normal", {**reply.values, "name": turn.display_name})
