"""Places where a test may let the process die, to see that nothing is lost or doubled.

They do nothing unless YUQI_FAILPOINT names one and YUQI_TESTING is "1".
"""

from __future__ import annotations

import os
import signal


def reached(name: str) -> None:
    """Die here as by `kill -9` when a test asked for it: "<name>" or "<name>:<nth time>"."""
    wanted = os.environ.get("YUQI_FAILPOINT")
    if not wanted or os.environ.get("YUQI_TESTING") != "1":
        return
    place, _, times = wanted.partition(":")
    if place != name:
        return
    _passed[name] = _passed.get(name, 0) + 1
    if _passed[name] == int(times or 1):
        os.kill(os.getpid(), signal.SIGKILL)


_passed: dict[str, int] = {}
