"""Which trained model fits the data on disk, and training one when none does.

A model file is named after two digests: one over everything the understanding is made from, one
over everything at all. Editing a training line, a dictionary or a component therefore always leads
to a new model, and starting again without an edit never trains.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from launcher.settings import ROOT, Settings

UNDERSTANDING = ("config.yml", "data/nlu", "data/dictionary", "data/lexicon", "nlu")
DIALOGUE = ("domain.yml", "data/rules")
SUFFIXES = {".yml", ".yaml", ".txt", ".py", ".json", ".tsv"}

_STEP = re.compile(r"(Starting to train component|Finished training component) '(\w+)'")


class TrainingFailed(Exception):
    """Training ended without a model; the log says why."""


def digest(paths: Iterable[str], root: Path = ROOT) -> str:
    """Eight hexadecimal digits over the names and contents of all source files below `paths`."""
    sha = hashlib.sha256()
    for name in paths:
        top = root / name
        files = [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())
        for file in files:
            if file.suffix in SUFFIXES and "evaluation" not in file.parts:
                sha.update(file.relative_to(root).as_posix().encode())
                sha.update(hashlib.sha256(file.read_bytes()).digest())
    return sha.hexdigest()[:8]


def model_path(settings: Settings) -> Path:
    """The file that a model of today's data has, present or not."""
    understanding = digest(UNDERSTANDING)
    everything = digest((*UNDERSTANDING, *DIALOGUE))
    return settings.models / f"yuqi-{understanding}-{everything}.tar.gz"


def ensure_model(settings: Settings) -> Path:
    """Returns the fitting model, training it first (under three minutes) when there is none.

    Raises:
        TrainingFailed: with the path of the training log.
    """
    wanted = model_path(settings)
    if wanted.exists():
        return wanted
    print("Training the model: the data changed or this is the first start (about two minutes) ...")
    train(settings, wanted)
    return wanted


def train(settings: Settings, wanted: Path) -> None:
    """Trains into `wanted`; the understanding is trained anew only when its sources changed."""
    settings.models.mkdir(parents=True, exist_ok=True)
    understanding = wanted.name.split("-")[1]
    same_understanding = any(settings.models.glob(f"yuqi-{understanding}-*.tar.gz"))
    command = [
        *(sys.executable, "-m", "rasa", "train"),
        *("--config", "config.yml", "--domain", "domain.yml"),
        *("--data", "data/nlu", "data/rules"),
        *("--out", str(settings.models), "--fixed-model-name", wanted.name.removesuffix(".tar.gz")),
    ]
    if not same_understanding:
        command.append("--force")
    log = settings.var / "log" / "train.log"
    status = _show_progress(command, settings, log)
    if status != 0 or not wanted.exists():
        end = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
        raise TrainingFailed(f"Training ended with status {status}. The end of {log}:\n{end}")
    forget_older(settings, keep=wanted)


def _show_progress(command: list[str], settings: Settings, log: Path) -> int:
    """Runs the training; everything goes to the log, each step's begin and end to the screen."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=settings.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            step = _STEP.search(line)
            if step:
                print(f"  {step.group(1)} {step.group(2)}", flush=True)
        return process.wait()


def forget_older(settings: Settings, keep: Path, how_many: int = 3) -> None:
    """Removes all but the newest models, so that the folder does not grow with every edit."""
    models = sorted(settings.models.glob("yuqi-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for old in models[:-how_many]:
        if old != keep:
            old.unlink()
