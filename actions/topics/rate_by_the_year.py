"""A rate that somebody names, told by the year."""

from __future__ import annotations

from actions.conversation.named_rate import NamedRate, named_rate, named_rates
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words

_DAYS_A_YEAR = 365


def named_by_the_year(turn: Turn) -> Reply | None:
    """ "日利率0.045%一年是多少": the rate that was named, by the year; None where none was.

    A rate of which the time is not said is one by the day where it is that small.
    """
    named, words = named_rate(turn), figure_words()
    if named is None or (turn.amount_fen() and turn.entity("duration")):
        return None  # the interest of that sum is reckoned
    if not words.asks_a_year.search(turn.text):
        return _by_the_day(named, turn)
    if len(several := [one for one in named_rates(turn) if one.share > 0]) > 1:
        return _each_by_the_year(several)
    if named.times == 1 or named.share <= 0:
        return None
    values = {"per": words.unit_of[named.times], "rate": named.share, "times": named.times}
    return Reply("interest.named_year", {**values, "yearly": named.yearly})


def _each_by_the_year(named: list[NamedRate]) -> Reply | None:
    """ "万三和万五折成年化各是多少"; None where all are told by the year already."""
    if all(one.times == 1 for one in named):
        return None
    units = figure_words().unit_of
    rates = [
        {"per": units[one.times], "rate": one.share, "times": one.times, "yearly": one.yearly}
        for one in named
    ]
    return Reply("interest.named_years", {"rates": rates})


def _by_the_day(named: NamedRate, turn: Turn) -> Reply | None:
    """ "0.05%是日息吗": so small a rate is one by the day; None for other questions."""
    words = figure_words()
    if not words.asks_which_time.search(turn.text) or not named.small:
        return None
    values = {
        "rate": named.share,
        "times": _DAYS_A_YEAR,
        "yearly": named.share * _DAYS_A_YEAR,
    }
    return Reply("interest.by_the_day", values)
