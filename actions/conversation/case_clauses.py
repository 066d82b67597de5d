"""What one message says of an own debt, clause by clause: each value by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from actions.conversation.case_spans import clauses
from actions.conversation.case_sums import not_owed, of_several, one_by_one
from actions.conversation.case_values import (
    first_day,
    is_past,
    last_said,
    of_this_month,
    since,
)
from actions.conversation.last_question import KINDS, Group
from actions.conversation.named_rate import named_rate
from actions.conversation.own_case import Debt
from actions.conversation.periods import days_of
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Entity, Turn
from actions.knowledge.case_words import case_words
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from nlu.entities.numerals import read_count

OURS = frozenset({"huabei", "jiebei"})
_MONTHS = re.compile(r"P(\d+)M$")


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a debt in a message.

    `stated` is False where they only stand in a question ("逾期三天会有人打电话吗").
    """

    debt: Debt
    stated: bool


def told_in(turn: Turn, held: Debt | None) -> Told:
    """Product, sum, days, rate and instalments that the message says of a debt.

    `held` is what was told before: values by themselves belong to it, and may correct it.
    """
    words, stated, asked, open_case = case_words(), Debt(), Debt(), held is not None
    own = bool(words.whose.search(turn.text))
    for start, end in clauses(turn):
        part = _Clause(turn, start, end, held or _spoken_of(turn, start, stated))
        if part.of_another:
            continue
        found = part.debt()
        if not open_case and part.asks and not own:
            asked = asked.with_values_of(found)
        else:
            stated = stated.with_values_of(found)
    product = _product(turn)
    if stated == Debt():
        stated = replace(stated, rate=_rate(turn, open_case=open_case))
    if stated == Debt():
        if product and words.corrects.search(turn.text):
            return Told(Debt(product), stated=True)
        return Told(_only_asked(asked, product), stated=False)
    whole = asked.with_values_of(stated)
    if whole.fen and of_several(turn):  # "花呗借呗一共欠三万": of neither alone
        return Told(Debt(fen=whole.fen, days=whole.days, several=True), stated=True)
    rate = stated.rate or _rate(turn, open_case=open_case)
    return Told(replace(whole, product=product, rate=rate), stated=True)


def _spoken_of(turn: Turn, start: int, stated: Debt) -> Debt | None:
    """What values by themselves belong to: what was stated, or "借呗催得紧" before "一万一"."""
    if stated != Debt():
        return stated
    before = turn.text[:start]
    ours = (one for one in turn.entities if one.kind == "product" and one.value in OURS)
    named = next((one.value for one in ours if one.end <= start), None)
    owed = case_words().presses.search(before)
    return Debt(named) if named and owed and not case_words().asks.search(before) else None


def debts_with_days(turn: Turn, told: Debt) -> tuple[Debt, ...]:
    """The days of each product that is named before the last one, each in a clause of its own."""
    parts = (_Clause(turn, start, end, None) for start, end in clauses(turn))
    ours = (one for one in parts if one.product not in (None, told.product) and not one.asks)
    found = (replace(one.debt(), product=one.product) for one in ours)
    return tuple(one for one in found if one.days is not None)


def debts_beside(turn: Turn, told: Debt) -> tuple[Debt, ...]:
    """ "花呗4000，借呗8000，都晚了一个星期": those that are told before `told`, as late as that."""
    found: dict[str, Debt] = {}
    for start, end in clauses(turn):
        part = _Clause(turn, start, end, None)
        if part.product and part.product != told.product and not part.asks:
            one = part.debt()
            days = told.days if one.days is None else one.days
            if one.fen is not None and told.fen is not None and told.product is not None:
                found[part.product] = replace(one, product=part.product, days=days)
    return tuple(found.values())


def _only_asked(asked: Debt, product: str | None) -> Debt:
    """Parts that wait; a question that names sum and days is a supposition by itself."""
    return Debt(product) if asked.complete else replace(asked, product=product)


class _Clause:
    """A stretch of the message with the values in it."""

    def __init__(self, turn: Turn, start: int, end: int, held: Debt | None) -> None:
        self._turn, self._start, self._held = turn, start, held
        self._text = turn.text[start:end]
        within = (one for one in turn.entities if start <= one.start and one.end <= end)
        self._inside = [one for one in within if not _no_debt(one, turn.text)]
        self._words = case_words()

    @property
    def asks(self) -> bool:
        return bool(self._words.asks.search(self._text))

    @property
    def product(self) -> str | None:
        """The one of ours that is named in the clause."""
        ours = (one.value for one in self._inside if one.kind == "product" and one.value in OURS)
        return next(ours, None)

    @property
    def of_another(self) -> bool:
        """ "微粒贷没逾期": of a lender that is not here, and of none of ours."""
        named = any(one.kind == "product" for one in self._inside)
        return named and self.product is None and not of_several(self._turn)

    @property
    def _bare(self) -> bool:
        """Nothing but values, where something was told before."""
        return self._held is not None and not self._words.only_told.sub("", self._without_values())

    @property
    def _waits_for_days(self) -> bool:
        """Nothing but a day, where the due date of what was told is not known yet."""
        if not self._bare or self._held is None:
            return False
        return self._held.days is None or bool(self._words.corrects.search(self._turn.text))

    def debt(self) -> Debt:
        """What the clause says; instalments are neither the sum nor a wish for terms."""
        missed, each = self._missed(), self._each()
        fen = None if each else self._fen()
        days = self._days()
        due_in = None if days else self._due_in()
        minimum = bool(self._words.paid_minimum.search(self._text))
        held = self._held is not None and self._held.minimum
        rest_told = (minimum or held) and self._words.rest_told.search(self._turn.text)
        left, paid = self._left(), 0 if rest_told else None
        return Debt(None, fen, days, None, each, missed, left, due_in, paid, minimum=minimum)

    def _due_in(self) -> int | None:
        """ "25号到期", "还有十天到期": so many days are left until then."""
        due = first_day(self._inside)
        if due is not None:
            return max((date.fromisoformat(due.value) - self._turn.today).days, 0) or None
        said = last_said(self._text, self._inside, self._start, frozenset({"duration"}))
        return days_of(said.value) if said and self._words.not_late.search(self._text) else None

    def _fen(self) -> int | None:
        words, text = self._words, self._text
        if self._held is not None and self._held.fen and words.at_hand.search(text):
            return None  # "我只有3000": what there is to pay with
        owed = words.owes.search(text) or self.product or self._bare
        bill = words.paid_minimum.search(text) or of_several(self._turn) or self._falls_due
        if both := one_by_one(self._turn):
            return both
        if not owed or (words.owes_not.search(text) and not bill):
            return None
        if Supposed.held(self._turn) is not None and figure_words().the_rest.search(text):
            return None  # "剩下的八百晚一个星期": what a part leaves
        if words.to_be_split.search(text) and (not self.product or words.thought_of.search(text)):
            return None
        said = last_said(text, self._inside, self._start, frozenset({"amount"}))
        return None if said and not_owed(self._turn, said, text, self._start) else self._sum(said)

    @property
    def _falls_due(self) -> bool:
        """ "下周二到期，要还1500" of a debt that was told: what falls due, and no offer."""
        due = self._words.due_then.search(self._turn.text)
        return bool(self._held and due and self._words.falls_due.search(self._text))

    def _each(self) -> int | None:
        """ "一期1150", "月供1500": where it is no wish, and a debt was or is being told."""
        words = self._words
        left = words.left_some.search(self._turn.text)
        told = left or self._held is not None or words.missed_some.search(self._turn.text)
        of_ours = self.product and not self.asks and words.instalment.search(self._text)
        if not (told or of_ours) or words.wishes.search(self._text):
            return None
        said = last_said(self._text, self._inside, self._start, frozenset({"amount"}))
        before = self._text[: said.start - self._start] if said else self._before_bare_sum()
        each = words.each.search(before) or (left and words.each_left.search(before))
        return self._sum(said) if each else None

    def _left(self) -> int | None:
        """ "还有8期没还", "还剩7期": so many still to pay, of which none need be late."""
        found = self._words.left_some.search(self._text)
        number = read_count(found[1]) if found else None
        most = asked_figures().most_missed_instalments
        return number if number and 0 < number <= most else None

    def _missed(self) -> int | None:
        """ "三期没还", "不是两期是三期"; a month is an instalment where one is spoken of."""
        words = self._words
        corrects = words.corrects.search(self._turn.text) and not self._each()
        corrected = self._held and self._held.missed and corrects
        if not corrected and not words.missed_some.search(self._text):
            return None
        if words.missed_not.search(self._text):
            return None
        terms = last_said(self._text, self._inside, self._start, frozenset({"terms"}))
        number = int(terms.value) if terms is not None and terms.value.isdigit() else None
        if number is None and words.instalment.search(self._turn.text):
            months = last_said(self._text, self._inside, self._start, frozenset({"duration"}))
            found = _MONTHS.match(months.value) if months is not None else None
            number = int(found[1]) if found else None
        most = asked_figures().most_missed_instalments
        return number if number and 0 < number <= most else None

    def _days(self) -> int | None:
        words, text, start = self._words, self._text, self._start
        if words.not_late.search(text) or words.paid_minimum.search(text):
            return 0
        if words.time_of_else.search(text) and not words.surely_late.search(text):
            return None
        said = last_said(text, self._inside, start, frozenset({"duration"}))
        late = words.late.search(text) or self._bare
        place = figure_words().nth_day.search(text)
        if place is not None and said is None and late:
            return read_count(place[1])
        months = figure_words().months_and_more.search(text)
        if months is not None and said is None and late:  # "两个多月": at least those
            return days_of(f"P{read_count(months[1])}M")
        about = figure_words().days_or_so.search(text)
        if about is not None and said is None and late:  # "七八天": the more of both
            return read_count(f"{about[1] or ''}{about[2]}")
        days = days_of(said.value) if said and late and is_past(said, text, start) else None
        if days is None and words.was_due.search(text):
            days = self._since_due()
        elif days is None and self._waits_for_days and not words.paid_then.search(text):
            days = self._since_told()
        return days if days is not None and days <= asked_figures().longest_days_late else None

    def _since_told(self) -> int | None:
        """Since a day by itself; "不是15号，是12号" takes the place of a day that had gone by."""
        days = [one for one in self._inside if one.kind == "date"]
        kept = [one for one in days if not self._denies(one)]
        missed = self._held is not None and bool(self._held.days) and len(kept) == 1
        return since(first_day(kept), self._turn.today, missed=missed)

    def _denies(self, one: Entity) -> bool:
        before = self._turn.text[self._start : one.start]
        return bool(self._words.denied.search(before))

    def _since_due(self) -> int | None:
        due, words = first_day(self._inside), self._words
        missed = bool(words.missed.search(self._turn.text)) or self._was_over(due)
        days = since(due, self._turn.today, missed)
        if due is None or days is not None or missed:
            return days
        if of_this_month(due, self._turn.today) and words.falls_due_on.search(self._text):
            return 0
        to_come = words.to_come.search(self._turn.text[due.start : due.end])
        return 0 if to_come or words.to_be_paid.search(self._text) else None

    def _was_over(self, due: Entity | None) -> bool:
        """ "12号到期的" on the 21st: a day that has gone by in this month."""
        gone = due is not None and date.fromisoformat(due.value).day < self._turn.today.day
        return gone and bool(self._words.was_over.search(self._text))

    def _sum(self, said: Entity | None) -> int | None:
        """The amount, or a number without a unit that the NLU took for none ("逾期那一期3200")."""
        if said is not None and said.value.isdigit():
            return int(said.value)
        if any(one.kind in KINDS[Group.AMOUNT] for one in self._inside):
            return None
        if self._words.least_of_bill.search(self._text):
            return None
        if named_rate(self._turn) is not None:  # "我年利率是18": the number is its
            return None
        found = figure_words().bare_sum.search(self._text)
        return int(Decimal(found[0]) * 100) if found else None

    def _before_bare_sum(self) -> str:
        found = figure_words().bare_sum.search(self._text)
        return self._text[: found.start()] if found else ""

    def _without_values(self) -> str:
        clause = self._text
        for one in sorted(self._inside, key=lambda each: each.start, reverse=True):
            clause = clause[: one.start - self._start] + clause[one.end - self._start :]
        return clause


def _no_debt(one: Entity, text: str) -> bool:
    """ "我年利率是18", "最低还款要430": a rate taken for a sum, or the least of a bill."""
    before, words = text[: one.start], case_words()
    is_sum = one.kind in KINDS[Group.AMOUNT]
    return is_sum and bool(words.rate_before.search(before) or words.minimum_before.search(before))


def _product(turn: Turn) -> str | None:
    ours = [one for one in turn.entities if one.kind == "product" and one.value in OURS]
    said = last_said(turn.text, ours, 0, frozenset({"product"}))
    return said.value if said is not None else None


def _rate(turn: Turn, *, open_case: bool) -> str | None:
    """The yearly price that is named ("日利率万五"), as a share; not one that is asked about.

    Without a word for its time only where a debt was told before.
    """
    named = named_rate(turn)
    if named is None or named.of_penalty or not (named.said or open_case):
        return None
    asked = case_words().asks_rate.search(turn.text)
    return str(named.yearly) if named.yearly > 0 and not asked else None
