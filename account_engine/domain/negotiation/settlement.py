"""Ways to pay at once: what is due, the minimum, or everything (with a waiver where allowed)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.approval import decision_days
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import Draft, draft_of
from account_engine.domain.negotiation.option import (
    AccountSchedule,
    ApprovalCause,
    Scope,
    Waived,
)
from account_engine.domain.negotiation.policy import Charge, SettlementRule, Tool
from account_engine.domain.negotiation.pricing import covered, plan_rate, plan_row, take
from account_engine.domain.negotiation.waivers import (
    settlement_authority,
    settlement_waivers,
    shares_up_to,
)

_EVERYTHING = 10**15


def pay_now_drafts(case: Case) -> Iterator[Draft]:
    """All that is due today; and, where it is less, what keeps the account from getting worse."""
    tools = case.tier.tools
    owed = {one.account_id: covered(one, Scope.ARREARS).total for one in case.accounts}
    if Tool.PAY_NOW in tools:
        yield _at_once(case, Tool.PAY_NOW, Scope.ARREARS, owed, (), 0)
    least = {
        one.account_id: min(one.minimum_due.fen, owed[one.account_id]) for one in case.accounts
    }
    if Tool.PAY_MINIMUM in tools and 0 < sum(least.values()) < sum(owed.values()):
        yield _at_once(case, Tool.PAY_MINIMUM, Scope.ARREARS, least, (), 0)


def settlement_drafts(case: Case) -> Iterator[Draft]:
    """Everything at once: as policy waives by itself, and what the borrower asked for."""
    if Tool.LUMP_SUM not in case.tier.tools:
        return
    rule = case.policy.settlement.get(case.tier.code)
    automatic = shares_up_to(rule, with_approval=False)
    yield _settlement(case, rule, automatic, _EVERYTHING)
    target = settlement_target(case)
    if target is None or rule is None:
        return
    charges_only = _without_principal(rule.with_approval)
    wanted = payoff(case) - target
    if wanted > authority_total(case, automatic):
        yield _settlement(case, rule, rule.with_approval, wanted)
        yield _settlement(case, rule, charges_only, wanted)


def settlement_target(case: Case) -> int | None:
    """The amount that should settle everything, in fen, where the borrower named one."""
    if case.wishes.settlement is not None:
        return case.wishes.settlement.fen
    if case.wishes.principal_only:
        return sum(one.overdue_principal.fen + one.unmatured_principal.fen for one in case.accounts)
    return None


def payoff(case: Case) -> int:
    """Everything owed today on the accounts in scope, in fen."""
    return sum(covered(one, Scope.WHOLE_BALANCE).total for one in case.accounts)


def authority_total(case: Case, shares: Mapping[Charge, Decimal]) -> int:
    """The most that `shares` waive of the payoff, in fen."""
    return sum(one.fen for one in settlement_authority(case.accounts, shares).values())


def _without_principal(shares: Mapping[Charge, Decimal]) -> Mapping[Charge, Decimal]:
    return {charge: share for charge, share in shares.items() if charge is not Charge.PRINCIPAL}


def _settlement(
    case: Case, rule: SettlementRule | None, shares: Mapping[Charge, Decimal], wanted: int
) -> Draft:
    waived = settlement_waivers(case.accounts, shares, wanted)
    owed = {
        one.account_id: covered(one, Scope.WHOLE_BALANCE, waived).total for one in case.accounts
    }
    automatic = authority_total(case, shares_up_to(rule, with_approval=False))
    authority: list[ApprovalCause] = []
    if sum(one.amount.fen for one in waived) > automatic:
        authority.append(ApprovalCause.SETTLEMENT_AUTHORITY)
    days = rule.days_to_pay if rule is not None else 0
    if waived and (authority or decision_days(case, 0)):
        days += case.policy.offers.approval_days
    return _at_once(case, Tool.LUMP_SUM, Scope.WHOLE_BALANCE, owed, waived, days, tuple(authority))


def _at_once(
    case: Case,
    tool: Tool,
    scope: Scope,
    amounts: Mapping[str, int],
    waived: tuple[Waived, ...],
    days: int,
    authority: tuple[ApprovalCause, ...] = (),
) -> Draft:
    due = case.as_of + timedelta(days=days)
    schedules: list[AccountSchedule] = []
    for account in case.accounts:
        owed = covered(account, scope, waived)
        paid = take(owed, amounts[account.account_id])
        row = plan_row(0, due, paid, owed.total - paid.total)
        schedules.append(
            AccountSchedule(
                account_id=account.account_id,
                product_id=account.product_id,
                display_name=account.display_name,
                scope=scope,
                annual_rate=plan_rate(account, case.policy.price),
                plan_interest=Money(0),
                plan_fee=Money(0),
                rows=(row,),
            )
        )
    return draft_of(tool, case.accounts, tuple(schedules), waived, case.as_of, authority)
