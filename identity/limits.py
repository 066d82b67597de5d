"""How often one caller may do what protects identity: counted in the store, so over all processes.

The count is one moment per caller: until when what it did is "paid for" at the allowed rate. A
caller may run ahead of the clock by its burst, no further (known as GCRA, or a leaky bucket).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from identity.keys import KeyRing
from identity.store import Database
from identity.store.limits import lock_limit, spend


@dataclass(frozen=True)
class Rate:
    """An allowance.

    Attributes:
        burst: times at once.
        per_minute: times per minute in the long run.
    """

    burst: int
    per_minute: float

    @property
    def cost(self) -> timedelta:
        """What one time takes of the allowance."""
        return timedelta(minutes=1 / self.per_minute)


class SharedLimit:
    """One limit by key, shared by every process that uses the same database.

    Args:
        name: keeps the keys of different limits apart.
    """

    def __init__(self, database: Database, ring: KeyRing, name: str, rate: Rate) -> None:
        self._database = database
        self._ring = ring
        self._name = name
        self._rate = rate

    def wait_seconds(self, caller: str, now: datetime) -> int:
        """Uses the allowance once: 0 where allowed, else seconds until it would be.

        ``caller`` (an address, for example) is stored as a keyed digest only.
        """
        key = self._ring.digest(f"limit:{self._name}", caller)
        with self._database.write() as connection:
            start = max(lock_limit(connection, key, now), now)
            over = start + self._rate.cost - now - self._rate.burst * self._rate.cost
            if over > timedelta(0):
                return max(1, math.ceil(over.total_seconds()))
            spend(connection, key, start + self._rate.cost)
        return 0
