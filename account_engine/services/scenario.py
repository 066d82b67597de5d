"""Scenario files: a history and its terms in one hand-written YAML or JSON file.

Anyone can write a case down without a database, change any parameter of the terms, and see what
the engine makes of it. `docs/cli.md` describes the form; `account-engine schema scenario` prints
its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from account_engine.catalogue.product_checks import check_contract, check_product
from account_engine.catalogue.products import Products
from account_engine.domain.codec import to_json
from account_engine.domain.errors import InvalidEvent, InvalidTerms
from account_engine.domain.event_checks import check_event
from account_engine.domain.events import PAYLOADS, Event, EventKind
from account_engine.domain.money import Money
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.terms import Contract, ProductKind, ProductTerms
from account_engine.errors import EngineError
from account_engine.services.clock import midnight
from account_engine.services.located_yaml import InvalidFile, LocatedFile, load_located
from account_engine.services.plain_values import override, read_record, split_path
from account_engine.store.payload_codec import sparse_json


class InvalidScenario(InvalidFile):
    """A scenario file is wrong; the message names file, line and field."""

    code = "invalid_scenario"


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One account of a scenario.

    Attributes:
        product: a product of the catalogue, or `revolving` / `instalment_loan` for plain terms
            with nothing set but their defaults.
        version: of the product; default: the newest.
        terms: parameters that differ, nested as in the terms.
    """

    account_id: str
    product: str
    version: int | None = None
    terms: Any = None
    lender_name: str | None = None
    signed_on: date | None = None
    cross_recall: bool = False
    credit_limit: Money | None = None
    annual_rate: Decimal | None = None
    due_day: int | None = None
    penalty_daily_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One event of a scenario. `id` is needed only where another event names it."""

    on: date
    kind: EventKind
    payload: Any = None
    account: str | None = None
    id: str | None = None
    booked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The whole file."""

    as_of: date
    accounts: tuple[AccountEntry, ...]
    events: tuple[EventEntry, ...] = ()
    borrower_id: str = "scenario"
    description: str | None = None
    wishes: Wishes | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A history that can be folded, the day to look at it, and what the borrower asks for."""

    borrower_id: str
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]
    as_of: date
    wishes: Wishes | None


def load_scenario(path: Path, data_dir: Path) -> Scenario:
    """Read a scenario file. Raises InvalidScenario with file, line and field."""
    try:
        source = load_located(path)
    except InvalidFile as error:
        raise InvalidScenario(error.file, error.line, "", error.reason) from error
    try:
        return _build(source, Products.load(data_dir / "products"))
    except InvalidEvent as error:
        wrong = source.wrong(split_path(error.field or ""), error.reason)
        raise InvalidScenario(wrong.file, wrong.line, wrong.field or "", wrong.reason) from error


def scenario_json(
    borrower_id: str, contracts: Sequence[Contract], events: Sequence[Event], as_of: date
) -> dict[str, Any]:
    """Return a history as the content of a scenario file; `load_scenario` gives it back.

    The terms are written out in full, so that the file says all by itself.
    """
    return {
        "as_of": as_of.isoformat(),
        "borrower_id": borrower_id,
        "accounts": [_account_json(contract) for contract in contracts],
        "events": [_event_json(event) for event in events],
    }


def _account_json(contract: Contract) -> dict[str, Any]:
    terms = {
        field.name: to_json(getattr(contract.terms, field.name)) for field in fields(ProductTerms)
    }
    content = {
        "account_id": contract.account_id,
        "product": contract.terms.kind.value,
        "terms": terms,
        "lender_name": contract.lender_name,
        "signed_on": contract.signed_on.isoformat(),
        "cross_recall": contract.cross_recall,
        "credit_limit": to_json(contract.credit_limit),
        "annual_rate": to_json(contract.annual_rate),
        "due_day": contract.due_day,
        "penalty_daily_rate": to_json(contract.penalty_daily_rate),
    }
    return {name: value for name, value in content.items() if value is not None}


def _event_json(event: Event) -> dict[str, Any]:
    content = {
        "id": event.event_id,
        "on": event.value_date.isoformat(),
        "kind": event.kind.value,
        "account": event.account_id,
        "booked_at": event.booked_at.isoformat(),
        "payload": sparse_json(event.payload),
    }
    return {name: value for name, value in content.items() if value is not None}


def _build(source: LocatedFile, products: Products) -> Scenario:
    file = read_record(ScenarioFile, source.content)
    contracts = tuple(
        _contract(entry, file.borrower_id, products, f"accounts[{number}]")
        for number, entry in enumerate(file.accounts)
    )
    known = {contract.account_id for contract in contracts}
    events = tuple(
        _event(entry, file.borrower_id, number, known) for number, entry in enumerate(file.events)
    )
    return Scenario(file.borrower_id, contracts, events, file.as_of, file.wishes)


def _contract(entry: AccountEntry, borrower_id: str, products: Products, at: str) -> Contract:
    terms = _terms(entry, products, at)
    if entry.terms is not None:
        terms = override(terms, entry.terms, f"{at}.terms")
        try:
            check_product(terms)
        except InvalidTerms as error:
            raise InvalidEvent(f"{at}.terms.{error.field}", error.reason) from error
    contract = Contract(
        account_id=entry.account_id,
        borrower_id=borrower_id,
        terms=terms,
        lender_name=entry.lender_name or terms.default_lender,
        signed_on=entry.signed_on or date(2000, 1, 1),
        cross_recall=entry.cross_recall,
        credit_limit=entry.credit_limit,
        annual_rate=entry.annual_rate,
        due_day=entry.due_day,
        penalty_daily_rate=entry.penalty_daily_rate,
    )
    try:
        check_contract(contract)
    except InvalidTerms as error:
        raise InvalidEvent(f"{at}.{error.field}", error.reason) from error
    return contract


def _terms(entry: AccountEntry, products: Products, at: str) -> ProductTerms:
    if entry.product in {kind.value for kind in ProductKind}:
        kind = ProductKind(entry.product)
        return ProductTerms(entry.product, 1, entry.product, entry.product, kind, "scenario")
    try:
        if entry.version is None:
            return products.latest(entry.product)
        return products.terms(entry.product, entry.version)
    except (KeyError, EngineError) as error:
        raise InvalidEvent(f"{at}.product", "no such product or version") from error


def _event(entry: EventEntry, borrower_id: str, number: int, accounts: set[str]) -> Event:
    at = f"events[{number}]"
    account = entry.account
    if account is not None and account not in accounts:
        raise InvalidEvent(f"{at}.account", "the scenario has no such account")
    if account is None and len(accounts) == 1 and entry.kind not in _BORROWER_WIDE:
        account = next(iter(accounts))
    payload = read_record(PAYLOADS[entry.kind], entry.payload or {}, f"{at}.payload")
    booked = entry.booked_at or midnight(entry.on) + timedelta(seconds=number)
    event_id = entry.id or f"{borrower_id}:{number + 1}"
    event = Event(event_id, borrower_id, account, entry.kind, entry.on, booked, payload)
    try:
        check_event(event)
    except InvalidEvent as error:
        raise InvalidEvent(f"{at}.{error.field}", error.reason) from error
    return event


_BORROWER_WIDE = {
    EventKind.SCORE_REPORTED,
    EventKind.HARDSHIP_DECLARED,
    EventKind.BORROWER_DECEASED,
    EventKind.PLAN_AGREED,
}
