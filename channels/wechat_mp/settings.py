"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from channels.settings import ChannelSettings, PlatformSecret


class People(str, Enum):
    """Where a person answers from."""

    DESK = "desk"
    WECHAT = "wechat"


class WechatMpSettings(ChannelSettings):
    """What an operator sets.

    Attributes:
        app_id, token, aes_key: from the account's console; the server must be in AES mode.
        app_secret: for messages that come later than five seconds. Only verified accounts may send
            them; without it, late answers wait for the follower's next message.
        turn_seconds: WeChat waits five seconds; this leaves half a second for the way back.
        people: ``wechat`` hands messages to WeChat's own customer service while a person has the
            conversation; ``desk`` keeps them for our desk.
    """

    app_id: PlatformSecret
    token: PlatformSecret
    aes_key: PlatformSecret
    app_secret: str = ""
    api_url: str = "https://api.weixin.qq.com"
    turn_seconds: float = 4.5
    window_seconds: int = 300
    people: People = People.DESK

    @classmethod
    def read(cls, credentials: Mapping[str, Any] | None) -> WechatMpSettings:
        """Reads the section. Raises InvalidConfigException with the wrong fields."""
        return cls.checked(credentials, "channels.wechat_mp.WechatMpInput")

    @property
    def window(self) -> timedelta:
        """The time window as a span."""
        return timedelta(seconds=self.window_seconds)
