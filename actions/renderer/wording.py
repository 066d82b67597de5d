"""Borrower-facing wording as data: templates with variants (`data/wording/replies/*.yml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from pydantic import validator

from actions.knowledge.facts import Fact, FactBase
from actions.knowledge.yaml_files import Entry, read_checked
from actions.renderer.filters import FILTERS
from actions.renderer.provenance import Origin, Printed, Provenance, numbers


class Wording(Entry):
    """One reply: variants that all say the same, and its standing buttons."""

    text: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()  # behind the answer, though not quoted in it
    closes_form: bool = False  # after this, going on about instalments would be out of place
    sourced: bool = True  # whether the sources of its facts are named below it

    @validator("text", pre=True)
    def one_or_more(cls, value: Any) -> Any:  # noqa: N805 (pydantic 1)
        variants = [value] if isinstance(value, str) else list(value)
        if not variants or not all(str(item).strip() for item in variants):
            raise ValueError("needs at least one text that is not blank")
        return variants


class WordingFile(Entry):
    """The content of one file below `data/wording/replies/`."""

    replies: dict[str, Wording]


class ButtonWording(Entry):
    """A standing button: its title and the intent it stands for."""

    title: str
    payload: str
    style: str | None = None


class ButtonFile(Entry):
    """`data/wording/buttons.yml`."""

    buttons: dict[str, ButtonWording]


class LabelFile(Entry):
    """`data/wording/labels.yml`: words for codes, by group."""

    labels: dict[str, dict[str, str]]


class UnprintedFigure(Exception):
    """A template prints a figure without a filter that says where it comes from."""


def _finalize(value: Any) -> Any:
    if not isinstance(value, Printed) and numbers(str(value)):
        raise UnprintedFigure("a figure must pass a filter of actions.renderer.filters")
    return value


@dataclass(frozen=True, slots=True)
class WordingBook:
    """All wording, checked and compiled."""

    replies: Mapping[str, Wording]
    buttons: Mapping[str, ButtonWording]
    labels: Mapping[str, Mapping[str, str]]
    environment: Environment

    @classmethod
    def load(cls, folder: Path, facts: FactBase) -> WordingBook:
        """Reads `data/wording/`; raises DataError with file, line and field."""
        replies: dict[str, Wording] = {}
        for file in sorted((folder / "replies").glob("*.yml")):
            for key, wording in read_checked(file, WordingFile).replies.items():
                if key in replies:
                    raise ValueError(f"reply {key} is worded twice")
                replies[key] = wording
        buttons = read_checked(folder / "buttons.yml", ButtonFile).buttons
        labels = read_checked(folder / "labels.yml", LabelFile).labels
        return cls(replies, buttons, labels, _environment(replies, labels, facts))

    def extended(self, replies: Mapping[str, Wording], facts: FactBase) -> WordingBook:
        """The same book with further replies."""
        every = {**self.replies, **replies}
        return WordingBook(
            every, self.buttons, self.labels, _environment(every, self.labels, facts)
        )

    def variants(self, key: str) -> int:
        return len(self.replies[key].text)

    def print(self, key: str, variant: int, context: Mapping[str, Any]) -> str:
        """The text of a variant. Raises UnprintedFigure, jinja2.UndefinedError."""
        text = self.environment.get_template(f"{key}#{variant}").render(context)
        # Includes and conditions leave blank lines behind; no reply has one on purpose.
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


def _environment(
    replies: Mapping[str, Wording], labels: Mapping[str, Mapping[str, str]], facts: FactBase
) -> Environment:
    sources = {
        f"{key}#{number}": text
        for key, wording in replies.items()
        for number, text in enumerate(wording.text)
    }
    sources |= {key: wording.text[0] for key, wording in replies.items()}  # for {% include %}
    environment = Environment(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 (plain text for every channel, shown as text)
    )
    environment.filters.update(FILTERS)
    environment.filters["label"] = _labeller(labels)
    environment.globals["fact"] = _teller(facts)
    return environment


def _labeller(labels: Mapping[str, Mapping[str, str]]) -> Any:
    def label(value: Any, group: str) -> str:
        """The words for a code, such as a penalty's component."""
        code = str(getattr(value, "value", value))
        words = labels[group]
        # A code without words is a mistake that a test finds; a borrower still gets an answer.
        return words[code] if code in words else words["other"]

    return label


def _teller(facts: FactBase) -> Any:
    @pass_context
    def fact(context: Context, fact_id: str) -> Printed:
        """The statement of a fact as it holds today; remembers that it was used."""
        found: Fact = facts[fact_id]
        used: list[str] = context["used_facts"]
        if fact_id not in used:
            used.append(fact_id)
        book: Provenance = context["provenance"]
        return book.record(found.said_on(context["today"]), Origin.FACT)

    return fact


def literal_figures(texts: Iterable[str]) -> set[str]:
    """Figures written into templates outside expressions: there must be none."""
    environment = Environment()  # noqa: S701 (reads templates, prints nothing)
    found: set[str] = set()
    for text in texts:
        for _, kind, value in environment.lex(text):
            if kind == "data":
                found |= numbers(value)
    return found
