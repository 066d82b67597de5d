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
from actions.knowledge.figure_words import figure_words
from actions.negotiation.heard import ANY, Heard
from actions.negotiation.lexicon import hearing_lexicon

_MONEY = ("monthly", "down_payment", "settlement", "income", "living_costs")
_COUNTS = ("terms", "day_of_month", "extension_days")
_FLAGS = ("waiver", "principal_only")
# What a new wish makes pointless: an older amount, an older day, another kind of deal.
_REPLACES: Mapping[str, frozenset[str]] = {
    "monthly": frozenset({"terms", "extension_days", "settlement", "principal_only"}),
    "terms": frozenset({"monthly", "extension_days", "settlement", "principal_only"}),
    "extension_days": frozenset(
        {"monthly", "terms", "down_payment", "settlement", "principal_only"}
        | {"first_date", "day_of_month"}
    ),
    "first_date": frozenset({"day_of_month"}),
    "day_of_month": frozenset({"first_date"}),
    "settlement": frozenset(
        {"monthly", "terms", "extension_days", "down_payment", "first_date", "day_of_month"}
    ),
    "principal_only": frozenset(
        {"monthly", "terms", "extension_days", "settlement", "first_date", "day_of_month"}
    ),
}
# The day (ISO) from which `extension_days` count, for another day that is named later.
EXTENSION_FROM = "extension_from"
_OF_A_LATER_DAY = frozenset({"extension_days", EXTENSION_FROM})
# Wishes of paying in parts.
_SPLITS = frozenset({"monthly", "terms", "down_payment", "settlement", "extension_days"})
# A wish that speaks for how much, and one that speaks for when: the form need not ask any more.
_SAYS_HOW_MUCH = frozenset(
    {"monthly", "terms", "settlement", "extension_days", "income", "principal_only"}
)
SAYS_WHEN = frozenset({"first_date", "day_of_month", "settlement", "extension_days"})


def merged(turn: Turn, heard: Heard) -> dict[str, Any]:
    """The wishes so far with what this message adds or changes."""
    before = dict(turn.wishes)
    new = dict(heard.wishes)
    if not hearing_lexicon().rows_begin.search(turn.text):  # "从15号开始还" begins a plan in parts
        new = _later_day(before, new)
    elif "extension_days" in before and new.keys() & {"first_date", "day_of_month"}:
        before = {name: before[name] for name in before if name not in _OF_A_LATER_DAY}
    for name, replaced in _REPLACES.items():
        if name in new:
            for old in replaced - new.keys() - _kept_beside(turn):
                before.pop(old, None)
    if "down_payment" not in new and hearing_lexicon().no_first_part.search(turn.text):
        before.pop("down_payment", None)  # "可以不先付吗"
    if new.get("hardship") == HardshipKind.OTHER.value and before.get("hardship"):
        del new["hardship"]  # "低保" of somebody who has lost their work says more, not another
    if needs := new.get("needs"):
        new["needs"] = needs if _names_all(needs) else {**before.get("needs", {}), **needs}
        new["living_costs"] = sum(new["needs"].values())
    return before | new


def _kept_beside(turn: Turn) -> frozenset[str]:
    """ "剩下的5号给": the part that is paid first stays as it was."""
    rest = figure_words().the_rest.search(turn.text)
    return frozenset({"down_payment"}) if rest else frozenset()


def _later_day(before: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """ "说错了，是26号" where something is to be put off: another day for that, not for a plan."""
    named = new.get("first_date")
    if "extension_days" not in before or named is None or new.keys() & _SPLITS:
        return dict(new)
    counted_from = date.fromisoformat(str(before.get(EXTENSION_FROM) or named))
    days = (date.fromisoformat(str(named)) - counted_from).days
    if days <= 0:
        return dict(new)
    kept = {name: new[name] for name in new if name not in ("first_date", "day_of_month")}
    return {**kept, "extension_days": days}


def _names_all(needs: Mapping[str, int]) -> bool:
    """ "开销2500" is all of it; "吃饭1000" comes on top of the rent that was said before."""
    return any(hearing_lexicon().whole_costs.search(word) for word in needs)


def answered(wishes: Mapping[str, Any]) -> dict[str, str]:
    """The form's first two slots as far as the wishes fill them."""
    slots: dict[str, str] = {}
    if wishes.keys() & _SAYS_HOW_MUCH:
        slots[memory.MONTHLY] = str(wishes.get("monthly") or ANY)
    if wishes.keys() & SAYS_WHEN:
        slots[memory.START] = str(wishes.get("first_date") or wishes.get("day_of_month") or ANY)
    return slots


def to_engine(wishes: Mapping[str, Any]) -> Wishes:
    """Typed wishes. Unknown keys are ignored; the engine checks sense."""
    values: dict[str, Any] = {name: Money(int(wishes[name])) for name in _MONEY if name in wishes}
    values |= {name: int(wishes[name]) for name in _COUNTS if name in wishes}
    values |= {name: bool(wishes[name]) for name in _FLAGS if name in wishes}
    if "first_date" in wishes:
        values["first_date"] = date.fromisoformat(str(wishes["first_date"]))
    if wishes.get("scope"):
        values["scope"] = tuple(str(account_id) for account_id in wishes["scope"])
    if "hardship" in wishes:
        values["hardship"] = HardshipKind(wishes["hardship"])
    return Wishes(**values)
