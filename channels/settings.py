"""Reading a connector's section of ``credentials.yml`` with errors that name the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, Extra, ValidationError
from rasa.shared.exceptions import InvalidConfigException

_LOCAL = (("http", "127.0.0.1"), ("http", "localhost"))
Settings = TypeVar("Settings", bound="ChannelSettings")
Service = TypeVar("Service", bound="ServiceSettings")


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
        parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
        if (parts.scheme, parts.hostname) not in _LOCAL and parts.scheme != "https":
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


class ServiceSettings(ChannelSettings):
    """What an operator sets for any service channel.

    Attributes:
        turn_seconds: how long a call waits for the answer; a later one is delivered by itself.
        page_url: address of the chat page (``https://assistant.example/webhooks/web``), where the
            links to sign in lead; without it nobody can sign in by a link.
        window_seconds: how far the timestamp of a signed call may lie from our clock.
    """

    section: ClassVar[str]
    turn_seconds: float
    page_url: Address | None = None
    window_seconds: int = 300

    @classmethod
    def read(cls: type[Service], credentials: Mapping[str, Any] | None) -> Service:
        """Reads the section. Raises InvalidConfigException with the wrong fields."""
        return cls.checked(credentials, cls.section)

    @property
    def window(self) -> timedelta:
        """The time window as a span."""
        return timedelta(seconds=self.window_seconds)
