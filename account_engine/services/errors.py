"""What the services raise: see `account_engine.errors`, which every layer may import."""

from account_engine.errors import (
    ConcurrentChange,
    ConflictingContract,
    ConflictingEvent,
    EngineError,
    StoreNotReady,
    UnknownAccount,
    UnknownBorrower,
    UnknownCase,
)

__all__ = [
    "ConcurrentChange",
    "ConflictingContract",
    "ConflictingEvent",
    "EngineError",
    "StoreNotReady",
    "UnknownAccount",
    "UnknownBorrower",
    "UnknownCase",
]
