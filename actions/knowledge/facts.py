"""Facts as data (`data/facts/*.yml`): statement, source, confidence mark and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path

from pydantic import validator

from actions.knowledge.yaml_files import DataError, Entry, read_checked


class Confidence(str, Enum):
    """How sure a fact is. C, K and X are typical values that the contract may differ from."""

    PRIMARY = "A"
    REPEATED = "A-"
    SECONDARY = "B"
    WEAK = "C"
    BACKGROUND = "K"
    DISPUTED = "X"

    @property
    def typical(self) -> bool:
        """True when an answer has to say that contract and bill decide."""
        return self in (Confidence.WEAK, Confidence.BACKGROUND, Confidence.DISPUTED)


class Fact(Entry):
    """One statement a borrower may be given.

    `statement` is a whole clause in plain Chinese without a final stop. `after_expiry` replaces it
    once `valid_until` has passed; a fact with an end must have one. `review_on` is when a person
    has to look at it again.
    """

    id: str
    statement: str
    source: str
    confidence: Confidence
    valid_from: date | None = None
    valid_until: date | None = None
    after_expiry: str | None = None
    review_on: date

    @validator("statement", "source")
    def not_blank(cls, value: str) -> str:  # noqa: N805 (pydantic 1)
        if not value.strip():
            raise ValueError("must not be blank")
        return value.strip()

    @validator("after_expiry", always=True)
    def end_needs_a_word(cls, value: str | None, values: Mapping[str, object]) -> str | None:  # noqa: N805
        if values.get("valid_until") and not value:
            raise ValueError("a fact with valid_until needs after_expiry")
        return value.strip() if value else None

    def said_on(self, today: date) -> str:
        """The statement as it is true on `today`."""
        if self.valid_until and today > self.valid_until and self.after_expiry:
            return self.after_expiry
        return self.statement

    def holds_on(self, today: date) -> bool:
        """False before `valid_from` and after `valid_until`."""
        started = self.valid_from is None or self.valid_from <= today
        return started and (self.valid_until is None or today <= self.valid_until)


class FactFile(Entry):
    """The content of one file below `data/facts/`."""

    facts: tuple[Fact, ...]


class UnknownFact(KeyError):
    """A template names a fact that no file holds."""


class FactBase:
    """All facts by id."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.id in self._facts:
                raise ValueError(f"fact {fact.id} is there twice")
            self._facts[fact.id] = fact

    @classmethod
    def load(cls, folder: Path, figures: Mapping[str, str] | None = None) -> FactBase:
        """Reads every file of the folder.

        Args:
            folder: of the files.
            figures: settings that a statement may name in braces, `{max_effective_calls}`.

        Raises:
            DataError: a mistake, with file, line and field, or a name that is no setting.
        """
        files = sorted(folder.glob("*.yml"))
        return cls(
            _with_figures(fact, figures or {}, file)
            for file in files
            for fact in read_checked(file, FactFile).facts
        )

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self._facts[fact_id]
        except KeyError:
            raise UnknownFact(fact_id) from None

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def find(self, fact_ids: Iterable[str]) -> tuple[Fact, ...]:
        """The facts of those ids that exist, in the order asked."""
        return tuple(self._facts[name] for name in fact_ids if name in self._facts)


def _with_figures(fact: Fact, figures: Mapping[str, str], file: Path) -> Fact:
    if "{" not in fact.statement:
        return fact
    try:
        return fact.copy(update={"statement": fact.statement.format_map(figures)})
    except (KeyError, ValueError) as error:
        raise DataError(f"{file}: {fact.id}: statement: no setting of that name: {error}") from None
