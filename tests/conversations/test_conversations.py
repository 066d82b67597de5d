"""Every YAML conversation in this folder, against the running servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.runner.case import Case, load_all
from tests.conversations.runner.play import Player
from tests.running import RunningAssistant

CASES = load_all(Path(__file__).parent)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_conversation(case: Case, assistant: RunningAssistant) -> None:
    Player(assistant, case).play()
