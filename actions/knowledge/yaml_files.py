"""Reads a YAML file through a schema; a mistake is named with file, line and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

Model = TypeVar("Model", bound=BaseModel)


class DataError(Exception):
    """A data file does not fit its schema."""


def read_checked(path: Path, schema: type[Model]) -> Model:
    """The content of `path` as `schema`. Raises DataError("file:line: field: what is wrong")."""
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DataError(f"{path}:{line}: {error.problem}") from error
    try:
        return schema.parse_obj(tree)
    except ValidationError as error:
        raise DataError("\n".join(_said(path, tree, item) for item in error.errors())) from error


def _said(path: Path, tree: Any, error: Mapping[str, Any]) -> str:
    place: Sequence[Any] = error["loc"]
    field = ".".join(str(part) for part in place)
    return f"{path}:{_line(tree, place)}: {field}: {error['msg']}"


def _line(tree: Any, place: Sequence[Any]) -> int:
    """The line of the deepest part of `place` that the file holds, from 1."""
    node, line = tree, 1
    for part in place:
        try:
            position = node.lc.data[part]
            line, node = position[0] + 1, node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
