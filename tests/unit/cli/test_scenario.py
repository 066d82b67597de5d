"""Scenario files: any case without a database, and errors that name file, line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from account_engine.services.schemas import SCHEMAS, scenario_schema
from tests.unit.cli.conftest import ROOT, Cli

EXAMPLES = sorted((ROOT / "docs" / "scenarios").glob("*.yml"))


def total(cli: Cli, path: Path, kind: str) -> str:
    (quote,) = cli("quote", "--scenario", path, "--kind", kind, "--json").json
    text: str = quote["total"]
    return text


def test_a_late_bill(cli: Cli) -> None:
    # 1000 × 0.0005 × 3 = 1.50.
    assert total(cli, ROOT / "docs/scenarios/late-bill.yml", "due_now") == "1001.50"


def test_a_capped_penalty(cli: Cli) -> None:
    # 10000 × 0.1825/365 × 1.5 × 30 = 225.00 uncapped; × 0.24/365 × 30 = 197.26; the rest −27.74.
    quote = cli("explain", "--scenario", ROOT / "docs/scenarios/capped-penalty.yml", "--json").json
    assert quote["total"] == "10197.26"
    assert [item["amount"] for item in quote["items"]] == ["10000.00", "225.00", "-27.74"]


def test_what_a_contract_agrees_otherwise(cli: Cli) -> None:
    # Interest of 120.00 due 2026-10-10 bears 0.0006 a day: two days 0.14. Of the 50.00 paid for
    # the second instalment 0.14 is penalty, 49.86 interest; 70.14 is left and bears a day: 0.04.
    path = ROOT / "docs/scenarios/agreed-otherwise.yml"
    told = cli("explain", "--scenario", path, "--kind", "overdue", "--json").json
    assert told["total"] == "70.18"
    assert told["items"][1]["clause"] == "jiebei_like@1#compounding"
    (aside,) = told["designations_set_aside"]
    assert (aside["named"], aside["clause"]) == ("l/2", "jiebei_like@1#designation")
    # Never more than three days late on a reporting date: nothing overdue is reported.
    (account,) = cli("state", "--scenario", path, "--as-of", "2026-10-31", "--json").json[
        "accounts"
    ]
    assert account["dpd"] == 21
    assert not account["credit_report"]["has_overdue_record"]


def test_a_scenario_cannot_choose_what_no_product_may(cli: Cli, tmp_path: Path) -> None:
    text = (ROOT / "docs/scenarios/agreed-otherwise.yml").read_text(encoding="utf-8")
    path = tmp_path / "case.yml"
    path.write_text(text.replace("unpaid_interest", "daily"), encoding="utf-8")
    refused = cli("quote", "--scenario", path)
    assert refused.code
    assert "accounts[0].terms.penalty.compounding" in refused.err
    assert "charge_posted" in refused.err
    path.write_text(text.replace("promise_no_report_days: 30", "promise_no_report_days: -1"))
    refused = cli("quote", "--scenario", path)
    assert "accounts[0].terms.credit_report.promise_no_report_days" in refused.err


def test_other_conventions(cli: Cli) -> None:
    path = ROOT / "docs/scenarios/other-conventions.yml"
    # Equal principal: 100.00 a month. Interest at 1% a month of 1200, 1100, 1000: 12, 11, 10.
    # The third row, due 2026-04-10, is five days late: 100 × 0.0004 × 5 = 0.20.
    assert total(cli, path, "overdue") == "110.20"
    assert cli("propose", "--scenario", path, "--json").json["options"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_fit_the_published_schema(path: Path) -> None:
    content = json.loads(json.dumps(plain(YAML(typ="rt").load(path.read_text("utf-8")))))
    jsonschema.validate(content, scenario_schema())


def plain(value: Any) -> Any:
    """YAML's own dates and fractions as the text they were."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, (bool, int)) or value is None else str(value)


def test_a_json_file_is_a_scenario_too(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    content = {
        "as_of": "2026-10-13",
        "accounts": [{"account_id": "a", "product": "huabei_like"}],
        "events": [
            {
                "on": "2026-10-01",
                "kind": "bill_issued",
                "payload": {
                    "bill_id": "oct",
                    "statement_on": "2026-10-01",
                    "due": "2026-10-10",
                    "revolving_principal": "1000.00",
                },
            }
        ],
    }
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    assert total(cli, path, "due_now") == "1001.50"


WRONG = [
    ("  - {on: 2026-10-01, kind: payment, payload: {amount: 12.345}}",
     "line 5", "events[0].payload.amount"),
    ("  - {on: 2026-10-01, kind: paiment, payload: {amount: 12.00}}", "line 5", "events[0].kind"),
    ("  - {on: 01.10.2026, kind: payment, payload: {amount: 12.00}}", "line 5", "events[0].on"),
    ("  - {on: 2026-10-01, kind: payment, payload: {ammount: 12.00}}",
     "line 5", "events[0].payload.ammount"),
    ("  - {on: 2026-10-01, kind: payment, account: b, payload: {amount: 12.00}}",
     "line 5", "events[0].account"),
    ("  - on: 2026-10-01\n    kind: payment\n    payload:\n      amount: yes", "line 8",
     "events[0].payload.amount"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "line", "field"), WRONG)
def test_a_mistake_is_named_with_file_line_and_field(
    cli: Cli, tmp_path: Path, event: str, line: str, field: str
) -> None:
    path = tmp_path / "wrong.yml"
    head = "as_of: 2026-10-13\naccounts:\n  - {account_id: a, product: huabei_like}\nevents:\n"
    path.write_text(head + event + "\n", encoding="utf-8")
    ran = cli("quote", "--scenario", path)
    assert ran.code == 3
    assert f"{path}, {line}: {field}:" in ran.err
    assert "account-engine schema scenario" in ran.err


@pytest.mark.parametrize(
    ("account", "field"),
    [
        ("{account_id: a, product: no_such}", "accounts[0].product"),
        ("{account_id: a, product: huabei_like, version: 99}", "accounts[0].product"),
        (
            "{account_id: a, product: huabei_like, terms: {penalty: {rate: 1}}}",
            "accounts[0].terms.penalty.rate",
        ),
        (
            "{account_id: a, product: huabei_like, terms: {day_count: lunar}}",
            "accounts[0].terms.day_count",
        ),
    ],
)
def test_wrong_terms_are_named(cli: Cli, tmp_path: Path, account: str, field: str) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text(f"as_of: 2026-10-13\naccounts:\n  - {account}\n", encoding="utf-8")
    assert f"line 3: {field}:" in cli("state", "--scenario", path).err


def test_broken_yaml_is_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "broken.yml"
    path.write_text("as_of: [2026\naccounts: {", encoding="utf-8")
    ran = cli("state", "--scenario", path, "--json")
    assert ran.code == 3
    assert json.loads(ran.err)["error"]["code"] == "invalid_scenario"


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_schemas_are_valid_and_the_stored_copies_are_current(cli: Cli, name: str) -> None:
    schema = cli("schema", name).json
    jsonschema.Draft7Validator.check_schema(schema)
    stored = ROOT / "data" / "schemas" / f"{name}.schema.json"
    assert json.loads(stored.read_text("utf-8")) == schema, (
        f"run: account-engine schema {name} > {stored.relative_to(ROOT)}"
    )


def test_a_stored_borrower_exported_as_a_scenario_gives_the_same_quotes(
    demo: Cli, tmp_path: Path
) -> None:
    for borrower in ("zhang", "li", "chen"):
        path = tmp_path / f"{borrower}.json"
        assert demo("export", borrower, "--what", "scenario", "--to", path).code == 0
        text = path.read_text("utf-8")
        assert "138000" not in text
        jsonschema.validate(json.loads(text), scenario_schema())
        stored = demo("quote", borrower, "--json").json
        again = demo("quote", "--scenario", path, "--json").json
        assert [one["total"] for one in again] == [one["total"] for one in stored]
        assert [one["items"] for one in again] != []
