"""Borrowers' histories and the states folded from them, with a small cache in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from account_engine.domain.fold import fold
from account_engine.domain.state import BorrowerState
from account_engine.ports import BorrowerStream, Store

_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Folded:
    """A history and the state it has on a day."""

    stream: BorrowerStream
    state: BorrowerState


class Histories:
    """Reads a borrower's history and folds it.

    What is remembered is keyed by the number of stored events, so that a change made by any other
    process is seen by the next call.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._remembered: OrderedDict[tuple[str, int, date], Folded] = OrderedDict()

    def folded(self, borrower_id: str, as_of: date) -> Folded:
        """Return the borrower's history and state. Raises UnknownBorrower."""
        with self._store.read() as reader:
            key = (borrower_id, reader.version(borrower_id), as_of)
            with self._lock:
                known = self._remembered.get(key)
                if known is not None:
                    self._remembered.move_to_end(key)
                    return known
            stream = reader.stream(borrower_id)
        fresh = Folded(stream, fold(stream.contracts, stream.events, as_of))
        with self._lock:
            self._remembered[key] = fresh
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return fresh

    def stream(self, borrower_id: str) -> BorrowerStream:
        """Return the borrower's contracts and events. Raises UnknownBorrower."""
        with self._store.read() as reader:
            return reader.stream(borrower_id)
