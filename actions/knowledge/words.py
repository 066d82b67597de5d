"""Names for families of words that patterns share (`data/wording/words.yml`).

`<paid off>` in a pattern stands for every way of saying it: 还清, 结清, 还完, ... A family may name
others. Names are small letters and spaces, so that none can be mistaken for a group of a regular
expression; any other "<" that regular expressions do not know is a mistake. A pattern may be a list
of patterns (`Regex`), so that none has to be long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from pydantic import BaseModel

from actions.knowledge.folder import data_folder
from actions.knowledge.yaml_files import Entry, check_file, read_checked

if TYPE_CHECKING:
    Regex = re.Pattern[str]
else:

    class Regex:
        """A field of a data file: a pattern, or a list of patterns of which any may be found."""

        @classmethod
        def __get_validators__(cls) -> Iterator[Callable[[object], re.Pattern[str]]]:
            yield _compiled


def _compiled(value: object) -> re.Pattern[str]:
    """Raises ValueError with the pattern that is none."""
    if isinstance(value, str):
        return _regex(value)
    if not isinstance(value, Sequence) or not value:
        raise ValueError("a pattern is a text, or a list of texts")
    for one in value:
        if not isinstance(one, str) or not one:
            raise ValueError("a list of patterns has a text in each place")
        _regex(one)
    return _regex("|".join(value))


def _regex(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}: {pattern}") from error


_NAME = re.compile(r"[a-z]+(?: [a-z]+)*")
# What may follow "<" in a pattern: after "(?" and "(?P" it belongs to the regular expression.
_NAMED = re.compile(r"(?<!\(\?)(?<!\(\?P)(?<!\\)<([^<>]*)(>?)")


class WordsFile(BaseModel):
    """The content of `data/wording/words.yml`: words or small patterns, by the family's name."""

    __root__: dict[str, tuple[str, ...]]


class Words:
    """The families by name, and patterns written with them."""

    def __init__(self, families: Mapping[str, Sequence[str]]) -> None:
        self._families = families
        self._patterns: dict[str, str] = {}

    @classmethod
    def load(cls, path: Path) -> Words:
        """Raises DataError with file, line and family."""
        file = check_file(path, WordsFile)
        words = cls(file.content.__root__)
        for name in words.names():
            try:
                words.check(name)
            except ValueError as error:
                raise file.mistake((name,), str(error)) from error
        return words

    def names(self) -> tuple[str, ...]:
        return tuple(self._families)

    def check(self, name: str) -> None:
        """Raises ValueError for a family that is empty, repeats a word, or is no pattern."""
        words = self._families[name]
        if not _NAME.fullmatch(name):
            raise ValueError("a name is small letters and single spaces")
        if not words or not all(words):
            raise ValueError("has no words, or an empty one")
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise ValueError(f"has twice: {'、'.join(twice)}")
        try:
            re.compile(self._pattern(name, above=()))
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error

    def spelled_out(self, pattern: str) -> str:
        """The pattern with its families in full. Raises ValueError for a name that is none."""
        return self._spelled_out(pattern, above=())

    def _spelled_out(self, pattern: str, above: tuple[str, ...]) -> str:
        def family(found: re.Match[str]) -> str:
            name, closed = found.groups()
            if not closed or name not in self._families:
                raise ValueError(f"{found[0]} is no family of words")
            return self._pattern(name, above)

        return _NAMED.sub(family, pattern)

    def _pattern(self, name: str, above: tuple[str, ...]) -> str:
        if name in above:
            raise ValueError(f"stands for itself: {' > '.join((*above, name))}")
        if name not in self._patterns:
            words = (self._spelled_out(word, (*above, name)) for word in self._families[name])
            self._patterns[name] = f"(?:{'|'.join(words)})"
        return self._patterns[name]


Patterns = TypeVar("Patterns", bound="PatternFile")


class PatternFile(Entry):
    """A file of `data/wording` that says what words mean; its patterns may name families."""

    name: ClassVar[str]

    @classmethod
    def load(cls: type[Patterns], path: Path, words: Words) -> Patterns:
        """Raises DataError with file, line and field."""
        return read_checked(path, cls, words.spelled_out)

    @classmethod
    def shipped(cls: type[Patterns]) -> Patterns:
        """The file of that name, read anew at each call. Raises DataError."""
        wording = data_folder() / "wording"
        return cls.load(wording / cls.name, Words.load(wording / "words.yml"))
