"""Building many records of one class at a time.

A nightly pass builds millions of records whose content was checked when it was stored. Making a
frozen dataclass costs some two microseconds, because each field goes through
`object.__setattr__`; a loop over its fields costs as much again. So events are built field by
field instead of one by one, hundreds at a time: each step is a loop of the interpreter's own then.
Records of a snapshot are filled by a function that is written out once per class, as `dataclasses`
and `namedtuple` do it themselves. `__post_init__` is not run by either.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import partial
from itertools import chain, repeat
from typing import Any

from account_engine.domain.money import Money

Convert = Callable[[Any], Any]
ConvertAll = Callable[[Sequence[Any]], Iterable[Any]]


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
    """Return one amount as `money_of_texts` does."""
    return money_of_fen(int(text.replace(".", "")))


def money_of_texts(texts: Sequence[str]) -> list[Money]:
    """Return amounts that the store wrote: in yuan, always with two decimals."""
    amounts = list(map(_new, repeat(Money, len(texts))))
    # One text for all: each step is one call then, and not one for each amount.
    in_fen = ",".join(texts).replace(".", "").split(",") if texts else []
    if len(in_fen) != len(texts):
        raise ValueError("an amount is more than one number")
    fill(_put_fen, amounts, map(int, in_fen))
    return amounts


def fill(put: Callable[[Any, Any], None], records: Iterable[Any], values: Iterable[Any]) -> None:
    """Put a value into each record's slot."""
    deque(map(put, records, values), maxlen=0)


def from_mappings(cls: Any, readers: Mapping[str, Convert]) -> ConvertAll:
    """Return a builder of slotted dataclasses from [{field: stored value}].

    A missing field gets its default. The builder raises KeyError for a missing field without one,
    TypeError for an unknown field.
    """
    known = [
        (field.name, vars(cls)[field.name].__set__, readers[field.name], field.default)
        for field in fields(cls)
    ]

    def build(contents: Sequence[Mapping[str, Any]]) -> list[Any]:
        records = list(map(_new, repeat(cls, len(contents))))
        present = set(chain.from_iterable(contents))
        if not present.issubset(readers):
            raise TypeError("unknown field")
        for name, put, read, default in known if records else ():
            values: Iterable[Any]
            if default is MISSING:
                stored = [content[name] for content in contents]
                values = money_of_texts(stored) if read is money_of_text else map(read, stored)
            elif name not in present:
                values = repeat(default)
            elif read is plain:
                values = [content.get(name, default) for content in contents]
            else:
                values = [
                    read(content[name]) if name in content else default for content in contents
                ]
            fill(put, records, values)
        return records

    return build


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
