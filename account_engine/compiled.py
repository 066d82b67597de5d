"""The ledger as machine code, where it was built for exactly these sources.

`deploy/compile_engine.py` compiles the modules behind a fold with mypyc, into a folder named after
a digest of their sources. Python then finds the compiled modules before the plain ones. After an
edit the digest is another one and plain Python runs, so that nobody ever reads a figure of rules
that are no longer there. `YUQI_ENGINE=python` asks for plain Python.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ROOT / "account_engine" / "domain"
_BESIDE_THE_LEDGER = ("amortisation", "calendar", "fold", "quote_items", "quotes")
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")


def sources() -> list[Path]:
    """The modules that are compiled: the books, schedules, the fold over events and the quotes."""
    ledger = sorted(path for path in (DOMAIN / "ledger").glob("*.py") if path.stem != "__init__")
    return [*ledger, *(DOMAIN / f"{name}.py" for name in _BESIDE_THE_LEDGER)]


def digest() -> str:
    """Of all sources that the compiled modules were checked against, and of the Python."""
    of = hashlib.sha256(str(SUFFIX).encode())
    for path in sorted(DOMAIN.rglob("*.py")):
        if "negotiation" not in path.parts:
            of.update(path.relative_to(DOMAIN).as_posix().encode())
            of.update(path.read_bytes())
    return of.hexdigest()[:20]


def folder() -> Path:
    """Where modules compiled from the present sources are, if they were compiled."""
    return ROOT / "build" / "engine" / digest()


class CompiledModules(MetaPathFinder):
    """Finds compiled modules by name.

    Args:
        where: a folder laid out like the project's root, with compiled modules only.
    """

    def __init__(self, where: Path) -> None:
        self.found = {
            ".".join((*path.relative_to(where).parent.parts, path.name.split(".")[0])): path
            for path in where.rglob(f"*{SUFFIX}")
        }

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the protocol's
        target: ModuleType | None = None,  # noqa: ARG002 - the protocol's
    ) -> ModuleSpec | None:
        """The compiled module of a name, or None to go on to the plain one."""
        found = self.found.get(fullname)
        if found is None:
            return None
        loader = ExtensionFileLoader(fullname, str(found))
        return spec_from_file_location(fullname, found, loader=loader)


def use() -> bool:
    """Prefer compiled modules from now on, if there are any for the present sources.

    Returns:
        Whether there are.
    """
    if os.environ.get("YUQI_ENGINE") == "python" or not (where := folder()).is_dir():
        return False
    sys.meta_path.insert(0, CompiledModules(where))
    return True
