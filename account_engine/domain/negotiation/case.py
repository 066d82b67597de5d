"""One negotiation: the accounts it is about and the step of the ladder they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.policy import Policy, Tier
from account_engine.domain.negotiation.position import AccountPosition, DebtPosition
from account_engine.domain.negotiation.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Case:
    """What an offer is worked out from.

    `accounts` are those in scope that something can be agreed on; `transferred`, `disputed`,
    `in_plan` and `in_extension` are the others, which only a person may touch.
    """

    position: DebtPosition
    accounts: tuple[AccountPosition, ...]
    transferred: tuple[AccountPosition, ...]
    disputed: tuple[AccountPosition, ...]
    in_plan: tuple[AccountPosition, ...]
    in_extension: tuple[AccountPosition, ...]
    wishes: Wishes
    policy: Policy
    tier: Tier

    @property
    def as_of(self) -> date:
        """The day the figures stand for."""
        return self.position.as_of

    @property
    def min_down_payment(self) -> Decimal:
        """The share of what is covered that has to be paid at once; less for hardship."""
        shape = self.policy.shape
        if self.wishes.hardship is not None:
            return shape.min_down_payment_hardship
        return shape.min_down_payment

    @property
    def overdue(self) -> bool:
        """Whether anything in scope is past due."""
        return any(account.overdue.fen for account in self.accounts)


def open_case(position: DebtPosition, wishes: Wishes, policy: Policy) -> Case:
    """Choose accounts and tier.

    Without a named scope the case is about every overdue account, or about all accounts where
    none is overdue. An account that is not overdue is left out beside one that is: its dates
    stand, and a plan that touched it would only make it dearer. It is left out as well beside a
    running plan, extension or dispute: those are then what the request is about.

    Raises:
        InvalidWish: The scope names an account that the borrower does not have.
    """
    left = list(_named(position, wishes))
    transferred = _set_aside(left, lambda account: account.transferred_to is not None)
    disputed = _set_aside(left, lambda account: account.disputed)
    in_plan = _set_aside(left, lambda account: account.in_plan)
    in_extension = _set_aside(left, lambda account: account.in_extension)
    late = tuple(one for one in left if one.overdue.fen)
    nothing_set_aside = not (transferred or disputed or in_plan or in_extension)
    accounts = late or (tuple(left) if nothing_set_aside else ())
    tier = tier_of(accounts, wishes, policy)
    return Case(
        position, accounts, transferred, disputed, in_plan, in_extension, wishes, policy, tier
    )


def _set_aside(
    left: list[AccountPosition], belongs: Callable[[AccountPosition], bool]
) -> tuple[AccountPosition, ...]:
    """Take the accounts that `belongs` picks out of `left`."""
    found = tuple(one for one in left if belongs(one))
    left[:] = [one for one in left if one not in found]
    return found


def tier_of(accounts: tuple[AccountPosition, ...], wishes: Wishes, policy: Policy) -> Tier:
    """The strictest tier any of the accounts falls into.

    An account whose whole balance has been called in is in the last tier whatever its days past
    due. A borrower in hardship who speaks up early gets the tools of `early_hardship_tier`.
    """
    if any(account.accelerated for account in accounts):
        return policy.tiers[-1]
    dpd = max((account.dpd for account in accounts), default=0)
    index = next(n for n, tier in enumerate(policy.tiers) if tier.covers(max(dpd, 0)))
    early = next(
        n for n, tier in enumerate(policy.tiers) if tier.code == policy.early_hardship_tier
    )
    if wishes.hardship is not None:
        index = max(index, early)
    return policy.tiers[index]


def _named(position: DebtPosition, wishes: Wishes) -> tuple[AccountPosition, ...]:
    if wishes.scope is None:
        return position.accounts
    known = {account.account_id for account in position.accounts}
    if not set(wishes.scope) <= known:
        raise InvalidWish("scope", Fault.UNKNOWN_ACCOUNT)
    return position.only(wishes.scope)
