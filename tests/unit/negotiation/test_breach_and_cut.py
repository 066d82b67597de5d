"""What a policy says about a breach, and about who may cut principal."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from account_engine.domain.money import Money
from account_engine.domain.negotiation.agreement import agreement_events
from account_engine.domain.negotiation.option import ApprovalCause, Option
from account_engine.domain.negotiation.policy import Charge, Policy, Tool
from account_engine.domain.payloads import PlanAgreed, WaiversOnBreach
from tests.unit.negotiation.debts import ask, debt, demo_policy, loan, policy_with, yuan

NOON = datetime(2026, 11, 21, 4, tzinfo=timezone.utc)


def agreed(option: Option) -> PlanAgreed:
    """What accepting an option, without anybody's approval, books."""
    (booked,) = agreement_events(option, "somebody", NOON)
    assert isinstance(booked.payload, PlanAgreed)
    return booked.payload


def arrears_plan(policy: Policy) -> Option:
    found = ask(debt(loan(40)), policy, terms=3).options
    return next(one for one in found if one.tool is Tool.ARREARS_INSTALMENT)


def test_as_shipped_one_missed_row_is_a_breach_and_waivers_are_withdrawn() -> None:
    option = arrears_plan(demo_policy())
    booked = agreed(option)
    assert (booked.missed_rows, booked.waivers) == (1, WaiversOnBreach.REVOKED)
    # Half of the penalty of 2.40 is waived at the end, and would be owed again.
    assert option.breach_effect.waivers_back == yuan("1.20")


def test_what_the_policy_says_is_shown_and_booked(tmp_path: Path) -> None:
    policy = policy_with(
        tmp_path,
        ("negotiation.yml", "missed: 1", "missed: 2"),
        ("negotiation.yml", "effect: waivers_revoked", "effect: earned_waivers_kept"),
    )
    option = arrears_plan(policy)
    effect = option.breach_effect
    assert (effect.missed, effect.effect) == (2, WaiversOnBreach.EARNED_KEPT)
    booked = agreed(option)
    assert (booked.missed_rows, booked.waivers) == (2, WaiversOnBreach.EARNED_KEPT)


def settled(policy: Policy) -> Option:
    """Sixty days late, tier T2: 1000.00 + 15.00 + 2.40 to be settled with 916.68."""
    found = ask(debt(loan(60)), policy, settlement=yuan("916.68")).options
    option = next(one for one in found if one.tool is Tool.LUMP_SUM)
    assert option.total == yuan("916.68")
    return option


def cut(option: Option) -> list[Money]:
    """The principal that is given up."""
    return [one.amount for one in option.waived if one.charge is Charge.PRINCIPAL]


ALLOWED = (
    'with_approval: {penalty: "1.00"}',
    'with_approval: {penalty: "1.00", principal: "0.10"}',
)


def test_a_cut_of_principal_goes_to_a_person(tmp_path: Path) -> None:
    policy = policy_with(tmp_path, ("settlement.yml", *ALLOWED))
    option = settled(policy)
    # A person may waive all of the penalty, so less principal goes: 2.40 + 98.32 = 100.72.
    assert cut(option) == [yuan("98.32")]
    assert ApprovalCause.PRINCIPAL_CUT in option.approval_causes
    assert option.approver == "committee"
    # Whoever approves is named, not the policy.
    (booked,) = agreement_events(option, "somebody", NOON, "committee_wu")
    assert isinstance(booked.payload, PlanAgreed)
    assert booked.payload.approved_by == "committee_wu"
