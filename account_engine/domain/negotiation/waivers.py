"""Which parts of a debt a tier waives, and on what condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Waived
from account_engine.domain.negotiation.policy import (
    Charge,
    PlanWaiverCondition,
    SettlementRule,
    Tier,
    WaiverUse,
)
from account_engine.domain.negotiation.position import AccountPosition


def plan_waivers(accounts: Sequence[AccountPosition], tier: Tier) -> tuple[Waived, ...]:
    """What a plan in this tier waives of each account; a waiver for the first time only once."""
    found: list[Waived] = []
    for account in accounts:
        for rule in tier.waivers:
            if rule.use is WaiverUse.FIRST_TIME and account.waivers_used:
                continue
            amount = account.overdue_of(rule.charge).apply(rule.share)
            if amount.fen > 0:
                found.append(Waived(account.account_id, rule.charge, amount, rule.condition))
    return tuple(found)


def settlement_part(account: AccountPosition, charge: Charge) -> Money:
    """How much of `charge` an early payoff of the whole account contains."""
    amount = account.overdue_of(charge).fen
    if charge is Charge.PRINCIPAL:
        amount += account.unmatured_principal.fen
    if charge is Charge.INTEREST:
        amount += account.accrued_interest.fen
    if charge is Charge.FEE:
        amount += account.accrued_fee.fen
    return Money(amount)


def settlement_authority(
    accounts: Sequence[AccountPosition], shares: Mapping[Charge, Decimal]
) -> Mapping[Charge, Money]:
    """The most that may be waived of each kind of debt at `shares`, over all accounts.

    A settlement is rounded in favour of the lender's rule: part of a fen is not waived.
    """
    return {
        charge: Money(
            sum(
                int(settlement_part(account, charge).fen * shares.get(charge, Decimal(0)))
                for account in accounts
            )
        )
        for charge in Charge
    }


def settlement_waivers(
    accounts: Sequence[AccountPosition], shares: Mapping[Charge, Decimal], wanted: int
) -> tuple[Waived, ...]:
    """Take `wanted` fen off a payoff: penalties first, then fees, interest, principal.

    Returns less than `wanted` where `shares` do not reach that far.
    """
    found: list[Waived] = []
    for charge in Charge:
        for account in accounts:
            most = int(settlement_part(account, charge).fen * shares.get(charge, Decimal(0)))
            amount = min(most, wanted)
            if amount > 0:
                wanted -= amount
                condition = PlanWaiverCondition.ON_PAYMENT
                found.append(Waived(account.account_id, charge, Money(amount), condition))
    return tuple(found)


def shares_up_to(rule: SettlementRule | None, *, with_approval: bool) -> Mapping[Charge, Decimal]:
    """The shares that may be waived, with or without a person; none without a rule."""
    if rule is None:
        return {}
    return rule.with_approval if with_approval else rule.automatic
