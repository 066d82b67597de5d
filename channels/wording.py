"""What the channels say themselves, read from ``data/wording/channels.yml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, ValidationError
from ruamel.yaml import YAML

PATH = Path(__file__).resolve().parent.parent / "data" / "wording" / "channels.yml"


class Sentence(str):
    """A sentence for people: not empty, not an essay."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Sentence]]:
        yield cls.checked

    @classmethod
    def checked(cls, value: Any) -> Sentence:
        """Refuses what is no text, is empty or is over 500 characters."""
        if not isinstance(value, str) or not 0 < len(value.strip()) <= 500:
            raise ValueError("1 to 500 characters of text expected")
        return cls(value.strip())


class WordingError(Exception):
    """A mistake in the wording file; the message names the file and the field."""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Replies(_Strict):
    """Answers in place of the assistant's own."""

    empty: Sentence
    too_long: Sentence
    trouble: Sentence
    slow: Sentence
    interrupted: Sentence
    with_person: Sentence
    handed_back: Sentence
    image: Sentence
    voice: Sentence
    file: Sentence
    other_kind: Sentence
    offer_unknown: Sentence
    welcome: Sentence
    deferred: Sentence
    deferred_again: Sentence


class SignInWording(_Strict):
    """Signing in on channels that have no page of their own."""

    link: Sentence
    without_link: Sentence
    too_many: Sentence
    done: Sentence
    wrong: Sentence
    locked: Sentence
    code_names: tuple[Sentence, ...]
    channels: dict[str, Sentence]


class MenuWording(_Strict):
    """How buttons look on channels that have none."""

    line: Sentence
    hint: Sentence
    more: Sentence


class SummaryWording(_Strict):
    """The note for the person who takes over."""

    title: Sentence
    line: Sentence
    when_true: Sentence
    when_false: Sentence
    names: dict[str, Sentence]


class Wording(_Strict):
    """The whole file."""

    ai_label: Sentence
    replies: Replies
    sign_in: SignInWording
    menu: MenuWording
    handoff_summary: SummaryWording
    # A day as people write it, in a reminder or a notice.
    date: Sentence
    # By the kind of the engine's notice; the first kind goes before the others.
    reminders: dict[str, Sentence]
    # The same kinds, where the law wants them told to whoever asked for no reminders.
    legal_notices: dict[str, Sentence]
    errors: dict[str, Sentence]

    def error(self, code: str, **values: Any) -> str:
        """Returns the sentence of a refusal; an unknown code gets the general one."""
        sentence: str = self.errors.get(code) or self.errors["internal"]
        return sentence.format(**values) if values else sentence


@cache
def load_wording(path: Path = PATH) -> Wording:
    """Reads and checks the file.

    Raises:
        WordingError: with the file and each wrong field.
    """
    document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    try:
        return Wording.parse_obj(document)
    except ValidationError as error:
        fields = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        raise WordingError(f"{path}: {fields}") from error
