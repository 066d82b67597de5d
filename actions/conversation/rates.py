"""Rates by the day and by the year, as the engine counts the days of a year (`year_days`)."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.ledger.rules import year_days
from account_engine.domain.terms import ProductTerms


def a_day(annual_rate: Decimal, terms: ProductTerms) -> Decimal:
    """A yearly rate by the day; 0.144 is 0.0004 where a year has 360 days."""
    return annual_rate / year_days(terms.day_count)


def a_year(daily_rate: Decimal, terms: ProductTerms) -> Decimal:
    """A daily rate by the year; 0.0004 is 0.144 where a year has 360 days."""
    return daily_rate * year_days(terms.day_count)


def within_the_cap(annual_rate: Decimal, terms: ProductTerms) -> Decimal:
    """The rate, or the most that a contract of these terms may cost where it is above that."""
    most = terms.cap.annual
    return annual_rate if most is None else min(annual_rate, most)
