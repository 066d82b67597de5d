"""Import a lender's CSV or JSONL file: contracts, bills, loans, payments, scores, events."""

from __future__ import annotations

import argparse
from pathlib import Path

from account_engine.catalogue.products import Products
from account_engine.cli.case import add_store_arguments, settings_of
from account_engine.cli.output import Output
from account_engine.domain.codec import to_json
from account_engine.services.importing import (
    Acceptance,
    ImportReport,
    RecordKind,
    import_file,
)
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("kind", choices=[kind.value for kind in RecordKind])
    parser.add_argument("file", type=Path, help="its name ends in .csv or .jsonl")
    parser.add_argument(
        "--partial", action="store_true", help="store the good rows although others are wrong"
    )
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Import; the exit code is 1 when any row was rejected."""
    settings = settings_of(options)
    products = Products.load(settings.data_dir / "products")
    store = SqlStore(settings.database_url, ContractCodec(products.terms))
    acceptance = Acceptance.GOOD_ROWS if options.partial else Acceptance.ALL_OR_NOTHING
    try:
        store.require_schema()
        report = import_file(store, products, options.file, RecordKind(options.kind), acceptance)
    finally:
        store.close()
    _print(report, output)
    return 1 if report.rejected else 0


def _print(report: ImportReport, output: Output) -> None:
    if output.as_json:
        output.json(to_json(report))
        return
    for row in report.rejected:
        field = f", {row.field}" if row.field else ""
        output.line(f"{report.file}, line {row.line}{field}: {row.reason}")
    output.line(
        f"{report.rows} rows: {report.stored} stored, {report.duplicates} known before, "
        f"{len(report.rejected)} rejected ({report.outcome.value})."
    )
    if report.rejected and not report.stored:
        output.line("Correct the rows above, or store the others with --partial.")
