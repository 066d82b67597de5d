"""Errors that every layer of the engine raises, and their base.

A message never contains a name, a phone number or a figure, because it may end in a log; the
`code` is what an action or a page turns into words for the borrower.
"""

from __future__ import annotations


class EngineError(Exception):
    """Base of every error a caller of the services has to expect."""

    code = "engine_error"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class UnknownBorrower(EngineError):
    """No borrower has this id; the caller must not learn more than that."""

    code = "unknown_borrower"


class ConflictingEvent(EngineError):
    """An event with this source id is stored already, with other content."""

    code = "conflicting_event"


class ConcurrentChange(EngineError):
    """Another process changed the borrower between reading and writing; read again."""

    code = "concurrent_change"


class ConflictingContract(EngineError):
    """A contract with this account id is stored already, with other content."""

    code = "conflicting_contract"


class UnknownAccount(EngineError):
    """An event or a request names an account that the borrower does not have."""

    code = "unknown_account"


class StoreNotReady(EngineError):
    """The database is missing tables: `account-engine migrate` has not been run."""

    code = "store_not_ready"


class StoreDamaged(EngineError):
    """A stored event is not what was written; `account-engine verify` names every such row."""

    code = "store_damaged"


class UnknownCase(EngineError):
    """No queued case has this id."""

    code = "unknown_case"
