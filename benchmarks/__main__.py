"""`make bench`: runs every benchmark in a process of its own and says on what it was measured."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Notices of the libraries would bury the figures.
_QUIET = {"PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"}


def machine() -> str:
    """One line about the processor, for whoever compares figures."""
    cpuinfo = Path("/proc/cpuinfo")
    model = platform.processor()
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    )


def main() -> int:
    wanted = sys.argv[1:]
    parts = sorted(p.parent.name for p in HERE.glob("*/__main__.py"))
    print(f"Measured on: {machine()}", flush=True)
    failed = []
    for part in parts:
        if wanted and part not in wanted:
            continue
        print(f"\n== {part} ==", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{part}"]
        if subprocess.run(command, check=False, env={**os.environ, **_QUIET}).returncode:
            failed.append(part)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
