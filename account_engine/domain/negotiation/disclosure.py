"""The cost table a borrower must see before an instalment plan (综合融资成本明示).

Principal; every item of interest and fees with who collects it and how it is charged; the cost a
year if all goes well; what breaking the plan may cost. Nothing else may be charged. In force since
2026-08-01 for every lender (fact base 2.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import Draft
from account_engine.domain.negotiation.option import (
    AccountSchedule,
    BreachEffect,
    DisclosureRow,
    PlanRow,
    Value,
)

_YEAR_DAYS = 365
_SHOWN = Decimal("0.000001")


def disclosure(
    draft: Draft, case: Case, annual_cost: Decimal, breach: BreachEffect
) -> tuple[DisclosureRow, ...]:
    """All rows of the table; an item of nothing is shown as nothing, not left out."""
    lenders = {account.account_id: account.lender_name for account in case.accounts}
    rows: list[DisclosureRow] = []
    for schedule in draft.schedules:
        rows.extend(_account_items(schedule, lenders[schedule.account_id]))
    rows.extend(
        (
            DisclosureRow("other_charges", Money(0)),
            DisclosureRow("waived", Money(draft.waived_total), None, _waiver_standard(draft)),
            DisclosureRow("total_to_pay", Money(draft.total)),
            DisclosureRow("annual_cost", annual_cost, None, "irr_on_actual_days"),
            DisclosureRow("breach_penalty_a_day", breach.penalty_daily_rate, None, "per_day"),
            DisclosureRow("breach_penalty_a_year", _a_year(breach), None, "simple"),
            DisclosureRow("breach_penalty_amount_a_day", breach.penalty_per_day, None, "at_most"),
            DisclosureRow("breach_waivers_back", breach.waivers_back, None, "after_cure_period"),
            DisclosureRow("breach_cure_days", breach.cure_days),
            DisclosureRow(
                "breach_total_cap", case.policy.price.total_charge_cap, None, "all_charges_a_year"
            ),
        )
    )
    return tuple(rows)


def _account_items(schedule: AccountSchedule, lender: str) -> Iterator[DisclosureRow]:
    rows = schedule.rows
    owed_interest = _sum(rows, "interest") - schedule.plan_interest.fen
    owed_fee = _sum(rows, "fee") - schedule.plan_fee.fen
    owed, remaining = "as_owed_no_interest_on_it", "on_remaining_principal"
    price: tuple[str, Value, str] = ("plan_rate", schedule.annual_rate, remaining)
    if schedule.flat_fee is not None:
        price = ("plan_fee_rate", schedule.flat_fee, "flat")
    items: tuple[tuple[str, Value, str], ...] = (
        ("principal", Money(_sum(rows, "principal")), "as_owed"),
        ("interest_owed", Money(owed_interest), owed),
        ("fee_owed", Money(owed_fee), owed),
        ("penalty_owed", Money(_sum(rows, "penalty")), owed),
        price,
        ("plan_interest", schedule.plan_interest, remaining),
        ("plan_fee", schedule.plan_fee, "flat"),
    )
    account = (schedule.account_id, schedule.product_id, schedule.display_name)
    for item_code, value, standard in items:
        yield DisclosureRow(item_code, value, lender, standard, *account)


def _a_year(breach: BreachEffect) -> Decimal:
    """365 times the daily rate; a capped daily rate is a fraction that no decimal ends."""
    a_year = breach.penalty_daily_rate * _YEAR_DAYS
    return a_year.quantize(_SHOWN, rounding=ROUND_HALF_UP)


def _sum(rows: tuple[PlanRow, ...], part: str) -> int:
    return sum(getattr(row, part).fen for row in rows)


def _waiver_standard(draft: Draft) -> str | None:
    return draft.waived[0].condition.value if draft.waived else None
