"""What the lender's own conduct is measured by (`data/conduct/`)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Extra, Field

from actions.knowledge.facts import Confidence
from actions.knowledge.yaml_files import read_checked


class Complaints(BaseModel):
    """The content of `data/conduct/complaints.yml`."""

    answer_days: int = Field(gt=0)
    source: str
    confidence: Confidence
    review_on: date

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    @classmethod
    def load(cls, path: Path) -> Complaints:
        """Raises DataError with file, line and field."""
        return read_checked(path, cls)

    def answer_by(self, taken_on: date) -> date:
        """The last day on which a complaint of `taken_on` should be answered."""
        return taken_on + timedelta(days=self.answer_days)


class Outreach(BaseModel):
    """The content of `data/conduct/outreach.yml`: how a borrower may be reached, a day."""

    max_effective_calls: int = Field(gt=0)
    max_dials_per_number: int = Field(gt=0)
    third_party: Literal["forbidden"]
    source: str
    confidence: Confidence
    review_on: date

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    @classmethod
    def load(cls, path: Path) -> Outreach:
        """Raises DataError with file, line and field."""
        return read_checked(path, cls)

    def figures(self) -> dict[str, str]:
        """What facts may name, by the name in braces."""
        return {
            "max_effective_calls": str(self.max_effective_calls),
            "max_dials_per_number": str(self.max_dials_per_number),
        }
