"""Plain values of a hand-written file into domain values, by type hints."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from account_engine.domain.codec import read
from account_engine.domain.errors import InvalidEvent
from account_engine.domain.money import Money

Record = TypeVar("Record")

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def split_path(dotted: str) -> tuple[str | int, ...]:
    """Return events[2].amount as its parts."""
    return tuple(
        int(match[2]) if match[2] is not None else match[1] for match in _PART.finditer(dotted)
    )


def read_record(cls: type[Record], data: Any, path: str = "") -> Record:
    """Read a dataclass whose fields may also be yes/no, mappings or anything.

    Raises InvalidEvent with the dotted path of the first wrong field.
    """
    if not isinstance(data, Mapping):
        raise InvalidEvent(path, "expected a mapping")
    hints = get_type_hints(cls)
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    for name in data:
        if name not in known:
            raise InvalidEvent(_join(path, str(name)), f"unknown field; known: {', '.join(known)}")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in data:
            values[name] = read_value(hints[name], data[name], _join(path, name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise InvalidEvent(_join(path, name), "missing")
    return cls(**values)


def read_value(hint: Any, value: Any, path: str) -> Any:
    """Read one value. Whole yuan and whole rates may be numbers."""
    if hint is Any:
        return value
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in args if arg is not type(None))
        return None if value is None else read_value(inner, value, path)
    if hint is bool:
        if not isinstance(value, bool):
            raise InvalidEvent(path, "expected true or false")
        return value
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        if not isinstance(value, list):
            raise InvalidEvent(path, "expected a list")
        return tuple(read_value(args[0], item, f"{path}[{i}]") for i, item in enumerate(value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _read_mapping(args, value, path)
    if hint is not Money and is_dataclass(hint) and isinstance(hint, type):
        return read_record(hint, value, path)
    if hint in (Money, Decimal) and type(value) is int:
        value = str(value)
    return read(hint, value, path)


def override(record: Record, changes: Any, path: str) -> Record:
    """Return a dataclass with some fields, at any depth, set otherwise. Raises InvalidEvent."""
    if not isinstance(changes, Mapping):
        raise InvalidEvent(path, "expected a mapping")
    hints = get_type_hints(type(record))
    values: dict[str, Any] = {}
    for name, change in changes.items():
        if name not in hints:
            raise InvalidEvent(_join(path, str(name)), f"unknown field; known: {', '.join(hints)}")
        now = getattr(record, name)
        if is_dataclass(now) and not isinstance(now, Money) and isinstance(change, Mapping):
            values[name] = override(now, change, _join(path, name))
        else:
            values[name] = read_value(hints[name], change, _join(path, name))
    changed: Record = replace(record, **values)  # type: ignore[type-var]
    return changed


def _read_mapping(args: tuple[Any, ...], value: Any, path: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise InvalidEvent(path, "expected a mapping")
    return {
        int(key) if args[0] is int else key: read_value(args[1], item, _join(path, str(key)))
        for key, item in value.items()
    }


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
