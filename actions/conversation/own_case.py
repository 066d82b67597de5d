"""A debt that a visitor tells of themselves: product, sum, days late; no account is behind it.

"我借呗欠12000，逾期30天了" … "再拖一个月呢" … "不是12000是8000" … "花呗也有3000". What was told is
kept beside the last question, and worked out from the product's demo terms. It is never taken for
the record: a borrower who is signed in is answered from the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from actions.conversation.memory import LAST_QUESTION
from actions.conversation.turn import Turn

CASE = "case"
_KEPT_FOR = 20  # messages


@dataclass(frozen=True, slots=True)
class Debt:
    """What was told of one debt.

    Attributes:
        fen: what is owed.
        days: days past due, zero where it is not late; of several instalments those of the oldest.
        rate: the yearly price of the contract, as a share.
        each: one instalment, in fen.
        missed: how many instalments are past due.
        left: how many instalments are still to be paid in all.
        due_in: in how many days it falls due, of one that is not late; None where nobody said.
        paid: what was paid of it, in fen, `fen` being what that left; zero where what is left
            was told without it.
        several: whether `fen` is the sum of several debts ("三家一共六万"), of which none is known
            alone: nothing is reckoned of it.
        minimum: whether the least that its bill asks for was paid, so that the rest is not late.
    """

    product: str | None = None
    fen: int | None = None
    days: int | None = None
    rate: str | None = None
    each: int | None = None
    missed: int | None = None
    left: int | None = None
    due_in: int | None = field(default=None, compare=False)
    paid: int | None = field(default=None, compare=False)
    several: bool = False
    minimum: bool = field(default=False, compare=False)

    @property
    def whole_fen(self) -> int | None:
        """All that is still to be paid: of a loan told by its instalments, those that are left."""
        if self.several:
            return None
        if self.each and self.left:
            return self.each * self.left
        told = self.fen if self.each and not self.left else None
        if self.each and not (told or self.missed or self.days):
            return None  # one instalment, and nobody said of how many
        return max(told or 0, self.late_fen or 0) or None

    @property
    def late_fen(self) -> int | None:
        """What is past due: of a loan told by its instalments, those that were missed."""
        if self.several:
            return None
        return self.each * (self.missed or 1) if self.each else self.fen

    @property
    def complete(self) -> bool:
        return bool(self.late_fen) and self.days is not None

    def with_values_of(self, other: Debt) -> Debt:
        """The same with the values that `other` has in place of its own.

        A sum that is told anew stands for the one that instalments made up.
        """
        summed = other.fen is not None and other.each is None
        return Debt(
            None if other.several else other.product or self.product,
            self.fen if other.fen is None else other.fen,
            self.days if other.days is None else other.days,
            other.rate or self.rate,
            None if summed else other.each or self.each,
            other.missed or self.missed,
            other.left or self.left,
            self.due_in if other.days is None else other.due_in,
            self.paid if other.fen is None else other.paid,
            self.several if other.fen is None else other.several,
            self.minimum or other.minimum,
        )

    def less(self, paid: int) -> Debt:
        """What a payment left of it; the same where it is no part of the sum that was told."""
        if self.fen is None or self.each or self.several or not 0 < paid < self.fen:
            return self
        return replace(self, fen=self.fen - paid, paid=(self.paid or 0) + paid)


@dataclass(frozen=True, slots=True)
class OwnCase:
    """The debts that were told, the last one spoken of at the end.

    Attributes:
        turn: the message in which something of it was told or corrected.
        stated: whether something of it was stated. Parts that were named in a question only
            ("逾期三天会有人打电话吗") wait for that: nothing is reckoned of them alone.
    """

    debts: tuple[Debt, ...]
    turn: int
    stated: bool = True

    @classmethod
    def of(cls, turn: Turn) -> OwnCase | None:
        """What the talk still holds; None for borrowers, and where it is long ago."""
        kept = turn.slots.get(LAST_QUESTION)
        said = kept.get(CASE) if isinstance(kept, Mapping) else None
        if said is None or turn.known:
            return None
        debts = tuple(Debt(*one) for one in said["debts"])
        found = cls(debts, int(said["turn"]), bool(said.get("stated", True)))
        return found if turn.turns - found.turn <= _KEPT_FOR else None

    def slot(self) -> dict[str, Any]:
        """As it is kept between messages."""
        return {
            "debts": [[*astuple(one)] for one in self.debts],
            "turn": self.turn,
            "stated": self.stated,
        }

    @property
    def complete(self) -> bool:
        """Whether something can be reckoned."""
        return self.stated and any(one.complete for one in self.debts)

    @property
    def begun(self) -> bool:
        """Whether a sum or instalments were stated: what is missing of it can be asked for."""
        told = (one.late_fen or one.missed or one.left or one.several for one in self.debts)
        return self.stated and any(told)

    @property
    def worth_saying(self) -> bool:
        """Whether it can be asked on from: a sum, instalments, or how late a product is."""
        last = self.debts[-1]
        return self.begun or bool(last.product and last.days)

    def about(self, turn: Turn) -> tuple[Debt, ...]:
        """The debts that can be reckoned; of the product that a question names, that one alone.

        A product that only tells of another debt, or that a follow-up carries on, leaves none out.
        """
        ready = tuple(one for one in self.debts if one.complete and self.stated)
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
