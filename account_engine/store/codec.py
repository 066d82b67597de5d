"""Events and contracts as rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from itertools import repeat
from typing import Any, get_type_hints

from account_engine.domain.codec import read, to_json
from account_engine.domain.errors import InvalidEvent
from account_engine.domain.events import PAYLOADS, Event, EventKind
from account_engine.domain.terms import Contract, ProductTerms
from account_engine.errors import StoreDamaged
from account_engine.store.chain import link_event
from account_engine.store.compiled import Convert, ConvertAll, fill, plain
from account_engine.store.moments import all_from_us, to_us
from account_engine.store.payload_codec import (
    builder,
    canonical,
    dump_payload,
    parse,
    stored_reader,
)

_KINDS: Mapping[str, tuple[EventKind, ConvertAll]] = {
    kind.value: (kind, builder(PAYLOADS[kind]))  # type: ignore[arg-type]
    for kind in EventKind
}
_day = date.fromisoformat
(
    _put_event_id,
    _put_borrower_id,
    _put_account_id,
    _put_kind,
    _put_value_date,
    _put_booked_at,
    _put_payload,
) = (vars(Event)[field.name].__set__ for field in fields(Event))
"""Straight into the slots: half the price of the frozen dataclass's own `__init__`."""


def content_hash(text: str) -> bytes:
    """Return the 32 bytes that identify a text."""
    return hashlib.sha256(text.encode()).digest()


def event_hash(
    borrower_id: str,
    event_id: str,
    account_id: str | None,
    kind: str,
    value_date: date,
    payload: str,
) -> bytes:
    """Return the hash of what an event says; when it was booked is not part of it.

    It is made of the payload's text without its defaults: a field that a later version adds, with
    a default, leaves the hashes of all earlier events as they are.
    """
    said = [borrower_id, event_id, account_id, kind, value_date.isoformat(), payload]
    return content_hash(canonical(said))


def event_to_row(event: Event) -> dict[str, Any]:
    """Return an event's columns, but for its place in the chain."""
    kind, payload = event.kind.value, dump_payload(event.payload)
    return {
        "borrower_id": event.borrower_id,
        "event_id": event.event_id,
        "account_id": event.account_id,
        "kind": kind,
        "value_date": event.value_date,
        "booked_at_us": to_us(event.booked_at),
        "payload": payload,
        "content_hash": event_hash(
            event.borrower_id, event.event_id, event.account_id, kind, event.value_date, payload
        ),
    }


def chain_rows(rows: list[dict[str, Any]], version: int, head: bytes) -> bytes:
    """Number and chain new event rows in place; return the new head of the chain."""
    for number, row in enumerate(rows, start=version + 1):
        head = link_event(head, number, row["booked_at_us"], row["content_hash"])
        row["version"] = number
        row["chain_hash"] = head
    return head


def event_from_row(*row: Any) -> Event:
    """Return the event of one row: the columns of `events_from_driver`, in its order."""
    (event,) = events_from_driver([row])
    return event


def events_from_driver(rows: Sequence[Sequence[Any]]) -> tuple[Event, ...]:
    """Return the events of rows as the database's driver gives them, of any borrowers.

    A row that goes through SQLAlchemy costs twice as much. What its types would do is done here:
    dates are text where the database has none of its own (SQLite). A night reads millions of
    events, so that they are built column by column, cheapest for hundreds at a time.

    Args:
        rows: borrower, event, account, kind, value date, booked at (microseconds), payload.

    Raises:
        StoreDamaged: when a row is not what `event_to_row` wrote.
    """
    try:
        return _events(rows) if rows else ()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreDamaged(
            "a stored event is not what was written: run `account-engine verify`", _damaged(rows)
        ) from error


def _events(rows: Sequence[Sequence[Any]]) -> tuple[Event, ...]:
    borrowers, ids, accounts, kinds, days, moments, payloads = zip(*rows, strict=True)
    contents = parse(f"[{','.join(payloads)}]")
    if len(contents) != len(rows):
        raise ValueError("a payload is more than one value")
    events = list(map(object.__new__, repeat(Event, len(rows))))
    fill(_put_event_id, events, ids)
    fill(_put_borrower_id, events, borrowers)
    fill(_put_account_id, events, accounts)
    fill(_put_value_date, events, map(_day, days) if isinstance(days[0], str) else days)
    fill(_put_booked_at, events, all_from_us(moments))
    # The payload is of its kind, so nothing of Event.__post_init__ is left out.
    of_kind: dict[str, list[int]] = {}
    for number, name in enumerate(kinds):
        of_kind.setdefault(name, []).append(number)
    for name, numbers in of_kind.items():
        kind, build = _KINDS[name]
        some = [events[number] for number in numbers]
        fill(_put_kind, some, repeat(kind))
        fill(_put_payload, some, build([contents[number] for number in numbers]))
    return tuple(events)


def _damaged(rows: Sequence[Sequence[Any]]) -> str | None:
    """Return the borrower one of whose rows cannot be read; None when there are several."""
    found = set()
    for row in rows:
        try:
            _events([row])
        except (AttributeError, KeyError, TypeError, ValueError):
            found.add(str(row[0]))
    return found.pop() if len(found) == 1 else None


_ADDED_LATER = frozenset({"penalty_daily_rate"})
"""Left out of a contract's text while they hold their default: older texts keep their hashes."""

TermsOf = Callable[[str, int], ProductTerms]
"""Returns a version of a product's terms, by product id and version number."""


@dataclass(frozen=True, slots=True)
class ContractCodec:
    """How a contract becomes text and comes back with the terms it was signed under."""

    terms_of: TermsOf

    def dump(self, contract: Contract) -> str:
        """Return the contract's canonical text: the terms by name and version."""
        content: dict[str, Any] = {"product": contract.terms.product_id}
        content["terms_version"] = contract.terms.version
        for field in fields(contract):
            value = getattr(contract, field.name)
            if field.name == "terms" or (field.name in _ADDED_LATER and value == field.default):
                continue
            content[field.name] = to_json(value)
        return canonical(content)

    def load(self, text: str) -> Contract:
        """Return the contract that `dump` wrote."""
        return self._made(parse(text))

    def load_all(self, texts: Sequence[str]) -> list[Contract]:
        """Return the contracts that `dump` wrote, as `load` does."""
        return list(map(self._made, parse(f"[{','.join(texts)}]")))

    def _made(self, content: dict[str, Any]) -> Contract:
        terms = self.terms_of(content.pop("product"), content.pop("terms_version"))
        for name, convert in _contract_readers():
            value = content.get(name)
            if value is not None:
                content[name] = convert(value)
        return Contract(terms=terms, **content)


def contract_from_json(content: Mapping[str, Any], terms: ProductTerms) -> Contract:
    """Build a contract from JSON values.

    Raises InvalidEvent (the domain's error for a wrong field, with its name).
    """
    hints = _contract_hints()
    for name in content:
        if name not in hints or name == "terms":
            raise InvalidEvent(name, "unknown field")
    for name in ("account_id", "borrower_id", "lender_name", "signed_on"):
        if name not in content:
            raise InvalidEvent(name, "missing")
    values: dict[str, Any] = {
        name: _yes_no(value, name) if hints[name] is bool else read(hints[name], value, name)
        for name, value in content.items()
    }
    return Contract(terms=terms, **values)


@cache
def _contract_hints() -> Mapping[str, Any]:
    return get_type_hints(Contract)


@cache
def _contract_readers() -> list[tuple[str, Convert]]:
    """Fields of a contract that its JSON values do not hold as they are."""
    readers = [
        (name, stored_reader(hint)) for name, hint in _contract_hints().items() if name != "terms"
    ]
    return [(name, read) for name, read in readers if read is not plain]


def _yes_no(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidEvent(name, "expected true or false")
    return value
