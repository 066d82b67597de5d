"""Reads YAML files through a schema; a mistake is named with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Extra, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

Model = TypeVar("Model", bound=BaseModel)
Read = Callable[[str], str]  # what a text of the file stands for; ValueError says what is wrong
Place = tuple[object, ...]
_ROOT = "__root__"  # how pydantic calls the content of a model that is no mapping of fields


class DataError(Exception):
    """A data file does not fit its schema."""


class Entry(BaseModel):
    """A part of a data file: it holds what its schema names and nothing else, and never changes."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


@dataclass(frozen=True, slots=True)
class Checked(Generic[Model]):
    """A file that fits its schema, and where each of its fields stands."""

    path: Path
    content: Model
    tree: Any

    def mistake(self, place: Place, message: str) -> DataError:
        """An error in the field at `place` that no schema can know of."""
        return _error(self.path, self.tree, place, message)


def read_checked(path: Path, schema: type[Model], read: Read | None = None) -> Model:
    """The content of `path` as `schema`. Raises DataError("file:line: field: what is wrong").

    `read` is applied to every text of the file before the schema sees it.
    """
    return check_file(path, schema, read).content


def read_folder(
    folder: Path, schema: type[Model], read: Read | None = None
) -> tuple[Checked[Model], ...]:
    """Every YAML file of a folder, by name. Raises DataError; also for a folder without any."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise DataError(f"{folder}: no file ends with .yml here")
    return tuple(check_file(path, schema, read) for path in paths)


def joined(files: Sequence[Checked[Any]]) -> dict[str, Any]:
    """The mappings at the root of several files as one. Raises DataError for a key in two."""
    found: dict[str, Any] = {}
    origin: dict[str, Path] = {}
    for file in files:
        for key, value in file.content.__root__.items():
            if key in found:
                raise file.mistake((key,), f"is in {origin[key].name} already")
            found[key], origin[key] = value, file.path
    return found


def check_file(path: Path, schema: type[Model], read: Read | None = None) -> Checked[Model]:
    """As `read_checked`, with the places of its fields for checks that no schema can make."""
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DataError(f"{path}:{line}: {error.problem}") from error
    texts = tree if read is None else _texts_read(path, tree, read)
    try:
        return Checked(path, schema.parse_obj(texts), tree)
    except ValidationError as error:
        mistakes = (_error(path, tree, item["loc"], item["msg"]) for item in error.errors())
        raise DataError("\n".join(str(mistake) for mistake in mistakes)) from error


def _texts_read(path: Path, tree: Any, read: Read) -> Any:
    """The tree with `read` applied to its texts; names are left as they are."""

    def walked(node: Any, place: Place) -> Any:
        if isinstance(node, Mapping):
            return {key: walked(value, (*place, key)) for key, value in node.items()}
        if isinstance(node, list):
            return [walked(value, (*place, number)) for number, value in enumerate(node)]
        if not isinstance(node, str):
            return node
        try:
            return read(node)
        except ValueError as error:
            raise _error(path, tree, place, str(error)) from error

    return walked(tree, ())


def _error(path: Path, tree: Any, place: Place, message: str) -> DataError:
    place = tuple(part for part in place if part != _ROOT)
    field = ".".join(str(part) for part in place)
    return DataError(f"{path}:{_line(tree, place)}: {field}: {message}")


def _line(tree: Any, place: Place) -> int:
    """The line of the deepest part of `place` that the file holds, from 1."""
    node, line = tree, 1
    for part in place:
        try:
            position = node.lc.data[part]
            line, node = position[0] + 1, node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
