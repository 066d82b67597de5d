"""A process of its own that appends payments: append_many.py NAME COUNT."""

from __future__ import annotations

import sys

from account_engine.services.engine import AccountEngine, Settings
from tests.integration.store.samples import payment

if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    engine = AccountEngine.from_settings(Settings.from_env())
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        engine.record(payment(f"{name}-{number}", "1.00", "wang", "wang-huabei"))
