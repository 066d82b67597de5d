"""Functions that build records of one class, written out once per class.

A nightly pass builds millions of records whose content was checked when it was stored. Making a
frozen dataclass costs some two microseconds, because each field goes through
`object.__setattr__`; a loop over its fields costs as much again. So for each class a function is
written out, as `dataclasses` and `namedtuple` do it themselves: it converts exactly the fields
that need it and puts them into their slots. `__post_init__` is not run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import partial
from typing import Any

from account_engine.domain.money import Money

Convert = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """Return what needs no conversion."""
    return value


_new = object.__new__
_put_fen = vars(Money)["fen"].__set__


def money_of_fen(fen: int) -> Money:
    """Return an amount of whole fen."""
    money = _new(Money)
    _put_fen(money, fen)
    return money


def money_of_text(text: str) -> Money:
    """Return an amount that the store wrote: in yuan, always with two decimals."""
    money = _new(Money)
    _put_fen(money, int(text.replace(".", "", 1)))
    return money


def from_mapping(cls: Any, readers: Mapping[str, Convert]) -> Convert:
    """Return a builder of a slotted dataclass from {field: stored value}.

    A missing field gets its default. The builder raises KeyError for a missing field without one,
    TypeError for an unknown field.
    """
    names: dict[str, Any] = {"new": object.__new__, "cls": cls, "known": frozenset(readers)}
    names |= {"Money": Money, "put_fen": _put_fen}
    lines = [
        "def build(data):",
        "    if not known.issuperset(data): raise TypeError('unknown field')",
        "    record = new(cls)",
    ]
    for number, field in enumerate(fields(cls)):
        names[f"put{number}"] = vars(cls)[field.name].__set__
        read, stored = readers[field.name], f"data[{field.name!r}]"
        indent = "    "
        if field.default is not MISSING:
            names[f"default{number}"] = field.default
            lines += [
                f"    if {field.name!r} not in data: put{number}(record, default{number})",
                "    else:",
            ]
            indent *= 2
        if read is money_of_text:
            # Most fields are amounts: what `money_of_text` does, without calling it.
            lines += [
                f"{indent}money = new(Money)",
                f"{indent}put_fen(money, int({stored}.replace('.', '', 1)))",
                f"{indent}put{number}(record, money)",
            ]
        elif read is plain:
            lines.append(f"{indent}put{number}(record, {stored})")
        else:
            names[f"read{number}"] = read
            lines.append(f"{indent}put{number}(record, read{number}({stored}))")
    return _written([*lines, "    return record"], names)


def from_list(cls: Any, readers: Sequence[Convert]) -> Convert:
    """Return a builder of a record from its stored values, in the order of its fields."""
    converting = [(number, read) for number, read in enumerate(readers) if read is not plain]
    if issubclass(cls, tuple) and not converting:
        return partial(tuple.__new__, cls)
    names: dict[str, Any] = {"cls": cls}
    lines = ["def build(stored):", "    values = list(stored)"]
    for number, read in converting:
        names[f"read{number}"] = read
        lines.append(f"    values[{number}] = read{number}(values[{number}])")
    if issubclass(cls, tuple):
        return _written([*lines, "    return new(cls, values)"], names | {"new": tuple.__new__})
    names["new"] = object.__new__
    lines.append("    record = new(cls)")
    if "__slots__" in vars(cls):
        for number, field in enumerate(fields(cls)):
            names[f"put{number}"] = vars(cls)[field.name].__set__
            lines.append(f"    put{number}(record, values[{number}])")
    else:
        names["fields"] = tuple(field.name for field in fields(cls))
        lines.append("    record.__dict__.update(zip(fields, values, strict=True))")
    return _written([*lines, "    return record"], names)


def _written(lines: Sequence[str], names: dict[str, Any]) -> Convert:
    # Made of a class of this package and its field names only; nothing stored gets in here.
    exec("\n".join(lines), names)  # noqa: S102
    built: Convert = names["build"]
    return built
