"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from channels.settings import PlatformSecret, ServiceSettings


class WecomKfSettings(ServiceSettings):
    """What an operator sets.

    Attributes:
        corp_id, secret: of the WeCom app that may use the customer-service account.
        token, aes_key: of the app's callback.
        backlog_minutes: messages older than this are passed over (after an outage, or when the
            channel is switched on for an account that has a history).
    """

    section: ClassVar[str] = "channels.wecom_kf.WecomKfInput"
    corp_id: PlatformSecret
    secret: PlatformSecret
    token: PlatformSecret
    aes_key: PlatformSecret
    api_url: str = "https://qyapi.weixin.qq.com"
    turn_seconds: float = 25.0
    backlog_minutes: int = 10

    @property
    def backlog(self) -> timedelta:
        """How old a message may be."""
        return timedelta(minutes=self.backlog_minutes)
