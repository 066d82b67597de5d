"""Frozen, reduced, closed: why, and under which conditions use may return."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from account_engine.domain.state import AccountState, FacilityStatus, ReturnCondition
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    asked_as,
    fixed,
    personal,
    special_side,
    with_own_line,
)
from actions.conversation.turn import Turn
from actions.knowledge.access_words import access_words
from actions.knowledge.rules_first import rules_first
from actions.topics.brief import access as access_standing
from actions.topics.brief import owed
from actions.topics.late_product import late_elsewhere, with_what_is_late
from actions.topics.return_to_use import Part, part, ways
from actions.topics.visitors import is_late

# Topics whose sides ask how things stand; the sides of all others, and these, ask for a rule.
_OWN_STANDING = frozenset({"restricted", "restore"})
_WHY, _WHEN = "access.why", "access.when"
_ONE_PLACE = "restricted.one_place"
# A plan that lapsed is meant, and whether there may be another.
_LAPSED = "negotiation.after_breach"
_PART, _TEMPORARY = "access.part", "out_of_scope.temporary_back"
_SINCE = "access.usable_since"  # they say they were late, or are stopped, and the books do not
_ON_TIME, _LATE = "restore.normal", "restore.general"
_PAID, _BY_WHOM = "restricted.paid_off", "restore.by_whom"


class ActionAccess(TopicAction):
    """ask_account_restricted, ask_restore_access."""

    topic = "access"


def own_access(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """What is asked of the use first, then what opens it; None where nothing is stopped."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    stopped = tuple(one for one in chosen if one.facility.status is not FacilityStatus.NORMAL)
    if not stopped:
        return None
    arrears = owed(desk, borrower_id)
    found = ways(desk, borrower_id, state, stopped, arrears)
    paying = _part_meant(turn, desk, borrower_id, stopped)
    values = {
        "name": turn.display_name,
        "accounts": chosen,
        "stopped": stopped,
        "absent": accounts.absent(turn, state),
        "owed": arrears,
        "names": accounts.names(state),
        "late": accounts.overdue(state.accounts),
        "ways": found,
        "conditions": _conditions(one for one in stopped if one.account_id not in found),
        "claim": _claim(turn, desk) if accounts.overdue(stopped) else "",
        "part": paying,
        "appeals": bool(access_words().appeals.search(turn.text)),
    }
    return Reply(_form(turn, desk, paying), values)


def _claim(turn: Turn, desk: Desk) -> str:
    """What is said against being late; "怎么没恢复额度" says that all is paid without the word."""
    said = access_words().claim(turn.text)
    not_back = turn.intent == "ask_restore_access" and special_side(turn, desk) == _PAID
    return said or ("paid" if not_back and not access_words().supposed.search(turn.text) else "")


def _form(turn: Turn, desk: Desk, paying: Part | None) -> str:
    """The reply that begins with why, when, whether at once, what to do, or whether it will do."""
    form = access_words().form(turn.text)
    if form == _PART and paying is None:
        form = None
    if turn.intent == "ask_account_restricted" and form in (None, "access.whether"):
        will_it = special_side(turn, desk) == "restricted.will_it"
        return "access.will_it" if will_it else _WHY
    if special_side(turn, desk) == _PAID:
        return _WHY
    return form or "access.whether"


def _part_meant(
    turn: Turn, desk: Desk, borrower_id: str, stopped: tuple[AccountState, ...]
) -> Part | None:
    """The part of the arrears that the words mean, where they are those of one product."""
    late = accounts.overdue(stopped)
    if len(late) != 1 or access_words().form(turn.text) != _PART:
        return None
    return part(turn, desk, borrower_id, late[0], owed(desk, borrower_id)[late[0].account_id])


def _conditions(stopped: Iterable[AccountState]) -> Collection[ReturnCondition]:
    """What has to happen where no payment of arrears is what it takes, each once."""
    return tuple(dict.fromkeys(code for one in stopped for code in one.facility.return_conditions))


_restricted = personal("restricted.general", own_access, sides=False)
_restore = personal("restore.general", own_access, sides=False)
_rule = personal("restore.general", own_access)


@answers("ask_account_restricted", "ask_restore_access")
def access(turn: Turn, desk: Desk) -> Reply:
    """One function for both, so that a message that asks why and when is answered once."""
    told = with_what_is_late(_access(turn, desk), turn, desk)
    named = set(turn.values("product"))
    another = named > {"other"} and told.coda is None
    return told.changed(coda="note.other_lender_too") if another else told


def _access(turn: Turn, desk: Desk) -> Reply:
    side = special_side(turn, desk)
    if side == _LAPSED:
        return with_own_line(Reply(_LAPSED), turn, desk)
    if side in rules_first().of_use.temporary_limit and (stopped := own_stopped(turn, desk)):
        asks_when = stopped.key == _WHEN and side == _TEMPORARY
        return stopped.changed(key="access.temporary") if asks_when else stopped
    told = bool(access_words().tells_standing.search(turn.text))
    asks = rules_first().of_use
    said_paid = access_words().claim(turn.text) == "paid"
    happened = asks.asks_whether(side) and (told or said_paid)
    another = happened or _perhaps_another(turn, side)
    if another and (elsewhere := late_elsewhere(turn, desk)):
        one_place = {"one_place": side == _ONE_PLACE}
        return elsewhere.changed(values={**elsewhere.values, **one_place})
    if side is not None and _asks_for_a_rule(side):
        rule = _with_what_is_stopped(_rule(turn, desk), turn, desk, said_paid)
        # "帮我开通吧，以后不失信了" of what is open here
        return _usable("access.usable", turn, rule) if _opened(rule, side) else rule
    wants_back = turn.intent == "ask_restore_access"
    reply = (_restore if wants_back else _restricted)(turn, desk)
    if happened and access_words().speaks_of_late.search(turn.text) and _is_normal(reply):
        return _usable(_SINCE, turn, reply)
    if wants_back:
        if reply.key == _ON_TIME and not turn.known and is_late(turn):
            return Reply(_LATE)  # "还能用吗" of somebody who told of days overdue
        return _usable("access.usable", turn, reply) if _back(turn, reply, side) else reply
    usable = reply.lead == "brief.access" and reply.key in asks.why_not
    return _usable("access.normal", turn, reply) if usable else reply


def _perhaps_another(turn: Turn, side: str | None) -> bool:
    """Whether another product may be the cause: asked why, or it is said to be stopped."""
    words = access_words()
    said = words.says_stopped.search(turn.text) or words.says_limit_gone.search(turn.text)
    of_use = rules_first().of_use
    return side in of_use.cause_elsewhere or (
        (side is None or side in of_use.perhaps_stopped) and bool(said)
    )


def _with_what_is_stopped(rule: Reply, turn: Turn, desk: Desk, says_paid: bool) -> Reply:
    """A rule of the temporary limit, and that the product is stopped, where it is."""
    rule = rule.changed(values={**rule.values, "says_paid": says_paid})
    if rule.key != _TEMPORARY or rule.lead is not None or turn.borrower_id is None:
        return rule
    found = access_standing(turn, desk, turn.borrower_id)
    if all(one.facility.status is FacilityStatus.NORMAL for one in found.values["accounts"]):
        return rule
    return rule.changed(coda=found.key, values={**rule.values, **found.values})


def own_stopped(turn: Turn, desk: Desk) -> Reply | None:
    """Since when and why a product of theirs is stopped; None where it is not, or not theirs."""
    if turn.borrower_id is None or desk.situations.about_somebody_else(turn):
        return None
    if accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return None
    return own_access(turn, desk, turn.borrower_id)


answers("ask_product_stopped")(asked_as("ask_account_restricted"))


@answers("ask_still_stopped")
def still_stopped(turn: Turn, desk: Desk) -> Reply:
    """Late once, paid since, and still of no use: what to look at now, or what the books say."""
    if turn.borrower_id is None:
        return Reply("restricted.paid_late")
    return asked_as("ask_restore_access")(turn, desk)


@answers("ask_limit_may_fall")
def limit_may_fall(turn: Turn, desk: Desk) -> Reply:
    """Whether a limit will fall: of a product that is stopped already, that it has."""
    found = own_stopped(turn, desk)
    return _may_fall(turn, desk) if found is None else found.changed(key="access.will_it")


_may_fall = fixed("restricted.limit_may_fall")


def _limit_back(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """When a limit that is gone returns: by the own day, where being late stopped the product."""
    return own_access(replace(turn, intent="ask_restore_access"), desk, borrower_id)


_back_or_rule = personal("restore.limit_gone", _limit_back)


@answers("ask_limit_back")
def limit_back(turn: Turn, desk: Desk) -> Reply:
    """ "以前有额度，现在没了，什么时候回来": no side of the intent it was heard as is meant."""
    if elsewhere := late_elsewhere(turn, desk):
        return elsewhere
    return _back_or_rule(replace(turn, intent="ask_limit_back"), desk)


def _asks_for_a_rule(side: str) -> bool:
    """Whether the own standing alone would be no answer: it is told beside the rule."""
    return side in rules_first().of_use.rules or side.partition(".")[0] not in _OWN_STANDING


def _back(turn: Turn, reply: Reply, side: str | None) -> bool:
    """Asked how to get the use back of accounts that are normal here, and nothing is supposed."""
    if reply.coda != "brief.access" or not rules_first().of_use.asks_when(side):
        return False
    return access_words().speaks_of_late.search(turn.text) is None


def _is_normal(reply: Reply) -> bool:
    """Whether the own standing goes beside a rule, and nothing that was asked about is stopped."""
    if "brief.access" not in (reply.lead, reply.coda):
        return False
    held = reply.values["accounts"]
    return all(one.facility.status is FacilityStatus.NORMAL for one in held)


def _opened(rule: Reply, side: str) -> bool:
    """Whether somebody is asked to open what is in use."""
    return side == _BY_WHOM and _is_normal(rule)


def _usable(key: str, turn: Turn, reply: Reply) -> Reply:
    """Asked why or when, of accounts that are normal here."""
    return Reply(key, {**reply.values, "name": turn.display_name})
