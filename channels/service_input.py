"""What the connectors of service channels have in common: how they are made and how they refuse."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request

from channels.clock import wall_clock
from channels.platform import Platform, Send
from channels.refusal import Refusal, add_refusals
from channels.settings import ServiceSettings
from channels.signatures import SignatureRefused
from channels.turns import OnNewMessage
from channels.wording import Wording, load_wording
from identity.service import IdentityService

Settings = TypeVar("Settings", bound=ServiceSettings)


class ServiceInput(InputChannel, Generic[Settings]):
    """Base of the connectors: ``credentials.yml`` in, a blueprint with routes out.

    Attributes:
        channel: the channel's name and mount point.
        settings_type: how its section of ``credentials.yml`` is read.
    """

    channel: ClassVar[str]
    settings_type: type[Settings]

    def __init__(self, settings: Settings, identity: IdentityService) -> None:
        self._settings = settings
        self._identity = identity

    @classmethod
    def name(cls) -> str:
        """The channel's name and mount point."""
        return cls.channel

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> ServiceInput[Settings]:
        """Made by Rasa from ``credentials.yml``."""
        return cls(cls.settings_type.read(credentials), IdentityService.from_environment())

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Composes the channel."""
        platform = Platform(
            self.channel,
            self._identity,
            self.worded(load_wording()),
            on_new_message,
            turn_seconds=self._settings.turn_seconds,
            page=self._settings.page_url,
        )
        blueprint = Blueprint(f"channel_{self.channel}")
        send = self.mount(blueprint, platform)
        add_refusals(blueprint, platform.wording)
        if send is not None:
            platform.keep_delivering(blueprint, send)
        return blueprint

    def worded(self, wording: Wording) -> Wording:
        """The sentences of this channel, where one differs from the others'."""
        return wording

    @abstractmethod
    def mount(self, blueprint: Blueprint, platform: Platform) -> Send | None:
        """Adds the routes. Returns how late messages are sent, or None where they are fetched."""


class InBackground:
    """Work that a platform must not wait for. The loop itself keeps only weak references."""

    def __init__(self) -> None:
        self._working: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begins the work and keeps it until it is done."""
        task = asyncio.ensure_future(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)


async def refused(
    platform: Platform, request: Request, error: SignatureRefused, name: str = ""
) -> Refusal:
    """Logs a call that the platform did not make, and returns the answer to it.

    Args:
        name: what the log calls the channel, where that is not the channel's own name.
    """
    event = f"{name or platform.channel}_{error.reason}"
    await asyncio.to_thread(
        lambda: platform.identity.record(event, wall_clock(), address=request.ip or None)
    )
    return Refusal("service_refused")
