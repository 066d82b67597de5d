"""Frozen dataclasses to plain JSON and back, by their type hints.

Money is text in yuan ("12.34"), dates are ISO, rates are decimal text; unknown and missing fields
are refused with their path, so that a wrong import line says where it is wrong.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from account_engine.domain.errors import InvalidEvent, InvalidMoney, NotComputed
from account_engine.domain.money import Money

Json = Any
T = TypeVar("T")


def to_json(value: object) -> Json:
    """Turn a fact into JSON values. None stays None; tuples become lists."""
    if value is None or (isinstance(value, (bool, str)) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Money):
        return value.yuan_text
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(item) for key, item in value.items()}
    if is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = get_type_hints(cls)
    return _HINTS[cls]


def from_json(cls: type[T], data: Json, path: str = "") -> T:
    """Read a dataclass from JSON.

    Args:
        cls: a frozen dataclass.
        data: the parsed JSON object.
        path: prefix for the field names in errors.

    Raises:
        InvalidEvent: with the dotted path of the first wrong field.
    """
    if not isinstance(data, Mapping):
        raise InvalidEvent(path, "expected an object")
    hints = _hints(cls)
    known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
    for name in data:
        if name not in known:
            raise InvalidEvent(_join(path, str(name)), "unknown field")
    values: dict[str, Any] = {}
    for name, f in known.items():
        if name in data:
            values[name] = read(hints[name], data[name], _join(path, name))
        elif f.default is MISSING and f.default_factory is MISSING:
            raise InvalidEvent(_join(path, name), "missing")
    return cls(**values)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def read(hint: Any, value: Json, path: str) -> Any:
    """Read one value by its type hint. Raises InvalidEvent with its path."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return read(inner, value, path)
    if origin is tuple:
        return _read_tuple(get_args(hint), value, path)
    if origin is Mapping:
        return _read_mapping(get_args(hint), value, path)
    if is_dataclass(hint) and hint is not Money:
        return from_json(hint, value, path)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _read_enum(hint, value, path)
    return _READERS[hint](value, path)


def _read_tuple(args: tuple[Any, ...], value: Json, path: str) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise InvalidEvent(path, "expected a list")
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(read(args[0], item, f"{path}[{i}]") for i, item in enumerate(value))
    if len(value) != len(args):
        raise InvalidEvent(path, f"expected {len(args)} items")
    return tuple(
        read(arg, v, f"{path}[{i}]") for i, (arg, v) in enumerate(zip(args, value, strict=True))
    )


def _read_mapping(args: tuple[Any, ...], value: Json, path: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise InvalidEvent(path, "expected an object")
    key_hint, item_hint = args
    items: dict[Any, Any] = {}
    for key, item in value.items():
        where = f"{path}.{key}"
        name = int(key) if key_hint is int and str(key).isdigit() else key
        items[read(key_hint, name, where)] = read(item_hint, item, where)
    return types.MappingProxyType(items)


def _read_enum(cls: type[Enum], value: Json, path: str) -> Enum:
    try:
        return cls(value)
    except NotComputed as error:
        raise InvalidEvent(path, str(error)) from None
    except ValueError:
        allowed = ", ".join(str(member.value) for member in cls)
        raise InvalidEvent(path, f"expected one of {allowed}") from None


def _read_money(value: Json, path: str) -> Money:
    if not isinstance(value, str):
        raise InvalidEvent(path, 'expected an amount as text, like "12.34"')
    try:
        return Money.yuan(value)
    except InvalidMoney as error:
        raise InvalidEvent(path, error.message) from None


def _read_date(value: Json, path: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidEvent(path, "expected a date, like 2026-10-13") from None


def _read_datetime(value: Json, path: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidEvent(path, "expected a date and time in ISO form") from None
    if moment.tzinfo is None:
        raise InvalidEvent(path, "expected a time zone")
    return moment


def _read_decimal(value: Json, path: str) -> Decimal:
    if not isinstance(value, str):
        raise InvalidEvent(path, 'expected a rate as text, like "0.0005"')
    try:
        rate = Decimal(value)
    except InvalidOperation:
        raise InvalidEvent(path, "expected a decimal number") from None
    if not rate.is_finite():
        raise InvalidEvent(path, "expected a finite number")
    return rate


def _read_int(value: Json, path: str) -> int:
    if type(value) is not int:
        raise InvalidEvent(path, "expected a whole number")
    return value


def _read_bool(value: Json, path: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidEvent(path, "expected true or false")
    return value


def _read_str(value: Json, path: str) -> str:
    if not isinstance(value, str):
        raise InvalidEvent(path, "expected text")
    return value


_READERS: dict[Any, Callable[[Json, str], Any]] = {
    Money: _read_money,
    date: _read_date,
    datetime: _read_datetime,
    Decimal: _read_decimal,
    bool: _read_bool,
    int: _read_int,
    str: _read_str,
}
