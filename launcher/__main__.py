"""`python -m launcher run | shell | train | prepare`: what the Makefile calls."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from types import FrameType

from launcher import databases, model, wording
from launcher.assistant import actions_service, prepared
from launcher.processes import PortTaken, ServiceDied
from launcher.settings import ROOT, Settings

_SHELL_ACTIONS_SECONDS = 120.0


def run(settings: Settings) -> int:
    """Starts the assistant, prints its address when it answers, and stays until Ctrl-C."""
    assistant = prepared(settings)
    try:
        started = time.monotonic()
        assistant.start()
        print(f"Ready after {time.monotonic() - started:.0f} s. Logs: {settings.var / 'log'}")
        print("\n" + wording.ready(settings.address), flush=True)
        assistant.watch()
    except KeyboardInterrupt:
        print("\nStopping ...")
    finally:
        assistant.stop()
    return 0


def shell(settings: Settings) -> int:
    """The same assistant in `rasa shell`, with an action server of its own."""
    settings = replace(settings, actions_port=settings.actions_port + 20)
    databases.prepare(settings)
    model_file = model.ensure_model(settings)
    actions = actions_service(settings)
    try:
        actions.start()
        actions.wait_ready(_SHELL_ACTIONS_SECONDS)
        print(wording.shell(demo_token(settings)), flush=True)
        command = [
            *(sys.executable, "-m", "rasa", "shell", "--model", str(model_file)),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
            *("--port", str(settings.rasa_port + 20)),
        ]
        return _until_closed(command, settings)
    except KeyboardInterrupt:
        return 0
    finally:
        actions.stop()


def _until_closed(command: list[str], settings: Settings) -> int:
    """Run the shell; when its terminal is closed it ends too, which Rasa by itself does not."""
    rasa = subprocess.Popen(command, cwd=ROOT, env=settings.environment())

    def closed(_number: int, _frame: FrameType | None) -> None:
        rasa.kill()
        raise KeyboardInterrupt

    signal.signal(signal.SIGHUP, closed)
    signal.signal(signal.SIGTERM, closed)
    try:
        return rasa.wait()
    finally:
        rasa.kill()


def demo_token(settings: Settings, borrower: str = "zhang") -> str:
    """A demo sign-in token, made as a lender's own server would make one."""
    command = [sys.executable, "-m", "identity.token", borrower]
    made = subprocess.run(
        command, cwd=ROOT, env=settings.environment(), check=True, capture_output=True, text=True
    )
    return made.stdout.strip()


def train(settings: Settings) -> int:
    """Trains when no model fits the data."""
    print(f"Model: {model.ensure_model(settings)}")
    return 0


def prepare(settings: Settings) -> int:
    """Databases and model, without starting anything."""
    prepared(settings)
    return 0


COMMANDS = {"run": run, "shell": shell, "train": train, "prepare": prepare}


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Parses the command line; known troubles end with one clear message, not a traceback."""
    parser = argparse.ArgumentParser(prog="python -m launcher", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS))
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # also when started in the background
        signal.signal(number, _interrupt)
    os.chdir(ROOT)
    try:
        return COMMANDS[arguments.command](Settings.from_env())
    except (PortTaken, ServiceDied, model.TrainingFailed) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
