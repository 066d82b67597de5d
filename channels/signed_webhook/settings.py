"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from channels.settings import Address, ChannelSettings, Secret


class SignedWebhookSettings(ChannelSettings):
    """What an operator sets.

    Attributes:
        secret: shared with the calling system, at least 32 bytes.
        previous_secret: still accepted while a rotation lasts.
        callback_url: where late answers, pushes and a person's words are posted; empty for none.
        window_seconds: how far a timestamp may lie from our clock.
        turn_seconds: how long a call waits for the answer before it comes by callback.
    """

    secret: Secret
    previous_secret: str = ""
    callback_url: Address | None = None
    window_seconds: int = 300
    turn_seconds: float = 10.0

    @classmethod
    def read(cls, credentials: Mapping[str, Any] | None) -> SignedWebhookSettings:
        """Reads the section. Raises InvalidConfigException with the wrong fields."""
        return cls.checked(credentials, "channels.signed_webhook.SignedWebhookInput")

    @property
    def secrets(self) -> list[str]:
        """The accepted secrets, the current one first."""
        return [one for one in (self.secret, self.previous_secret) if one]

    @property
    def window(self) -> timedelta:
        """The time window as a span."""
        return timedelta(seconds=self.window_seconds)
