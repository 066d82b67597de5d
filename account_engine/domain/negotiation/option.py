"""What `propose` gives back. Codes and values only; the wording is data elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.codes import (
    ApprovalCause,
    Character,
    ReasonCode,
    Scope,
    Verdict,
)
from account_engine.domain.negotiation.policy import Charge, PlanWaiverCondition, Tool
from account_engine.domain.payloads import PenaltyDuringPlan, WaiversOnBreach

__all__ = [
    "AccountSchedule",
    "ApprovalCause",
    "BalancePoint",
    "BreachEffect",
    "Character",
    "Comparison",
    "DisclosureRow",
    "DoNothing",
    "Option",
    "PlanRow",
    "Proposal",
    "Reason",
    "ReasonCode",
    "Scope",
    "Value",
    "Verdict",
    "Waived",
]

Value = Money | Decimal | int | str | date

_NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the figures that explain it, in a fixed order."""

    code: ReasonCode
    values: tuple[tuple[str, Value], ...] = ()

    def value(self, name: str) -> Value:
        """The value of that name. Raises KeyError."""
        return dict(self.values)[name]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One payment day. Row 0 is the down payment. `amount` is the sum of the four parts.

    `new_interest` and `new_fee` are what the plan itself adds; the rest was owed already.
    """

    number: int
    due: date
    principal: Money
    interest: Money
    fee: Money
    penalty: Money
    amount: Money
    balance_after: Money
    new_interest: Money = _NOTHING
    new_fee: Money = _NOTHING


@dataclass(frozen=True, slots=True)
class AccountSchedule:
    """The rows of one account. The plan's own rows are their sums, row by row.

    `plan_interest` is the part of the rows' interest that the plan itself adds, `plan_fee` the
    same of fees; the rest is what the account owed already. `row_key` names the contract's row
    that a voluntary arrangement is about, `flat_fee` the share it costs.
    """

    account_id: str
    product_id: str
    display_name: str
    scope: Scope
    annual_rate: Decimal
    plan_interest: Money
    plan_fee: Money
    rows: tuple[PlanRow, ...]
    row_key: str | None = None
    flat_fee: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """A part of the debt that is not asked for as long as the condition is kept."""

    account_id: str
    charge: Charge
    amount: Money
    condition: PlanWaiverCondition


@dataclass(frozen=True, slots=True)
class BreachEffect:
    """What `missed` rows late at a time lead to once `cure_days` have passed.

    `waivers_back` is owed again (at most: `effect` may let rows that were paid keep their share).
    Penalty of `penalty_daily_rate` runs on the unpaid principal, `penalty_per_day` on all of it at
    the start. `penalty`: whether the plan's days count too.
    """

    cure_days: int
    penalty: PenaltyDuringPlan
    waivers_back: Money
    penalty_daily_rate: Decimal
    penalty_per_day: Money
    missed: int = 1
    effect: WaiversOnBreach = WaiversOnBreach.REVOKED


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One line of the cost table the law asks for (综合融资成本明示).

    `collector` names who collects the item, `standard` the code of how it is charged. The rows of
    one account say which: its id, product and the name a borrower knows it by.
    """

    item_code: str
    value: Value
    collector: str | None = None
    standard: str | None = None
    account_id: str | None = None
    product_id: str | None = None
    display_name: str | None = None


@dataclass(frozen=True, slots=True)
class DoNothing:
    """What is owed after so many days without any payment, and how much of it is new."""

    days: int
    on: date
    total: Money
    added: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """New charges within so many days: of doing nothing, of the option, and the difference."""

    days: int
    nothing_adds: Money
    option_adds: Money
    saved: Money


@dataclass(frozen=True, slots=True)
class BalancePoint:
    """What is still to be paid of what a plan covers, from the end of a day on."""

    on: date
    balance: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One offer, complete: nothing about it has to be computed by whoever shows it.

    Attributes:
        reaged: What the plan covers after waivers, down payment included.
        total: Everything the borrower pays under it: `reaged` + `total_cost`.
        total_cost: What the plan itself adds in interest and fees.
        highest_month: The most that falls due in any one month of the plan, the contract's own
            rows (which keep their dates under an instalment of arrears) included.
        annual_rate: By internal rate of return; `plan_rate` is the rate rows are priced at.
        approver: The role that has to decide, None where nobody has to.
        waived: Not asked for while the condition is kept; it is no part of `reaged`.
    """

    offer_id: str
    inputs_hash: str
    policy_version: str
    tier: str
    tool: Tool
    scope: Scope
    account_ids: tuple[str, ...]
    as_of: date
    expires_at: datetime
    characters: tuple[Character, ...]
    down_payment: Money
    terms: int
    schedule: tuple[PlanRow, ...]
    accounts: tuple[AccountSchedule, ...]
    reaged: Money
    total: Money
    total_cost: Money
    highest_month: Money
    instalment: Money
    annual_rate: Decimal
    plan_rate: Decimal
    waived: tuple[Waived, ...]
    breach_effect: BreachEffect
    approval_causes: tuple[ApprovalCause, ...]
    approver: str | None
    proofs: tuple[str, ...]
    proof_due: date | None
    comparison: tuple[Comparison, ...]
    disclosure: tuple[DisclosureRow, ...]

    @property
    def needs_approval(self) -> bool:
        """Whether a person has to decide before it can stand."""
        return bool(self.approval_causes)

    @property
    def waived_total(self) -> Money:
        """Sum of everything waived."""
        return Money(sum(one.amount.fen for one in self.waived))

    @property
    def waiver_condition(self) -> PlanWaiverCondition | None:
        """When the waived amounts are gone for good; None where nothing is waived."""
        return self.waived[0].condition if self.waived else None

    @property
    def balance(self) -> tuple[BalancePoint, ...]:
        """The balance over time: all of it on the day of the offer, then after each row.

        A row that falls due on the day of the offer itself comes after that first point.
        """
        first = self.schedule[0]
        before = first.balance_after + first.amount - first.new_interest - first.new_fee
        rows = (BalancePoint(row.due, row.balance_after) for row in self.schedule)
        return (BalancePoint(self.as_of, before), *rows)

    @property
    def last_due(self) -> date:
        """The day of the last row."""
        return self.schedule[-1].due


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole answer to one request. Proposing changes nothing."""

    borrower_id: str
    as_of: date
    verdict: Verdict
    options: tuple[Option, ...]
    do_nothing: tuple[DoNothing, ...]
    reasons: tuple[Reason, ...]
    tier: str | None
    inputs_hash: str
