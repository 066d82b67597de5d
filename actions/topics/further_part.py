"""More than one payment that is supposed, and all of it today instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.supposed import Supposed
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.negotiation.lexicon import hearing_lexicon
from actions.topics.after_part import After
from actions.topics.left import about_the_rest, on_a_day, told_of

_LATER = "ask_later_amount"


@answers("ask_further_part")
def further_part(turn: Turn, desk: Desk) -> Reply:
    """ "月底再还一千" after a payment was supposed: both of them, and what they leave."""
    supposed, fen = Supposed.of(turn), turn.amount_fen()
    if turn.borrower_id is None or supposed is None or not fen:
        return asked_as("ask_partial_payment")(turn, desk)
    return _told(_joined(supposed, fen, _paid_by(turn)), turn, desk, turn.borrower_id)


@answers("ask_two_parts")
def two_parts(turn: Turn, desk: Desk) -> Reply:
    """ "先还两千，月底再还两千": both in one message."""
    sums = sorted((one for one in turn.entities if one.kind == "amount"), key=lambda o: o.start)
    if turn.borrower_id is None or len(sums) != 2:
        return asked_as("ask_partial_payment")(turn, desk)
    first, second = sums
    before = tuple(o for o in turn.entities if o.kind != "date" or o.end <= first.start)
    after = tuple(o for o in turn.entities if o.kind != "date" or o.start >= first.end)
    on = max(replace(turn, entities=before).coming_date() or turn.today, turn.today)
    supposed = Supposed(int(first.value), on, None, turn.turns)
    behind = " " * first.end + turn.text[first.end :]
    day = _paid_by(desk.follow_ups.with_days(replace(turn, text=behind, entities=after)))
    joined = _joined(supposed, int(second.value), day)
    if day is None:
        whole = desk.engine.quote(turn.borrower_id, QuoteKind.PAYOFF_ALL).total
        both = {"first": int(first.value), "second": int(second.value), "whole": whole}
        return told_of("partial.both_today", After(desk, turn.borrower_id, joined), turn, both)
    return _told(joined, turn, desk, turn.borrower_id)


@answers("ask_part_then_rest")
def part_then_rest(turn: Turn, desk: Desk) -> Reply:
    """ "27号还一千，下月3号还剩下的": the part on its day, and the rest on the other one."""
    said, borrower_id = turn.first("amount"), turn.borrower_id
    days = [one for one in turn.entities if one.kind == "date"]
    if borrower_id is None or said is None or not said.value.isdigit() or not days:
        return asked_as("ask_partial_payment")(turn, desk)
    rest = max(date.fromisoformat(one.value) for one in days)
    named = [date.fromisoformat(one.value) for one in days if one.end <= said.start]
    on = max([turn.today, *(day for day in named if day < rest)])
    state = desk.engine.state(borrower_id)
    due = [one for one in state.accounts if one.next_due in named]
    chosen = accounts.asked(turn, state) if turn.entity("product") else due
    only = chosen[0].account_id if len(chosen) == 1 else None
    supposed = Supposed(int(said.value), on, only, turn.turns, rest)
    after = After(desk, borrower_id, supposed)
    if rest <= on:
        return told_of("partial.left", after, turn, {})
    return told_of("partial.left_on", after, turn, on_a_day(after, rest))


def _paid_by(turn: Turn) -> date | None:
    """The day named; "25号前再还三千四" is paid on the day before it at the latest."""
    on, said = turn.coming_date(), turn.first("date")
    if on is None or said is None or not hearing_lexicon().by_then.match(turn.text, said.end):
        return on
    return on - timedelta(days=1)


def _joined(supposed: Supposed, fen: int, on: date | None) -> Supposed:
    """With this payment too; one without a later day of its own adds to the first."""
    if on is None or on <= supposed.last_on:
        return replace(supposed, fen=supposed.fen + fen)
    return replace(supposed, further=(*supposed.further, (fen, on)), until=None)


def _told(supposed: Supposed, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    after = After(desk, borrower_id, supposed)
    if not supposed.further:
        return told_of("partial.left", after, turn, {})
    more = {
        "paid": Money(supposed.sum_paid),
        "last_on": supposed.last_on,
        "on_top": after.spared_by_all(supposed.last_on),
        "late_between": _late_before_the_last(after),
    }
    return told_of("partial.two_parts", after, turn, more)


def _late_before_the_last(after: After) -> bool:
    """Whether something stays late between the first payment and the last."""
    first = replace(after, supposed=replace(after.supposed, further=()))
    return any(one.dpd for one in first.on().after.accounts)


@about_the_rest("ask_next_after_part")
def next_after_part(after: After, turn: Turn) -> Reply:
    """ "下个月的会变少吗": the next bill with the payments and without them."""
    lines = [
        (account, _to_pay(after, account, paid=True), _to_pay(after, account, paid=False))
        for account in after.on().after.accounts
        if account.next_due is not None
    ]
    more = {"lines": lines, "less": any(then < before for _, then, before in lines)}
    return told_of("partial.next_then", after, turn, more)


def _to_pay(after: After, account: AccountState, *, paid: bool) -> Money:
    """What that account wants by its next due day, arrears of it included."""
    found = after.on(account.next_due)
    state = found.after if paid else found.before
    kinds = (QuoteKind.NEXT_BILL, QuoteKind.DUE_NOW)
    of_it = (quote(state, kind).by_account().get(account.account_id, Money.zero) for kind in kinds)
    return max(of_it)


@answers("ask_all_today")
@signed_in
def all_today(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "那还是今天全还了划算": all of it today, and what that spares beside what was spoken of."""
    return _all(turn, desk, borrower_id, asks_saving=False)


@answers("ask_all_saves")
@signed_in
def all_saves(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "省了多少": the same, with what is spared as its first word."""
    return _all(turn, desk, borrower_id, asks_saving=True)


def _all(turn: Turn, desk: Desk, borrower_id: str, *, asks_saving: bool) -> Reply:
    instead = _instead_of(turn, desk, borrower_id)
    if instead is None or instead.until is None:
        return asked_as("ask_early_saving" if asks_saving else "ask_payoff")(turn, desk)
    whole = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL)
    values: dict[str, Any] = {
        "asks_saving": asks_saving,
        "whole": whole,
        "spared": _spared(instead, whole.total, desk, borrower_id),
        "amount": instead.fen,
        "on": instead.on,
        "further": instead.further,
        "day": instead.until,
    }
    return Reply("all_today.told", values, details="quote:payoff_all", supposes=instead)


def _instead_of(turn: Turn, desk: Desk, borrower_id: str) -> Supposed | None:
    """What was spoken of: payments and their rest on a day, or nothing paid until a day."""
    held, named = Supposed.held(turn), turn.coming_date()
    if named is not None and named > turn.today:
        return Supposed(0, turn.today, None, turn.turns, named)
    if held is not None and held.fen:
        day = held.until or After(desk, borrower_id, held).next_due() or held.last_on
        return replace(held, turn=turn.turns, until=day)
    if held is not None and held.until is not None:
        return held.spoken_of(turn)
    return None


def _spared(instead: Supposed, whole: Money, desk: Desk, borrower_id: str) -> Money:
    """What is paid in all until that day, beyond what settles everything today."""
    day = max(instead.until or instead.last_on, instead.last_on)
    if instead.fen:
        return After(desk, borrower_id, instead).spared_by_all(day)
    return desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, day).total - whole


@answers("ask_more_than_today")
def more_than_today(turn: Turn, desk: Desk) -> Reply:
    """ "比今天多多少" after a later day: that day again; else what was charged so far."""
    last = LastQuestion.of(turn)
    if turn.borrower_id is None or last is None or last.answer != _LATER:
        return asked_as("ask_penalty")(turn, desk)
    return asked_as(_LATER)(replace(turn, entities=last.entities), desk)
