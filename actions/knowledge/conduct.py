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


class Dialogue(Conduct):
    """The content of `data/conduct/dialogue.yml`: how much is told, what is taken as an example.

    Attributes:
        most_answers: questions of one message that are answered.
        offers_told, offers_as_examples: offers in the text, in general and after a request for a
            discount.
        most_suggestions: buttons below what was not understood.
        tries_before_a_person: messages in a row without an answer after which a person is called.
        longest_message: letters.
        sure_of_the_whole: confidence from which a message is not read by the clause that asks.
        terms_tried: number of instalments tried where none was named.
        extension_days_tried: days tried to see whether anything can be put off.
        extension_days, later_days: days taken for "a few days" and for "later on".
        extension_seldom_days: days beyond which an extension is called rare.
        example_bill_fen, example_loan_fen: fen taken where no sum was named.
        short_loan_days: days up to which a loan is reckoned as one payment.
        linked_products: products of one platform, by the names of `data/lexicon/products.yml`.
        products_kept: products of which there may be an account here, by the same names.
        never_kept: products that a visitor is sent to another lender with.
        lenders_elsewhere: products that another lender keeps for whoever has none of them here.
    """

    most_answers: int = Field(gt=0)
    offers_told: int = Field(gt=0)
    offers_as_examples: int = Field(gt=0)
    most_suggestions: int = Field(gt=0)
    tries_before_a_person: int = Field(gt=1)
    longest_message: int = Field(gt=0)
    sure_of_the_whole: float = Field(gt=0, le=1)
    terms_tried: int = Field(gt=1)
    extension_days_tried: int = Field(gt=0)
    extension_days: int = Field(gt=0)
    later_days: int = Field(gt=0)
    extension_seldom_days: int = Field(gt=0)
    example_bill_fen: int = Field(gt=0)
    example_loan_fen: int = Field(gt=0)
    short_loan_days: int = Field(gt=0)
    linked_products: frozenset[str] = Field(min_items=2)
    products_kept: frozenset[str] = Field(min_items=1)
    never_kept: frozenset[str] = Field(min_items=1)
    lenders_elsewhere: frozenset[str] = Field(min_items=1)


@lru_cache(maxsize=1)
def asked_figures() -> AskedFigures:
    """The limits of this process."""
    return AskedFigures.load(data_folder() / "conduct" / "asked_figures.yml")


@lru_cache(maxsize=1)
def dialogue() -> Dialogue:
    """How this process talks."""
    return Dialogue.load(data_folder() / "conduct" / "dialogue.yml")
