"""What words beside a figure of a question mean (`data/wording/figures.yml`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Extra, PositiveInt

from actions.knowledge.folder import data_folder
from actions.knowledge.words import Regex, Words
from actions.knowledge.yaml_files import read_checked


class FigureWords(BaseModel):
    """The content of the file, where each entry is explained."""

    pays: Regex
    roughly: Regex
    demanded: Regex
    half: Regex
    least: Regex
    arrears: Regex
    later: Regex
    missed_it: Regex
    more_days: Regex
    makes_up: Regex
    has_paid: Regex
    paid_minimum: Regex
    for_sure: Regex
    asks_if_paid: Regex
    the_rest: Regex
    row_number: Regex
    last_row: Regex
    row_month: Regex
    next_month: Regex
    this_month: Regex
    month_end: Regex
    last_month: Regex
    debited: Regex
    bare_sum: Regex
    rate_for: Regex
    times_a_year: dict[str, PositiveInt]
    unit_of: dict[PositiveInt, str]
    asks_a_year: Regex
    asks_which_time: Regex
    penalty_rate: Regex
    one_day: Regex
    interest: Regex
    day_of_month: Regex
    falls_due: Regex
    asks_if_late: Regex
    another_day: Regex
    asks_at_all: Regex
    once_more: Regex
    particles: Regex

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    @classmethod
    def load(cls, path: Path, words: Words) -> FigureWords:
        """Raises DataError with file, line and field."""
        return read_checked(path, cls, words.spelled_out)


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The words of this process."""
    wording = data_folder() / "wording"
    return FigureWords.load(wording / "figures.yml", Words.load(wording / "words.yml"))
