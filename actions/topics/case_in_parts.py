"""A visitor's instalment talk: the debt that was told, by numbers of terms or by the month.

"能分12期吗" … "6期呢" … "差多少" … "我每月最多800" … "那要还多久". An example at the price of the
demo terms; the last number or sum that was wished for is kept for the form and for what follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from account_engine.domain.money import Money
from actions.conversation import memory
from actions.conversation.answering import answer_for, answers
from actions.conversation.desk import Desk
from actions.conversation.in_parts import ANSWER, speaks_of_parts
from actions.conversation.own_case import OwnCase
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.supposed import Supposed, kept_beside
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.hearing import hear
from actions.topics.case_reckoned import terms_of
from actions.topics.case_shares import Share, Spread, shares_of, spreads
from actions.topics.loan_supposition import instalments_named, two_numbers

_TWO = 2


@answers(ANSWER)
def case_in_parts(turn: Turn, desk: Desk) -> Reply:
    """So many instalments, two numbers of them, so much a month, else all that are common."""
    turn = _with_the_first_part(turn)
    shares = shares_of(turn, desk)
    found = spreads(shares, desk)
    if not found:
        return _not_reckoned(turn, desk)
    values = _of_the_talk(turn, shares)
    both = two_numbers(turn)
    compared = [one for one in found if one.instalments in both]
    if len(compared) == _TWO:
        return _told(
            turn,
            desk,
            "own_case.in_parts.two",
            {**values, "short": compared[0], "long": compared[1]},
        )
    number = instalments_named(turn)
    if number is not None and number > 1:  # "一个月最多900" names no number
        return _in_so_many(turn, desk, number, found, values)
    words, said = figure_words(), turn.said_now
    longest = bool(words.asks_longest.search(said))
    monthly = _named_by_the_month(turn) or (None if longest else turn.wishes.get("monthly"))
    if monthly:
        return _by_the_month(turn, desk, int(monthly), found, values)
    kept = turn.wishes.get("terms")
    if kept and not longest and not words.asks_which_terms.search(said):
        return _in_so_many(turn, desk, int(kept), found, values)
    return _told(turn, desk, "own_case.in_parts.many", {**values, "spreads": found})


def of_the_case(turn: Turn, desk: Desk) -> Reply | None:
    """ "分9期呢" of a debt that was told, whatever topic it comes by; None where there is none."""
    told = OwnCase.of(turn)
    wished = hear(turn).wishes.keys() & {"terms", "monthly"}
    if told is None or not told.begun or turn.active_form or not wished:
        return None
    return case_in_parts(turn, desk) if spreads(shares_of(turn, desk), desk) else None


def _not_reckoned(turn: Turn, desk: Desk) -> Reply:
    """What is missing of the debt is asked for; the rule where nothing of it was told."""
    told = OwnCase.of(turn)
    last = told.debts[-1] if told is not None else None
    if last is not None and last.each and not last.whole_fen:
        terms = terms_of(last, desk)
        name = terms.display_name if terms and last.product else None
        reply = Reply("own_case.how_many_left", {"debt": last, "product": name})
        wished = hear(turn).wishes.keys() & {"terms", "monthly"}
        kept = {**turn.wishes, **{one: hear(turn).wishes[one] for one in wished}}
        return reply.changed(slots={memory.WISHES: kept}) if wished else reply
    if told is not None and told.begun and (asks_back := answer_for("ask_case")) is not None:
        return asks_back(turn, desk)
    return asked_as("request_instalment")(turn, desk)


@answers("ask_case_parts_here")
def here(turn: Turn, desk: Desk) -> Reply:
    """ "你现在能给我办吗": what can be done here, and from when."""
    values = _of_the_talk(turn, shares_of(turn, desk))
    return ask_to_sign_in("own_case.in_parts.do_it", desk, **values)


def _with_the_first_part(turn: Turn) -> Turn:
    """ "我先给两千，剩下的分6期": the part is supposed in the same breath."""
    first = hear(turn).wishes.get("down_payment")
    by_the_month = figure_words().each_month.search(turn.said_now)
    if not first or by_the_month or not figure_words().the_rest.search(turn.said_now):
        return turn
    kept = turn.slots.get(memory.LAST_QUESTION) or {}
    supposed = Supposed(int(first), turn.today, None, turn.turns)
    slots = {**turn.slots, memory.LAST_QUESTION: kept_beside(kept, supposed)}
    return replace(turn, slots=slots)


def _named_by_the_month(turn: Turn) -> int | None:
    """ "每月最多800", and "每个月先还500", which is no first part."""
    heard = hear(turn).wishes.get("monthly")
    case = OwnCase.of(turn)
    if heard or (case is not None and case.told_now(turn)):
        return int(heard) if heard else None
    by_the_month = figure_words().each_month.search(turn.said_now) or "monthly" in turn.wishes
    return turn.amount_fen() if by_the_month else None


def _in_so_many(
    turn: Turn, desk: Desk, number: int, found: tuple[Spread, ...], values: dict[str, Any]
) -> Reply:
    one = next((each for each in found if each.instalments == number), None)
    wish = {"terms": number}
    if one is None:
        nearest = next((each for each in found if each.instalments > number), found[-1])
        values = {**values, "asked": number, "spreads": found, "longest": nearest}
        return _told(turn, desk, "own_case.in_parts.not_known", values, wish)
    return _told(turn, desk, "own_case.in_parts.so_many", {**values, "one": one}, wish)


def _by_the_month(
    turn: Turn, desk: Desk, monthly: int, found: tuple[Spread, ...], values: dict[str, Any]
) -> Reply:
    """The fewest instalments that so much a month is enough for; else how far it is from enough."""
    enough = next((one for one in found if one.a_month.fen <= monthly), None)
    months = -(-values["left"].fen // monthly)
    values = {**values, "monthly": monthly, "longest": found[-1], "months": months}
    if enough is None:
        return _told(turn, desk, "own_case.in_parts.too_little", values, {"monthly": monthly})
    fewer = [one for one in found if one.instalments < enough.instalments]
    values |= {"one": enough, "shorter": fewer[-1] if fewer else None}
    return _told(turn, desk, _which_of_it(turn), values, {"monthly": monthly})


def _which_of_it(turn: Turn) -> str:
    """What is asked of so much a month that was spoken of before: how long, how much more."""
    words, said = figure_words(), turn.said_now
    if not speaks_of_parts(turn) or turn.amount_fen():
        return "own_case.in_parts.enough"
    if words.asks_paid_by_when.search(said):
        return "own_case.in_parts.how_long"
    asks_price = words.on_top.search(said) or words.asks_fee.search(said)
    return "own_case.in_parts.price" if asks_price else "own_case.in_parts.enough"


def _told(
    turn: Turn, desk: Desk, key: str, values: dict[str, Any], wish: dict[str, int] | None = None
) -> Reply:
    reply = ask_to_sign_in(key, desk, **values)
    supposed = Supposed.held(turn)
    if supposed is not None:
        reply = reply.changed(supposes=supposed.spoken_of(turn))
    if wish is None:
        return reply
    before = {name: said for name, said in turn.wishes.items() if name not in {"terms", "monthly"}}
    return reply.changed(slots={memory.WISHES: {**before, **wish}})


def _of_the_talk(turn: Turn, shares: tuple[Share, ...]) -> dict[str, Any]:
    """What every answer says: of how much, how late, and whether it may be done at all."""
    supposed = Supposed.held(turn)
    return {
        "shares": shares,
        "left": Money.total(one.left for one in shares),
        "paid": supposed.fen if supposed is not None and supposed.fen else None,
        "late": any(one.days for one in shares),
        "in_time": all(one.days == 0 for one in shares),
        "bills": all(one.revolving for one in shares),
        "loans": not any(one.revolving for one in shares),
        "again": speaks_of_parts(turn),
        "says_whether": not speaks_of_parts(turn)
        or bool(figure_words().asks_leave.search(turn.said_now)),
        "assumed": any(one.debt.product is None and one.rate is None for one in shares),
    }
