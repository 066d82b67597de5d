"""A payment that somebody only thinks of, kept so that what it leaves can be asked about.

"先还一千" … "剩下的月底行吗" … "那利息呢". It is kept beside the last question, and forgotten when
nobody comes back to it for some messages or another payment is supposed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.conversation.memory import LAST_QUESTION
from actions.conversation.turn import Turn

SUPPOSED = "supposed"
_KEPT_FOR = 6  # messages


@dataclass(frozen=True, slots=True)
class Supposed:
    """So much (fen) paid on a day, on one account or on all of them.

    Zero is a visitor's debt that waits for a later day.
    `turn` is when it was said; `until` the day that the rest was last asked about; `further` are
    payments after the first, each with its day ("月底再还一千").
    """

    fen: int
    on: date
    account_id: str | None
    turn: int
    until: date | None = None
    further: tuple[tuple[int, date], ...] = ()

    @property
    def last_on(self) -> date:
        """The day of the last payment."""
        return self.further[-1][1] if self.further else self.on

    @property
    def sum_paid(self) -> int:
        """All payments together, in fen."""
        return self.fen + sum(fen for fen, _ in self.further)

    @classmethod
    def of(cls, turn: Turn) -> Supposed | None:
        """The payment that the talk still holds; None for visitors and where it is long ago."""
        found = cls.held(turn) if turn.known else None
        return found if found is not None and found.fen else None

    @classmethod
    def held(cls, turn: Turn) -> Supposed | None:
        """The same, for visitors too: what they would pay on the debt that they told of."""
        kept = turn.slots.get(LAST_QUESTION)
        said = kept.get(SUPPOSED) if isinstance(kept, Mapping) else None
        if said is None:
            return None
        fen, on, account_id, when, until, *more = said
        further = tuple((int(part), date.fromisoformat(str(then))) for part, then in more)
        day = date.fromisoformat(str(until)) if until else None
        found = cls(int(fen), date.fromisoformat(str(on)), account_id, int(when), day, further)
        return found if turn.turns - found.turn <= _KEPT_FOR and found.on >= turn.today else None

    def spoken_of(self, turn: Turn) -> Supposed:
        """The same, come back to in this message."""
        return replace(self, turn=turn.turns)


def kept_beside(slot: Mapping[str, Any], supposed: Supposed | None) -> dict[str, Any]:
    """The slot of the last question with the payment in it."""
    if supposed is None:
        return dict(slot)
    until = supposed.until.isoformat() if supposed.until else None
    said = [supposed.fen, supposed.on.isoformat(), supposed.account_id, supposed.turn, until]
    more = [[fen, on.isoformat()] for fen, on in supposed.further]
    return {**slot, SUPPOSED: [*said, *more]}
