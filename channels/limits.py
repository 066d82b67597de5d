"""How often one caller may call: token buckets in memory, for calls in general and messages.

Each process counts for itself: these limits protect the assistant from one noisy caller, the proxy
in front protects the machine. What protects identity is counted in the store (``identity.limits``).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from identity.limits import Rate


class RateLimit:
    """Buckets by key; the least recently used are forgotten beyond ``capacity``."""

    def __init__(
        self,
        rate: Rate,
        *,
        capacity: int = 20_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._capacity = capacity
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_seconds(self, key: str) -> int:
        """Takes one call from the bucket: 0 where allowed, else seconds until it would be."""
        now = self._clock()
        level, since = self._buckets.pop(key, (float(self._rate.burst), now))
        per_second = self._rate.per_minute / 60
        level = min(float(self._rate.burst), level + (now - since) * per_second)
        allowed = level >= 1
        self._buckets[key] = (level - 1 if allowed else level, now)
        if len(self._buckets) > self._capacity:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, round((1 - level) / per_second))
