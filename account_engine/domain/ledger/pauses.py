"""Stretches of days on which something does not run: penalty, interest, the counting of days."""

from __future__ import annotations

Pause = tuple[int, int]
"""First day and the day after the last one, as ordinals."""


def stretches(start: int, end: int, pauses: tuple[Pause, ...]) -> list[tuple[int, int]]:
    """The parts of [start, end) outside every pause; only overlaps are taken out."""
    parts = [(start, end)]
    for pause_start, pause_end in pauses:
        cut = []
        for first, last in parts:
            cut.append((first, min(last, pause_start)))
            cut.append((max(first, pause_end), last))
        parts = [(first, last) for first, last in cut if first < last]
    return parts
