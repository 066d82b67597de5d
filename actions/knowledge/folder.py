"""Where the data files are."""

from __future__ import annotations

import os
from pathlib import Path

_PROJECT_ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """`YUQI_DATA_DIR` or the project's own `data/`."""
    return Path(os.environ.get("YUQI_DATA_DIR") or _PROJECT_ROOT / "data")
