"""Frozen records that are made without a detour.

A frozen dataclass sets each field through `object.__setattr__`, which looks at the class each time:
some twenty microseconds for a record of forty fields, for every account of a portfolio.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, ParamSpec, TypeVar

Record = TypeVar("Record")
Taken = ParamSpec("Taken")


def quickly_made(cls: type[Record]) -> type[Record]:
    """Give a frozen dataclass an `__init__` of the same signature that fills the record directly.

    Put it above `@dataclass(frozen=True)`, with slots or without, of a class whose fields have no
    factories and which has no `__post_init__`. The record is as frozen afterwards as before.

    Raises:
        TypeError: for a class it does not fit.
    """
    made = _written(cls, "__init__", "self", _filling(cls))
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = cls.__init__.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls


def maker(cls: Callable[Taken, Record]) -> Callable[Taken, Record]:
    """Return a function that makes records of a `quickly_made` class, with the same arguments.

    A call of the class itself packs its keywords into a dict, unpacks them for `__init__` and
    packs them again: for forty fields more work than filling the record.
    """
    names = {"cls": cls, "new": object.__new__}
    body = ["self = new(cls)", *_filling(cls), "return self"]
    made: Callable[Taken, Record] = _written(cls, "make", "", body, names)
    return made


def _filling(cls: Any) -> list[str]:
    known = fields(cls)
    if hasattr(cls, "__post_init__") or any(f.default_factory is not MISSING for f in known):
        raise TypeError(f"{cls.__name__} does more than fill its fields")
    if "__slots__" in vars(cls):
        return [f"put_{f.name}(self, {f.name})" for f in known]
    given = ", ".join(f"{f.name!r}: {f.name}" for f in known)
    return [f"put_dict(self, {{{given}}})"]


def _written(
    cls: Any, name: str, first: str, body: list[str], more: Mapping[str, Any] | None = None
) -> Any:
    known = fields(cls)
    names: dict[str, Any] = {f"default_{f.name}": f.default for f in known} | dict(more or {})
    if "__slots__" in vars(cls):
        names |= {f"put_{f.name}": vars(cls)[f.name].__set__ for f in known}
    else:
        names["put_dict"] = vars(cls)["__dict__"].__set__
    taken = [f.name if f.default is MISSING else f"{f.name}=default_{f.name}" for f in known]
    arguments = ", ".join([first, *taken] if first else taken)
    lines = [f"def {name}({arguments}):", *(f"    {line}" for line in body)]
    # Made of a class of this package and its field names only.
    exec("\n".join(lines), names)  # noqa: S102
    return names[name]
