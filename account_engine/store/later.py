"""A part of a stored state that is unpacked only when somebody looks into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgpack


class Later(Sequence[Any]):
    """A tuple of plain values that is unpacked when somebody first looks into it.

    Where each payment went is the larger part of a long history, and no quote asks for it.
    """

    __slots__ = ("_content", "_items")

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._items: tuple[Any, ...] | None = None

    def _all(self) -> tuple[Any, ...]:
        if self._items is None:
            self._items = tuple(msgpack.unpackb(self._content, use_list=False))
        return self._items

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, index: Any) -> Any:
        return self._all()[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


def packed(values: Sequence[Any]) -> bytes:
    """What a `Later` is made of."""
    content: bytes = msgpack.packb(list(values))
    return content
