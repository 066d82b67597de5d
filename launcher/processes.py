"""Child processes that end with their parent, restart when they die, and log to files."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from launcher.settings import ROOT

_PR_SET_PDEATHSIG = 1
_STOP_SECONDS = 15.0


class PortTaken(Exception):
    """A port this assistant needs is used by another program."""


class ServiceDied(Exception):
    """A process ended before it was ready; carries the end of its log."""


def _die_with_parent() -> None:
    """Asks Linux to end the child when the launcher dies, even by kill -9."""
    try:
        ctypes.CDLL("libc.so.6").prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):  # not Linux: Ctrl-C is still handled by the supervisor
        return


def require_free_port(host: str, port: int, variable: str) -> None:
    """Raises PortTaken, naming the environment variable that chooses another port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} is in use. Is the assistant running already? "
                f"Stop it, or choose another port: {variable}={port + 100} make run"
            ) from error


@dataclass
class Service:
    """One process of the assistant."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    ready: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _log_file: IO[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts the process in a group of its own, so that Ctrl-C reaches it only through us."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._close_log()
        self._log_file = self.log.open("ab")
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log_file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent if os.name == "posix" else None,
        )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def wait_ready(self, seconds: float) -> None:
        """Waits until `ready()` holds.

        Raises:
            ServiceDied: when the process ends first or the time runs out.
        """
        deadline = time.monotonic() + seconds
        while not self.ready():
            if not self.alive():
                raise ServiceDied(f"{self.name} ended before it was ready.\n{self.log_end()}")
            if time.monotonic() > deadline:
                raise ServiceDied(
                    f"{self.name} was not ready in {seconds:.0f} s.\n{self.log_end()}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """Asks the process and its children to end, and makes them after a while."""
        if self.process is not None and self.alive():
            self._signal(signal.SIGTERM)
            try:
                self.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self.process.wait()
        self._close_log()

    def kill(self) -> None:
        """Ends the process at once, as a crash would; for tests of what happens then."""
        self._signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def log_end(self, lines: int = 15) -> str:
        """The last lines of the log, for an error message."""
        if not self.log.exists():
            return ""
        text = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"The end of {self.log}:", *text[-lines:]])

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def _close_log(self) -> None:
        if self._log_file is not None:
            self._log_file.close()
            self._log_file = None
