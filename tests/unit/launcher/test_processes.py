"""Processes end with their parent, free ports are demanded with a way out, logs are quoted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher.processes import PortTaken, Service, ServiceDied, require_free_port
from launcher.settings import ROOT


def _service(tmp_path: Path, code: str, ready: bool = False) -> Service:
    return Service(
        name="the test server",
        command=[sys.executable, "-c", code],
        environment=dict(os.environ),
        log=tmp_path / "log" / "test.log",
        ready=lambda: ready,
    )


def test_a_taken_port_is_named_together_with_the_way_out() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"{port} is in use.*YUQI_PORT={port + 100}"):
            require_free_port("127.0.0.1", port, "YUQI_PORT")


def test_a_process_that_dies_early_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    service = _service(tmp_path, "print('no such table'); raise SystemExit(3)")
    service.start()
    with pytest.raises(ServiceDied, match=r"(?s)ended before it was ready.*no such table"):
        service.wait_ready(20)


def test_stop_ends_the_process_and_its_children(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time; "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "
        "print(child.pid, flush=True); time.sleep(600)"
    )
    service = _service(tmp_path, code)
    service.start()
    child = _wait_for_number(service.log)
    service.stop()
    assert not service.alive()
    assert _gone(child)


def test_children_end_when_the_launcher_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    code = f"""
import os, sys, time
from pathlib import Path
from launcher.processes import Service
service = Service("child", [sys.executable, "-c", "import time; time.sleep(600)"],
                  dict(os.environ), Path({str(tmp_path / "x.log")!r}), lambda: True)
service.start()
Path({str(log)!r}).write_text(str(service.process.pid))
time.sleep(600)
"""
    launcher = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    child = _wait_for_number(log)
    launcher.kill()
    launcher.wait()
    assert _gone(child)


def _wait_for_number(path: Path) -> int:
    for _ in range(200):
        if path.exists() and path.read_text().strip().isdigit():
            return int(path.read_text())
        time.sleep(0.1)
    raise AssertionError(f"nothing was written to {path}")


def _gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
            return True
        time.sleep(0.1)
    return False
