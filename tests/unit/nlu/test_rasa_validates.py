"""`rasa data validate` finds nothing to say about domain, rules and training data."""

from __future__ import annotations

import subprocess
import sys

from nlu.lexicon.files import ROOT


def test_domain_rules_and_training_data_are_consistent() -> None:
    checked = ["--domain", "domain.yml", "--config", "config.yml"]
    checked += ["--data", "data/nlu", "data/rules"]
    said = subprocess.run(
        [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings", *checked],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr[-2000:]
    assert "is not used in any story or rule" not in said.stdout + said.stderr
    assert "No story structure conflicts found" in said.stdout + said.stderr
