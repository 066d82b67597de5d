"""The YAML of one conversation, checked strictly so that a misspelt expectation cannot pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, ValidationError, root_validator
from ruamel.yaml import YAML

from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind


class Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class EventCount(Strict):
    """How many events of a kind the borrower's history holds."""

    event: str
    account: str | None = None
    count: int = 1


class Desk(Strict):
    """What a person does with the conversation: exactly one of these."""

    takes: bool = False
    says: str | None = None
    returns: bool = False


class Step(Strict):
    """One thing the borrower (or the world) does, and what must follow.

    Exactly one of the doing keys is given. `says` lists texts that must all be in the reply,
    `says_any` texts of which one must be, `never` texts of which none may be; `figures` are amounts
    that must be printed in the reply's text (and, where the key is a field of the card, stand in
    the card too). `decide` is what a person says to the request that waits. `outreach_held` are the
    reasons why nobody may contact the borrower now; an empty list says that they may be. `person`
    is what somebody at the desk does. `days_pass` lets so many business days go by in silence: the
    session and the proof of identity are over then. `case` are words that the open case must hold
    for the person; `history` are texts that the page shows after reading it anew.
    """

    user: str | None = None
    button: str | None = None
    sign_in: str | None = None
    sign_out: bool = False
    new_session: bool = False
    kill: str | None = None
    start: str | None = None
    decide: Literal["approve", "decline"] | None = None
    repeat_last: bool = False
    person: Desk | None = None
    days_pass: int | None = None

    says: list[str] = Field(default_factory=list)
    says_any: list[str] = Field(default_factory=list)
    never: list[str] = Field(default_factory=list)
    buttons: list[str] = Field(default_factory=list)
    card: str | None = None
    figures: dict[str, str] = Field(default_factory=dict)
    messages: int | None = None
    case: list[str] = Field(default_factory=list)
    history: list[str] = Field(default_factory=list)
    handoff: str | None = None
    outreach_held: list[str] | None = None
    differs_from_last: bool = False
    intent: str | None = None
    database: list[EventCount] = Field(default_factory=list)

    @root_validator
    def one_doing(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 (pydantic 1)
        doing = [
            values.get("user") is not None,
            values.get("button") is not None,
            values.get("sign_in") is not None,
            values.get("sign_out"),
            values.get("new_session"),
            values.get("kill") is not None,
            values.get("start") is not None,
            values.get("decide") is not None,
            values.get("repeat_last"),
            values.get("person") is not None,
            values.get("days_pass") is not None,
        ]
        if sum(map(bool, doing)) != 1:
            raise ValueError("a step does exactly one thing: user, button, sign_in, sign_out, …")
        return values

    def replaced_text(self) -> str:
        """What is typed; `<5000 characters>` and `<empty>` stand for themselves."""
        text = self.user or ""
        if text == "<5000 characters>":
            return "我的花呗逾期了怎么办" * 500
        return "" if text == "<empty>" else text


class Agreed(Strict):
    """An offer that the borrower accepted on an earlier day, before the conversation."""

    on: date
    terms: int
    first_date: date
    hardship: HardshipKind

    def wishes(self) -> Wishes:
        return Wishes(terms=self.terms, first_date=self.first_date, hardship=self.hardship)


class Case(Strict):
    """A conversation: who speaks, the steps, and the events there must be afterwards."""

    name: str
    borrower: str | None = None
    agreed: Agreed | None = None
    business_date: str | None = None
    steps: list[Step]
    database: list[EventCount] = Field(default_factory=list)
    path: Path | None = None

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}" if self.path else self.name


class CaseError(Exception):
    """A conversation file that says something the runner does not know."""


def load(path: Path) -> Case:
    """Reads one file; a mistake names the file, the step and the key."""
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for step in data.get("steps", []):
        step["figures"] = {key: str(value) for key, value in (step.get("figures") or {}).items()}
    if data.get("business_date") is not None:
        data["business_date"] = str(data["business_date"])
    try:
        return Case(**{**data, "path": path})
    except ValidationError as error:
        raise CaseError(f"{path}: {error}") from error


def load_all(folder: Path) -> list[Case]:
    """Every conversation below `folder`, ordered by path."""
    return [load(path) for path in sorted(folder.glob("*/*.yml"))]
