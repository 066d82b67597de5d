"""YAML (and so JSON) with the line of every value, for errors that say where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from account_engine.errors import EngineError

Path_ = tuple[str | int, ...]


class InvalidFile(EngineError):
    """A file that cannot be read. `line` counts from 1; 0 where no line is known."""

    code = "invalid_file"

    def __init__(self, file: str, line: int, field: str, reason: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(": ".join(part for part in (where, field, reason) if part), field)
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LocatedFile:
    """A parsed file. Every scalar that is no number, truth value or null is text."""

    name: str
    content: Any
    lines: Mapping[Path_, int]

    def wrong(self, path: Sequence[str | int], reason: str) -> InvalidFile:
        """Return the error for the value at `path`, or for the nearest thing around it."""
        at = tuple(path)
        while at and at not in self.lines:
            at = at[:-1]
        return InvalidFile(self.name, self.lines.get(at, 1), dotted(path), reason)


def dotted(path: Sequence[str | int]) -> str:
    """Return a path as events[2].amount."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def load_located(path: Path) -> LocatedFile:
    """Parse a file. Raises InvalidFile for text that is not YAML."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InvalidFile(str(path), line, "", str(error.problem)) from error
    lines: dict[Path_, int] = {}
    return LocatedFile(str(path), _value(node, (), lines), lines)


def _value(node: Node | None, path: Path_, lines: dict[Path_, int]) -> Any:
    if node is None:
        return None
    lines[path] = node.start_mark.line + 1
    if isinstance(node, MappingNode):
        return {key.value: _value(value, (*path, key.value), lines) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_value(item, (*path, index), lines) for index, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)  # noqa: S101  there is no other kind
    return _scalar(node)


def _scalar(node: ScalarNode) -> Any:
    """Read plain true, false, null and whole numbers; leave dates and fractions as text.

    YAML would turn 0.0005 into a binary fraction; as text it stays exact.
    """
    text = node.value
    if node.style is not None:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    if (
        text.lstrip("-").isdigit()
        and text.isascii()
        and (text == "0" or text.lstrip("-")[0] != "0")
    ):
        return int(text)
    return text
