"""JSON Schema made from the domain's own dataclasses, so that the two cannot drift apart."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from account_engine.domain.money import Money

Schema = dict[str, Any]

MONEY: Schema = {
    "type": ["string", "integer"],
    "pattern": r"^[+-]?\d+(\.\d{1,2})?$",
    "description": 'yuan as text, "12.34"; a whole number of yuan may be a number',
}
RATE: Schema = {
    "type": ["string", "integer"],
    "pattern": r"^[+-]?\d+(\.\d+)?$",
    "description": 'an exact decimal as text, "0.0005"',
}
DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MOMENT: Schema = {"type": "string", "description": "date and time in ISO form with a zone"}

_SIMPLE: Mapping[Any, Schema] = {
    Money: MONEY,
    Decimal: RATE,
    date: DATE,
    datetime: MOMENT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
}


def schema_of(hint: Any, *, partial: bool = False) -> Schema:
    """Return the schema of a type hint; with `partial`, no field of a dataclass is required."""
    if hint in _SIMPLE:
        return dict(_SIMPLE[hint])
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = schema_of(next(arg for arg in args if arg is not type(None)), partial=partial)
        return {"anyOf": [inner, {"type": "null"}]}
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return {"type": "array", "items": schema_of(args[0])}
    if origin is tuple:
        items = [schema_of(arg) for arg in args]
        return {"type": "array", "items": items, "minItems": len(args), "maxItems": len(args)}
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if is_dataclass(hint):
        return object_schema(hint, partial=partial)
    raise TypeError(f"no schema for {hint}")


def object_schema(cls: Any, *, partial: bool = False, without: tuple[str, ...] = ()) -> Schema:
    """Return the schema of a dataclass, unknown fields refused."""
    hints = get_type_hints(cls)
    kept = [field for field in fields(cls) if field.name not in without]
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: schema_of(hints[field.name], partial=partial) for field in kept},
    }
    required = [
        field.name
        for field in kept
        if field.default is MISSING and field.default_factory is MISSING
    ]
    if required and not partial:
        schema["required"] = required
    return schema
