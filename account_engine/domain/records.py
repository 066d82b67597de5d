"""Frozen records that are made without a detour.

A frozen dataclass sets each field through `object.__setattr__`, which looks at the class each time:
some twenty microseconds for a record of forty fields, for every account of a portfolio.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar

Record = TypeVar("Record")


def quickly_made(cls: type[Record]) -> type[Record]:
    """Give a frozen dataclass an `__init__` of the same signature that fills the record directly.

    Put it above `@dataclass(frozen=True)`, with slots or without, of a class whose fields have no
    factories and which has no `__post_init__`. The record is as frozen afterwards as before.

    Raises:
        TypeError: for a class it does not fit.
    """
    known = fields(cls)  # type: ignore[arg-type]
    if hasattr(cls, "__post_init__") or any(f.default_factory is not MISSING for f in known):
        raise TypeError(f"{cls.__name__} does more than fill its fields")
    names: dict[str, Any] = {f"default_{f.name}": f.default for f in known}
    taken = ", ".join(
        f.name if f.default is MISSING else f"{f.name}=default_{f.name}" for f in known
    )
    if "__slots__" in vars(cls):
        names |= {f"put_{f.name}": vars(cls)[f.name].__set__ for f in known}
        body = [f"put_{f.name}(self, {f.name})" for f in known]
    else:
        given = ", ".join(f"{f.name!r}: {f.name}" for f in known)
        body = [f"self.__dict__.update({{{given}}})"]
    lines = [f"def __init__(self, {taken}):", *(f"    {line}" for line in body)]
    # Made of a class of this package and its field names only.
    exec("\n".join(lines), names)  # noqa: S102
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = cls.__init__.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls
