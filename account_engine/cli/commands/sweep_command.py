"""The nightly pass: new states, notices due, broken plans, into the outbox, exactly once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from account_engine.cli.case import add_store_arguments, iso_date, settings_of
from account_engine.cli.output import Output
from account_engine.domain.codec import to_json
from account_engine.portfolio.batch import Looking, Night
from account_engine.portfolio.sweep import DEFAULT_BATCH, Runner, in_this_process, sweep
from account_engine.services.clock import BusinessClock

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from account_engine.portfolio.batch import BatchResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("--date", type=iso_date, help="business date; default: today")
    parser.add_argument(
        "--workers",
        type=int,
        default=2,
        metavar="N",
        help="processes here; 0: this one (default 2)",
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster instead, such as tcp://10.0.0.5:8786"
    )
    parser.add_argument("--batch", type=int, default=DEFAULT_BATCH, help="borrowers at a time")
    parser.add_argument(
        "--everybody",
        action="store_true",
        help="fold even those whom time alone cannot have changed; after a change of the rules",
    )
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Sweep what is left of a business date."""
    settings = settings_of(options)
    day = options.date or BusinessClock(settings.business_date).today()
    looking = Looking.EVERYBODY if options.everybody else Looking.WHOEVER_MAY_HAVE_CHANGED
    with _runner(options) as runner, _progress(output) as progress:
        report = sweep(settings, Night(day, looking), runner, options.batch, progress)
    if output.as_json:
        output.json(to_json(report))
    else:
        output.line(
            f"{day}: {report.borrowers} borrowers, {report.messages} messages, "
            f"{report.events} events."
        )
    return 0


def _runner(options: argparse.Namespace) -> AbstractContextManager[Runner]:
    if options.scheduler is None and options.workers == 0:
        return nullcontext(in_this_process)
    # Dask takes a second to import; only a sweep pays for it.
    from account_engine.portfolio.cluster import local_cluster, remote_cluster

    if options.scheduler is not None:
        return remote_cluster(options.scheduler)
    return local_cluster(options.workers)


class _Bar:
    """Shows how far a sweep is. Knows the total only when the first batch is back."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("sweep", total=None, speed="")
        self._borrowers = 0

    def __call__(self, result: BatchResult, batches: int) -> None:
        self._borrowers += result.borrowers
        elapsed = self._progress.tasks[self._task].elapsed or 0
        speed = f"{self._borrowers / elapsed:,.0f} borrowers/s" if elapsed else ""
        self._progress.update(self._task, total=batches, advance=1, speed=speed)


@contextmanager
def _progress(output: Output) -> Iterator[_Bar]:
    columns = (
        TextColumn("batches"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[speed]}"),
    )
    with Progress(*columns, console=output.messages, transient=True) as progress:
        yield _Bar(progress)
