"""Between what was heard (plain slot values) and the engine's `Wishes`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from actions.conversation import memory
from actions.conversation.turn import Turn
from actions.negotiation.hearing import ANY, Heard

_MONEY = ("monthly", "down_payment", "settlement", "income", "living_costs")
_COUNTS = ("terms", "day_of_month", "extension_days")
_FLAGS = ("waiver", "principal_only")
# A wish that speaks for how much, and one that speaks for when: the form need not ask any more.
_SAYS_HOW_MUCH = frozenset(
    {"monthly", "terms", "settlement", "extension_days", "income", "principal_only"}
)
_SAYS_WHEN = frozenset({"first_date", "day_of_month", "settlement", "extension_days"})


def merged(turn: Turn, heard: Heard) -> dict[str, Any]:
    """The wishes so far with what this message adds or changes."""
    before = dict(turn.slots.get(memory.WISHES) or {})
    new = dict(heard.wishes)
    if "monthly" in new and "terms" not in new:
        before.pop("terms", None)  # a new amount replaces the number of terms asked for before
    if "terms" in new and "monthly" not in new:
        before.pop("monthly", None)
    if "first_date" in new and "day_of_month" not in new:
        before.pop("day_of_month", None)
    if "day_of_month" in new and "first_date" not in new:
        before.pop("first_date", None)
    if "extension_days" not in new and new.keys() & {"monthly", "terms"}:
        before.pop("extension_days", None)
    return before | new


def answered(wishes: Mapping[str, Any]) -> dict[str, str]:
    """The form's first two slots as far as the wishes fill them."""
    slots: dict[str, str] = {}
    if wishes.keys() & _SAYS_HOW_MUCH:
        slots[memory.MONTHLY] = str(wishes.get("monthly") or ANY)
    if wishes.keys() & _SAYS_WHEN:
        slots[memory.START] = str(wishes.get("first_date") or wishes.get("day_of_month") or ANY)
    return slots


def to_engine(wishes: Mapping[str, Any]) -> Wishes:
    """Typed wishes. Unknown keys are ignored; the engine checks sense."""
    values: dict[str, Any] = {name: Money(int(wishes[name])) for name in _MONEY if name in wishes}
    values |= {name: int(wishes[name]) for name in _COUNTS if name in wishes}
    values |= {name: bool(wishes[name]) for name in _FLAGS if name in wishes}
    if "first_date" in wishes:
        values["first_date"] = date.fromisoformat(str(wishes["first_date"]))
    if "hardship" in wishes:
        values["hardship"] = HardshipKind(wishes["hardship"])
    return Wishes(**values)
