"""Chooses the few options worth showing: none that another one beats, each best at something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from account_engine.domain.negotiation.draft import AT_ONCE, Draft
from account_engine.domain.negotiation.option import Character
from account_engine.domain.negotiation.policy import Tool

_ONLY_ALONE = frozenset({Character.BALANCED, Character.LESS_A_MONTH_WITH_DOWN_PAYMENT})
"""Characters that say nothing about an option that is shown for a better reason already."""


def undominated(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts that no other of the same scope equals or betters in every respect.

    Respects: what is paid at once, the highest month, charges still to be paid, the last day.
    """
    return tuple(
        one for one in drafts if not any(_beats(other, one) for other in drafts if other is not one)
    )


def choose(
    drafts: Sequence[Draft], closest: Draft | None, most: int
) -> tuple[tuple[Draft, tuple[Character, ...]], ...]:
    """At most `most` drafts, each with what it is best at; `closest` leads where there is one.

    Ways to pay over time are compared at the least down payment there is, because a borrower who
    named none has not offered one; a larger one is shown as a way to less a month.
    """
    front = undominated(drafts)
    over_time = [draft for draft in front if draft.tool not in AT_ONCE]
    least = _at_least_down(over_time)
    at_once = _at_once(drafts)
    picks: list[tuple[Character, Draft]] = []
    if closest is not None:
        picks.append((Character.CLOSEST, closest))
    if least:
        picks.append((Character.LEAST_MONTHLY, min(least, key=_by_month)))
        picks.append((Character.LEAST_COST, min(least, key=_by_cost)))
        picks.append((Character.SOONEST_DONE, min(least, key=_by_end)))
    picks.extend((Character.PAID_AT_ONCE, draft) for draft in at_once[:1])
    if least:
        picks.append((Character.BALANCED, _middle(least)))
        picks.append((Character.LESS_A_MONTH_WITH_DOWN_PAYMENT, min(over_time, key=_by_month)))
    else:
        picks.extend((Character.LEAST_UPFRONT, draft) for draft in at_once[1:2])
    return _gather(picks, most)


def _at_least_down(drafts: Sequence[Draft]) -> list[Draft]:
    """For each tool and scope, the drafts with the smallest down payment."""
    least: dict[tuple[Any, Any], int] = {}
    for draft in drafts:
        kind = (draft.tool, draft.scope)
        least[kind] = min(draft.down_payment, least.get(kind, draft.down_payment))
    return [draft for draft in drafts if draft.down_payment == least[(draft.tool, draft.scope)]]


def _middle(drafts: Sequence[Draft]) -> Draft:
    """The draft in the middle between the smallest and the largest month."""
    return sorted(drafts, key=_by_month)[len(drafts) // 2]


def _gather(
    picks: Sequence[tuple[Character, Draft]], most: int
) -> tuple[tuple[Draft, tuple[Character, ...]], ...]:
    found: dict[tuple[object, ...], tuple[Draft, list[Character]]] = {}
    for character, draft in picks:
        if draft.key in found:
            if character not in _ONLY_ALONE:
                found[draft.key][1].append(character)
        elif len(found) < most:
            found[draft.key] = (draft, [character])
    if len(found) == 1 and picks[0][0] is Character.CLOSEST:
        # Alone, an offer is not the cheapest or the soonest of anything.
        return ((picks[0][1], (Character.CLOSEST,)),)
    return tuple((draft, tuple(characters)) for draft, characters in found.values())


def _at_once(drafts: Sequence[Draft]) -> list[Draft]:
    """Ways to pay at once, the most useful first: a settlement that waives something, else all
    that is due, else the minimum."""
    usefulness = {Tool.LUMP_SUM: 2, Tool.PAY_NOW: 0, Tool.PAY_MINIMUM: 1}
    found = [draft for draft in drafts if draft.tool in AT_ONCE]
    return sorted(
        found,
        key=lambda draft: (-1 if draft.waived_total else usefulness[draft.tool], draft.total),
    )


def _respects(draft: Draft) -> tuple[int, int, int, int]:
    return (
        draft.down_payment,
        draft.highest_month,
        draft.charges_ahead,
        draft.last_due.toordinal(),
    )


def _beats(one: Draft, other: Draft) -> bool:
    if one.scope is not other.scope or (one.tool in AT_ONCE) is not (other.tool in AT_ONCE):
        return False
    mine, theirs = _respects(one), _respects(other)
    if mine == theirs:
        return one.key < other.key
    return all(a <= b for a, b in zip(mine, theirs, strict=True))


def _by_month(draft: Draft) -> tuple[object, ...]:
    return (draft.highest_month, draft.down_payment, draft.charges_ahead, draft.key)


def _by_cost(draft: Draft) -> tuple[object, ...]:
    return (draft.charges_ahead, draft.down_payment, draft.highest_month, draft.key)


def _by_end(draft: Draft) -> tuple[object, ...]:
    return (draft.last_due, draft.down_payment, draft.charges_ahead, draft.key)
