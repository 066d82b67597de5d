"""A store with one late loan, and the desk that negotiates about it."""

from __future__ import annotations

import pytest

from account_engine.services.negotiation import Negotiation
from tests.unit.negotiation.debts import demo_policy
from tests.unit.negotiation.late_loan import late_loan
from tests.unit.negotiation.memory_store import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    """The first row was due on 2026-11-11: ten days late."""
    return late_loan()


@pytest.fixture
def desk(store: MemoryStore) -> Negotiation:
    return Negotiation(store, demo_policy())
