"""What an answer is before it has words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

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

    `lead` is another key, printed before the text. `card` is the card of docs/web-channel.md. `slots` are dialogue slots to set. `details` names
    what "看看明细" shows after this answer, `clauses` and `keep_facts` what "依据是什么" does. `buttons` replaces those of the wording.
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

    def changed(self, **changes: Any) -> Reply:
        """The same reply with some fields replaced."""
        return replace(self, **changes)
