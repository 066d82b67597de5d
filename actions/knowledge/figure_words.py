"""What words beside a figure of a question mean (`data/wording/figures.yml`)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pydantic import Field, PositiveInt

from actions.knowledge.words import PatternFile, Regex
from actions.knowledge.yaml_files import Entry


class SpokenRate(Entry):
    """A rate said without a percent sign: 月息三分, 万五, 3个点, 年化18.

    Attributes:
        asks: finds its number as the group `n`, a tenth behind it as `tenths`.
        percent: how many percent one of that number is.
        before: what stands between the word for the time and the number.
    """

    asks: Regex
    percent: Decimal = Field(gt=0)
    before: str = ""


class FigureWords(PatternFile):
    """The content of the file, where each entry is explained."""

    name = "figures.yml"

    pays: Regex
    inside: Regex
    roughly: Regex
    demanded: Regex
    half: Regex
    converts_a_rate: Regex
    early: Regex
    paid_before_sum: Regex
    asks_paid_by_when: Regex
    asks_fee: Regex
    least: Regex
    arrears: Regex
    later: Regex
    missed_it: Regex
    in_all: Regex
    to_be_paid: Regex
    happened: Regex
    more_days: Regex
    that_day: Regex
    demanded_behind: Regex
    demanded_then: Regex
    makes_up: Regex
    has_paid: Regex
    paid_minimum: Regex
    for_sure: Regex
    asks_if_paid: Regex
    the_rest: Regex
    after_the_sum: Regex
    the_bill: Regex
    row_number: Regex
    last_row: Regex
    row_month: Regex
    next_month: Regex
    month_after_next: Regex
    this_month: Regex
    month_end: Regex
    paid_together: Regex
    last_month: Regex
    debited: Regex
    bare_sum: Regex
    rate_for: Regex
    spoken_rates: tuple[SpokenRate, ...]
    times_a_year: dict[str, PositiveInt]
    unit_of: dict[PositiveInt, str]
    asks_a_year: Regex
    asks_which_time: Regex
    penalty_rate: Regex
    being_late: Regex
    compared: Regex
    two_terms: Regex
    months_and_more: Regex
    days_or_so: Regex
    later_by: Regex
    each_month: Regex
    has_at_hand: Regex
    asks_longest: Regex
    asks_which_terms: Regex
    asks_leave: Regex
    one_day: Regex
    told_charge: Regex
    late_fee: Regex
    waits_for_what: Regex
    said_to_be_clear: Regex
    interest: Regex
    day_of_month: Regex
    any_day_of_month: Regex
    is_it_enough: Regex
    an_hour: Regex
    still_in_time: Regex
    left_out: Regex
    left_for_now: Regex
    nth_day: Regex
    owed_bare: Regex
    comes_in_before: Regex
    compares: Regex
    on_top: Regex
    together: Regex
    of_this_month: Regex
    difference: Regex
    borrowed: Regex
    would_borrow: Regex
    what_to_do: Regex
    asks_why: Regex
    asks_the_sum: Regex
    asks_what: Regex
    all_left: Regex
    paid_so_far: Regex
    falls_due: Regex
    due_today: Regex
    asks_if_late: Regex
    another_day: Regex
    asks_at_all: Regex
    once_more: Regex
    particles: Regex


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The words of this process."""
    return FigureWords.shipped()
