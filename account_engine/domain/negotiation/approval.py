"""When a person has to decide, as the policy has it."""

from __future__ import annotations

from collections.abc import Iterator

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
    met = dict(_standing_causes(case))
    rules = case.policy.approvals
    met[ApprovalCause.PRINCIPAL_CUT] = draft.cuts_principal
    met[ApprovalCause.SETTLEMENT_AUTHORITY] = ApprovalCause.SETTLEMENT_AUTHORITY in draft.authority
    met[ApprovalCause.LONG_PLAN] = draft.terms > rules.terms_over
    return tuple(cause for cause in ApprovalCause if met.get(cause))


def decision_days(case: Case, terms: int) -> int:
    """How many days a person may take over a plan of `terms` rows; none where none is needed.

    No row of a plan may fall due while somebody is still deciding on it.
    """
    long_plan = terms > case.policy.approvals.terms_over
    if long_plan or any(is_met for _, is_met in _standing_causes(case)):
        return case.policy.offers.approval_days
    return 0


def _standing_causes(case: Case) -> Iterator[tuple[ApprovalCause, bool]]:
    """Causes that lie in the case, whatever is offered."""
    rules = case.policy.approvals
    accounts = case.accounts
    yield ApprovalCause.TIER, case.tier.gate in _GATES_WITH_A_PERSON
    yield ApprovalCause.LONG_OVERDUE, any(one.dpd > rules.dpd_over for one in accounts)
    accelerated = any(one.accelerated for one in accounts)
    yield ApprovalCause.ACCELERATED, rules.when_accelerated and accelerated
    yield ApprovalCause.VULNERABLE, rules.when_vulnerable and case.position.vulnerable
    yield ApprovalCause.DISPUTED, rules.when_disputed and bool(case.disputed)
    broken = max((one.plans_broken for one in accounts), default=0)
    yield ApprovalCause.PLANS_BROKEN, broken > rules.broken_plans_over
