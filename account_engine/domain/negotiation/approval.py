"""When a person has to decide. A cut of principal always needs one, whatever the policy says."""

from __future__ import annotations

from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import AT_ONCE, Draft
from account_engine.domain.negotiation.option import ApprovalCause
from account_engine.domain.negotiation.policy import Gate

_GATES_WITH_A_PERSON = frozenset({Gate.PROOF_AND_APPROVAL, Gate.PERSON_ONLY})


def approval_causes(draft: Draft, case: Case) -> tuple[ApprovalCause, ...]:
    """Every reason why this draft goes to a person, in a fixed order; empty for none.

    Paying what is owed, with nothing waived, needs nobody's leave.
    """
    if draft.tool in AT_ONCE and not draft.waived:
        return ()
    rules = case.policy.approvals
    accounts = case.accounts
    met = {
        ApprovalCause.PRINCIPAL_CUT: draft.cuts_principal,
        ApprovalCause.SETTLEMENT_AUTHORITY: ApprovalCause.SETTLEMENT_AUTHORITY in draft.authority,
        ApprovalCause.TIER: case.tier.gate in _GATES_WITH_A_PERSON,
        ApprovalCause.LONG_PLAN: draft.terms > rules.terms_over,
        ApprovalCause.LONG_OVERDUE: any(one.dpd > rules.dpd_over for one in accounts),
        ApprovalCause.ACCELERATED: rules.when_accelerated
        and any(one.accelerated for one in accounts),
        ApprovalCause.VULNERABLE: rules.when_vulnerable and case.position.vulnerable,
        ApprovalCause.DISPUTED: rules.when_disputed and bool(case.disputed),
        ApprovalCause.PLANS_BROKEN: any(
            one.plans_broken > rules.broken_plans_over for one in accounts
        ),
    }
    return tuple(cause for cause, is_met in met.items() if is_met)
