"""A waiver, a settlement, the principal alone: what policy has, and what it answers otherwise."""

from __future__ import annotations

import pytest

from account_engine.domain.negotiation.option import ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import arrears, ask, bill, codes, debt, yuan

JOB_LOSS = HardshipKind.UNEMPLOYMENT


def test_waiver_where_the_tier_has_one() -> None:
    proposal = ask(arrears(45, overdue_penalty=yuan(100)), waiver=True, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.AGREED
    # Half of the penalty at the end of a plan, 30% when everything is paid at once.
    waived = {option.tool: option.waived_total for option in proposal.options}
    assert waived[Tool.ARREARS_INSTALMENT] == yuan(50)
    assert waived.get(Tool.LUMP_SUM, yuan(30)) == yuan(30)


def test_waiver_for_the_first_time_only() -> None:
    position = arrears(10, overdue_penalty=yuan(100), waivers_used=1)
    proposal = ask(position, waiver=True)
    assert proposal.verdict is Verdict.NEAREST
    assert codes(proposal) == [ReasonCode.WAIVER_USED]
    assert all(not option.waived for option in proposal.options)


def test_no_waiver_in_the_first_days() -> None:
    proposal = ask(arrears(2, overdue_penalty=yuan(8)), waiver=True)
    assert proposal.verdict is Verdict.NEAREST
    assert ReasonCode.WAIVER_NOT_OFFERED in codes(proposal)


def test_ten_thousand_to_settle() -> None:
    # T4: 12,000.00 + 600.00 penalty. At most the penalty and 20% of principal, 2,400.00, may go.
    position = arrears(200, "12000.00", overdue_penalty=yuan(600))
    accepted = ask(position, settlement=yuan(10000))
    assert accepted.options[0].total == yuan(10000)
    assert accepted.options[0].needs_approval
    refused = ask(position, settlement=yuan(9000))
    (reason,) = [one for one in refused.reasons if one.code is ReasonCode.SETTLEMENT_TOO_LOW]
    assert reason.value("payoff") == yuan(12600)
    assert reason.value("nearest") == yuan(9600)


def test_offering_more_than_is_owed_is_said() -> None:
    proposal = ask(arrears(45), settlement=yuan(9000))
    assert ReasonCode.SETTLEMENT_ABOVE_DEBT in codes(proposal)
    assert proposal.options[0].total == yuan(8000)


def test_principal_only_beyond_policy() -> None:
    # T2: only the penalty may be waived; the interest of 300.00 stays.
    position = arrears(45, overdue_interest=yuan(300), overdue_penalty=yuan(100))
    proposal = ask(position, principal_only=True)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.PRINCIPAL_ONLY_NOT_OFFERED
    assert reason.value("nearest") == yuan(8300)
    assert reason.value("principal") == yuan(8000)


@pytest.mark.parametrize("dpd", [2, 10])
def test_settling_early_for_less_is_answered_with_the_full_amount(dpd: int) -> None:
    # Nothing is waived in the first thirty days; 8,000.00 settle everything.
    proposal = ask(arrears(dpd), settlement=yuan(5000))
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = [one for one in proposal.reasons if one.code is ReasonCode.SETTLEMENT_TOO_LOW]
    assert dict(reason.values) == {
        "asked": yuan(5000), "nearest": yuan(8000), "payoff": yuan(8000),
    }  # fmt: skip
    assert proposal.options[0].total == yuan(8000)
    assert not proposal.options[0].needs_approval


def test_principal_only_in_the_first_month_names_what_stays() -> None:
    position = arrears(10, overdue_interest=yuan(60), overdue_penalty=yuan(48))
    proposal = ask(position, principal_only=True)
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.PRINCIPAL_ONLY_NOT_OFFERED
    assert reason.value("charges") == yuan(108)
    assert proposal.options[0].total == yuan(8108)


def test_settling_before_anything_is_due() -> None:
    proposal = ask(debt(bill()), settlement=yuan(1000))
    assert proposal.verdict is Verdict.AGREED
    assert proposal.options[0].total == yuan(1000)
