"""A folded state as compact bytes and back, for snapshots.

A snapshot is a cache and may be dropped at any time, so its form is free to change with the code:
`FOLD_VERSION` is stored beside it, and a snapshot of another version is ignored. The terms are
not stored again; they come from the contracts.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgpack

from account_engine.domain import state as states
from account_engine.domain.money import Money
from account_engine.domain.state import AccountState, BorrowerState
from account_engine.domain.terms import Contract, ProductTerms

Convert = Callable[[Any], Any]


def dump_state(state: BorrowerState) -> bytes:
    """Return the state's bytes."""
    packed: bytes = msgpack.packb(_writer(BorrowerState)(state))
    return packed


def load_state(content: bytes, contracts: Sequence[Contract]) -> BorrowerState:
    """Return the state that `dump_state` wrote; `contracts` are those it was folded from."""
    terms = {contract.account_id: contract.terms for contract in contracts}
    bare: BorrowerState = _reader(BorrowerState)(msgpack.unpackb(content))
    for account in bare.accounts:
        object.__setattr__(account, "terms", terms[account.account_id])
    return bare


def _plain(value: Any) -> Any:
    return value


def _kind(hint: Any) -> tuple[str, Any]:
    """Return how a type hint is handled, and what it is made of."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return "optional", next(arg for arg in args if arg is not type(None))
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return "sequence", args[0]
    if origin is tuple:
        return "parts", args
    if origin is Mapping or origin is dict:
        return "mapping", args
    if isinstance(hint, type):
        for base, kind in _SIMPLE.items():
            if issubclass(hint, base):
                return kind, hint
        if is_dataclass(hint):
            return "record", hint
        if hasattr(hint, "_fields"):
            return "named_tuple", hint
    return "plain", hint


_SIMPLE: Mapping[type, str] = {
    Money: "money",
    Enum: "enum",
    date: "date",
    Decimal: "decimal",
    ProductTerms: "left_out",
}


@cache
def _writer(hint: Any) -> Convert:
    kind, inner = _kind(hint)
    if kind == "optional":
        write = _writer(inner)
        return lambda value: None if value is None else write(value)
    if kind == "sequence":
        write = _writer(inner)
        return lambda value: [write(item) for item in value]
    if kind == "parts":
        writers = [_writer(part) for part in inner]
        return lambda value: [w(item) for w, item in zip(writers, value, strict=True)]
    if kind == "mapping":
        key, item = _writer(inner[0]), _writer(inner[1])
        return lambda value: [[key(k), item(v)] for k, v in value.items()]
    if kind in ("record", "named_tuple"):
        return _record_writer(hint)
    return _SIMPLE_WRITERS.get(kind, _plain)


@cache
def _reader(hint: Any) -> Convert:
    kind, inner = _kind(hint)
    if kind == "optional":
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if kind == "sequence":
        read = _reader(inner)
        return lambda value: tuple([read(item) for item in value])
    if kind == "parts":
        readers = [_reader(part) for part in inner]
        return lambda value: tuple(r(item) for r, item in zip(readers, value, strict=True))
    if kind == "mapping":
        key, item = _reader(inner[0]), _reader(inner[1])
        return lambda value: types.MappingProxyType({key(k): item(v) for k, v in value})
    if kind in ("record", "named_tuple"):
        return _record_reader(hint)
    if kind == "enum":
        members: Mapping[Any, Any] = {member.value: member for member in inner}
        return members.__getitem__
    return _SIMPLE_READERS.get(kind, _plain)


_SIMPLE_WRITERS: Mapping[str, Convert] = {
    "money": lambda value: value.fen,
    "enum": lambda value: value.value,
    "date": lambda value: value.toordinal(),
    "decimal": str,
    "left_out": lambda _value: None,
}
_SIMPLE_READERS: Mapping[str, Convert] = {
    "money": Money,
    "date": date.fromordinal,
    "decimal": Decimal,
    "left_out": _plain,
}


def _record_fields(cls: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls)] if is_dataclass(cls) else list(cls._fields)
    return [(name, hints[name]) for name in names]


def _record_writer(cls: Any) -> Convert:
    parts = [(name, _writer(hint)) for name, hint in _record_fields(cls)]
    return lambda value: [write(getattr(value, name)) for name, write in parts]


def _record_reader(cls: Any) -> Convert:
    readers = [_reader(hint) for _, hint in _record_fields(cls)]
    converting = [(i, read) for i, read in enumerate(readers) if read is not _plain]

    def build(values: list[Any]) -> Any:
        for index, read in converting:
            values[index] = read(values[index])
        return cls(*values)

    return build


def _shape() -> str:
    parts: list[str] = []
    for cls in (BorrowerState, AccountState, states.RowFacts, states.Segment, states.PlanState):
        parts += [f"{cls.__name__}.{name}:{hint}" for name, hint in _record_fields(cls)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


FOLD_VERSION = f"1-{_shape()}"
"""Changes by itself with the shape of a state; raise the number when a rule of the fold changes."""
