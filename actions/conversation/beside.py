"""A wish for a plan that stands in a message about something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn


@dataclass(frozen=True, slots=True)
class Beside:
    """A wish for a plan in a message about something else, or about nothing else (`alone`)."""

    reply: Reply
    alone: bool


_wish_listener: list[Callable[[Turn, Desk], Beside | None]] = []


def listens_for_wishes(
    function: Callable[[Turn, Desk], Beside | None],
) -> Callable[[Turn, Desk], Beside | None]:
    """Registers the function that hears a wish for a plan whatever the intent."""
    _wish_listener.append(function)
    return function


def wish_beside(turn: Turn, desk: Desk) -> Beside | None:
    """The wish that some listener hears in the message, or None."""
    heard = (listener(turn, desk) for listener in _wish_listener)
    return next((one for one in heard if one is not None), None)
