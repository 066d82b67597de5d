"""Running the batches of a sweep on Dask workers: two of this machine, or a cluster's."""

# mypy: disable-error-code="no-untyped-call"
# (distributed publishes no types)

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from distributed import Client, LocalCluster, as_completed

from account_engine.portfolio.batch import BatchResult
from account_engine.portfolio.sweep import Runner, SweepTask, run_task

_IN_FLIGHT_PER_WORKER = 2
"""Enough that no worker waits for its next batch; few enough that memory stays flat."""


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[Runner]:
    """Yield a runner over worker processes of this machine."""
    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.ERROR,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield _runner(client)


@contextmanager
def remote_cluster(address: str) -> Iterator[Runner]:
    """Yield a runner over the workers behind a Dask scheduler, such as tcp://10.0.0.5:8786.

    The workers must have this package installed and reach the database and the data folder under
    the same names.
    """
    with Client(address) as client:
        yield _runner(client)


def _runner(client: Client) -> Runner:
    def run(tasks: Iterable[SweepTask]) -> Iterator[BatchResult]:
        waiting = iter(tasks)
        room = _IN_FLIGHT_PER_WORKER * max(1, len(client.scheduler_info()["workers"]))
        running = as_completed([])
        for _ in range(room):
            _submit_next(client, waiting, running)
        for future in running:
            yield future.result()
            _submit_next(client, waiting, running)

    return run


def _submit_next(client: Client, waiting: Iterator[SweepTask], running: as_completed) -> None:
    task = next(waiting, None)
    if task is not None:
        running.add(client.submit(run_task, task, pure=False))
