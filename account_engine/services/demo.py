"""The demonstration borrowers: YAML with relative dates into contracts and events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from account_engine.catalogue.products import Products
from account_engine.domain.amortisation import Price, amortise
from account_engine.domain.calendar import add_months
from account_engine.domain.events import Event, EventKind, event_from_json
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.terms import Contract
from account_engine.errors import UnknownBorrower
from account_engine.ports import Ingested, NewBorrower, StoreWriter
from account_engine.services.clock import BUSINESS_ZONE, BusinessClock
from account_engine.services.settings import Settings
from account_engine.store.codec import ContractCodec, contract_from_json
from account_engine.store.sql_store import SqlStore

_FIRST_BOOKING = time(10, 0)


@dataclass(frozen=True, slots=True)
class DemoBorrower:
    """A demonstration borrower with real dates."""

    profile: NewBorrower
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]


def seed_demo(settings: Settings) -> tuple[str, ...]:
    """Store the demonstration borrowers that are not there yet; return the ids that were added.

    The database must be migrated. A borrower who is there stays as they are, whatever the date.
    """
    today = BusinessClock(settings.business_date).today()
    products = Products.load(settings.data_dir / "products")
    store = SqlStore(settings.database_url, ContractCodec(products.terms))
    path = settings.data_dir / "demo" / "borrowers.yml"
    try:
        return tuple(
            borrower.profile.borrower_id
            for borrower in load_demo(path, today, products)
            if store.retrying(partial(_add, borrower)) is Ingested.APPENDED
        )
    finally:
        store.close()


def load_demo(path: Path, business_date: date, products: Products) -> Iterator[DemoBorrower]:
    """Yield the borrowers of a demo file with dates made from `business_date`."""
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for entry in content["borrowers"]:
        contracts = tuple(
            _contract(entry["id"], account, business_date, products)
            for account in entry["accounts"]
        )
        yield DemoBorrower(
            NewBorrower(entry["id"], entry["display_name"], entry["phone"], (), entry["story"]),
            contracts,
            _events(entry["id"], entry["events"], business_date, contracts),
        )


def _contract(
    borrower_id: str, account: Mapping[str, Any], today: date, products: Products
) -> Contract:
    content = {name: _dated(value, today) for name, value in account.items()}
    terms = products.latest(content.pop("product"))
    content.setdefault("lender_name", terms.default_lender)
    return contract_from_json({"borrower_id": borrower_id, **content}, terms)


def _events(
    borrower_id: str,
    entries: Sequence[Mapping[str, Any]],
    today: date,
    contracts: Sequence[Contract],
) -> tuple[Event, ...]:
    events: list[Event] = []
    for number, entry in enumerate(entries, start=1):
        on = date.fromisoformat(_dated(entry["on"], today))
        account = entry.get("account")
        payload = {name: _dated(value, today) for name, value in entry["payload"].items()}
        if entry["kind"] == EventKind.LOAN_DISBURSED.value:
            (contract,) = (one for one in contracts if one.account_id == account)
            payload.update(_rows_on_the_day(entry["payload"], on, today, contract))
        if isinstance(payload.get("amount"), dict):
            kind = QuoteKind(payload["amount"]["quote"])
            state = fold(contracts, events, on)
            payload["amount"] = quote(state, kind, [entry["account"]]).total.yuan_text
        booked = datetime.combine(on, _FIRST_BOOKING, BUSINESS_ZONE) + timedelta(minutes=number)
        events.append(
            event_from_json(
                {
                    "event_id": f"demo:{borrower_id}:{number}",
                    "borrower_id": borrower_id,
                    "account_id": account,
                    "kind": EventKind(entry["kind"]).value,
                    "value_date": on.isoformat(),
                    "booked_at": booked.isoformat(),
                    "payload": payload,
                }
            )
        )
    return tuple(events)


def _rows_on_the_day(
    loan: Mapping[str, Any], drawn: date, today: date, contract: Contract
) -> dict[str, Any]:
    """Return the rows of a loan whose due day the shortest month on the way would move.

    A loan first due on 28 February would fall due on the 28th ever after, and a borrower who is to
    be twenty days late on the 20th would be late by twenty-three. On such days the demo prints the
    rows itself, as lenders do.
    """
    when = loan["first_due"]
    day, first = today + timedelta(days=when["day"]), when.get("months", 0)
    dues = [add_months(day, first + number) for number in range(loan["terms"])]
    if dues == [add_months(dues[0], number) for number in range(loan["terms"])]:
        return {}
    periods = [(due - start).days for start, due in zip([drawn, *dues], dues, strict=False)]
    terms = contract.terms
    price = Price.of(contract.effective_annual_rate, terms.day_count, terms.rounding)
    principal = Money.yuan(loan["principal"]).fen
    parts = amortise(principal, periods, price, RepaymentMethod(loan["method"]))
    rows = [
        {
            "number": number,
            "due": due.isoformat(),
            "principal": Money(part.principal).yuan_text,
            "interest": Money(part.interest).yuan_text,
        }
        for number, (due, part) in enumerate(zip(dues, parts, strict=True), start=1)
    ]
    return {"rows": rows}


def _dated(value: Any, today: date) -> Any:
    """Turn {day: -41, months: -3} into an ISO date, anywhere inside a value."""
    if isinstance(value, Mapping):
        if "day" in value:
            day = today + timedelta(days=value["day"])
            return add_months(day, value.get("months", 0)).isoformat()
        return {name: _dated(inner, today) for name, inner in value.items()}
    if isinstance(value, list):
        return [_dated(inner, today) for inner in value]
    return value


def _add(borrower: DemoBorrower, writer: StoreWriter) -> Ingested:
    try:
        writer.borrower(borrower.profile.borrower_id)
        return Ingested.DUPLICATE
    except UnknownBorrower:
        writer.add_borrower(borrower.profile)
        for contract in borrower.contracts:
            writer.add_contract(contract)
        writer.append(borrower.profile.borrower_id, borrower.events)
        return Ingested.APPENDED
