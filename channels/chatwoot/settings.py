"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from channels.settings import Address, ChannelSettings, PlatformSecret


class ChatwootSettings(ChannelSettings):
    """What an operator sets.

    Attributes:
        base_url: address of the Chatwoot installation.
        account_id: the only account whose events are taken.
        bot_token: access token of the agent bot; the bot speaks with it.
        webhook_secret: signs the bot's webhooks (shown with the agent bot).
        window_seconds: how far a webhook's timestamp may lie from our clock.
    """

    base_url: Address
    account_id: int
    bot_token: PlatformSecret
    webhook_secret: PlatformSecret
    window_seconds: int = 300
    turn_seconds: float = 25.0
    api_seconds: float = 5.0

    @classmethod
    def read(cls, credentials: Mapping[str, Any] | None) -> ChatwootSettings:
        """Reads the section. Raises InvalidConfigException with the wrong fields."""
        return cls.checked(credentials, "channels.chatwoot.ChatwootInput")

    @property
    def window(self) -> timedelta:
        """The time window as a span."""
        return timedelta(seconds=self.window_seconds)
