"""Hypothesis profiles and the one running assistant that all tests over HTTP share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.running import RunningAssistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """Both servers with databases of their own in a temporary folder, started once per run."""
    from tests.running import RunningAssistant  # pulls the engine in; unit tests need not

    address = os.environ.get("YUQI_CHAT_URL")
    if address:  # somebody keeps one running while writing conversations
        yield RunningAssistant.attached(address)
        return
    running = RunningAssistant.start(tmp_path_factory.mktemp("assistant"))
    yield running
    running.stop()
