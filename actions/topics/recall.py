"""Full recall (全额回收): which step, which date, what stops it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, FacilityReason, RecallStage
from account_engine.domain.terms import RecallCure
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import timeline_card
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    about_what_there_is,
    asked_as,
    own_line,
    personal,
    special_side,
)
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics import brief
from actions.topics.recall_after_paying import WHY, after_paying, in_time
from actions.topics.stops import stops

_TRANSFER = "recall.transfer"
_NONE_YET = "recall.none_yet"


class ActionRecall(TopicAction):
    """ask_full_recall."""

    topic = "recall"


def standing(turn: Turn, desk: Desk, borrower_id: str) -> dict[str, Any]:
    """Which accounts were called in, which may be, and what stops it."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    found, arrears = accounts.recalled(chosen), brief.owed(desk, borrower_id)
    return {
        "recalled": found,
        "names": accounts.names(state),
        "others": tuple(one for one in chosen if one not in found),
        "cure": _cures(found, arrears),
        "last_days": _last_days(found),
        "stops": stops(desk, borrower_id, state, found, arrears),
        "owed": arrears,
        "recall_on": recall_days(desk, borrower_id, turn.today),
    }


def _last_days(called_in: Sequence[AccountState]) -> dict[str, date]:
    """The last day before each recall becomes effective, by account id."""
    known = ((one.account_id, one.recall.effective_on) for one in called_in)
    return {account_id: on - timedelta(days=1) for account_id, on in known if on is not None}


def recall_days(desk: Desk, borrower_id: str, today: date) -> dict[str, tuple[date, int]]:
    """When the whole may fall due at the earliest if nothing is paid, and how many days that is.

    By account id; left out are accounts for which no day can be told.
    """
    debts = desk.engine.repay_order(borrower_id).cheapest
    return {
        debt.account_id: (today + timedelta(days=debt.recall_in_days), debt.recall_in_days)
        for debt in debts
        if debt.recall_in_days is not None
    }


def _until(turn: Turn) -> date | None:
    """The day until which it is to be put off: "再拖十天"; None where none is named."""
    span = days_of(turn.entity("duration"))
    return turn.today + timedelta(days=span) if span else None


def _cures(found: Iterable[AccountState], arrears: Mapping[str, Money]) -> dict[str, Money]:
    """What stops a recall that was noticed and is not effective yet, by account id."""
    return {
        one.account_id: arrears[one.account_id]
        for one in found
        if one.recall.stage is RecallStage.NOTICED
        and one.terms.recall.cure is RecallCure.PAY_ARREARS
        and arrears[one.account_id].fen > 0
    }


@own_line("recall", first=True)
def step_reached(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Which step a recall has reached and what still stops it; of a transfer, who lends."""
    if special_side(turn, desk) == _TRANSFER:
        return _lenders(turn, desk, borrower_id)
    return Reply("brief.recall", standing(turn, desk, borrower_id))


def _lenders(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Who lends what, where none of it was transferred; else None, which leaves it to a person."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    if any(FacilityReason.TRANSFERRED in one.facility.reasons for one in chosen):
        return None
    return Reply("brief.lenders", {"accounts": chosen})


def _recall(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    side = special_side(turn, desk)
    values = {"name": turn.display_name, **standing(turn, desk, borrower_id)}
    values.update(
        whether=side in _MAY_COME,
        why=side == WHY,
        too_late=side == _STOP,
        disputed=side == "recall.dispute",
        as_before=side in _ENDS_BY_PAYING,
        until=_until(turn) if side in _MAY_COME else None,
    )
    found = values["recalled"]
    if not found:
        return Reply(_NONE_YET, values)
    asks_to_end = side in _ENDS_BY_PAYING or figure_words().makes_up.search(turn.text)
    ends = asks_to_end and bool(values["stops"] or values["cure"])
    return Reply(
        "recall.ends" if ends else "recall.personal",
        values,
        card=timeline_card(desk.renderer.labels["card"], "recall", found, _steps),
        details=f"quote:{QuoteKind.DUE_NOW.value}",
        clauses=tuple(one.terms.clause("recall") for one in found),
    )


def _steps(account: AccountState) -> Mapping[str, date | None]:
    return {
        "recall_warned": account.recall.warned_on,
        "recall_noticed": account.recall.noticed_on,
        "recall_effective": account.recall.effective_on,
    }


_own = personal("recall.general", _recall)
_WHETHER = "recall.whether"
_HOW_SOON = "recall.how_soon"
_STOP = "recall.stop"  # of one that is effective, that it is too late for the arrears alone
_CLOSED = "recall.closed"
# What the rule calms, and what was called in already contradicts: it goes before the rule.
_TOO_LATE_FOR = frozenset({_STOP, _CLOSED})
# Of an account that was called in, these are answered by what happened to it.
_MAY_COME = frozenset({_WHETHER, _HOW_SOON, "recall.past_trigger"})
_ASKS_FOR_THE_OWN = _MAY_COME | {WHY, "recall.early", "recall.dispute", "recall.general"}
# Why and by what right: where nothing is late and nothing was called in, there is no such demand.
_GROUNDS = frozenset({WHY, "recall.dispute"})
# These are where paying arrears ends it: then it is no matter of applying. Where nothing was called
# in, all goes on as before.
_ENDS_BY_PAYING = frozenset(
    {"recall.back", "recall.void", _STOP, "recall.cannot", "recall.until", _CLOSED}
    | {"recall.ignored"}
)


answers("ask_recall_taken_back")(asked_as("ask_full_recall"))


@answers("ask_full_recall")
def full_recall(turn: Turn, desk: Desk) -> Reply:
    """Whether and why it comes is for a borrower how far it has come."""
    return after_paying(turn, desk) or own_recall(turn, desk) or _own(turn, desk)


def recalled_already(turn: Turn, desk: Desk) -> Reply | None:
    """How far it has come, where some account is called in; None elsewhere and for visitors."""
    if turn.borrower_id is None:
        return None
    found = after_paying(turn, desk) or _recall(turn, desk, turn.borrower_id)
    return found if found.values.get("recalled") or "amount" in found.values else None


@answers("ask_transfer")
def transfer(turn: Turn, desk: Desk) -> Reply:
    """Whom to pay after a debt was sold, and for a borrower who lends it here."""
    rule = Reply(_TRANSFER)
    if turn.borrower_id is None or desk.situations.about_somebody_else(turn):
        return rule
    line = _lenders(turn, desk, turn.borrower_id)
    return rule if line is None else rule.changed(values=line.values, coda=line.key)


@answers("ask_recalled_by_another")
def recalled_by_another(turn: Turn, desk: Desk) -> Reply:
    """ "借呗逾期，花呗也要我全还": what happened to the own, else the rule with what stops it."""
    found = recalled_already(replace(turn, intent="ask_full_recall"), desk)
    return found or Reply("recall.cross")


def _of_none_of_theirs(turn: Turn, desk: Desk) -> bool:
    """Whether a product is named that the borrower has no account of."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return False
    return bool(accounts.missing(turn, desk.engine.state(turn.borrower_id)))


def own_recall(turn: Turn, desk: Desk) -> Reply | None:
    """How far it has come, for whoever asks whether it will or why it did; None for the others."""
    side = special_side(turn, desk)
    if turn.borrower_id is None or side not in _ASKS_FOR_THE_OWN | _ENDS_BY_PAYING:
        return None
    if accounts.of_another_lender(turn, desk.engine.state(turn.borrower_id)):
        return None  # what another lender called in: the rule
    found = _recall(turn, desk, turn.borrower_id)
    if side in _ENDS_BY_PAYING and found.key == _NONE_YET and _of_none_of_theirs(turn, desk):
        return None  # the way back of what is not in these books: the rule
    effective = any(one.recall.stage is RecallStage.EFFECTIVE for one in found.values["recalled"])
    if side in _ENDS_BY_PAYING and found.key == "recall.personal":
        return found if side in _TOO_LATE_FOR and effective else None
    if side not in _ENDS_BY_PAYING | _MAY_COME and not found.values["recalled"]:
        late = any(one.dpd for one in found.values["others"])
        return None if late or side not in _GROUNDS else Reply("recall.not_noticed", found.values)
    return about_what_there_is(turn, desk, found)


@answers("ask_sum_in_time")
def sum_in_time(turn: Turn, desk: Desk) -> Reply:
    """ "这周五能拿到七千，来得及吗": against a notice that is running; else what it leaves."""
    return in_time(turn, desk) or asked_as("ask_partial_payment")(turn, desk)
