"""YAML files of the lender, and where in them a field stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from account_engine.errors import EngineError


class InvalidYaml(EngineError):
    """A file that cannot be used. `line` counts from 1; 0 where no line is known."""

    code = "invalid_file"

    def __init__(self, file: str, line: int, field: str, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {field}: {reason}", field)
        self.file = file
        self.line = line
        self.reason = reason


def load_yaml(path: Path, refused: Callable[[str, int, str, str], InvalidYaml]) -> Any:
    """Read a file of settings by name, with its line numbers.

    Args:
        path: the file.
        refused: the error to raise for a file that is missing or no such YAML.
    """
    try:
        data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise refused(path.name, 0, "", "the file is missing") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 0
        raise refused(path.name, line, "", str(error.problem)) from error
    if not isinstance(data, dict):
        raise refused(path.name, 1, "", "expected settings by name")
    return data


def line_of(data: Any, where: Sequence[str | int]) -> int:
    """The line of a field, or of the nearest thing around it that is there."""
    line = 1
    for part in where:
        marks = getattr(data, "lc", None)
        if marks is None:
            break
        try:
            if isinstance(data, dict):
                key = part if part in data else int(part)
                line = int(marks.key(key)[0]) + 1
                data = data[key]
            else:
                line = int(marks.item(int(part))[0]) + 1
                data = data[int(part)]
        except (KeyError, IndexError, TypeError, ValueError):
            break
    return line
