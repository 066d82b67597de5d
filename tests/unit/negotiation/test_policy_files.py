"""The policy as data: the demo files are sound, and a mistake is named by file, line and field."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from account_engine.catalogue.policy import FILES, InvalidPolicy, load_policy, policy_schema
from account_engine.domain.negotiation.policy import Charge, Gate, Tool
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import POLICY_FOLDER, demo_policy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "policy"
    shutil.copytree(POLICY_FOLDER, copied)
    return copied


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first occurrence; return its line."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_ladder_has_five_steps_without_a_gap() -> None:
    tiers = demo_policy().tiers
    assert [tier.code for tier in tiers] == ["T0", "T1", "T2", "T3", "T4"]
    for dpd in range(1, 1000):
        assert sum(tier.covers(dpd) for tier in tiers) == 1


def test_the_demo_lender_keeps_to_the_law_and_to_its_own_ladder() -> None:
    policy = demo_policy()
    assert policy.price.total_charge_cap <= Decimal("0.24")
    assert policy.price.plan_rate_cap <= Decimal("0.20")
    assert policy.tier("T4").gate is Gate.PERSON_ONLY
    assert policy.tier("T3").gate is Gate.PROOF_AND_APPROVAL
    assert Tool.EXTENSION not in policy.tier("T0").tools
    longest = policy.tier("T1").extension
    assert longest is not None
    assert longest.max_days <= 15
    assert max(max(tier.reage_terms, default=0) for tier in policy.tiers) <= 36
    assert all(Charge.PRINCIPAL not in rule.automatic for rule in policy.settlement.values())


def test_every_setting_says_where_it_comes_from() -> None:
    policy = demo_policy()
    settings = {
        "early_hardship_tier", "price", "shape", "offers", "affordability", "approvals", "breach",
        "promise", "bill_instalment", "voluntary_extension", "tiers", "settlement", "hardship",
        "cooling_off",
    }  # fmt: skip
    assert set(policy.provenance) == settings
    assert all(one.source and one.confidence for one in policy.provenance.values())


def test_every_hardship_has_a_proof_and_medical_ones_are_sensitive() -> None:
    rules = demo_policy().hardship
    assert set(rules) == set(HardshipKind)
    assert rules[HardshipKind.ILLNESS].sensitive
    assert rules[HardshipKind.BEREAVEMENT].sensitive
    assert not rules[HardshipKind.UNEMPLOYMENT].sensitive
    assert all(rule.separate_consent for rule in rules.values() if rule.sensitive)
    labels = [paper.label for paper in rules[HardshipKind.UNEMPLOYMENT].documents]
    assert labels == ["解除或终止劳动合同证明", "失业登记证明（失业证明）", "社保停缴记录"]


def test_a_change_of_staff_leaves_offers_as_they_are(folder: Path) -> None:
    change(folder, "approvers.yml", "name: 林专员", "name: 林经理")
    assert load_policy(folder).version == demo_policy().version


def test_an_edited_file_is_another_version(folder: Path) -> None:
    change(folder, "tiers.yml", "arrears_terms: [3]", "arrears_terms: [2, 3]")
    assert load_policy(folder).version != demo_policy().version


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "reason"),
    [
        ("negotiation.yml", 'plan_rate_cap: "0.20"', "plan_rate_cap: 0.20",
         "price.plan_rate_cap", "quoted text"),
        ("negotiation.yml", 'plan_rate_cap: "0.20"', 'plan_rate_cap: "20"',
         "price.plan_rate_cap", "between 0 and 1"),
        ("negotiation.yml", 'total_charge_cap: "0.24"', 'total_charge_cap: "0.36"',
         "price.total_charge_cap", "at most 0.24"),
        ("negotiation.yml", 'min_instalment: "50.00"', 'min_instalment: "50.005"',
         "shape.min_instalment", "decimal"),
        ("negotiation.yml", "cure_days: 7", "cure_day: 7", "breach.cure_day", "extra"),
        ("negotiation.yml", "offer_days: 3", "offer_days: soon", "offers.offer_days", "integer"),
        ("negotiation.yml", "rounding: down", "rounding: up", "price.rounding", "enumeration"),
        ("negotiation.yml", "    principal_cut: committee\n", "", "approvals", "principal_cut"),
        ("negotiation.yml", "vulnerable: supervisor", "vulnerable: nobody", "approvals", "nobody"),
        ("tiers.yml", "min_dpd: 31", "min_dpd: 32", "tiers", "must begin at 31"),
        ("tiers.yml", "gate: difficulty", "gate: open", "tiers.1.gate", "enumeration"),
        ("tiers.yml", "charge: penalty", "charge: principal", "tiers.1.waivers.0.charge",
         "never cuts principal"),
        ("tiers.yml", "    arrears_terms: [3]\n", "", "tiers.1", "go together"),
        ("settlement.yml", "automatic: {}", 'automatic: {principal: "0.20"}',
         "settlement.2.automatic.principal", "without a person"),
        ("negotiation.yml", "when_principal_cut: true", "when_principal_cut: false",
         "approvals.when_principal_cut", "a person decides on every cut of principal"),
        ("negotiation.yml", "missed: 1", "missed: 0", "breach.missed", "1"),
        ("negotiation.yml", "effect: waivers_revoked", "effect: forgotten", "breach.effect",
         "enumeration"),
        ("settlement.yml", 'automatic: {penalty: "0.50"}', 'automatic: {interest: "0.60"}',
         "settlement.1", "at least as much"),
        ("settlement.yml", "tier: T3", "tier: T9", "settlement.1.tier", "names no tier"),
        ("hardship.yml", "kind: illness", "kind: laziness", "hardship.2.kind", "enumeration"),
        ("hardship.yml", "sensitive: true\n    separate_consent: true",
         "sensitive: true\n    separate_consent: false", "hardship.2", "separate_consent"),
        ("hardship.yml", "code: payslip", "code: bank_statement", "hardship.1", "only once"),
        ("negotiation.yml", "cooling_off:\n  days: 3", "cooling_off:\n  days: 60",
         "cooling_off.days", "30"),
        ("approvers.yml", "role: committee", "role: king", "approvers.4.role", "king"),
        ("approvers.yml", "staff_id: officer_he", "staff_id: officer_lin", "approvers", "once"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_field(
    folder: Path, file: str, old: str, new: str, field: str, reason: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(InvalidPolicy) as error:
        load_policy(folder)
    assert error.value.file == file
    assert error.value.field == field
    assert reason in error.value.reason


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("negotiation.yml", "offer_days: 3", "offer_days: soon"),
        ("tiers.yml", "gate: difficulty", "gate: open"),
        ("hardship.yml", "kind: illness", "kind: laziness"),
        ("settlement.yml", "tier: T3", "tier: T9"),
        ("settlement.yml", "automatic: {}", 'automatic: {principal: "0.20"}'),
        ("negotiation.yml", "cure_days: 7", "cure_day: 7"),
        ("negotiation.yml", "effect: waivers_revoked", "effect: forgotten"),
    ],
)
def test_a_mistake_is_named_by_line(folder: Path, file: str, old: str, new: str) -> None:
    line = change(folder, file, old, new)
    with pytest.raises(InvalidPolicy) as error:
        load_policy(folder)
    assert error.value.line == line
    assert f"{file}, line {line}" in str(error.value)


def test_what_is_no_yaml_is_named_by_line(folder: Path) -> None:
    (folder / "tiers.yml").write_text("tiers:\n  - code: [T0\n", encoding="utf-8")
    with pytest.raises(InvalidPolicy) as error:
        load_policy(folder)
    assert (error.value.file, error.value.line) == ("tiers.yml", 3)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "hardship.yml").unlink()
    with pytest.raises(InvalidPolicy) as error:
        load_policy(folder)
    assert error.value.file == "hardship.yml"


def test_a_setting_without_a_source_is_refused(folder: Path) -> None:
    text = (folder / "negotiation.yml").read_text(encoding="utf-8")
    start = text.index("  promise:\n    source")
    end = text.index("  bill_instalment:\n    source")
    (folder / "negotiation.yml").write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(InvalidPolicy, match="promise"):
        load_policy(folder)


def test_the_demo_files_satisfy_the_published_schema() -> None:
    files = {
        name: YAML(typ="safe").load((POLICY_FOLDER / name).read_text(encoding="utf-8"))
        for name in FILES
    }
    # JSON has text for keys, and the schema is one for JSON.
    jsonschema.validate(json.loads(json.dumps(files)), policy_schema())
