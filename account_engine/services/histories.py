"""States folded from borrowers' histories, with two caches that may be dropped at any time."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from account_engine.domain.fold import fold
from account_engine.domain.state import BorrowerState
from account_engine.ports import BorrowerStream, Store

_REMEMBERED = 256


class Histories:
    """Reads a borrower's history and folds it.

    A state is remembered in memory, and the nightly sweep leaves snapshots in the store. Both are
    keyed by the number of stored events, so that a change made by any process is seen at once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._remembered: OrderedDict[tuple[str, int, date], BorrowerState] = OrderedDict()

    def state(self, borrower_id: str, as_of: date) -> BorrowerState:
        """Return the borrower's state on a day. Raises UnknownBorrower."""
        with self._store.read() as reader:
            version = reader.version(borrower_id)
            key = (borrower_id, version, as_of)
            with self._lock:
                known = self._remembered.get(key)
                if known is not None:
                    self._remembered.move_to_end(key)
                    return known
            state = reader.snapshot(borrower_id, version, as_of)
            if state is None:
                stream = reader.stream(borrower_id)
                state = fold(stream.contracts, stream.events, as_of)
        self._remember(key, state)
        return state

    def stream(self, borrower_id: str) -> BorrowerStream:
        """Return the borrower's contracts and events. Raises UnknownBorrower."""
        with self._store.read() as reader:
            return reader.stream(borrower_id)

    def _remember(self, key: tuple[str, int, date], state: BorrowerState) -> None:
        with self._lock:
            self._remembered[key] = state
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
