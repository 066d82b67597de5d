"""Allowances: a burst at once, then the rate; callers do not share one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from identity.limits import Rate, SharedLimit
from identity.service import IdentityService
from identity.store.tables import spent_limits


@pytest.fixture
def limit(service: IdentityService) -> SharedLimit:
    """Two at once, six a minute: one every ten seconds."""
    return SharedLimit(service.database, service.session_ring, "test", Rate(2, 6))


def test_a_burst_then_the_rate(limit: SharedLimit, now: datetime) -> None:
    assert [limit.wait_seconds("a", now) for _ in range(3)] == [0, 0, 10]
    assert limit.wait_seconds("a", now + timedelta(seconds=4)) == 6
    assert limit.wait_seconds("a", now + timedelta(seconds=10)) == 0
    assert limit.wait_seconds("a", now + timedelta(seconds=10)) == 10


def test_an_allowance_fills_up_to_the_burst_and_no_further(
    limit: SharedLimit, now: datetime
) -> None:
    limit.wait_seconds("a", now)
    much_later = now + timedelta(days=1)
    assert [limit.wait_seconds("a", much_later) for _ in range(3)] == [0, 0, 10]


def test_callers_and_limits_are_kept_apart(
    limit: SharedLimit, service: IdentityService, now: datetime
) -> None:
    other = SharedLimit(service.database, service.session_ring, "other", Rate(2, 6))
    for _ in range(3):
        limit.wait_seconds("a", now)
    assert limit.wait_seconds("b", now) == 0
    assert other.wait_seconds("a", now) == 0


def test_the_address_itself_is_not_stored(
    limit: SharedLimit, service: IdentityService, now: datetime
) -> None:
    limit.wait_seconds("192.0.2.1", now)
    with service.database.read() as connection:
        (row,) = connection.execute(spent_limits.select()).all()
    assert "192.0.2.1" not in row.key
