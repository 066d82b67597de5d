"""Running the batches of a sweep on Dask workers: two of this machine, or a cluster's."""

# mypy: disable-error-code="no-untyped-call"
# (distributed publishes no types)

from __future__ import annotations

import logging
import resource
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster, as_completed

from account_engine.portfolio.batch import BatchResult
from account_engine.portfolio.sweep import SweepTask, open_store, run_tasks
from account_engine.services.settings import Settings

_IN_FLIGHT_PER_WORKER = 2
"""Enough that no worker waits for its next batch; few enough that memory stays flat."""

_MOST_AT_ONCE = 4
"""Batches in one message to a worker."""

_SECONDS_FOR_A_WORKER = 60
_THIS_MACHINE = "127.0.0.1:0"
_UNDISTURBED = {
    # Dask looks at every stack a hundred times a second and remembers what it saw.
    "distributed.worker.profile.enabled": False,
    # It measures processes and machine ten to fifty times a second, which takes a tenth of a
    # processor; a batch needs some 100 MB, whatever the size of the portfolio.
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
}
"""For workers on this machine, which do nothing but a sweep."""


class DaskRunner:
    """Runs batches on the workers that a client reaches."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def __call__(self, tasks: Iterable[SweepTask]) -> Iterator[BatchResult]:
        """Yield results as they come in; only a few batches are under way at any time."""
        waiting = deque(tasks)
        room = _IN_FLIGHT_PER_WORKER * max(1, len(self._client.scheduler_info()["workers"]))
        running = as_completed([])
        for _ in range(room):
            self._submit_next(waiting, running, room)
        for future in running:
            yield from future.result()
            self._submit_next(waiting, running, room)

    def peaks_mb(self) -> list[int]:
        """Return the most memory that each worker process has held so far."""
        peaks: dict[str, int] = self._client.run(_peak_memory_kb)
        return [peak // 1024 for peak in peaks.values()]

    def cpu_seconds(self) -> float:
        """Return the processor time that all workers together have used so far."""
        used: dict[str, float] = self._client.run(time.process_time)
        return sum(used.values())

    def warm_up(self, settings: Settings) -> None:
        """Let every worker import what it needs and open the store."""
        self._client.run(open_store, settings)

    def _submit_next(self, waiting: deque[SweepTask], running: as_completed, room: int) -> None:
        if waiting:
            count = at_once(len(waiting), room)
            some = [waiting.popleft() for _ in range(count)]
            running.add(self._client.submit(run_tasks, some, pure=False))


def at_once(left: int, room: int) -> int:
    """Return how many of the batches that are left go to a worker together.

    Args:
        left: how many there are, at least one.
        room: how many messages are under way at any time.

    Several, since Dask's own work on a message takes as much time as thirty borrowers; fewer
    towards the end, so that no worker has much left when the other is done.
    """
    return max(1, min(_MOST_AT_ONCE, left // (2 * room)))


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[DaskRunner]:
    """Yield a runner over worker processes of this machine."""
    with (
        dask.config.set(_UNDISTURBED),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            # Without an address both would serve their HTTP pages on every interface.
            dashboard_address=_THIS_MACHINE,
            scheduler_kwargs={"dashboard": False},
            worker_dashboard_address=_THIS_MACHINE,
            silence_logs=logging.ERROR,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield DaskRunner(client)


@contextmanager
def remote_cluster(address: str) -> Iterator[DaskRunner]:
    """Yield a runner over the workers behind a Dask scheduler, such as tcp://10.0.0.5:8786.

    The workers must have this package installed and reach the database and the data folder under
    the same names.
    """
    with Client(address) as client:
        client.wait_for_workers(1, timeout=_SECONDS_FOR_A_WORKER)
        yield DaskRunner(client)


def _peak_memory_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
