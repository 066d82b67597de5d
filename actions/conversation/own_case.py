"""A debt that a visitor tells of themselves: product, sum, days late; no account is behind it.

"我借呗欠12000，逾期30天了" … "再拖一个月呢" … "不是12000是8000" … "花呗也有3000". What was told is
kept beside the last question, and worked out from the product's demo terms. It is never taken for
the record: a borrower who is signed in is answered from the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions.conversation.memory import LAST_QUESTION
from actions.conversation.turn import Turn

CASE = "case"
_KEPT_FOR = 10  # messages


@dataclass(frozen=True, slots=True)
class Debt:
    """What was told of one debt.

    Attributes:
        fen: what is owed.
        days: days past due, zero where it is not late.
        rate: the yearly price of the contract, as a share.
    """

    product: str | None = None
    fen: int | None = None
    days: int | None = None
    rate: str | None = None

    @property
    def complete(self) -> bool:
        return bool(self.fen) and self.days is not None

    def with_values_of(self, other: Debt) -> Debt:
        """The same with the values that `other` has in place of its own."""
        return Debt(
            other.product or self.product,
            self.fen if other.fen is None else other.fen,
            self.days if other.days is None else other.days,
            other.rate or self.rate,
        )


@dataclass(frozen=True, slots=True)
class OwnCase:
    """The debts that were told, the last one spoken of at the end.

    Attributes:
        turn: the message in which something of it was told or corrected.
    """

    debts: tuple[Debt, ...]
    turn: int

    @classmethod
    def of(cls, turn: Turn) -> OwnCase | None:
        """What the talk still holds; None for borrowers, and where it is long ago."""
        kept = turn.slots.get(LAST_QUESTION)
        said = kept.get(CASE) if isinstance(kept, Mapping) else None
        if said is None or turn.known:
            return None
        debts = tuple(Debt(*one) for one in said["debts"])
        found = cls(debts, int(said["turn"]))
        return found if turn.turns - found.turn <= _KEPT_FOR else None

    def slot(self) -> dict[str, Any]:
        """As it is kept between messages."""
        return {
            "debts": [[o.product, o.fen, o.days, o.rate] for o in self.debts],
            "turn": self.turn,
        }

    @property
    def complete(self) -> bool:
        """Whether something can be reckoned."""
        return any(one.complete for one in self.debts)

    def about(self, turn: Turn) -> tuple[Debt, ...]:
        """The debts that can be reckoned; of the product that a question names, that one alone.

        A product that only tells of another debt, or that a follow-up carries on, leaves none out.
        """
        ready = tuple(one for one in self.debts if one.complete)
        asked = turn.text == turn.said_now and not self.told_now(turn)
        named = set(turn.values("product")) if asked else set()
        return tuple(one for one in ready if one.product in named) or ready

    def told_now(self, turn: Turn) -> bool:
        return self.turn == turn.turns


def holding(turn: Turn, case: OwnCase) -> Turn:
    """The turn as it would be had `case` been told."""
    kept = turn.slots.get(LAST_QUESTION)
    slot = {**(kept if isinstance(kept, Mapping) else {}), CASE: case.slot()}
    return replace(turn, slots={**turn.slots, LAST_QUESTION: slot})
