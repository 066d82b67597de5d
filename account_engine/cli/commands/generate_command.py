"""Fill the database with an invented portfolio that looks real."""

from __future__ import annotations

import argparse

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from account_engine.catalogue.products import Products
from account_engine.cli.case import add_store_arguments, iso_date, settings_of
from account_engine.cli.output import Output
from account_engine.portfolio.generate import generate
from account_engine.services.clock import BusinessClock
from account_engine.store.codec import ContractCodec
from account_engine.store.migration import migrate
from account_engine.store.sql_store import SqlStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("--borrowers", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same people")
    parser.add_argument("--business-date", type=iso_date, metavar="DATE", help="default: today")
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Migrate and generate; borrowers that are there already stay as they are."""
    settings = settings_of(options)
    migrate(settings.database_url)
    products = Products.load(settings.data_dir / "products")
    store = SqlStore(settings.database_url, ContractCodec(products.terms))
    today = options.business_date or BusinessClock(settings.business_date).today()
    bars = (TextColumn("generating"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*bars, console=output.messages, transient=True) as progress:
            task = progress.add_task("generate", total=options.borrowers)
            events = generate(
                store,
                products,
                options.borrowers,
                options.seed,
                today,
                lambda done: progress.advance(task, done),
            )
    finally:
        store.close()
    if output.as_json:
        output.json({"borrowers": options.borrowers, "events_added": events})
    else:
        output.line(f"{options.borrowers} borrowers are stored; {events} events were added.")
    return 0
