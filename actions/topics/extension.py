"""Paying later: how many days the borrower's own case allows, and why none where it allows none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from account_engine.domain.negotiation.option import Proposal, ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.payloads import HardshipKind
from account_engine.domain.quote import QuoteKind
from account_engine.services.comparison import QuoteDifference
from actions.conversation import accounts, memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.turn import Entity, Turn
from actions.knowledge.conduct import dialogue
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.offers import proposal_for
from actions.negotiation.put_off import about_the_later_day, due_in_the_month, into_a_month
from actions.negotiation.waiting import days_to_wait
from actions.negotiation.wishes import EXTENSION_FROM
from actions.topics import brief, visitors
from actions.topics.opening import scope, start
from actions.topics.tomorrow import tomorrow

_LONGER_THAN_ANY = 365
_OF_A_DAY = frozenset({"date", "day_of_month"})
_FEW = 2  # so many offers are no list
# "明天还可以吗" names a day to pay on, no plan.
_NO_OTHER_PLAN = frozenset({"waiver", "first_date", "day_of_month", "settlement"})


@answers("ask_longest_extension")
def longest_extension(turn: Turn, desk: Desk) -> Reply:
    """ "缓到啥时候": how many days later at most."""
    told = visitors.only_the_rule(turn, desk) or no_extension(turn, desk)
    return told or _longest_extension(turn, desk)


@answers("request_extension")
def extension(turn: Turn, desk: Desk) -> Reply:
    """The whole of what is due, so many days later."""
    if rule := visitors.only_the_rule(turn, desk):
        return rule
    turn = _about_the_one_due(about_the_later_day(turn), desk)
    days, named = days_to_wait(turn), _until(turn, desk)
    if days and named == turn.today:
        named = turn.today + timedelta(days=days)  # "今天还不上，能晚三天吗"
    if named is not None and named < turn.today:
        return Reply("promise.past", {"on": named})
    counted_from = _counted_from(turn, desk)
    if (month := into_a_month(turn, counted_from)) is not None:
        days, named = (month - due_in_the_month(turn, counted_from)).days, None
    if days is None and named:
        days = (named - counted_from).days
    if told := _not_yet(turn, desk, counted_from) or _in_time(turn, desk, named):
        return told
    if told := no_extension(turn, desk):
        return told
    if named is None and hearing_lexicon().asks_how_long.search(turn.text):
        return _longest_extension(turn, desk)
    if (days and days > 0) or not _can_be_put_off(turn, desk):
        wished = _put_off_by(days or dialogue().extension_days, counted_from)
        return _with_what_may_be(start(turn, desk, wished), turn, desk)
    started = start(turn, desk, _put_off_by(dialogue().extension_days, counted_from))
    assumed = {"key": "note.extension_assumed", "days": dialogue().extension_days}
    note = started.slots[memory.NOTE] or assumed
    started = started.changed(slots={**started.slots, memory.NOTE: note})
    return _with_what_may_be(started, turn, desk)


def _with_what_may_be(started: Reply, turn: Turn, desk: Desk) -> Reply:
    """What was asked is answered before the question of consent that the form begins with."""
    if started.slots.get(memory.CONSENT) is not None or turn.borrower_id is None:
        return started
    asked = started.values["wishes"] | {"hardship": HardshipKind.OTHER.value}
    options = proposal_for(desk, turn.borrower_id, asked).options
    later = next((one for one in options if one.tool is Tool.EXTENSION), None)
    return started.changed(key="extension.may_apply", values={**started.values, "option": later})


def _not_yet(turn: Turn, desk: Desk, counted_from: date) -> Reply | None:
    """ "能把下个月的推一推吗" while this month's is still to come: that one is next."""
    if turn.borrower_id is None or not hearing_lexicon().of_next_month.search(turn.text):
        return None
    asked = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    this_month = (counted_from.year, counted_from.month) == (turn.today.year, turn.today.month)
    nearest = [one for one in asked if one.next_due is not None]
    if not this_month or accounts.overdue(asked) or not nearest:
        return None
    return Reply("extension.not_yet", {"nearest": nearest, "most": _most_days(turn, desk)})


def _until(turn: Turn, desk: Desk) -> date | None:
    """The day that is waited for: named, spoken of before, or that of the next instalment."""
    return turn.coming_date() or _said_before(turn) or _next_due(turn, desk)


def _next_due(turn: Turn, desk: Desk) -> date | None:
    """ "能不能跟下期一起还": the day the next one of what is late falls due."""
    if turn.borrower_id is None or not hearing_lexicon().with_the_next.search(turn.text):
        return None
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    return min((one.next_due for one in late if one.next_due is not None), default=None)


def _said_before(turn: Turn) -> date | None:
    """ "下月5号发工资" … "能等到那天吗": the day that the talk has already heard."""
    wishes = turn.wishes
    if not hearing_lexicon().that_day.search(turn.text):
        return None
    if said := wishes.get("first_date"):
        return date.fromisoformat(str(said))
    days, since = wishes.get("extension_days"), wishes.get(EXTENSION_FROM)
    if not days or not since:
        return None
    return date.fromisoformat(str(since)) + timedelta(days=int(days))


def _about_the_one_due(turn: Turn, desk: Desk) -> Turn:
    """ "我27号那笔能晚几天吗": the day names the debt that falls due then, and no day to pay on."""
    named, said = turn.named_date(), turn.first("date")
    if turn.borrower_id is None or named is None or said is None:
        return turn
    others = tuple(
        one for one in turn.entities if one.kind not in _OF_A_DAY or one.start != said.start
    )
    asked = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    if turn.entity("product"):  # "27号借呗能不能晚一个礼拜"
        says_due = hearing_lexicon().due_then.search(turn.text[said.end :]) is not None
        of_it = turn.entity("duration") or says_due
        of_it = of_it and any(one.next_due == named for one in asked)
        return replace(turn, entities=others) if of_it else turn
    if not hearing_lexicon().due_then.search(turn.text[said.end :]):
        return turn
    due = [one for one in desk.engine.state(turn.borrower_id).accounts if one.next_due == named]
    if not due:
        return turn
    products = (Entity("product", one.product_id.removesuffix("_like")) for one in due)
    return replace(turn, entities=(*others, *products))


def _counted_from(turn: Turn, desk: Desk) -> date:
    """The day from which a later one is so many days later: today, or the due date to come.

    With offers on the table it is the day that those were counted from.
    """
    if turn.borrower_id is None:
        return turn.today
    offered_from = turn.wishes.get(EXTENSION_FROM)
    if turn.requested_slot and offered_from and not turn.entity("product"):
        return date.fromisoformat(str(offered_from))
    asked = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    to_come = [one.next_due for one in asked if one.next_due is not None]
    return turn.today if accounts.overdue(asked) or not to_come else min(to_come)


def _in_time(turn: Turn, desk: Desk, named: date | None) -> Reply | None:
    """ "25号还可以吗" before what falls due on the 27th: nothing has to be put off."""
    if turn.borrower_id is None or named is None or named < turn.today:
        return None
    asked = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    to_come = {one.next_due: one for one in reversed(asked) if one.next_due is not None}
    if accounts.overdue(asked) or not to_come or named > min(to_come):
        return None
    return Reply("extension.in_time", {"account": to_come[min(to_come)], "on": named})


def _put_off_by(days: int, counted_from: date) -> dict[str, Any]:
    return {"extension_days": days, EXTENSION_FROM: counted_from.isoformat()}


def no_extension(turn: Turn, desk: Desk) -> Reply | None:
    """Why nothing can be put off, where that is so; the other ways are for whoever wants them.

    Without it a question for one more day would be answered with four plans for everything.
    """
    wished = hear(turn).wishes.keys() - _NO_OTHER_PLAN
    if not hearing_lexicon().each_month.search(turn.text):
        wished -= {"monthly"}  # "花呗三千多 25号发工资还行吗" names the debt
    if turn.borrower_id is None or turn.active_form or wished:
        return None
    proposal = _put_off(turn, desk, turn.borrower_id)
    why = [one for one in proposal.reasons if one.code is ReasonCode.TOOL_NOT_OFFERED]
    if not why or (len(proposal.options) <= _FEW and turn.coming_date() is None):
        return None
    state = desk.engine.state(turn.borrower_id)
    late = accounts.overdue(accounts.asked(turn, state))
    values = {
        "absent": accounts.missing(turn, state),
        "proposal": proposal,
        "reason": why[0],
        "accounts": late,
        "owed": brief.owed(desk, turn.borrower_id),
        "tomorrow": tomorrow(desk, turn.borrower_id, late),
        "approval": proposal.verdict is Verdict.HUMAN_ONLY,
        "on": turn.coming_date(),
        "called_in": accounts.called_in_by(late, turn.coming_date() or turn.today),
        "then": _on_that_day(turn, desk, turn.borrower_id),
    }
    return Reply("extension.not_offered", values)


def _on_that_day(turn: Turn, desk: Desk, borrower_id: str) -> QuoteDifference | None:
    """What is due on the day that was named, beside today; None where none is to come."""
    on = turn.coming_date()
    if on is None or on <= turn.today:
        return None
    ids = tuple(one.account_id for one in accounts.asked(turn, desk.engine.state(borrower_id)))
    return desk.engine.compare(borrower_id, QuoteKind.DUE_NOW, on, ids)


def _put_off(turn: Turn, desk: Desk, borrower_id: str) -> Proposal:
    """What the engine says to putting off for longer than any policy allows."""
    known = {name: turn.wishes[name] for name in turn.wishes if name == "hardship"}
    asked = {**known, **scope(turn, desk), "extension_days": _LONGER_THAN_ANY}
    return proposal_for(desk, borrower_id, asked)


def _can_be_put_off(turn: Turn, desk: Desk) -> bool:
    """Whether policy has any day later for this borrower."""
    if turn.borrower_id is None:
        return False
    reasons = _put_off(turn, desk, turn.borrower_id).reasons
    return not any(one.code is ReasonCode.TOOL_NOT_OFFERED for one in reasons)


def _most_days(turn: Turn, desk: Desk) -> int | None:
    """How many days later policy allows at most; None where it sets no such limit."""
    if turn.borrower_id is None:
        return None
    reasons = _put_off(turn, desk, turn.borrower_id).reasons
    too_long = (one for one in reasons if one.code is ReasonCode.EXTENSION_TOO_LONG)
    reason = next(too_long, None)
    return int(str(reason.value("most"))) if reason else None


def _longest_extension(turn: Turn, desk: Desk) -> Reply:
    """How many days the borrower's own case allows; why none, where it allows none."""
    if turn.borrower_id is None:
        return ask_to_sign_in("extension.general", desk)
    most, counted_from = _most_days(turn, desk), _counted_from(turn, desk)
    if most is None:
        return start(turn, desk, _put_off_by(dialogue().extension_days, counted_from))
    started = start(turn, desk, _put_off_by(most, counted_from), key="extension.longest")
    return started.changed(values={**started.values, "most": most})
