"""What an answer is before it has words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from actions.conversation.supposed import Supposed

Json = Mapping[str, Any]


class Form(str, Enum):
    """What an answer does to a form that is open."""

    RESUME = "resume"  # the form asks its question again
    LEAVE = "leave"  # the form is closed
    START = "start"  # the negotiation form begins
    STAY = "stay"  # the answer is the form's own question


@dataclass(frozen=True, slots=True)
class Button:
    """A button with its own title, for those that depend on the answer (option one, two, …)."""

    title: str
    payload: str
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A key of `data/wording/replies/` and the typed values its template prints.

    Attributes:
        key: empty when nothing is to be said and a form's question follows.
        card: a card of docs/web-channel.md; only the web channel gets it.
        buttons: replaces the buttons of the wording; names of standing ones or own ones.
        slots: dialogue slots to set.
        details: what "看看明细" shows after this answer.
        clauses: clauses of the terms, and `keep_facts` facts, that "依据是什么" then shows.
        trouble: the answer shows that the message was not understood.
        lead: another key, printed before the text with the same values.
        coda: another key, printed after it.
        supposes: a payment that the answer reckons with, for what is asked about it next.
        act: the act that was asked about, where the key of the answer says none.
    """

    key: str
    values: Json = field(default_factory=dict)
    card: Json | None = None
    buttons: tuple[str | Button, ...] | None = None
    slots: Json = field(default_factory=dict)
    form: Form = Form.RESUME
    details: str | None = None
    clauses: tuple[str, ...] = ()
    keep_facts: tuple[str, ...] = ()
    trouble: bool = False
    lead: str | None = None
    coda: str | None = None
    supposes: Supposed | None = None
    act: str | None = None

    def changed(self, **changes: Any) -> Reply:
        """The same reply with some fields replaced."""
        return replace(self, **changes)
