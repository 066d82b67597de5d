"""A Dask scheduler and workers that run on their own find the same as one process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select

from account_engine.catalogue.products import Products
from account_engine.portfolio.batch import Night
from account_engine.portfolio.cluster import local_cluster, remote_cluster
from account_engine.portfolio.generate import generate
from account_engine.portfolio.sweep import sweep
from account_engine.store import tables
from account_engine.store.codec import ContractCodec
from account_engine.store.migration import migrate
from account_engine.store.sql_store import SqlStore
from tests.integration.store.engines import ROOT, TODAY, settings

BORROWERS = 60


def portfolio(folder: Path) -> str:
    """The same invented portfolio in a database of its own."""
    folder.mkdir()
    url = f"sqlite:///{folder}/accounts.db"
    migrate(url)
    products = Products.load(settings(url).data_dir / "products")
    store = SqlStore(url, ContractCodec(products.terms))
    generate(store, products, BORROWERS, 5, TODAY)
    store.close()
    return url


def outbox(url: str) -> list[str]:
    products = Products.load(settings(url).data_dir / "products")
    store = SqlStore(url, ContractCodec(products.terms))
    with store.read() as reader:
        rows = sorted(map(str, reader.connection.execute(select(tables.outbox))))
    store.close()
    return rows


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own, ended by its own id."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A scheduler and one worker on this machine, started as a cluster's would be."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    at = ("--host", "127.0.0.1", "--no-dashboard")
    with (
        running("-m", "distributed.cli.dask_scheduler", *at, "--port", str(port)),
        running(
            "-m",
            "distributed.cli.dask_worker",
            address,
            *at,
            "--nthreads",
            "1",
            "--no-nanny",
            "--death-timeout",
            "60",
        ),  # fmt: skip
    ):
        yield address


def listening() -> set[tuple[str, int]]:
    """Address and port of every TCP socket that this process or a child of it listens on."""
    mine = {os.getpid(), *(child.pid for child in psutil.Process().children(recursive=True))}
    return {
        (found.laddr.ip, found.laddr.port)
        for pid in mine
        for found in psutil.Process(pid).connections("tcp")
        if found.status == psutil.CONN_LISTEN
    }


def test_a_local_cluster_listens_on_this_machine_only() -> None:
    before = listening()
    with local_cluster(workers=1):
        opened = listening() - before
    assert opened
    assert {address for address, _ in opened} == {"127.0.0.1"}


def test_the_outbox_is_that_of_a_local_run(scheduler: str, tmp_path: Path) -> None:
    here, there = portfolio(tmp_path / "here"), portfolio(tmp_path / "there")
    sweep(settings(here), Night(TODAY), batch=13)
    with remote_cluster(scheduler) as runner:
        report = sweep(settings(there), Night(TODAY), runner, batch=13)
    assert report.borrowers == BORROWERS
    assert outbox(there) == outbox(here) != []
