"""Importing one file: either all of it, or (when asked) all rows that are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from account_engine.catalogue.product_checks import check_contract
from account_engine.catalogue.products import Products
from account_engine.domain.errors import InvalidEvent
from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.terms import Contract
from account_engine.errors import EngineError
from account_engine.ports import Ingested, NewBorrower
from account_engine.services.importing.records import (
    CONTRACT_COLUMNS,
    RecordKind,
    event_of,
    read_columns,
)
from account_engine.services.importing.report import ImportOutcome, ImportReport, RejectedRow
from account_engine.services.importing.rows import Row, read_rows
from account_engine.store.bulk import append_bulk
from account_engine.store.codec import contract_from_json
from account_engine.store.database import Isolation
from account_engine.store.sql_store import SqlStore
from account_engine.store.writer import SqlWriter

_ROWS_AT_ONCE = 2_000


class Acceptance(str, Enum):
    """What happens to a file with wrong rows."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"


class _Undo(Exception):
    """Ends a transaction without storing anything."""


def import_file(
    store: SqlStore,
    products: Products,
    path: Path,
    kind: RecordKind,
    acceptance: Acceptance = Acceptance.ALL_OR_NOTHING,
) -> ImportReport:
    """Import a lender's file in one transaction.

    Importing a file again stores nothing new. Every wrong row is reported, not only the first.
    A row is also wrong when the borrower's history could not be folded with it.
    """
    rejected: dict[int, RejectedRow] = {}
    while True:
        attempt = _Attempt(products, path, kind, rejected)
        try:
            with store.write(Isolation.ROWS) as writer:
                attempt.run(writer)
                if attempt.rejected:
                    raise _Undo
        except _Undo:
            rejected.update(attempt.rejected)
            if acceptance is Acceptance.GOOD_ROWS:
                continue
            return attempt.report(rejected, ImportOutcome.NOTHING_STORED)
        outcome = ImportOutcome.PARTLY_STORED if rejected else ImportOutcome.STORED
        return attempt.report(rejected, outcome)


class _Attempt:
    """One pass over the file, leaving out the rows that earlier passes refused."""

    def __init__(
        self,
        products: Products,
        path: Path,
        kind: RecordKind,
        refused: Mapping[int, RejectedRow],
    ) -> None:
        self._products = products
        self._path = path
        self._kind = kind
        self._refused = refused
        self._imported_at = datetime.now(timezone.utc)
        self._touched: set[str] = set()
        self.rejected: dict[int, RejectedRow] = {}
        self.rows = 0
        self.counts = dict.fromkeys(Ingested, 0)

    def run(self, writer: SqlWriter) -> None:
        rows = self._good_rows()
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            if self._kind is RecordKind.CONTRACTS:
                self._store_contracts(writer, batch)
            else:
                self._store_events(writer, batch)
        for borrower_id in sorted(self._touched):
            self._check_history(writer, borrower_id)
        if not self._refused:
            detail = {"rows": self.rows, "stored": self.counts[Ingested.APPENDED]}
            writer.audit("import", self._path.name[-128:], detail)

    def report(self, rejected: Mapping[int, RejectedRow], outcome: ImportOutcome) -> ImportReport:
        kept = outcome is not ImportOutcome.NOTHING_STORED
        return ImportReport(
            file=str(self._path),
            rows=self.rows,
            stored=self.counts[Ingested.APPENDED] if kept else 0,
            duplicates=self.counts[Ingested.DUPLICATE],
            rejected=tuple(rejected[line] for line in sorted(rejected)),
            outcome=outcome,
        )

    def _good_rows(self) -> Iterator[Row]:
        for row in read_rows(self._path):
            self.rows += 1
            if row.line in self._refused:
                continue
            if isinstance(row, RejectedRow):
                self.rejected[row.line] = row
            else:
                yield row

    def _reject(self, line: int, error: EngineError, field: str | None = None) -> None:
        reason = str(getattr(error, "reason", error.message))
        self.rejected[line] = RejectedRow(
            line, error.field or "" if field is None else field, reason
        )

    def _store_contracts(self, writer: SqlWriter, batch: list[Row]) -> None:
        for row in batch:
            try:
                borrower, contract = _contract_of(row.cells, self._products)
                writer.add_borrower(borrower)
                self.counts[writer.add_contract(contract)] += 1
            except EngineError as error:
                self._reject(row.line, error)

    def _store_events(self, writer: SqlWriter, batch: list[Row]) -> None:
        lines: list[int] = []
        events: list[Event] = []
        for row in batch:
            try:
                events.append(event_of(self._kind, row.cells, self._imported_at))
                lines.append(row.line)
            except EngineError as error:
                self._reject(row.line, error)
        for line, event, outcome in zip(
            lines, events, append_bulk(writer.connection, events), strict=True
        ):
            if isinstance(outcome, EngineError):
                self._reject(line, outcome)
            else:
                self.counts[outcome] += 1
                self._touched.add(event.borrower_id)

    def _check_history(self, writer: SqlWriter, borrower_id: str) -> None:
        """Fold what would be stored; every row that contradicts the rest is refused."""
        stream = writer.stream(borrower_id)
        events = list(stream.events)
        while events:
            try:
                fold(stream.contracts, events, max(event.value_date for event in events))
                return
            except EngineError as error:
                if not self._reject_history(borrower_id, error):
                    return
                events = [event for event in events if event.event_id != error.field]

    def _reject_history(self, borrower_id: str, error: EngineError) -> bool:
        """Refuse the row whose event is named, or else every row of the borrower.

        Returns:
            Whether one row of this file was named.
        """
        mine: list[int] = []
        for row in read_rows(self._path):
            if isinstance(row, Row) and row.cells.get("borrower_id") == borrower_id:
                if row.cells.get("event_id") == error.field:
                    self._reject(row.line, error, "event_id")
                    return True
                mine.append(row.line)
        for line in mine:
            self._reject(line, error)
        return False


def _contract_of(cells: Mapping[str, Any], products: Products) -> tuple[NewBorrower, Contract]:
    values = read_columns(CONTRACT_COLUMNS, cells)
    for name in ("borrower_id", "display_name", "phone", "product", "terms_version"):
        if name not in values:
            raise InvalidEvent(name, "missing")
    borrower = NewBorrower(
        values["borrower_id"], values.pop("display_name"), str(values.pop("phone"))
    )
    terms = products.terms(values.pop("product"), values.pop("terms_version"))
    contract = contract_from_json(values, terms)
    check_contract(contract)
    return borrower, contract
