"""What words beside a figure of a question mean (`data/wording/figures.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Extra, PositiveInt, validator

from actions.conversation.desk import data_folder
from actions.knowledge.yaml_files import read_checked


class FigureWordsFile(BaseModel):
    """The content of the file, where each entry is explained."""

    pays: str
    roughly: str
    half: str
    later: str
    more_days: str
    makes_up: str
    has_paid: str
    paid_minimum: str
    for_sure: str
    asks_if_paid: str
    row_number: str
    last_row: str
    row_month: str
    rate_for: str
    times_a_year: dict[str, PositiveInt]
    penalty_rate: str
    one_day: str
    interest: str
    day_of_month: str
    falls_due: str
    asks_if_late: str
    another_day: str

    class Config:
        extra = Extra.forbid

    @validator("*", pre=True)
    def compiles(cls, value: object) -> object:  # noqa: N805 (pydantic 1)
        if isinstance(value, str):
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"no regular expression: {error}") from error
        return value


@dataclass(frozen=True)
class FigureWords:
    """The compiled words."""

    pays: re.Pattern[str]
    roughly: re.Pattern[str]
    half: re.Pattern[str]
    later: re.Pattern[str]
    more_days: re.Pattern[str]
    makes_up: re.Pattern[str]
    has_paid: re.Pattern[str]
    paid_minimum: re.Pattern[str]
    for_sure: re.Pattern[str]
    asks_if_paid: re.Pattern[str]
    row_number: re.Pattern[str]
    last_row: re.Pattern[str]
    row_month: re.Pattern[str]
    rate_for: re.Pattern[str]
    times_a_year: dict[str, int]
    penalty_rate: re.Pattern[str]
    one_day: re.Pattern[str]
    interest: re.Pattern[str]
    day_of_month: re.Pattern[str]
    falls_due: re.Pattern[str]
    asks_if_late: re.Pattern[str]
    another_day: re.Pattern[str]

    @classmethod
    def load(cls, path: Path) -> FigureWords:
        """Raises DataError with file, line and field."""
        file = read_checked(path, FigureWordsFile)
        patterns = {
            name: re.compile(text) for name, text in file.dict().items() if name != "times_a_year"
        }
        return cls(times_a_year=dict(file.times_a_year), **patterns)


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The words of this process."""
    return FigureWords.load(data_folder() / "wording" / "figures.yml")
