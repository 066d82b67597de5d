"""What is stored comes back the same, and its hash does not depend on how its type is written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from account_engine.domain.events import PAYLOADS, Event, EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import Payment
from account_engine.errors import StoreDamaged
from account_engine.store.chain import GENESIS, link, link_event, root
from account_engine.store.codec import event_from_row, event_to_row
from account_engine.store.moments import from_us, to_us

st.register_type_strategy(Money, st.integers(-(10**12), 10**12).map(Money))
MOMENTS = st.datetimes(timezones=st.just(timezone.utc))
DECIMALS = st.decimals(0, 1, allow_nan=False, places=6)


def events() -> st.SearchStrategy[Event]:
    st.register_type_strategy(Decimal, DECIMALS)
    ids = st.text(min_size=1, max_size=12)
    return st.sampled_from(EventKind).flatmap(
        lambda kind: st.builds(
            Event,
            event_id=ids,
            borrower_id=ids,
            account_id=st.none() | ids,
            kind=st.just(kind),
            value_date=st.dates(),
            booked_at=MOMENTS,
            payload=st.from_type(PAYLOADS[kind]),
        )
    )


@given(events())
@settings(max_examples=1000, deadline=None)
def test_every_kind_of_event_comes_back_the_same(event: Event) -> None:
    row = event_to_row(event)
    names = ("borrower_id", "event_id", "account_id", "kind", "value_date", "booked_at_us",
             "payload")  # fmt: skip
    assert event_from_row(*(row[name] for name in names)) == event


def test_the_hash_is_of_what_is_said_without_defaults_and_booking_time() -> None:
    # A payload class that gains a field with a default must not change any earlier hash, so what
    # holds its default is left out. Written out by hand:
    said = '["b","e","a","payment","2026-10-13","{\\"amount\\":\\"1.00\\"}"]'
    event = Event(
        "e", "b", "a", EventKind.PAYMENT, date(2026, 10, 13),
        datetime(2026, 10, 13, tzinfo=timezone.utc), Payment(Money(100)),
    )  # fmt: skip
    row = event_to_row(event)
    assert row["payload"] == '{"amount":"1.00"}'
    assert row["content_hash"] == hashlib.sha256(said.encode()).digest()
    later = replace(event, booked_at=datetime(2026, 10, 14, tzinfo=timezone.utc))
    assert event_to_row(later)["content_hash"] == row["content_hash"]


@given(MOMENTS)
def test_moments_are_exact_to_the_microsecond(moment: datetime) -> None:
    assert from_us(to_us(moment)) == moment


@given(st.integers(-(2**53), 2**53))
def test_microseconds_come_back_as_they_were(microseconds: int) -> None:
    assert to_us(from_us(microseconds)) == microseconds


@pytest.mark.parametrize(
    "payload",
    [
        '{"amount":"1.00"},{"amount":"2.00"}',
        "",
        "{",
        "no",
        "{}",
        '{"amount":1}',
        '{"other":"1.00"}',
    ],
)
def test_a_stored_payload_that_was_damaged_is_refused(payload: str) -> None:
    with pytest.raises(StoreDamaged, match="verify"):
        event_from_row("b", "e", "a", "payment", date(2026, 10, 13), 0, payload)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_us(datetime(2026, 1, 1))  # noqa: DTZ001  that is the point


def test_a_chain_depends_on_every_part_and_the_order() -> None:
    assert link(GENESIS, "ab", "c") != link(GENESIS, "a", "bc")
    assert link(GENESIS, None) != link(GENESIS, "")
    first, second = b"\x01" * 32, b"\x02" * 32
    one = link_event(link_event(GENESIS, 1, 0, first), 2, 0, second)
    other = link_event(link_event(GENESIS, 1, 0, second), 2, 0, first)
    assert one != other
    assert root([("a", 1, first)]) != root([("a", 2, first)])
    assert root([]) != root([("a", 1, first)])


def test_a_seal_made_by_an_older_version_can_be_made_again() -> None:
    # Each borrower is hashed with the length of every part before it, in four bytes; the seal is
    # the hash over those hashes.
    head = bytes(range(32))
    ann = bytes(32) + b"\x00\x00\x00\x03ann" + b"\x00\x00\x00\x0212" + b"\x00\x00\x00\x20" + head
    zoe = bytes(32) + b"\x00\x00\x00\x06\xe4\xbd\x90\xe4\xbc\x8a" + b"\x00\x00\x00\x017"
    zoe += b"\x00\x00\x00\x20" + bytes(32)
    expected = hashlib.sha256(hashlib.sha256(ann).digest() + hashlib.sha256(zoe).digest()).digest()
    assert root([("ann", 12, head), ("佐伊", 7, bytes(32))]) == expected


def test_dates_are_business_dates() -> None:
    event = Event(
        "e", "b", None, EventKind.BORROWER_DECEASED, date(2026, 2, 28),
        datetime(2026, 2, 28, tzinfo=timezone.utc), PAYLOADS[EventKind.BORROWER_DECEASED](),
    )  # fmt: skip
    assert event_to_row(event)["value_date"] == date(2026, 2, 28)
