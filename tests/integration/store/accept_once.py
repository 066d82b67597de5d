"""A process of its own that accepts an offer: accept_once.py BORROWER OFFER [FILE TO WAIT FOR]."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from account_engine.services.engine import AccountEngine, Settings

if __name__ == "__main__":
    borrower, offer, *signal_file = sys.argv[1:]
    engine = AccountEngine.from_settings(Settings.from_env())
    engine.state(borrower)  # everything is imported and connected before the race begins
    if signal_file:
        print("ready", flush=True)
        while not Path(signal_file[0]).exists():
            time.sleep(0.001)
    print(engine.accept(borrower, offer).status.value)
