"""A rate that a message names, and the time that it is for: "日利率0.05%", "月息一分二"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words

_BY_THE_DAY = Decimal("0.001")
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class NamedRate:
    """A share of the principal for so long a time.

    Attributes:
        share: 0.05% is 0.0005.
        times: how many such times a year has.
        said: whether the words say which time it is for.
    """

    share: Decimal
    times: int
    said: bool

    @property
    def yearly(self) -> Decimal:
        return self.share * self.times

    @property
    def small(self) -> bool:
        """Whether so small a rate can only be one by the day."""
        return 0 < self.share <= _BY_THE_DAY


def named_rate(turn: Turn) -> NamedRate | None:
    """The first rate named; without a word for its time one by the day where it is that small."""
    named = turn.first("percentage")
    if named is None:
        return None
    share, words = Decimal(named.value) / 100, figure_words()
    if before := words.rate_for.search(turn.text[: named.start]):
        return NamedRate(share, words.times_a_year[before["per"]], said=True)
    return NamedRate(share, _DAYS_A_YEAR if share <= _BY_THE_DAY else 1, said=False)
