"""How typed values become words. Every filter that prints a figure records its provenance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from account_engine.services.clock import BUSINESS_ZONE
from actions.renderer.provenance import Origin, Printed, Provenance

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def yuan_text(fen: int) -> str:
    """`123456` fen as `1,234.56`."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def date_text(day: date, today: date) -> str:
    """`11月23日`, with the year unless it is the current one."""
    text = f"{day.month}月{day.day}日"
    return text if day.year == today.year else f"{day.year}年{text}"


def percent_text(rate: Decimal | Fraction, places: int = 2) -> str:
    """`Decimal("0.1825")` as `18.25%`; figures beyond the second place only where they matter."""
    if isinstance(rate, Fraction):
        rate = Decimal(rate.numerator) / Decimal(rate.denominator)
    step = _CENT if places == 2 else Decimal(1).scaleb(-places)
    text = str((rate * _HUNDRED).quantize(step, rounding=ROUND_HALF_UP))
    if places > 2:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%"


def _book(context: Context) -> Provenance:
    book: Provenance = context["provenance"]
    return book


def _fen(value: Any) -> int:
    fen: int = value if isinstance(value, int) else value.fen
    return fen


@pass_context
def yuan(context: Context, amount: Any) -> Printed:
    """Money of the account, in yuan with two decimals."""
    return _book(context).record(f"{yuan_text(_fen(amount))} 元", Origin.ACCOUNT)


@pass_context
def heard_yuan(context: Context, fen: Any) -> Printed:
    """Money that the borrower named; whole yuan without decimals, as people write it."""
    amount = _fen(fen)
    text = f"{amount // 100:,}" if amount % 100 == 0 else yuan_text(amount)
    return _book(context).record(f"{text} 元", Origin.HEARD)


@pass_context
def terms_yuan(context: Context, amount: Any) -> Printed:
    """Money worked out from a product's terms on named figures; nobody's account."""
    return _book(context).record(f"{yuan_text(_fen(amount))} 元", Origin.TERMS)


@pass_context
def terms_percent(context: Context, rate: Decimal) -> Printed:
    """A daily rate of a product's terms."""
    return _book(context).record(percent_text(rate, places=6), Origin.TERMS)


@pass_context
def day(context: Context, value: date) -> Printed:
    """A date of the account."""
    return _book(context).record(date_text(_day(value), context["today"]), Origin.ACCOUNT)


@pass_context
def iso_day(context: Context, value: str) -> Printed:
    """A date of the account that was kept in a slot."""
    text = date_text(date.fromisoformat(value), context["today"])
    return _book(context).record(text, Origin.ACCOUNT)


@pass_context
def heard_day(context: Context, value: date) -> Printed:
    """A date that the borrower named."""
    return _book(context).record(date_text(_day(value), context["today"]), Origin.HEARD)


@pass_context
def calendar_day(context: Context, value: date) -> Printed:
    """Today's business date, which is nobody's secret."""
    return _book(context).record(date_text(_day(value), context["today"]), Origin.CALENDAR)


@pass_context
def calendar_month(context: Context, value: date) -> Printed:
    """The month of a date, such as 12月; with the year unless it is the current one."""
    text = f"{value.month}月"
    text = text if value.year == context["today"].year else f"{value.year}年{text}"
    return _book(context).record(text, Origin.CALENDAR)


def _day(value: date) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value


@pass_context
def moment(context: Context, value: datetime) -> Printed:
    """A date with the hour and minute."""
    local = value.astimezone(BUSINESS_ZONE)
    text = f"{date_text(local.date(), context['today'])} {local:%H:%M}"
    return _book(context).record(text, Origin.ACCOUNT)


@pass_context
def percent(context: Context, rate: Decimal) -> Printed:
    """A yearly rate, such as 18.25%."""
    return _book(context).record(percent_text(rate), Origin.ACCOUNT)


@pass_context
def daily_percent(context: Context, rate: Decimal) -> Printed:
    """A daily rate, with as many places as it needs up to six."""
    return _book(context).record(percent_text(rate, places=6), Origin.ACCOUNT)


@pass_context
def count(context: Context, number: int) -> Printed:
    """A number of days, terms or rows of the account."""
    return _book(context).record(str(int(number)), Origin.ACCOUNT)


@pass_context
def terms_count(context: Context, number: int) -> Printed:
    """A number of a product's terms or of this demo's policy; nobody's account."""
    return _book(context).record(str(int(number)), Origin.TERMS)


@pass_context
def heard_count(context: Context, number: int) -> Printed:
    """A number that the borrower named."""
    return _book(context).record(str(int(number)), Origin.HEARD)


@pass_context
def case(context: Context, value: object) -> Printed:
    """A case number or a place in the queue."""
    return _book(context).record(str(value), Origin.CASE)


@pass_context
def formula(context: Context, text: str) -> Printed:
    """The formula of a quote item, as the engine wrote it."""
    return _book(context).record(text, Origin.ACCOUNT)


@pass_context
def named(context: Context, text: str) -> Printed:
    """A name from the account (product, lender, clause), which may hold digits."""
    return _book(context).record(str(text), Origin.ACCOUNT)


@pass_context
def told(context: Context, text: str) -> Printed:
    """Words of the fact base."""
    return _book(context).record(text, Origin.FACT)


FILTERS: dict[str, Callable[..., Any]] = {
    "yuan": yuan,
    "heard_yuan": heard_yuan,
    "terms_yuan": terms_yuan,
    "terms_percent": terms_percent,
    "day": day,
    "iso_day": iso_day,
    "heard_day": heard_day,
    "calendar_day": calendar_day,
    "calendar_month": calendar_month,
    "moment": moment,
    "percent": percent,
    "daily_percent": daily_percent,
    "count": count,
    "terms_count": terms_count,
    "heard_count": heard_count,
    "case": case,
    "formula": formula,
    "named": named,
    "told": told,
}
