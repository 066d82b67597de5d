"""The columns of a lender's files and where each goes.

A column is named as lenders name it; its place in the engine's own record is `target`. Column
names are part of the interface (`docs/store.md` lists them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from account_engine.domain.errors import InvalidEvent
from account_engine.domain.event_checks import check_event
from account_engine.domain.events import Event, EventKind, event_from_json


class RecordKind(str, Enum):
    """What the rows of a file are."""

    CONTRACTS = "contracts"
    BILLS = "bills"
    LOANS = "loans"
    PAYMENTS = "payments"
    SCORES = "scores"
    EVENTS = "events"


class ColumnType(str, Enum):
    """How the text of a CSV cell is read; the domain's codec checks the rest."""

    TEXT = "text"
    INTEGER = "integer"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    name: str
    target: str
    type: ColumnType = ColumnType.TEXT


_HEAD = (
    Column("event_id", "event_id"),
    Column("borrower_id", "borrower_id"),
    Column("account_id", "account_id"),
    Column("booked_at", "booked_at"),
)
_NUMBER = ColumnType.INTEGER

CONTRACT_COLUMNS = (
    Column("borrower_id", "borrower_id"),
    Column("display_name", "display_name"),
    Column("phone", "phone"),
    Column("account_id", "account_id"),
    Column("product", "product"),
    Column("terms_version", "terms_version", _NUMBER),
    Column("lender_name", "lender_name"),
    Column("signed_on", "signed_on"),
    Column("cross_recall", "cross_recall", ColumnType.YES_NO),
    Column("credit_limit", "credit_limit"),
    Column("annual_rate", "annual_rate"),
    Column("due_day", "due_day", _NUMBER),
    Column("penalty_daily_rate", "penalty_daily_rate"),
)

EVENT_COLUMNS: Mapping[RecordKind, tuple[EventKind, tuple[Column, ...]]] = {
    RecordKind.BILLS: (
        EventKind.BILL_ISSUED,
        (
            *_HEAD,
            Column("statement_on", "value_date"),
            Column("bill_id", "payload.bill_id"),
            Column("due", "payload.due"),
            Column("revolving_principal", "payload.revolving_principal"),
            Column("instalment_principal", "payload.instalment_principal"),
            Column("interest", "payload.interest"),
            Column("fee", "payload.fee"),
            Column("posted_on", "payload.posted_on"),
        ),
    ),
    RecordKind.LOANS: (
        EventKind.LOAN_DISBURSED,
        (
            *_HEAD,
            Column("disbursed_on", "value_date"),
            Column("loan_id", "payload.loan_id"),
            Column("principal", "payload.principal"),
            Column("terms", "payload.terms", _NUMBER),
            Column("method", "payload.method"),
            Column("first_due", "payload.first_due"),
            Column("annual_rate", "payload.annual_rate"),
        ),
    ),
    RecordKind.PAYMENTS: (
        EventKind.PAYMENT,
        (
            *_HEAD,
            Column("paid_on", "value_date"),
            Column("amount", "payload.amount"),
            Column("designated_account", "payload.designated_account"),
            Column("towards", "payload.towards"),
            Column("purpose", "payload.purpose"),
            Column("channel", "payload.channel"),
        ),
    ),
    RecordKind.SCORES: (
        EventKind.SCORE_REPORTED,
        (
            *_HEAD,
            Column("reported_on", "value_date"),
            Column("score", "payload.score", _NUMBER),
            Column("source", "payload.source"),
        ),
    ),
}


def read_columns(columns: tuple[Column, ...], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return {target: value} of the cells that are filled.

    Raises InvalidEvent with the column's name for an unknown column or a cell of the wrong type.
    """
    known = {column.name: column for column in columns}
    for name in row:
        if name not in known:
            raise InvalidEvent(str(name), f"unknown column; known are {', '.join(known)}")
    return {
        column.target: _typed(column, row[column.name])
        for column in columns
        if row.get(column.name) not in (None, "")
    }


def event_of(kind: RecordKind, row: Mapping[str, Any], imported_at: datetime) -> Event:
    """Return the event that a row describes. Raises InvalidEvent with the column's name."""
    if kind is RecordKind.EVENTS:
        return _checked(event_from_json({"booked_at": imported_at.isoformat(), **row}))
    event_kind, columns = EVENT_COLUMNS[kind]
    values = read_columns(columns, row)
    content: dict[str, Any] = {"kind": event_kind.value, "booked_at": imported_at.isoformat()}
    payload: dict[str, Any] = {}
    for target, value in values.items():
        part, _, name = target.rpartition(".")
        (payload if part else content)[name] = value
    if kind is RecordKind.BILLS and "value_date" in content:
        payload["statement_on"] = content["value_date"]
    try:
        return _checked(event_from_json({**content, "payload": payload}))
    except InvalidEvent as error:
        names = {column.target: column.name for column in columns}
        names["payload.statement_on"] = names["value_date"]
        raise InvalidEvent(names.get(error.field or "", error.field or ""), error.reason) from error


def _checked(event: Event) -> Event:
    check_event(event)
    return event


def _typed(column: Column, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if column.type is ColumnType.INTEGER:
        if not (text.isascii() and text.lstrip("-").isdigit()):
            raise InvalidEvent(column.name, "expected a whole number")
        return int(text)
    if column.type is ColumnType.YES_NO:
        if text.lower() not in ("true", "false"):
            raise InvalidEvent(column.name, "expected true or false")
        return text.lower() == "true"
    return text
