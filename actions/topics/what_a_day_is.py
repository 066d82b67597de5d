"""What happens on a day that an answer named: "25号是啥意思", "那天要一次拿多少"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RecallStage
from actions.conversation import accounts, memory
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn
from actions.negotiation.offers import proposal_for, titles
from actions.topics.recall_after_paying import in_time

_OF_A_DAY = frozenset({"date", "day_of_month"})


@answers("ask_what_day")
def what_day(turn: Turn, desk: Desk) -> Reply:
    """Everything that the own books have on the day named: a demand, a bill, a report, an offer."""
    on = turn.coming_date()
    if turn.borrower_id is None or on is None:
        return the_answer("query_due_date")(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    found = accounts.asked(turn, state)
    values: dict[str, Any] = {
        "on": on,
        "demanded": [_demand(one, desk, turn.borrower_id) for one in _noticed(found, on)],
        "called_in": [one for one in found if _effective_on(one, on)],
        "due": [one for one in found if one.next_due == on],
        "fell_due": [
            one for one in found if any(row.due == on and row.outstanding.fen for row in _late(one))
        ],
        "reported": [one for one in found if one.dpd and _report_day(one) == on],
        "offers": _offers_on(turn, desk, turn.borrower_id, on),
    }
    return Reply("period.what_day", values)


@answers("ask_notice_day")
def notice_day(turn: Turn, desk: Desk) -> Reply:
    """ "25号那个还会来吗": what the running notice is stopped by, and whether a sum named does.

    Where no notice is running it is about being late at all.
    """
    return _about_the_notice(turn, desk, "notice")


@answers("ask_in_time")
def in_time_at_all(turn: Turn, desk: Desk) -> Reply:
    """ "来得及吗": until when; not any more where the rest waits for a later day."""
    return _about_the_notice(turn, desk, "in_time")


@answers("ask_short_of_notice")
def short_of_notice(turn: Turn, desk: Desk) -> Reply:
    """ "25号之前不够怎么办": a part does not stop it, a plan may."""
    return _about_the_notice(turn, desk, "short")


def _about_the_notice(turn: Turn, desk: Desk, asked: str) -> Reply:
    if turn.borrower_id is None:
        return the_answer("ask_still_in_time")(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    running = [one for one in state.accounts if one.recall.stage is RecallStage.NOTICED]
    if not running:
        missed = "ask_day_missed" if asked == "short" else "ask_still_in_time"
        return the_answer(missed)(turn, desk)
    others = (one for one in turn.entities if one.kind not in _OF_A_DAY)
    by_then = replace(turn, entities=tuple(others))  # the day is that of the notice
    if turn.amount_fen() and (told := in_time(by_then, desk)) is not None:
        return told
    supposed = Supposed.of(turn)
    until = supposed.until if supposed is not None else None
    values = {
        "asked": asked,
        "demanded": [_demand(one, desk, turn.borrower_id) for one in running],
        "until": until,
        "too_late": until and any(str(one.recall.effective_on) <= str(until) for one in running),
    }
    return Reply("recall.notice_day", values)


def _noticed(found: Iterable[AccountState], on: date) -> list[AccountState]:
    return [
        one
        for one in found
        if one.recall.stage is RecallStage.NOTICED and one.recall.effective_on == on
    ]


def _effective_on(account: AccountState, on: date) -> bool:
    return account.recall.stage is RecallStage.EFFECTIVE and account.recall.effective_on == on


def _demand(account: AccountState, desk: Desk, borrower_id: str) -> dict[str, Any]:
    """What stops the demand, and what it comes to on its day."""
    ids = (account.account_id,)
    on = account.recall.effective_on
    return {
        "account": account,
        "arrears": desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids).total,
        "whole": desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, on, ids).total,
    }


def _late(account: AccountState) -> tuple[Any, ...]:
    return account.schedule if account.dpd else ()


def _report_day(account: AccountState) -> date | None:
    return account.credit_report.next_reporting_date


def _offers_on(turn: Turn, desk: Desk, borrower_id: str, on: date) -> list[tuple[str, Any]]:
    """The offers on the table with a payment on that day, and that payment."""
    if not turn.active_form or not turn.slots.get(memory.OFFERS):
        return []
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    pairs = zip(titles(proposal, desk), proposal.options, strict=True)
    return [(title, row) for title, option in pairs for row in option.schedule if row.due == on]
