"""How debts come in: bills, loans, instalments, charges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.payloads.kinds import Component, RepaymentMethod

_ZERO = Money(0)


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """The contract begins."""

    credit_limit: Money | None = None


@dataclass(frozen=True, slots=True)
class BillIssued:
    """A bill of a revolving product. Known from the value date, billed on `statement_on`.

    `posted_on` is when the purchases were posted, for terms that charge interest from there.
    """

    bill_id: str
    statement_on: date
    due: date
    revolving_principal: Money
    instalment_principal: Money = _ZERO
    interest: Money = _ZERO
    fee: Money = _ZERO
    posted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScheduledRow:
    """One instalment as the lender's system printed it."""

    number: int
    due: date
    principal: Money
    interest: Money = _ZERO
    fee: Money = _ZERO


@dataclass(frozen=True, slots=True)
class LoanDisbursed:
    """A loan is drawn on the value date.

    The schedule is computed from the terms unless the lender's own rows are given. `instalment` is
    the equal instalment the lender agreed, where it differs from the exact annuity.
    """

    loan_id: str
    principal: Money
    terms: int
    method: RepaymentMethod
    first_due: date
    annual_rate: Decimal | None = None
    rows: tuple[ScheduledRow, ...] = ()
    instalment: Money | None = None


@dataclass(frozen=True, slots=True)
class BillInstalmentBooked:
    """Part of a bill is spread over `terms` months for a flat fee (账单分期).

    `fee_rate` is the fee for the whole term; default: the rate of the terms for that length.
    """

    booking_id: str
    principal: Money
    terms: int
    first_due: date
    bill_id: str | None = None
    fee_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ChargePosted:
    """A fee, an amount of interest or a penalty the lender posted by itself, due on a date."""

    charge_id: str
    component: Component
    amount: Money
    due: date
