"""The engine compiled and plain: the same figures, and never those of older sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from account_engine import compiled

HERE = Path(__file__).parent


def test_hand_worked_cases_hold_in_plain_python() -> None:
    """The suite runs compiled where there is a C compiler; this is the other way."""
    cases = [HERE / "test_worked_examples.py", HERE / "test_recall.py", HERE / "test_plans.py"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, cases)],
        cwd=compiled.ROOT,
        env={**os.environ, "YUQI_ENGINE": "python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert " passed" in run.stdout


def test_an_edited_source_is_never_served_by_older_machine_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(compiled.DOMAIN, tmp_path / "domain")
    monkeypatch.setattr(compiled, "DOMAIN", copy)
    before = compiled.folder()
    with (copy / "money.py").open("a", encoding="utf-8") as source:
        source.write("# another rule\n")
    assert compiled.folder() != before


def test_modules_are_found_by_their_place_in_the_folder(tmp_path: Path) -> None:
    """Other modules are left to Python's usual way of finding them."""
    module = tmp_path / "account_engine" / "domain" / f"fold{compiled.SUFFIX}"
    module.parent.mkdir(parents=True)
    module.touch()
    finder = compiled.CompiledModules(tmp_path)
    spec = finder.find_spec("account_engine.domain.fold")
    assert spec is not None
    assert spec.origin == str(module)
    assert finder.find_spec("account_engine.domain.state") is None


def test_plain_python_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUQI_ENGINE", "python")
    found = list(sys.meta_path)
    assert compiled.use() is False
    assert sys.meta_path == found
