"""Check everything that is stored: hashes, chains, the audit log, and every fold again."""

from __future__ import annotations

import argparse

from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from account_engine.catalogue.products import Products
from account_engine.cli.case import add_store_arguments, settings_of
from account_engine.cli.output import Output
from account_engine.domain.codec import to_json
from account_engine.services.verification import verify
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Verify; the exit code is 1 when anything is wrong."""
    settings = settings_of(options)
    products = Products.load(settings.data_dir / "products")
    store = SqlStore(settings.database_url, ContractCodec(products.terms))
    columns = (TextColumn("verified"), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        store.require_schema()
        with Progress(*columns, console=output.messages, transient=True) as progress:
            task = progress.add_task("verify", total=None)
            found = verify(store, lambda _borrower: progress.advance(task))
    finally:
        store.close()
    if output.as_json:
        output.json(to_json(found))
    else:
        for problem in found.problems:
            output.line(f"{problem.finding.value}: {problem.subject}: {problem.detail}")
        output.line(
            f"{found.borrowers} borrowers, {found.events} events, {found.snapshots} snapshots, "
            f"{found.audit_entries} audit entries: "
            + ("all is well." if not found.problems else f"{len(found.problems)} problems.")
        )
    return 1 if found.problems else 0
