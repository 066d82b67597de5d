"""A folded state as compact bytes and back, for snapshots.

A snapshot is a cache and may be dropped at any time, so its form is free to change with the code:
`FOLD_VERSION` is stored beside it, and a snapshot of another version is ignored. The terms are
not stored again; they come from the contracts.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgpack

from account_engine import domain
from account_engine.domain.money import Money
from account_engine.domain.state import BorrowerState, RowFacts
from account_engine.domain.terms import Contract, ProductTerms
from account_engine.store import later
from account_engine.store.compiled import Convert, from_list, money_of_fen, plain


def dump_state(state: BorrowerState) -> bytes:
    """Return the state's bytes."""
    packed: bytes = msgpack.packb(_writer(BorrowerState)(state))
    return packed


def load_state(content: bytes, contracts: Sequence[Contract]) -> BorrowerState:
    """Return the state that `dump_state` wrote; `contracts` are those it was folded from."""
    terms = {contract.account_id: contract.terms for contract in contracts}
    bare: BorrowerState = _reader(BorrowerState)(msgpack.unpackb(content, use_list=False))
    for account in bare.accounts:
        object.__setattr__(account, "terms", terms[account.account_id])
    return bare


def _kind(hint: Any) -> tuple[str, Any]:
    """Return how a type hint is handled, and what it is made of."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return "optional", next(arg for arg in args if arg is not type(None))
    if hint == _PLAIN_ROWS:
        return "later", None
    if hint == _LONG_TABLE:
        return "table", args[0]
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return "sequence", args[0]
    if origin is tuple:
        return "parts", args
    if origin is Mapping or origin is dict:
        return "mapping", args
    return _kind_of_class(hint) if isinstance(hint, type) else "plain", hint


def _kind_of_class(cls: type) -> str:
    for base, kind in _SIMPLE.items():
        if issubclass(cls, base):
            return kind
    if is_dataclass(cls):
        return "record"
    return "named_tuple" if hasattr(cls, "_fields") else "plain"


_LONG_TABLE = tuple[RowFacts, ...]
"""Kept column by column: a column is converted at once, most without a call in Python."""
_PLAIN_ROWS = tuple[tuple[object, ...], ...]
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
    if kind == "table":
        return _table_writer(inner)
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
    return _SIMPLE_WRITERS.get(kind, plain)


@cache
def _reader(hint: Any) -> Convert:
    kind, inner = _kind(hint)
    if kind == "optional":
        return _optional(_reader(inner))
    if kind == "sequence":
        return _sequence(_reader(inner))
    if kind == "table":
        return _table_reader(inner)
    if kind == "parts":
        return _parts([_reader(part) for part in inner])
    if kind == "mapping":
        key, item = _reader(inner[0]), _reader(inner[1])
        return lambda value: types.MappingProxyType({key(k): item(v) for k, v in value})
    if kind in ("record", "named_tuple"):
        return from_list(hint, [_reader(part) for _, part in _record_fields(hint)])
    if kind == "enum":
        members: Mapping[Any, Any] = {member.value: member for member in inner}
        return members.__getitem__
    return _SIMPLE_READERS.get(kind, plain)


def _optional(read: Convert) -> Convert:
    return plain if read is plain else lambda value: None if value is None else read(value)


def _sequence(read: Convert) -> Convert:
    return plain if read is plain else lambda value: tuple(map(read, value)) if value else ()


def _table_reader(cls: Any) -> Convert:
    readers = [_reader(part) for _, part in _record_fields(cls)]
    converting = [(number, read) for number, read in enumerate(readers) if read is not plain]

    def read_table(stored: tuple[int, tuple[Any, ...]]) -> tuple[Any, ...]:
        length, packed = stored
        if not length:
            return ()
        columns: list[Any] = [repeat(c[0], length) if len(c) == 1 else c for c in packed]
        for number, read in converting:
            kept = packed[number]
            # Few rows of the converted columns hold anything: () stays () without a call.
            columns[number] = (
                repeat(read(kept[0]), length)
                if len(kept) == 1
                else [read(value) if value != () else () for value in kept]
            )
        return tuple(map(tuple.__new__, repeat(cls), zip(*columns)))  # noqa: B905  as written

    return read_table


def _table_writer(cls: Any) -> Convert:
    writers = [_writer(part) for _, part in _record_fields(cls)]

    def write_table(rows: Sequence[Any]) -> list[Any]:
        columns = [
            list(kept) if write is plain else [write(value) for value in kept]
            for write, kept in zip(writers, zip(*rows, strict=True), strict=False)  # no rows: none
        ]
        # A column that holds the same everywhere is kept as that one value.
        return [len(rows), [c[:1] if c.count(c[0]) == len(c) else c for c in columns if c]]

    return write_table


def _parts(readers: list[Convert]) -> Convert:
    if all(read is plain for read in readers):
        return plain
    return lambda value: tuple([read(item) for read, item in zip(readers, value, strict=True)])


_SIMPLE_WRITERS: Mapping[str, Convert] = {
    "money": lambda value: value.fen,
    "enum": lambda value: value.value,
    "date": lambda value: value.toordinal(),
    "decimal": str,
    "left_out": lambda _value: None,
    "later": later.packed,
}
_SIMPLE_READERS: Mapping[str, Convert] = {
    "money": money_of_fen,
    "date": date.fromordinal,
    "decimal": lru_cache(maxsize=1024)(Decimal),  # rates: a handful for a whole portfolio
    "later": later.Later,
}


def _record_fields(cls: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls)] if is_dataclass(cls) else list(cls._fields)
    return [(name, hints[name]) for name in names]


def _record_writer(cls: Any) -> Convert:
    parts = [(name, _writer(hint)) for name, hint in _record_fields(cls)]
    return lambda value: [write(getattr(value, name)) for name, write in parts]


def _rules() -> str:
    """A digest of the source of everything that a fold does, and of this form."""
    folder = Path(str(domain.__file__)).parent
    rules = (one for one in sorted(folder.rglob("*.py")) if "negotiation" not in one.parts)
    digest = hashlib.sha256()
    for source in (Path(__file__), Path(later.__file__), *rules):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:24]


FOLD_VERSION = f"2-{_rules()}"
"""Changes by itself with every rule of the fold, so that no snapshot outlives the rules."""
