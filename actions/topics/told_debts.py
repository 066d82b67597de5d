"""What is asked of a debt that a visitor told of: which sum, on which day, after which part."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.money import Money
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.own_case import OwnCase, holding
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.supposed import Supposed
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.knowledge.case_words import case_words
from actions.knowledge.figure_words import figure_words
from actions.topics.budget import with_the_budget
from actions.topics.case_reckoned import Reckoned, terms_of, worked_out
from actions.topics.case_rest import after_minimum, rest_later, rest_of
from actions.topics.own_case import (
    after_part,
    case_later,
    case_part,
    case_penalty,
    told_case,
)

_NOTHING = "sign_in.needed"


@answers("ask_case")
def case(turn: Turn, desk: Desk) -> Reply:
    """ "我借呗欠12000，逾期30天了": reckoned; what is missing is asked for."""
    told = OwnCase.of(turn)
    if told is None:
        return ask_to_sign_in(_NOTHING, desk)
    at_hand = told.told_now(turn) and figure_words().has_at_hand.search(turn.text)
    if at_hand and (left := case_part(turn, desk)) is not None:
        return left  # "手里有5000 花呗欠9000 逾期15天"
    if told.debts[-1].minimum and (rest := after_minimum(turn, desk)) is not None:
        return rest
    by_the_day = bool(case_words().asks_a_day.search(turn.said_now))  # "欠两百，一天多少利息"
    asks_first = told.told_now(turn) and not by_the_day
    found = told_case(turn, desk, "own_case.told")
    return with_the_budget(turn, found or _asked_back(told, desk, asks_first, by_the_day))


def just_told(turn: Turn, desk: Desk) -> Reply | None:
    """What this message told of a debt ("没上班了，花呗欠5200", "我15天了"); None for none."""
    told = OwnCase.of(turn)
    if told is None or not told.told_now(turn) or not (told.stated and told.worth_saying):
        return None
    return case(turn, desk)


@answers("ask_left_of_paid")
def left_of_paid(turn: Turn, desk: Desk) -> Reply:
    """ "账单1650，前天还了500，昨天又还了300，还差多少": the bill less what was paid."""
    words = figure_words()
    sums = [one for one in turn.entities if one.kind == "amount" and one.value.isdigit()]
    paid = [one for one in sums if words.paid_before_sum.search(turn.text[: one.start])]
    owed = [int(one.value) for one in sums if one not in paid]
    gone = sum(int(one.value) for one in paid)
    if len(owed) != 1 or not gone or gone >= owed[0]:
        return asked_as("query_amount_due")(turn, desk)
    left = Money(owed[0] - gone)
    return ask_to_sign_in("own_case.less_paid", desk, owed=owed[0], paid=gone, left=left)


@answers("ask_loan_told")
def loan_told(turn: Turn, desk: Desk) -> Reply:
    """ "我开店的，借呗借了十万": a borrower is told how it stands, a visitor asked for more."""
    if turn.known:
        return asked_as("query_overdue_status")(turn, desk)
    return Reply("own_case.loan")


@answers("ask_case_total")
def total(turn: Turn, desk: Desk) -> Reply:
    """ "那一共要还多少": the sum first; of a loan by its instalments also all of them."""
    told = OwnCase.of(turn)
    last = told.debts[-1] if told is not None else None
    if told and last and last.left and last.each and case_words().all_of_it.search(turn.said_now):
        return _asked_back(told, desk, asks_first=False, by_the_day=False)
    return told_case(turn, desk) or case(turn, desk)


@answers("ask_case_penalty")
def penalty(turn: Turn, desk: Desk) -> Reply:
    """ "利息多吗": the penalty to today, and what a day adds; "多了多少" after a later day."""
    return after_minimum(turn, desk) or case_penalty(turn, desk) or case(turn, desk)


def _asked_back(told: OwnCase, desk: Desk, asks_first: bool, by_the_day: bool) -> Reply:
    last = told.debts[-1]
    if last.several:
        values: dict[str, object] = {"debt": last, "again": not asks_first}
        return Reply("own_case.several", values)
    if last.paid and last.fen:
        less = {"owed": last.fen + last.paid, "paid": last.paid, "left": Money(last.fen)}
        return ask_to_sign_in("own_case.less_paid", desk, **less)
    if last.left and last.each and not asks_first:
        terms = terms_of(last, desk)
        name = terms.display_name if terms else None
        return ask_to_sign_in("own_case.still_to_pay", desk, debt=last, product=name)
    names = {one.product: terms_of(one, desk) for one in told.debts}
    terms = names[last.product]
    both = [(found.display_name, one) for one in told.debts if (found := names[one.product])]
    values = {
        "debt": last,
        "product": terms.display_name if terms and last.product else None,
        "both": both if len(both) > 1 and all(one.fen for _, one in both) else (),
    }
    one_day = () if asks_first else _by_one_day(told, desk)
    if len(one_day) > 1:
        each = {"debts": one_day, "a_day": Money.total(one.penalty for one in one_day)}
        return ask_to_sign_in("own_case.one_day_each", desk, **each)
    a_day = None if asks_first else worked_out(replace(last, days=1), desk)
    if a_day is not None:  # asked for, or asked once already: what can be said without an answer
        one = {"one": a_day, "debts": (a_day,), "by_the_day": by_the_day}
        return ask_to_sign_in("own_case.one_day", desk, **one)
    return Reply("own_case.days" if last.late_fen else "own_case.sum", values)


def _by_one_day(told: OwnCase, desk: Desk) -> tuple[Reckoned, ...]:
    found = (worked_out(replace(one, days=1), desk) for one in told.debts)
    return tuple(one for one in found if one is not None)


@answers("ask_case_of_relative")
def of_relative(turn: Turn, desk: Desk) -> Reply:
    """ "不是我的，我弟的": whose debt it is decides who owes it."""
    return Reply("own_case.of_relative")


@answers("ask_case_a_day")
def a_day(turn: Turn, desk: Desk) -> Reply:
    """ "那每天涨多少": what a day adds."""
    after = after_minimum(turn, desk)
    return after or told_case(turn, desk, "own_case.a_day") or case(turn, desk)


@answers("ask_case_later")
def later(turn: Turn, desk: Desk) -> Reply:
    """A day or so many days more; else so many days in place of those that were told."""
    told = OwnCase.of(turn)
    if told is not None and told.told_now(turn) and not told.complete:
        return asked_as("ask_penalty")(turn, desk)  # "欠三千六，拖到下个月底罚多少": from today
    return case_later(turn, desk) or case(_with_other_days(turn), desk)


@answers("ask_case_part")
def part(turn: Turn, desk: Desk) -> Reply:
    """A sum: paid where the words say so, else another sum to reckon with."""
    if figure_words().the_rest.search(turn.said_now) and Supposed.held(turn) is not None:
        return rest(turn, desk)  # "剩下5000呢": what is left of a part, and no other part
    at_hand = case_words().at_hand.search(turn.said_now)  # "我只有2000"
    if at_hand or figure_words().pays.search(turn.said_now):
        return case_part(turn, desk) or case(turn, desk)
    return case(_with_another_sum(turn), desk)


def _with_other_days(turn: Turn) -> Turn:
    """ "那60天呢": the example with these days, the case as it was told stays."""
    told, days = OwnCase.of(turn), days_of(turn.entity("duration"))
    if told is None or not days or (told.told_now(turn) and told.debts[-1].days is not None):
        return turn  # "已经晚了九天，要多掏多少": heard with the rest of it
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


@answers("ask_case_part_then_rest")
def part_then_rest(turn: Turn, desk: Desk) -> Reply:
    """ "先还800，剩下的后天给": both in one message."""
    told = case_part(turn, desk)
    if told is None or told.supposes is None:
        return case(turn, desk)
    return rest_of(told.supposes, turn, desk) or told


@answers("ask_case_rest")
def rest(turn: Turn, desk: Desk) -> Reply:
    """ "那还剩多少" after a part was reckoned; else all that is owed."""
    supposed = Supposed.held(turn)
    if (after := after_minimum(turn, desk)) is not None:
        return after
    if supposed is None or not supposed.fen:
        return total(turn, desk)
    return rest_later(turn, desk) or after_part(supposed.fen, turn, desk) or total(turn, desk)


@answers("ask_case_figure")
def figure(turn: Turn, desk: Desk) -> Reply:
    """A sum that is asked for, by what it is asked of: a day, a part, the price, else all of it."""
    words, said = figure_words(), turn.said_now
    if case_words().all_of_it.search(said) and Supposed.held(turn) is None:
        return total(turn, desk)
    if words.the_rest.search(said):
        return rest(turn, desk)
    if (later_on := case_later(turn, desk)) is not None:
        return later_on
    if words.pays.search(said) and (of_a_part := case_part(turn, desk)) is not None:
        return of_a_part
    if words.one_day.search(said):
        return a_day(turn, desk)
    return penalty(turn, desk) if words.on_top.search(said) else total(turn, desk)


@answers("ask_case_why_rate")
def why_rate(turn: Turn, desk: Desk) -> Reply:
    """ "为啥不是按万五算": the multiple, on the figures that were told."""
    return told_case(turn, desk, "own_case.why_rate") or case(turn, desk)


@answers("ask_case_in_time")
def in_time(turn: Turn, desk: Desk) -> Reply:
    """ "现在还来得及吗": not late yet, or late for so many days; what ends it today."""
    if (after := after_minimum(turn, desk)) is not None:
        return after
    told, supposed = told_case(turn, desk, "own_case.in_time"), Supposed.held(turn)
    if told is None:
        return case(turn, desk)
    waits = supposed is not None and bool(supposed.fen or supposed.until)
    return told.changed(values={**told.values, "rest_waits": waits})


@answers("ask_case_product")
def product(turn: Turn, desk: Desk) -> Reply:
    """ "花呗单独呢" of two debts; "那花呗呢" of one: the same sum and days for that product."""
    told, named = OwnCase.of(turn), list(turn.values("product"))
    if case_words().paid_first.search(turn.said_now):  # "先还花呗行吗"
        return asked_as("ask_repay_priority")(turn, desk)
    if told is None or not named:
        return case(turn, desk)
    own = tuple(one for one in told.debts if one.product in named)
    same = own or tuple(replace(told.debts[-1], product=one) for one in named[-1:])
    return case(holding(turn, OwnCase(same, told.turn)), desk)
