"""Every plan the tier allows for an overdue debt: tools × terms × down payments × first dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from account_engine.domain.calendar import next_day_of_month
from account_engine.domain.money import divide
from account_engine.domain.negotiation.approval import decision_days
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import Draft, draft_of
from account_engine.domain.negotiation.option import Scope, Waived
from account_engine.domain.negotiation.policy import ExtensionRule, Tool
from account_engine.domain.negotiation.pricing import Shape, covered, spread
from account_engine.domain.negotiation.waivers import plan_waivers


def instalment_drafts(case: Case) -> Iterator[Draft]:
    """Instalments of the arrears and of the whole balance."""
    waived = plan_waivers(case.accounts, case.tier)
    most = case.policy.shape.most_terms(account.product_id for account in case.accounts)
    if Tool.ARREARS_INSTALMENT in case.tier.tools:
        terms = tuple(count for count in case.tier.arrears_terms if count <= most)
        yield from _instalments(case, Tool.ARREARS_INSTALMENT, Scope.ARREARS, terms, waived)
    if Tool.REAGE in case.tier.tools:
        terms = tuple(count for count in case.tier.reage_terms if count <= most)
        yield from _instalments(case, Tool.REAGE, Scope.WHOLE_BALANCE, terms, waived)


def extension_drafts(case: Case) -> Iterator[Draft]:
    """The arrears on one later day, with or without a part of them at once.

    A part that would leave less than the least instalment is no part: then everything can be paid.
    """
    rule = case.tier.extension
    if Tool.EXTENSION not in case.tier.tools or rule is None or extension_used(case, rule):
        return
    owed = sum(covered(account, Scope.ARREARS).total for account in case.accounts)
    for days in extension_days(case, rule, case.as_of):
        if days <= decision_days(case, 1):
            continue
        for down in sorted({0, _wished_down_payment(case)}):
            if not down or owed - down >= case.policy.shape.min_instalment.fen:
                shape = _shape(case, case.as_of + timedelta(days=days), 1, down)
                yield _draft(case, Tool.EXTENSION, Scope.ARREARS, shape, ())


def extension_used(case: Case, rule: ExtensionRule) -> bool:
    """Whether the borrower has had as many extensions as a year allows."""
    return any(account.extensions_used >= rule.max_per_year for account in case.accounts)


def extension_days(case: Case, rule: ExtensionRule, original: date) -> tuple[int, ...]:
    """Lengths to offer: the policy's, and the borrower's own as far as the policy goes."""
    wishes = case.wishes
    days = set(rule.days_offered)
    if wishes.extension_days is not None:
        days.add(min(wishes.extension_days, rule.max_days))
    if wishes.first_date is not None:
        days.add((wishes.first_date - original).days)
    if wishes.day_of_month is not None:
        payday = next_day_of_month(original + timedelta(days=1), wishes.day_of_month)
        days.add((payday - original).days)
    return tuple(sorted(one for one in days if 0 < one <= rule.max_days))


def _instalments(
    case: Case, tool: Tool, scope: Scope, terms: tuple[int, ...], waived: tuple[Waived, ...]
) -> Iterator[Draft]:
    owed = sum(covered(account, scope, waived).total for account in case.accounts)
    for down in _down_payments(case, owed):
        for count in terms:
            for first in first_dates(case, count):
                yield _draft(case, tool, scope, _shape(case, first, count, down), waived)


def _draft(case: Case, tool: Tool, scope: Scope, shape: Shape, waived: tuple[Waived, ...]) -> Draft:
    schedules = spread(case.accounts, scope, shape, waived, case.policy.price)
    return draft_of(tool, case.accounts, schedules, waived, case.as_of)


def _shape(case: Case, first: date, terms: int, down: int) -> Shape:
    day = case.wishes.day_of_month
    days = decision_days(case, terms) + case.policy.shape.down_payment_days
    paid_by = case.as_of + timedelta(days=days)
    return Shape(
        start=case.as_of,
        first_due=first,
        terms=terms,
        day_of_month=first.day if day is None else day,
        down_payment=down,
        down_payment_due=min(paid_by, first - timedelta(days=1)) if down else None,
    )


def least_down_payment(case: Case, owed: int) -> int:
    """The least that policy wants at once, in fen, rounded up to a whole fen."""
    numerator, denominator = case.min_down_payment.as_integer_ratio()
    return (owed * numerator + denominator - 1) // denominator


def _down_payments(case: Case, owed: int) -> tuple[int, ...]:
    """The policy's shares and the borrower's own amount, none below the least, all below all."""
    least = least_down_payment(case, owed)
    found = {least, _wished_down_payment(case)}
    for share in case.policy.shape.down_payment_shares:
        numerator, denominator = share.as_integer_ratio()
        found.add(divide(owed * numerator, denominator))
    return tuple(sorted(down for down in found if least <= down < owed))


def _wished_down_payment(case: Case) -> int:
    return case.wishes.down_payment.fen if case.wishes.down_payment is not None else 0


def first_window(case: Case, terms: int) -> tuple[date, date]:
    """First and last day on which row 1 may fall due; after a person's decision if one is due."""
    shape = case.policy.shape
    deciding = decision_days(case, terms)
    earliest = case.as_of + timedelta(days=deciding + shape.first_due_min_days)
    return earliest, case.as_of + timedelta(days=deciding + shape.first_due_max_days)


def first_dates(case: Case, terms: int) -> tuple[date, ...]:
    """Days for the first row, inside the window that policy sets."""
    earliest, latest = first_window(case, terms)
    wishes = case.wishes
    found: set[date] = set()
    if wishes.first_date is not None:
        found.add(min(max(wishes.first_date, earliest), latest))
    if wishes.day_of_month is not None:
        payday = next_day_of_month(earliest, wishes.day_of_month)
        found.add(min(payday, latest))
    if not found:
        offered = case.policy.shape.first_due_offered
        found = {case.as_of + timedelta(days=days) for days in offered}
    return tuple(sorted({min(max(day, earliest), latest) for day in found}))
