"""Reading a connector's section of ``credentials.yml`` with errors that name the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, Extra, ValidationError
from rasa.shared.exceptions import InvalidConfigException

Settings = TypeVar("Settings", bound="ChannelSettings")


class Secret(str):
    """A secret of our own making: long enough, and not an unfilled ``${NAME}``."""

    least = 32

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Secret]]:
        yield cls.checked

    @classmethod
    def checked(cls, value: Any) -> Secret:
        """Refuses secrets that protect nothing."""
        if not isinstance(value, str) or value.startswith("${"):
            raise ValueError("is not set in the environment")
        if len(value.encode()) < cls.least:
            raise ValueError(f"needs at least {cls.least} bytes")
        return cls(value)


class PlatformSecret(Secret):
    """A secret that a platform made; its length is not ours to choose."""

    least = 3


class Address(str):
    """Where to post to: https, or this machine."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Address]]:
        yield cls.checked

    @classmethod
    def checked(cls, value: Any) -> Address:
        """Refuses addresses that would send borrowers' words in the clear."""
        allowed = ("https://", "http://127.0.0.1", "http://localhost")
        if not isinstance(value, str) or not value.startswith(allowed):
            raise ValueError("must be an https address")
        return cls(value.rstrip("/"))


class ChannelSettings(BaseModel):
    """Base of all connectors' settings: unknown fields are mistakes, values do not change."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    @classmethod
    def checked(
        cls: type[Settings], credentials: Mapping[str, Any] | None, section: str
    ) -> Settings:
        """Reads a section.

        Raises:
            InvalidConfigException: with the section and every wrong field.
        """
        try:
            return cls.parse_obj(dict(credentials or {}))
        except ValidationError as error:
            fields = "; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())
            raise InvalidConfigException(f"credentials.yml, {section}: {fields}") from error
