"""What one clause says of an own debt: each value by the words around it."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.conversation.case_days import days_late, due_in
from actions.conversation.case_stretch import Stretch
from actions.conversation.case_sums import not_owed, of_several, one_by_one
from actions.conversation.case_values import last_said
from actions.conversation.last_question import KINDS, Group
from actions.conversation.named_rate import named_rate
from actions.conversation.own_case import Debt
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Entity
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from nlu.entities.numerals import read_count

_MONTHS = re.compile(r"P(\d+)M$")


class Clause(Stretch):
    """A stretch of the message that may tell of a debt."""

    def debt(self) -> Debt:
        """What the clause says; instalments are neither the sum nor a wish for terms."""
        missed, each = self._missed(), self._each()
        fen = None if each else self._fen()
        days = days_late(self)
        to_come = None if days else due_in(self)
        minimum = bool(self.words.paid_minimum.search(self.text))
        held = self.held is not None and self.held.minimum
        rest_told = (minimum or held) and self.words.rest_told.search(self.turn.text)
        left, paid = self._left(), 0 if rest_told else None
        return Debt(None, fen, days, None, each, missed, left, to_come, paid, minimum=minimum)

    def _fen(self) -> int | None:
        words, text = self.words, self.text
        if self.held is not None and self.held.fen and words.at_hand.search(text):
            return None  # "我只有3000": what there is to pay with
        owed = words.owes.search(text) or self.product or self.bare
        bill = words.paid_minimum.search(text) or of_several(self.turn) or self._falls_due
        if words.loan_partly_paid.search(self.turn.text):
            return None  # "三万分12期，还了4期": the loan, and nothing that is late
        if both := one_by_one(self.turn):
            return both
        if not owed or (words.owes_not.search(text) and not bill):
            return None
        if Supposed.held(self.turn) is not None and figure_words().the_rest.search(text):
            return None  # "剩下的八百晚一个星期": what a part leaves
        if words.to_be_split.search(text) and (not self.product or words.thought_of.search(text)):
            return None
        said = last_said(text, self.inside, self.start, frozenset({"amount"}))
        return None if said and not_owed(self.turn, said, text, self.start) else self._sum(said)

    @property
    def _falls_due(self) -> bool:
        """ "下周二到期，要还1500" of a debt that was told: what falls due, and no offer."""
        due = self.words.due_then.search(self.turn.text)
        return bool(self.held and due and self.words.falls_due.search(self.text))

    def _each(self) -> int | None:
        """ "一期1150", "月供1500": where it is no wish, and a debt was or is being told."""
        words = self.words
        left = words.left_some.search(self.turn.text)
        told = left or self.held is not None or words.missed_some.search(self.turn.text)
        of_ours = self.product and not self.asks and words.instalment.search(self.text)
        if not (told or of_ours) or words.wishes.search(self.text):
            return None
        said = last_said(self.text, self.inside, self.start, frozenset({"amount"}))
        before = self.text[: said.start - self.start] if said else self._before_bare_sum()
        each = words.each.search(before) or (left and words.each_left.search(before))
        return self._sum(said) if each else None

    def _left(self) -> int | None:
        """ "还有8期没还", "还剩7期": so many still to pay, of which none need be late."""
        found = self.words.left_some.search(self.text)
        number = read_count(found[1]) if found else None
        most = asked_figures().most_missed_instalments
        return number if number and 0 < number <= most else None

    def _missed(self) -> int | None:
        """ "三期没还", "不是两期是三期"; a month is an instalment where one is spoken of."""
        words = self.words
        corrects = words.corrects.search(self.turn.text) and not self._each()
        corrected = self.held and self.held.missed and corrects
        if not corrected and not words.missed_some.search(self.text):
            return None
        if words.missed_not.search(self.text):
            return None
        terms = last_said(self.text, self.inside, self.start, frozenset({"terms"}))
        number = int(terms.value) if terms is not None and terms.value.isdigit() else None
        if number is None and words.instalment.search(self.turn.text):
            months = last_said(self.text, self.inside, self.start, frozenset({"duration"}))
            found = _MONTHS.match(months.value) if months is not None else None
            number = int(found[1]) if found else None
        most = asked_figures().most_missed_instalments
        return number if number and 0 < number <= most else None

    def _sum(self, said: Entity | None) -> int | None:
        """The amount, or a number without a unit that the NLU took for none ("逾期那一期3200")."""
        if said is not None and said.value.isdigit():
            return int(said.value)
        if any(one.kind in KINDS[Group.AMOUNT] for one in self.inside):
            return None
        if self.words.least_of_bill.search(self.text):
            return None
        if named_rate(self.turn) is not None:  # "我年利率是18": the number is its
            return None
        found = figure_words().bare_sum.search(self.text)
        return int(Decimal(found[0]) * 100) if found else None

    def _before_bare_sum(self) -> str:
        found = figure_words().bare_sum.search(self.text)
        return self.text[: found.start()] if found else ""
