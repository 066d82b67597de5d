"""A stretch of a message, and the values that stand in it."""

from __future__ import annotations

from actions.conversation.case_sums import of_several
from actions.conversation.last_question import KINDS, Group
from actions.conversation.own_case import Debt
from actions.conversation.turn import Entity, Turn
from actions.knowledge.case_words import case_words

OURS = frozenset({"huabei", "jiebei"})


class Stretch:
    """A clause with its values; `held` is the debt that values by themselves belong to."""

    def __init__(self, turn: Turn, start: int, end: int, held: Debt | None) -> None:
        self.turn, self.start, self.held = turn, start, held
        self.text = turn.text[start:end]
        within = (one for one in turn.entities if start <= one.start and one.end <= end)
        self.inside = [one for one in within if not _no_debt(one, turn.text)]
        self.words = case_words()

    @property
    def asks(self) -> bool:
        return bool(self.words.asks.search(self.text))

    @property
    def product(self) -> str | None:
        """The one of ours that is named in the clause."""
        ours = (one.value for one in self.inside if one.kind == "product" and one.value in OURS)
        return next(ours, None)

    @property
    def of_another(self) -> bool:
        """ "微粒贷没逾期": of a lender that is not here, and of none of ours."""
        named = any(one.kind == "product" for one in self.inside)
        return named and self.product is None and not of_several(self.turn)

    @property
    def bare(self) -> bool:
        """Nothing but values, where something was told before."""
        return self.held is not None and not self.words.only_told.sub("", self.without_values())

    def without_values(self) -> str:
        clause = self.text
        for one in sorted(self.inside, key=lambda each: each.start, reverse=True):
            clause = clause[: one.start - self.start] + clause[one.end - self.start :]
        return clause


def _no_debt(one: Entity, text: str) -> bool:
    """ "我年利率是18", "最低还款要430": a rate taken for a sum, or the least of a bill."""
    before, words = text[: one.start], case_words()
    is_sum = one.kind in KINDS[Group.AMOUNT]
    return is_sum and bool(words.rate_before.search(before) or words.minimum_before.search(before))
