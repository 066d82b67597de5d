"""The debt as a negotiation sees it: enough to price a plan, and nothing of how it came about.

`propose` works on these records and not on a folded state, so that a policy can be tried on any
debt that can be written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.policy import Charge

_NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One row of the contract that is not overdue yet.

    `key` is its name in the account's state. Only the revolving part of a bill may be spread over
    months; what is an instalment already may not.
    """

    due: date
    principal: Money
    interest: Money
    fee: Money
    key: str | None = None
    revolving: bool = False

    @property
    def amount(self) -> Money:
        """All of the row."""
        return Money(self.principal.fen + self.interest.fen + self.fee.fen)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPosition:
    """One account on one day.

    Attributes:
        annual_rate: Ordinary contract rate a year, which no plan may exceed.
        penalty_daily_rate: What one overdue day costs on `penalty_base`, the cap applied.
        charge_headroom: How much more could have been charged up to today under the total cap.
        accrued_interest, accrued_fee: Earned on unmatured principal, but not due yet.
        minimum_due: What keeps the account from going further overdue, arrears included.
        accelerated: The whole balance has been called in and that has taken effect.
        extensions_used, waivers_used: Granted within the last twelve months.
        plans_broken: Plans of this account that were broken, ever.
        transferred_to: Who the claim was sold to; nothing can be agreed in that creditor's place.
        in_plan: A plan is being performed now.
        in_extension: An agreed later day has not come yet.
    """

    account_id: str
    product_id: str
    display_name: str
    lender_name: str
    dpd: int
    annual_rate: Decimal
    overdue_principal: Money = _NOTHING
    overdue_interest: Money = _NOTHING
    overdue_fee: Money = _NOTHING
    overdue_penalty: Money = _NOTHING
    unmatured_principal: Money = _NOTHING
    accrued_interest: Money = _NOTHING
    accrued_fee: Money = _NOTHING
    upcoming: tuple[Upcoming, ...] = ()
    penalty_base: Money = _NOTHING
    penalty_daily_rate: Decimal = Decimal(0)
    charge_headroom: Money = _NOTHING
    minimum_due: Money = _NOTHING
    accelerated: bool = False
    disputed: bool = False
    transferred_to: str | None = None
    in_plan: bool = False
    in_extension: bool = False
    extensions_used: int = 0
    waivers_used: int = 0
    plans_broken: int = 0

    @property
    def overdue(self) -> Money:
        """Everything that should have been paid by now."""
        return Money(sum(self.overdue_of(charge).fen for charge in Charge))

    @property
    def payoff(self) -> Money:
        """Everything owed if the account were settled today."""
        return Money(
            self.overdue.fen
            + self.unmatured_principal.fen
            + self.accrued_interest.fen
            + self.accrued_fee.fen
        )

    def overdue_of(self, charge: Charge) -> Money:
        """The overdue part of one kind."""
        return {
            Charge.PENALTY: self.overdue_penalty,
            Charge.FEE: self.overdue_fee,
            Charge.INTEREST: self.overdue_interest,
            Charge.PRINCIPAL: self.overdue_principal,
        }[charge]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtPosition:
    """All accounts of one borrower on one day.

    `vulnerable`: the borrower is flagged as needing particular care. `deceased`: nothing may be
    agreed with whoever writes; a person takes over. `withdrawals`: agreements taken back so far,
    so that what is offered afterwards is a new offer even where its figures are the same.
    """

    borrower_id: str
    as_of: date
    accounts: tuple[AccountPosition, ...]
    vulnerable: bool = False
    deceased: bool = False
    withdrawals: int = 0

    def only(self, account_ids: tuple[str, ...]) -> tuple[AccountPosition, ...]:
        """The named accounts, in the order of the position."""
        return tuple(one for one in self.accounts if one.account_id in account_ids)
