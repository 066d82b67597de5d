"""Short ways to write contracts and events down in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from account_engine.catalogue.products import Products
from account_engine.domain.events import PAYLOADS, Event
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillIssued,
    Component,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
)
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import (
    CapRule,
    Contract,
    MinimumRule,
    PenaltyMethod,
    PenaltyRule,
    ProductKind,
    ProductTerms,
)

ROOT = Path(__file__).parents[3]
PRODUCTS = Products.load(ROOT / "data" / "products")
BORROWER = "b"
_KIND_OF = {payload: kind for kind, payload in PAYLOADS.items()}


def yuan(text: str) -> Money:
    """An amount in yuan."""
    return Money.yuan(text)


def day(text: str) -> date:
    """An ISO date."""
    return date.fromisoformat(text)


def contract(product: str | ProductTerms = "huabei_like", **fields: Any) -> Contract:
    """A contract named after its product unless told otherwise."""
    terms = PRODUCTS.latest(product) if isinstance(product, str) else product
    defaults: dict[str, Any] = {
        "account_id": terms.product_id,
        "borrower_id": BORROWER,
        "terms": terms,
        "lender_name": terms.default_lender,
        "signed_on": date(2020, 1, 1),
    }
    return Contract(**{**defaults, **fields})


def plain_terms(**fields: Any) -> ProductTerms:
    """Terms without price, penalty, cap or minimum, to be changed by options."""
    defaults: dict[str, Any] = {
        "product_id": "plain",
        "version": 1,
        "brand": "plain",
        "display_name": "plain",
        "kind": ProductKind.INSTALMENT_LOAN,
        "default_lender": "lender",
        "penalty": PenaltyRule(PenaltyMethod.NONE),
        "cap": CapRule(None),
    }
    return ProductTerms(**{**defaults, **fields})


def event(
    payload: Any,
    on: str,
    account: str | None = "huabei_like",
    event_id: str | None = None,
    hour: int = 12,
) -> Event:
    """An event of the payload's own kind; the id is made from its content unless given."""
    kind = _KIND_OF[type(payload)]
    when = day(on)
    name = event_id or f"{kind.value}:{account}:{on}:{abs(hash(repr(payload)))}"
    booked = datetime(when.year, when.month, when.day, hour, tzinfo=timezone.utc)
    return Event(name, BORROWER, account, kind, when, booked, payload)


def bill(
    amount: str, due: str, statement: str, account: str = "huabei_like", bill_id: str = ""
) -> Event:
    """A bill of revolving principal."""
    payload = BillIssued(bill_id or f"bill-{due}", day(statement), day(due), yuan(amount))
    return event(payload, statement, account, f"event-{payload.bill_id}")


def loan(
    amount: str,
    on: str,
    first_due: str,
    terms: int,
    method: RepaymentMethod = RepaymentMethod.EQUAL_INSTALMENT,
    account: str = "jiebei_like",
    rate: str | None = None,
) -> Event:
    """A loan drawn on a day."""
    annual = Decimal(rate) if rate is not None else None
    payload = LoanDisbursed("loan", yuan(amount), terms, method, day(first_due), annual)
    return event(payload, on, account, f"event-loan-{account}")


def pay(amount: str, on: str, account: str | None = "huabei_like", **fields: Any) -> Event:
    """A payment; an `event_id` may be given."""
    event_id = fields.pop("event_id", None) or f"pay:{account}:{on}:{amount}"
    return event(Payment(yuan(amount), **fields), on, account, event_id)


def state_of(contracts: Sequence[Contract], events: Sequence[Event], as_of: str) -> BorrowerState:
    """Fold to a date."""
    return fold(contracts, events, day(as_of))


def quoted(
    contracts: Sequence[Contract],
    events: Sequence[Event],
    as_of: str,
    kind: QuoteKind,
    account: str | None = None,
) -> Quote:
    """Fold and quote."""
    accounts = None if account is None else [account]
    return quote(state_of(contracts, events, as_of), kind, accounts)


def total(
    contracts: Sequence[Contract],
    events: Sequence[Event],
    as_of: str,
    kind: QuoteKind,
    account: str | None = None,
) -> str:
    """The total of a quote as text in yuan."""
    return quoted(contracts, events, as_of, kind, account).total.yuan_text


def parts(quote_: Quote) -> dict[Component, str]:
    """A quote by component as text in yuan."""
    return {component: amount.yuan_text for component, amount in quote_.by_component().items()}


__all__ = [
    "BORROWER",
    "PRODUCTS",
    "ROOT",
    "MinimumRule",
    "bill",
    "contract",
    "day",
    "event",
    "loan",
    "parts",
    "pay",
    "plain_terms",
    "quoted",
    "replace",
    "state_of",
    "total",
    "yuan",
]
