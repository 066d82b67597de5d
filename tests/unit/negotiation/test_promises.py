"""Promises to pay: kept, broken, and too far away."""

from __future__ import annotations

from datetime import date

import pytest

from account_engine.domain.events import (
    EventKind,
)
from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.ports import OfferStatus
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import (
    AcceptanceStatus,
)
from tests.unit.negotiation.debts import yuan
from tests.unit.negotiation.late_loan import (
    NOON,
    kinds,
    later,
    state_of,
)
from tests.unit.negotiation.memory_store import MemoryStore


def test_paying_what_is_due_is_kept_as_a_promise(desk: Negotiation, store: MemoryStore) -> None:
    proposal = desk.propose("somebody", Wishes(), NOON)
    (now,) = [option for option in proposal.options if option.tool is Tool.PAY_NOW]
    assert desk.accept("somebody", now.offer_id, NOON).status is AcceptanceStatus.ACCEPTED
    assert kinds(store)[-1] is EventKind.PROMISE_MADE
    assert store.tables.offers[now.offer_id].status is OfferStatus.ACCEPTED


def test_a_promise_is_kept_or_broken_in_the_state(desk: Negotiation, store: MemoryStore) -> None:
    desk.promise("somebody", yuan(500), date(2026, 11, 25), NOON)
    (promise,) = state_of(store).promises
    assert (promise.amount, promise.status.value) == (yuan(500), "open")
    (promise,) = state_of(store, date(2026, 11, 26)).promises
    assert promise.status.value == "broken"
    # Said twice on one day, it is one promise.
    desk.promise("somebody", yuan(500), date(2026, 11, 25), later(hours=1))
    assert kinds(store).count(EventKind.PROMISE_MADE) == 1


@pytest.mark.parametrize(
    ("amount", "on", "field", "fault"),
    [
        (Money(0), date(2026, 11, 25), "amount", Fault.NOT_POSITIVE),
        (Money(999), date(2026, 11, 25), "amount", Fault.TOO_SMALL),
        (yuan(500), date(2026, 11, 20), "on", Fault.IN_THE_PAST),
        (yuan(500), date(2026, 12, 7), "on", Fault.TOO_FAR_AHEAD),
    ],
)
def test_promises_outside_the_window(
    desk: Negotiation, amount: Money, on: date, field: str, fault: Fault
) -> None:
    with pytest.raises(InvalidWish) as error:
        desk.promise("somebody", amount, on, NOON)
    assert (error.value.field, error.value.fault) == (field, fault)
