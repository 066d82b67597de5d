"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from typing import ClassVar

from channels.settings import Address, PlatformSecret, ServiceSettings


class ChatwootSettings(ServiceSettings):
    """What an operator sets.

    Attributes:
        base_url: address of the Chatwoot installation.
        account_id: the only account whose events are taken.
        bot_token: access token of the agent bot; the bot speaks with it.
        webhook_secret: signs the bot's webhooks (shown with the agent bot).
        window_seconds: how far a webhook's timestamp may lie from our clock.
    """

    section: ClassVar[str] = "channels.chatwoot.ChatwootInput"
    base_url: Address
    account_id: int
    bot_token: PlatformSecret
    webhook_secret: PlatformSecret
    turn_seconds: float = 25.0
    api_seconds: float = 5.0
