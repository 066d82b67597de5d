"""From a stored snapshot to a quote: the borrower of `benchmarks.engine` (2 products, 36 months,
500 events), kept as a sweep keeps whoever is behind.

`python -m benchmarks.store`
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import insert

from account_engine.catalogue.products import Products
from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract
from account_engine.ports import NewBorrower
from account_engine.services.settings import Settings
from account_engine.store import tables
from account_engine.store.codec import ContractCodec
from account_engine.store.migration import migrate
from account_engine.store.sql_store import SqlStore
from account_engine.store.state_codec import FOLD_VERSION, dump_state, load_state
from benchmarks.engine.history import borrower

_RUNS = 500


def timed(call: Callable[[], object], runs: int = _RUNS) -> str:
    """Best and median processor time of some runs."""
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        call()
        spent.append((time.process_time() - begun) * 1000)
    spent.sort()
    return f"best {spent[0]:.3f} ms, median {spent[len(spent) // 2]:.3f} ms of CPU"


def main() -> None:
    """Print how long each way to a quote takes."""
    contracts, events, today = borrower()
    state = fold(contracts, events, today)
    content = dump_state(state)
    kind = QuoteKind.PAYOFF_ALL
    print(f"one borrower, {len(events)} events; the snapshot's payload has {len(content):,} bytes")
    print(f"  payload to state:                 {timed(lambda: load_state(content, contracts))}")
    print(f"  quote from a state:               {timed(lambda: quote(state, kind))}")
    whole = timed(lambda: quote(load_state(content, contracts), kind))
    print(f"  payload to state to quote:        {whole}    (target: 0.2 ms)")
    print(f"  state to payload:                 {timed(lambda: dump_state(state), 100)}")
    with tempfile.TemporaryDirectory(prefix="yuqi-store-") as folder:
        _stored(f"sqlite:///{folder}/accounts.db", contracts, events, today, state)


def _stored(
    url: str,
    contracts: Sequence[Contract],
    events: Sequence[Event],
    today: date,
    state: BorrowerState,
) -> None:
    migrate(url)
    products = Products.load(Settings().data_dir / "products")
    store = SqlStore(url, ContractCodec(products.terms))
    who = contracts[0].borrower_id
    with store.write() as writer:
        writer.add_borrower(NewBorrower(who, "某女士", "13800000000"))
        for contract in contracts:
            terms = products.latest(contract.terms.product_id)
            writer.add_contract(replace(contract, terms=terms))
        writer.append(who, events)
        row = {
            "borrower_id": who,
            "version": len(events),
            "as_of": today,
            "fold_version": FOLD_VERSION,
            "content": dump_state(state),
        }
        writer.connection.execute(insert(tables.snapshots), [row])

    def from_snapshot() -> None:
        with store.read() as reader:
            kept = reader.snapshot(who, reader.version(who), today)
        assert kept is not None
        quote(kept, QuoteKind.PAYOFF_ALL)

    def from_events() -> None:
        with store.read() as reader:
            stream = reader.stream(who)
        quote(fold(stream.contracts, stream.events, today), QuoteKind.PAYOFF_ALL)

    print(f"  with the queries (SQLite):        {timed(from_snapshot, 200)}")
    print(f"  without the snapshot:             {timed(from_events, 30)}")
    store.close()


if __name__ == "__main__":
    main()
