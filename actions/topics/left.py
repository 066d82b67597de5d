"""What is asked of the rest once a payment was supposed: by when, its price, if it stays unpaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, FacilityStatus
from actions.conversation import accounts
from actions.conversation.answering import answers, by_intent, the_answer
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.own_case import OwnCase
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.offers import proposal_for
from actions.topics.after_part import After, called_in_between, of_loans, revolves

_NOTHING = "choose.rest_stranger"
_ALL_TODAY = frozenset({"ask_all_today", "ask_all_saves"})


def left_after_part(turn: Turn, desk: Desk) -> Reply | None:
    """Everything that is left then, and by when; None where no payment was supposed."""
    supposed = Supposed.of(turn)
    if turn.borrower_id is None or supposed is None:
        return None
    return told_of("partial.left", After(desk, turn.borrower_id, supposed), turn, {})


def left_after_wish(turn: Turn, desk: Desk) -> Reply | None:
    """The same for a part offered in the form ("那先还500行吗") that no offer takes up."""
    wishes = turn.wishes
    fen = wishes.get("down_payment")
    if turn.borrower_id is None or not turn.active_form or not fen:
        return None
    proposal = proposal_for(desk, turn.borrower_id, wishes)
    if any(len(one.schedule) > 1 for one in proposal.options):
        return None  # what is left is what the instalments are for
    supposed = Supposed(int(fen), turn.today, None, turn.turns)
    return told_of("partial.left", After(desk, turn.borrower_id, supposed), turn, {})


def told_of(key: str, after: After, turn: Turn, more: dict[str, Any]) -> Reply:
    """The reply with what every answer about the rest needs; the payment stays spoken of."""
    values = {**after.values(turn), **more}
    supposed = after.supposed.spoken_of(turn)
    return Reply(key, values, details="quote:due_now", supposes=supposed)


_Told = Callable[[After, Turn], Reply]


def about_the_rest(name: str) -> Callable[[_Told], _Told]:
    """Registers an answer about what a supposed payment leaves; others hear how to sign in."""

    def register(told: _Told) -> _Told:
        @answers(name)
        def answer(turn: Turn, desk: Desk) -> Reply:
            supposed = Supposed.of(turn)
            if turn.borrower_id is None or supposed is None:
                return Reply(_NOTHING)
            return told(After(desk, turn.borrower_id, supposed), turn)

        return told

    return register


@about_the_rest("ask_left_on")
def left_on(after: After, turn: Turn) -> Reply:
    """ "剩下的月底行吗": whether it is late by then, and what it comes to."""
    day = day_of_the_rest(turn)
    if day is None and hearing_lexicon().which_payday.search(turn.text):
        return told_of("partial.which_payday", after, turn, {})
    if day is None or day <= after.supposed.last_on:
        return told_of("partial.left", after, turn, {})
    kept = replace(after, supposed=replace(after.supposed, until=day))
    return told_of("partial.left_on", kept, turn, on_a_day(after, day))


def on_a_day(after: After, day: date) -> dict[str, Any]:
    now, found = after.on().after, after.on(day)
    then = after.meant(found.after)
    spared = found.before_quotes[QuoteKind.PAYOFF_ALL].total
    spared -= found.after_quotes[QuoteKind.PAYOFF_ALL].total + Money(after.supposed.sum_paid)
    return {
        "day": day,
        "until_told": False,
        "due_then": quote(then, QuoteKind.DUE_NOW).total,
        "left_then": quote(then, QuoteKind.PAYOFF_ALL).total,
        "fallen": of_loans(after.meant(now), lambda due: now.as_of < due <= day),
        "price": after.price(now, found.after),
        "called_then": called_in_between(after.meant(now), then),
        "late_then": accounts.overdue(then.accounts),
        "still_late": accounts.overdue(after.meant(now).accounts),
        "ahead": after.ahead(after.meant(now).accounts),
        "spared": spared,
    }


@about_the_rest("ask_left_interest")
def left_interest(after: After, turn: Turn) -> Reply:
    """ "那剩下的利息呢": by the day, and until the day named or the next due day."""
    named = day_of_the_rest(turn) or after.supposed.until
    to_come = [one.next_due for one in after.on().after.accounts if one.next_due]
    day = named if named and named > after.supposed.last_on else min(to_come, default=None)
    more = on_a_day(after, day) if day else {"day": None}
    return told_of("partial.left_interest", after, turn, {**more, "rates": _rates(after)})


def _rates(after: After) -> set[Decimal]:
    """By the day: of what is overdue; else of a bill that is carried on."""
    found = after.on().after.accounts
    if late := accounts.overdue(found):
        return {one.penalty_daily_rate for one in late}
    return {one.carry_daily_rate for one in found if revolves(one)}


@about_the_rest("ask_left_saves")
def left_saves(after: After, turn: Turn) -> Reply:
    """ "比全拖到月底省多少": what the payment spares until then."""
    last = LastQuestion.of(turn)
    if last is not None and last.answer in _ALL_TODAY and day_of_the_rest(turn) is not None:
        return the_answer("ask_all_saves")(turn, after.desk)
    day = day_of_the_rest(turn) or after.supposed.until
    if day is None or day <= after.supposed.last_on:
        by_the_day = the_answer("ask_part_saves")(turn, after.desk)
        return by_the_day.changed(supposes=after.supposed.spoken_of(turn))
    return told_of("partial.left_saves", after, turn, on_a_day(after, day))


@about_the_rest("ask_left_unpaid")
def left_unpaid(after: After, turn: Turn) -> Reply:
    """ "剩下的还不上呢": late from when, or late already; what still keeps it from being late."""
    to_come = sorted((one for one in after.on().after.accounts if one.next_due), key=_due)
    first = to_come[0] if to_come else None
    least = _least(after, first) if first is not None else Money.zero
    return told_of("partial.left_unpaid", after, turn, {"first": first, "least": least})


def _due(account: AccountState) -> date:
    return account.next_due or date.max


def _least(after: After, account: AccountState) -> Money:
    """The minimum of a revolving bill on its due day; nothing for a loan."""
    if not revolves(account):
        return Money.zero
    least = quote(after.on(account.next_due).after, QuoteKind.MINIMUM).by_account()
    return least.get(account.account_id, Money.zero)


@about_the_rest("ask_left_use")
def left_use(after: After, turn: Turn) -> Reply:
    """ "还了一千花呗能用吗": how each account may be used after the payment."""
    asked = accounts.asked(turn, after.on().after)
    usable = [one for one in asked if one.facility.status is FacilityStatus.NORMAL]
    stopped = [one for one in asked if one not in usable]
    return told_of("partial.left_use", after, turn, {"usable": usable, "stopped": stopped})


@about_the_rest("ask_part_of_use")
def of_use(after: After, turn: Turn) -> Reply:
    """ "那还有用吗": yes, and for what: late no longer, or fewer days and less a day."""
    return told_of("partial.useful", after, turn, _of_use(after) | {"asks_late": False})


@about_the_rest("ask_left_late")
def left_late(after: After, turn: Turn) -> Reply:
    """ "这样算不算逾期": the same, with that as its first word."""
    return told_of("partial.useful", after, turn, _of_use(after) | {"asks_late": True})


def _of_use(after: After) -> dict[str, Any]:
    return {
        "a_day_before": after.a_day(paid=False),
        "called_in": accounts.recalled(after.on().after.accounts),
    }


@about_the_rest("ask_part_recall")
def part_recall(after: After, turn: Turn) -> Reply:
    """ "补上以后还要全还吗": what is still called in after the payment, and what no longer is."""
    found = after.on()
    still = accounts.recalled(accounts.asked(turn, found.after))
    before = {one.account_id for one in accounts.recalled(found.before.accounts)}
    kept = {one.account_id for one in accounts.recalled(found.after.accounts)}
    freed = [one for one in found.after.accounts if one.account_id in before - kept]
    return told_of("partial.left_recall", after, turn, {"called_in": still, "freed": freed})


@answers("ask_part_and_rest")
def part_and_rest(turn: Turn, desk: Desk) -> Reply:
    """ "先还一千，剩的下个月5号": both at once; the day behind the rest is that of the rest."""
    if not turn.known and OwnCase.of(turn) is not None:
        return the_answer("ask_case_part_then_rest")(turn, desk)
    fen = turn.amount_fen()
    words = figure_words()
    rest = words.the_rest.search(turn.text) or words.after_the_sum.search(turn.text)
    if turn.borrower_id is None or not fen or rest is None:
        return by_intent(turn, desk, _NOTHING)
    said = [one for one in turn.entities if one.kind != "date" or one.start < rest.start()]
    first = replace(turn, entities=tuple(said)).coming_date() or turn.today
    held = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    only = held[0].account_id if turn.entity("product") and len(held) == 1 else None
    supposed = Supposed(fen, max(first, turn.today), only, turn.turns)
    days = [one for one in turn.entities if one.kind != "date" or one.end > rest.end()]
    told = left_on(After(desk, turn.borrower_id, supposed), replace(turn, entities=tuple(days)))
    return told.changed(lead="partial.first", values={**told.values, "until_told": True})


def day_of_the_rest(turn: Turn) -> date | None:
    """The day named for the rest; in "剩下月底再给" the end of this month, and of no other."""
    rest, said = figure_words().the_rest.search(turn.text), turn.first("date")
    if rest is None or said is None or not said.start < rest.end() < said.end:
        return turn.coming_date()
    if not figure_words().month_end.fullmatch(turn.text[rest.end() : said.end]):
        return turn.coming_date()
    first_of_next = (turn.today.replace(day=1) + timedelta(days=31)).replace(day=1)
    return first_of_next - timedelta(days=1)


@answers("ask_cure_and_recall")
def cure_and_recall(turn: Turn, desk: Desk) -> Reply:
    """ "借呗补上了花呗是不是就不用一次还": the arrears of the product named first, and then."""
    first = turn.first("product")
    if turn.borrower_id is None or first is None:
        return by_intent(turn, desk, _NOTHING)
    alone = replace(turn, entities=(first,))
    paid = accounts.asked(alone, desk.engine.state(turn.borrower_id))
    if len(paid) != 1:
        return by_intent(turn, desk, _NOTHING)
    account_id = paid[0].account_id
    owed = desk.engine.quote(turn.borrower_id, QuoteKind.OVERDUE, account_ids=(account_id,))
    if owed.total.fen <= 0:
        return asked_as("ask_full_recall")(turn, desk)
    supposed = Supposed(owed.total.fen, turn.today, account_id, turn.turns)
    others = tuple(one for one in turn.entities if one.value != first.value)
    return part_recall(After(desk, turn.borrower_id, supposed), replace(turn, entities=others))
