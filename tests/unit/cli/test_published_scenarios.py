"""Every published case as a scenario file: written out, checked against the schema, read back.

The tests of the engine are run once more, but each history now goes through a scenario file on
its way to the fold. What passes here can be written down by anyone in such a file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract
from account_engine.services.scenario import load_scenario, scenario_json
from account_engine.services.schemas import scenario_schema
from account_engine.services.settings import DEFAULT_DATA_DIR
from tests.unit.engine import histories, published, test_published, test_published_agreements
from tests.unit.engine.test_published import *  # noqa: F403  the same tests, another way in
from tests.unit.engine.test_published_agreements import *  # noqa: F403

pytestmark = published.NEEDED
VALIDATOR = jsonschema.Draft7Validator(scenario_schema())


@pytest.fixture(autouse=True)
def through_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def state_of(
        contracts: Sequence[Contract], events: Sequence[Event], as_of: str | date
    ) -> BorrowerState:
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        borrower = contracts[0].borrower_id
        content = json.loads(json.dumps(scenario_json(borrower, contracts, events, day)))
        VALIDATOR.validate(content)
        path = tmp_path / "case.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        read = load_scenario(path, DEFAULT_DATA_DIR)
        assert read.contracts == tuple(contracts)
        assert read.events == tuple(events)
        return fold(read.contracts, read.events, read.as_of)

    for module in (histories, published, test_published, test_published_agreements):
        if hasattr(module, "state_of"):
            monkeypatch.setattr(module, "state_of", state_of)
