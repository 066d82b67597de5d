"""What the lender's own conduct is measured by (`data/conduct/`)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from actions.knowledge.facts import Confidence
from actions.knowledge.folder import data_folder
from actions.knowledge.yaml_files import Entry, read_checked

Rules = TypeVar("Rules", bound="Conduct")


class Conduct(Entry):
    """What every file of `data/conduct/` says besides its rules."""

    source: str
    confidence: Confidence
    review_on: date

    @classmethod
    def load(cls: type[Rules], path: Path) -> Rules:
        """Raises DataError with file, line and field."""
        return read_checked(path, cls)


class Complaints(Conduct):
    """The content of `data/conduct/complaints.yml`."""

    answer_days: int = Field(gt=0)

    def answer_by(self, taken_on: date) -> date:
        """The last day on which a complaint of `taken_on` should be answered."""
        return taken_on + timedelta(days=self.answer_days)


class Outreach(Conduct):
    """The content of `data/conduct/outreach.yml`: how a borrower may be reached, a day."""

    max_effective_calls: int = Field(gt=0)
    max_dials_per_number: int = Field(gt=0)
    third_party: Literal["forbidden"]

    def figures(self) -> dict[str, str]:
        """What facts may name, by the name in braces."""
        return {
            "max_effective_calls": str(self.max_effective_calls),
            "max_dials_per_number": str(self.max_dials_per_number),
        }


class AskedFigures(Conduct):
    """The content of `data/conduct/asked_figures.yml`: how far named figures are reckoned with.

    Attributes:
        longest_days_late: days overdue that are still taken for a debt.
        farthest_days_ahead: days from today that are still quoted.
        most_missed_instalments: so many missed instalments of a told loan are believed.
        few_days_late: days past due up to which an answer begins with some comfort.
        least_part_fen: fen below which a sum beside a told debt is no payment.
    """

    longest_days_late: int = Field(gt=0)
    farthest_days_ahead: int = Field(gt=0)
    most_missed_instalments: int = Field(gt=0)
    few_days_late: int = Field(gt=0)
    least_part_fen: int = Field(gt=0)


@lru_cache(maxsize=1)
def asked_figures() -> AskedFigures:
    """The limits of this process."""
    return AskedFigures.load(data_folder() / "conduct" / "asked_figures.yml")
