"""A store with one late loan, and the desk that negotiates about it."""

from __future__ import annotations

from datetime import date

import pytest

from account_engine.domain.terms import Contract
from account_engine.ports import BorrowerProfile
from account_engine.services.negotiation import Negotiation
from tests.unit.negotiation.debts import demo_policy
from tests.unit.negotiation.late_row import (
    PRODUCTS,
    lent,
)
from tests.unit.negotiation.memory_store import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    """The first row was due on 2026-11-11: ten days late."""
    store = MemoryStore()
    contract = Contract(
        account_id="jiebei-1",
        borrower_id="somebody",
        terms=PRODUCTS.latest("jiebei_like"),
        lender_name="示例消费金融公司",
        signed_on=date(2026, 1, 5),
    )
    profile = BorrowerProfile("somebody", "某先生", "138****0000")
    store.add(profile, [contract], lent(date(2026, 11, 11)))
    return store


@pytest.fixture
def desk(store: MemoryStore) -> Negotiation:
    return Negotiation(store, demo_policy())
