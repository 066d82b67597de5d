"""Compiles the modules behind a fold to machine code, where this machine has a C compiler.

Without one the engine runs as plain Python: the same figures, about three times slower. Safe to run
again: it does nothing where the present sources are compiled already.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from account_engine import compiled  # noqa: E402 - found by the line before

MISSING = """\
The engine runs as plain Python, which gives the same figures more slowly: {reason}.
To compile it: install a C compiler and Python's headers (Ubuntu: sudo apt install gcc
python3.10-dev), then `make setup` again.\
"""


def missing() -> str | None:
    """What this machine lacks for compiling, or None."""
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang")):
        return "no C compiler was found"
    if not (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file():
        return "the headers of Python were not found"
    return None


def build(into: Path) -> None:
    """Compile into a folder; run in a process of its own, since distutils keeps state."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    with tempfile.TemporaryDirectory() as work:
        names = [str(path.relative_to(ROOT)) for path in compiled.sources()]
        modules = mypycify(
            ["--config-file=pyproject.toml", *names],
            opt_level="2",
            debug_level="0",
            multi_file=True,
            target_dir=f"{work}/c",
        )
        command = build_ext(Distribution({"name": "engine", "ext_modules": modules}))
        command.build_lib, command.build_temp = str(into), f"{work}/o"
        command.ensure_finalized()
        command.run()


def main() -> int:
    """Compile the present sources; the exit code is 0 as well where plain Python has to do."""
    where = compiled.folder()
    if where.is_dir():
        return 0
    if reason := missing():
        print(MISSING.format(reason=reason), file=sys.stderr)
        return 0
    print("Compiling the engine (about half a minute, once per version) ...", flush=True)
    where.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=where.parent) as made:
        built = Path(made) / "built"
        run = subprocess.run(
            [sys.executable, __file__, str(built)], cwd=ROOT, capture_output=True, text=True,
            env={**os.environ, "YUQI_ENGINE": "python"}, check=False,
        )  # fmt: skip
        if run.returncode:
            print((run.stdout + run.stderr)[-2000:], file=sys.stderr)
            print(MISSING.format(reason="compiling failed, see above"), file=sys.stderr)
            return 0
        for old in where.parent.iterdir():
            if not old.name.startswith("tmp"):  # what others are building just now
                shutil.rmtree(old, ignore_errors=True)
        with contextlib.suppress(OSError):  # somebody else was quicker with the same sources
            built.rename(where)
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
    else:
        raise SystemExit(main())
