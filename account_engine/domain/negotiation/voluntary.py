"""What may be arranged before anything is overdue.

A bill may be spread over months for its flat fee (账单分期), and the next due date may be moved
once (展期, 民法典678: an application before the due date, which the lender may grant).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from account_engine.domain.amortisation import split
from account_engine.domain.calendar import add_months
from account_engine.domain.money import Money, divide
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import Draft, draft_of
from account_engine.domain.negotiation.enumeration import extension_days, extension_used
from account_engine.domain.negotiation.option import AccountSchedule, Scope
from account_engine.domain.negotiation.policy import ExtensionRule, Tool
from account_engine.domain.negotiation.position import AccountPosition, Upcoming
from account_engine.domain.negotiation.pricing import (
    Parts,
    Shape,
    plan_rate,
    plan_row,
    spread,
)


def voluntary_drafts(case: Case) -> Iterator[Draft]:
    """Drafts for each account that has a bill or a row ahead, one account at a time."""
    for account in case.accounts:
        if account.upcoming and not account.overdue.fen:
            yield from _bill_instalments(case, account, account.upcoming[0])
            yield from _extensions(case, account, account.upcoming[0])


def voluntary_extension_rule(case: Case) -> ExtensionRule:
    """The rule before the due date; the early tier's where the borrower is in hardship."""
    early = case.policy.tier(case.policy.early_hardship_tier).extension
    if case.wishes.hardship is not None and early is not None:
        return early
    return case.policy.voluntary_extension


def _bill_instalments(case: Case, account: AccountPosition, bill: Upcoming) -> Iterator[Draft]:
    rule = case.policy.bill_instalment
    if account.product_id not in rule.product_ids or bill.principal < rule.min_amount:
        return
    if not bill.revolving or bill.interest.fen or bill.fee.fen:
        return
    for terms in sorted(rule.flat_fees):
        rate = rule.flat_fees[terms]
        numerator, denominator = rate.as_integer_ratio()
        fee = divide(bill.principal.fen * numerator, denominator)
        schedule = replace(
            _flat_schedule(account, bill, fee, terms), row_key=bill.key, flat_fee=rate
        )
        yield draft_of(Tool.BILL_INSTALMENT, [account], (schedule,), (), bill.due)


def _flat_schedule(
    account: AccountPosition, bill: Upcoming, fee: int, terms: int
) -> AccountSchedule:
    principal = split(bill.principal.fen, terms)
    fees = split(fee, terms)
    balance = bill.principal.fen
    rows = []
    for index in range(terms):
        parts = Parts(principal=principal[index], fee=fees[index])
        balance -= principal[index]
        due = add_months(bill.due, index + 1)
        rows.append(plan_row(index + 1, due, parts, balance, new_fee=fees[index]))
    return AccountSchedule(
        account_id=account.account_id,
        product_id=account.product_id,
        display_name=account.display_name,
        scope=Scope.NEXT_BILL,
        annual_rate=account.annual_rate,
        plan_interest=Money(0),
        plan_fee=Money(fee),
        rows=tuple(rows),
    )


def _extensions(case: Case, account: AccountPosition, bill: Upcoming) -> Iterator[Draft]:
    rule = voluntary_extension_rule(case)
    if extension_used(case, rule):
        return
    moved = replace(
        account,
        overdue_principal=bill.principal,
        overdue_interest=bill.interest,
        overdue_fee=bill.fee,
        annual_rate=plan_rate(account, case.policy.price),
        upcoming=account.upcoming[1:],
    )
    for days in extension_days(case, rule, bill.due):
        due = bill.due + timedelta(days=days)
        shape = Shape(bill.due, due, 1, due.day)
        (schedule,) = spread([moved], Scope.ARREARS, shape, (), case.policy.price)
        moved_bill = replace(schedule, scope=Scope.NEXT_BILL, row_key=bill.key)
        yield draft_of(Tool.EXTENSION, [moved], (moved_bill,), (), bill.due)
