"""One value found in a text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Found:
    """A value with its half-open span in the normalised text.

    Attributes:
        entity: the entity's name.
        value: normalised value (amounts: string of whole fen; dates: ISO; periods: ISO 8601).
        start, end: span.
        flags: further facts the dialogue may need, such as ``past`` for a date that is over.
    """

    entity: str
    value: str | int
    start: int
    end: int
    flags: tuple[tuple[str, object], ...] = field(default=())
