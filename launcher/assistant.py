"""The assistant as a whole: databases, model, action server, Rasa server."""

from __future__ import annotations

import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher import databases, model
from launcher.processes import Service, require_free_port
from launcher.settings import Settings

_START_SECONDS = 180.0
_RESTART_PAUSE_SECONDS = 2.0


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with 200 within two seconds."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@dataclass
class Assistant:
    """Both servers of one assistant; start() returns once the chat page really answers."""

    settings: Settings
    actions: Service
    rasa: Service

    @classmethod
    def prepare(cls, settings: Settings, model_file: Path) -> Assistant:
        """Describes the processes without starting them."""
        return cls(settings, actions_service(settings), rasa_service(settings, model_file))

    def start(self, report: Callable[[str], None] = print) -> None:
        """Starts the action server, then Rasa, and waits for both.

        Raises:
            PortTaken: when another program has one of the ports.
            ServiceDied: when a process ends or does not answer in time.
        """
        settings = self.settings
        require_free_port(settings.host, settings.actions_port, "YUQI_ACTIONS_PORT")
        require_free_port(settings.host, settings.rasa_port, "YUQI_PORT")
        report("Starting the action server and Rasa (about half a minute) ...")
        try:
            self.actions.start()
            self.rasa.start()
            self.actions.wait_ready(_START_SECONDS)
            self.rasa.wait_ready(_START_SECONDS)
        except BaseException:
            self.stop()
            raise

    def watch(self, report: Callable[[str], None] = print) -> None:
        """Stays until interrupted, and starts a process again that dies."""
        while True:
            for service in (self.actions, self.rasa):
                if not service.alive():
                    report(f"{service.name} stopped unexpectedly; starting it again.")
                    report(service.log_end(5))
                    service.start()
            time.sleep(_RESTART_PAUSE_SECONDS)

    def stop(self) -> None:
        """Stops every process this assistant started."""
        for service in (self.rasa, self.actions):
            service.stop()


def actions_service(settings: Settings) -> Service:
    """The action server, which holds the account engine."""
    health = f"http://{settings.host}:{settings.actions_port}/health"
    return Service(
        name="the action server",
        command=[
            *(sys.executable, "-m", "actions.server"),
            *("--host", settings.host, "--port", str(settings.actions_port)),
        ],
        environment=settings.environment(),
        log=settings.var / "log" / "actions.log",
        ready=lambda: answers(health),
    )


def rasa_service(settings: Settings, model_file: Path) -> Service:
    """The Rasa server with the web channel; its HTTP API stays off."""
    health = f"{settings.address}health"
    return Service(
        name="Rasa",
        command=[
            *(sys.executable, "-m", "rasa", "run", "--model", str(model_file)),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
            *("--interface", settings.host, "--port", str(settings.rasa_port)),
        ],
        environment=settings.environment(),
        log=settings.var / "log" / "rasa.log",
        ready=lambda: answers(health),
    )


def prepared(settings: Settings) -> Assistant:
    """Everything up to date (databases, demo borrowers, model), nothing started yet."""
    databases.prepare(settings)
    return Assistant.prepare(settings, model.ensure_model(settings))
