"""What a visitor told of an own debt, worked out from the product's demo terms as an example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.own_case import OwnCase, holding
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.topic import asked_as, special_side
from actions.conversation.turn import Turn
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from actions.topics.case_reckoned import Reckoned, left_after, reckoned, sums, terms_of, worked_out
from actions.topics.rate_allowed import with_a_word_on_the_rate

_NOTHING = "sign_in.needed"
_PARTS = frozenset({"ask_case_part", "ask_case_pays", "ask_case_rest", "ask_partial_payment"})


def told_case(turn: Turn, desk: Desk, key: str = "own_case.total") -> Reply | None:
    """What is owed by what was told, each debt and all of them; None where nothing is known."""
    found = reckoned(turn, desk)
    if not found:
        return None
    return with_a_word_on_the_rate(ask_to_sign_in(key, desk, **sums(found)), turn, desk)


def case_later(turn: Turn, desk: Desk) -> Reply | None:
    """The same on a later day: "再拖一个月呢", "明天还呢"."""
    case, more = OwnCase.of(turn), _days_more(turn)
    if case is None or more is None or not 0 < more <= asked_figures().farthest_days_ahead:
        return None
    now = reckoned(turn, desk)
    debts = tuple(replace(one.debt, days=(one.debt.days or 0) + more) for one in now)
    then = tuple(found for one in debts if (found := worked_out(one, desk)))
    if not now or len(then) != len(now):
        return None
    values = {
        "more": more,
        "on": turn.today + timedelta(days=more),
        "then": then,
        "then_total": Money.total(one.total for one in then),
        "then_penalty": Money.total(one.penalty for one in then),
        **sums(now),
    }
    return ask_to_sign_in("own_case.later", desk, **values)


def case_part(turn: Turn, desk: Desk) -> Reply | None:
    """What a part paid today leaves: "先还5000呢"; on the debt that costs most by the day."""
    found = reckoned(turn, desk)
    fen = _paid(turn, found)
    if not found or not fen:
        return None
    paid_on = max(found, key=lambda one: one.rate or Decimal(0))
    try:
        left, still_late, a_day = left_after(paid_on, Money(fen), desk)
    except InvalidSupposition:
        return None
    others = Money.total(one.total for one in found if one is not paid_on)
    values = {
        "paid": fen,
        "paid_on": paid_on,
        "left": left,
        "left_all": left + others,
        "still_late": still_late,
        "a_day_after": a_day,
        "over": Money(fen) - paid_on.total,
        **sums(found),
    }
    return ask_to_sign_in("own_case.part", desk, **values)


def _paid(turn: Turn, found: tuple[Reckoned, ...]) -> int | None:
    """The sum that is named, or half of what is owed."""
    if turn.amount_fen() or not figure_words().half.search(turn.said_now):
        return turn.amount_fen()
    return sum(one.total.fen for one in found) // 2


def case_credit(turn: Turn, desk: Desk, reply: Reply) -> Reply:
    """`reply` after a word on the days that were told; a rule that was asked for stays alone."""
    case = OwnCase.of(turn)
    if case is None or special_side(turn, desk) is not None:
        return reply
    days = max((one.days for one in case.debts if one.days is not None), default=None)
    if days is None:
        return reply
    return reply.changed(lead="own_case.credit", values={**reply.values, "case_days": days})


@answers("ask_case")
def case(turn: Turn, desk: Desk) -> Reply:
    """ "我借呗欠12000，逾期30天了": reckoned; what is missing is asked for."""
    told = OwnCase.of(turn)
    if told is None:
        return ask_to_sign_in(_NOTHING, desk)
    return told_case(turn, desk, "own_case.told") or _asked_back(
        told, desk, asks_first=told.told_now(turn)
    )


@answers("ask_loan_told")
def loan_told(turn: Turn, desk: Desk) -> Reply:
    """ "我开店的，借呗借了十万": a borrower is told how it stands, a visitor asked for more."""
    if turn.known:
        return asked_as("query_overdue_status")(turn, desk)
    return Reply("own_case.loan")


@answers("ask_case_total")
def total(turn: Turn, desk: Desk) -> Reply:
    """ "那一共要还多少": the sum first."""
    return told_case(turn, desk) or case(turn, desk)


@answers("ask_case_penalty")
def penalty(turn: Turn, desk: Desk) -> Reply:
    """ "利息多吗": the penalty to today, and what a day adds."""
    return told_case(turn, desk, "own_case.penalty") or case(turn, desk)


def _asked_back(told: OwnCase, desk: Desk, *, asks_first: bool) -> Reply:
    last = told.debts[-1]
    names = {one.product: terms_of(one, desk) for one in told.debts}
    terms = names[last.product]
    values = {"debt": last, "product": terms.display_name if terms and last.product else None}
    a_day = None if asks_first else worked_out(replace(last, days=1), desk)
    if a_day is not None:  # asked once already: what can be said without an answer
        return ask_to_sign_in("own_case.one_day", desk, one=a_day, debts=(a_day,))
    return Reply("own_case.days" if last.fen else "own_case.sum", values)


@answers("ask_case_a_day")
def a_day(turn: Turn, desk: Desk) -> Reply:
    """ "那每天涨多少": what a day adds."""
    return told_case(turn, desk, "own_case.a_day") or case(turn, desk)


@answers("ask_case_later")
def later(turn: Turn, desk: Desk) -> Reply:
    """A day or so many days more; else so many days in place of those that were told."""
    return case_later(turn, desk) or case(_with_other_days(turn), desk)


@answers("ask_case_part")
def part(turn: Turn, desk: Desk) -> Reply:
    """A sum: paid where the words say so, else another sum to reckon with."""
    if figure_words().pays.search(turn.said_now):
        return case_part(turn, desk) or case(turn, desk)
    return case(_with_another_sum(turn), desk)


def _with_other_days(turn: Turn) -> Turn:
    """ "那60天呢": the example with these days, the case as it was told stays."""
    told, days = OwnCase.of(turn), days_of(turn.entity("duration"))
    if told is None or not days:
        return turn
    debts = tuple(replace(one, days=days) for one in told.debts)
    return holding(turn, OwnCase(debts, told.turn))


def _with_another_sum(turn: Turn) -> Turn:
    """ "那20000呢": the example with that sum, the case as it was told stays."""
    told, fen = OwnCase.of(turn), turn.amount_fen()
    if told is None or not fen:
        return turn
    last = replace(told.debts[-1], fen=fen)
    return holding(turn, OwnCase((last,), told.turn))


@answers("ask_case_pays")
def pays(turn: Turn, desk: Desk) -> Reply:
    """ "我这两天能凑个五千": what it leaves."""
    return case_part(turn, desk) or case(turn, desk)


@answers("ask_case_rest")
def rest(turn: Turn, desk: Desk) -> Reply:
    """ "那还剩多少" after a part was reckoned; else all that is owed."""
    last = LastQuestion.of(turn)
    after_a_part = last is not None and last.answer in _PARTS
    return (case_part(turn, desk) if after_a_part else None) or total(turn, desk)


@answers("ask_case_product")
def product(turn: Turn, desk: Desk) -> Reply:
    """ "花呗单独呢" of two debts; "那花呗呢" of one: the same sum and days for that product."""
    told, named = OwnCase.of(turn), list(turn.values("product"))
    if told is None or not named:
        return case(turn, desk)
    own = tuple(one for one in told.debts if one.product in named)
    same = own or tuple(replace(told.debts[-1], product=one) for one in named[-1:])
    return case(holding(turn, OwnCase(same, told.turn)), desk)


def _days_more(turn: Turn) -> int | None:
    """How many days from now are asked about; None where a whole time late is ("那60天呢")."""
    days, on = days_of(turn.entity("duration")), turn.coming_date()
    words = figure_words()
    said = turn.said_now
    if days is not None and (words.more_days.search(said) or words.later.search(said)):
        return days
    named = on if days is None else None
    if named is None and days is None and words.that_day.search(said):
        named = _day_before(turn)
    return (named - turn.today).days if named is not None else None


def _day_before(turn: Turn) -> date | None:
    """The day that the question before named ("下个月5号才发工资" … "到时候一共多少")."""
    last = LastQuestion.of(turn)
    return replace(turn, entities=last.entities).coming_date() if last else None
