"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from channels.settings import ChannelSettings, PlatformSecret


class WecomKfSettings(ChannelSettings):
    """What an operator sets.

    Attributes:
        corp_id, secret: of the WeCom app that may use the customer-service account.
        token, aes_key: of the app's callback.
        backlog_minutes: messages older than this are passed over (after an outage, or when the
            channel is switched on for an account that has a history).
    """

    corp_id: PlatformSecret
    secret: PlatformSecret
    token: PlatformSecret
    aes_key: PlatformSecret
    api_url: str = "https://qyapi.weixin.qq.com"
    turn_seconds: float = 25.0
    window_seconds: int = 300
    backlog_minutes: int = 10

    @classmethod
    def read(cls, credentials: Mapping[str, Any] | None) -> WecomKfSettings:
        """Reads the section. Raises InvalidConfigException with the wrong fields."""
        return cls.checked(credentials, "channels.wecom_kf.WecomKfInput")

    @property
    def window(self) -> timedelta:
        """The time window as a span."""
        return timedelta(seconds=self.window_seconds)

    @property
    def backlog(self) -> timedelta:
        """How old a message may be."""
        return timedelta(minutes=self.backlog_minutes)
