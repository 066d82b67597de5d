"""A rate that a message names, and the time that it is for: "日利率0.05%", "月息一分二"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from nlu.entities.numerals import read_number

_BY_THE_DAY = Decimal("0.001")
_DAYS_A_YEAR = 365
_PERCENT = 100
_NEAR = 8  # letters


@dataclass(frozen=True, slots=True)
class NamedRate:
    """A share of the principal for so long a time.

    Attributes:
        share: 0.05% is 0.0005.
        times: how many such times a year has.
        said: whether the words say which time it is for.
        of_penalty: whether they call it the price of being late.
    """

    share: Decimal
    times: int
    said: bool
    of_penalty: bool = False

    @property
    def yearly(self) -> Decimal:
        return self.share * self.times

    @property
    def small(self) -> bool:
        """Whether so small a rate can only be one by the day."""
        return 0 < self.share <= _BY_THE_DAY


@dataclass(frozen=True, slots=True)
class _Found:
    """A rate, and where its words end."""

    rate: NamedRate
    end: int


def named_rate(turn: Turn) -> NamedRate | None:
    """The first rate named; one written with its unit goes before what is only spoken."""
    found = _written(turn) or _spoken(turn, {})
    return found[min(found)].rate if found else None


def named_rates(turn: Turn) -> tuple[NamedRate, ...]:
    """All rates named, as they stand; one without a word for its time has that of the others.

    "日利率万三还是万五" and "万三和万五的日利率" both name two by the day.
    """
    written = _written(turn)
    found = {**written, **_spoken(turn, written)}
    rates = tuple(found[at].rate for at in sorted(found))
    times = next((one.times for one in rates if one.said), None)
    return tuple(one if one.said or times is None else replace(one, times=times) for one in rates)


def _written(turn: Turn) -> dict[int, _Found]:
    """Rates that the pipeline has read, by where they begin."""
    return {
        one.start: _Found(_read(Decimal(one.value) / _PERCENT, turn.text[: one.start]), one.end)
        for one in turn.entities
        if one.kind == "percentage"
    }


def _spoken(turn: Turn, written: Mapping[int, _Found]) -> dict[int, _Found]:
    """Rates in words of the trade ("万三", "一分二"), where none of `written` stands."""
    found = dict(written)
    for spoken in figure_words().spoken_rates:
        for match in spoken.asks.finditer(turn.text):
            value, start = _number(match.groupdict()), match.start("n") - len(spoken.before)
            taken = any(at < match.end() and start < one.end for at, one in found.items())
            if value is None or taken:
                continue
            share = value * spoken.percent / _PERCENT
            found[start] = _Found(_read(share, turn.text[:start]), match.end())
    return {at: one for at, one in found.items() if at not in written}


def _number(parts: Mapping[str, str | None]) -> Decimal | None:
    """ "一", "0.05"; "一分二" has a tenth of its unit in `tenths`."""
    value = read_number(parts["n"] or "")
    tenths = read_number(parts.get("tenths") or "")
    return value if value is None or tenths is None else value + tenths / 10


def _read(share: Decimal, before: str) -> NamedRate:
    words = figure_words()
    of_penalty = bool(words.penalty_rate.search(before[-_NEAR:]))
    if found := words.rate_for.search(before):
        return NamedRate(share, words.times_a_year[found["per"]], said=True, of_penalty=of_penalty)
    times = _DAYS_A_YEAR if share <= _BY_THE_DAY else 1
    return NamedRate(share, times, said=False, of_penalty=of_penalty)
