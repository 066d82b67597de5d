"""Errors of the domain. Messages name codes and fields, never figures or people."""

from __future__ import annotations

from account_engine.errors import EngineError


class InvalidMoney(EngineError):
    """A value that is not an exact number of fen."""

    code = "invalid_money"


class InvalidEvent(EngineError):
    """An event that does not have the shape of its kind. `reason` says why."""

    code = "invalid_event"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}", field)
        self.reason = reason


class InvalidHistory(EngineError):
    """Events that are well-formed one by one but contradict each other."""

    code = "invalid_history"

    def __init__(self, event_id: str, reason: str) -> None:
        super().__init__(f"{event_id}: {reason}", event_id)
        self.event_id = event_id
        self.reason = reason


class InvalidTerms(EngineError):
    """Terms that no contract may have, e.g. a price above the cap."""

    code = "invalid_terms"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}", field)
        self.reason = reason


class NotComputed(ValueError):
    """A choice known elsewhere and refused here; the message says why, and what to do instead."""
