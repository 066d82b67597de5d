"""What one message says about a plan, before anybody decides what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from account_engine.domain.negotiation.codes import Character
from actions.negotiation.relative import Shift

ANY = "any"  # of a slot: the borrower leaves it to the engine


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message says. `wishes` are plain values (fen, ISO dates) fit for a slot."""

    wishes: Mapping[str, Any] = field(default_factory=dict)
    choice: int | None = None
    agrees: bool = False
    declines: bool = False
    unsure: bool = False
    past_date: date | None = None
    best: Character | None = None
    principal_cut: bool = False
    # Both ends of "每月两三百" (fen), where the lower one was taken; of "3到5期", where none was.
    amount_between: tuple[int, int] | None = None
    terms_between: tuple[int, int] | None = None
    # "每周还300": what that is a month (fen).
    by_the_month: int | None = None
    # "多分两期": has to be counted from the offers on the table.
    shift: Shift | None = None
    # What is on the table already, where policy has nothing beyond it.
    no_more_terms: int | None = None

    @property
    def nothing(self) -> bool:
        said = self.wishes or self.choice or self.agrees or self.declines or self.terms_between
        return not (said or self.unsure or self.past_date or self.shift)
