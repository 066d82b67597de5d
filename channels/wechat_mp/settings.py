"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from channels.settings import PlatformSecret, ServiceSettings


class People(str, Enum):
    """Where a person answers from."""

    DESK = "desk"
    WECHAT = "wechat"


class WechatMpSettings(ServiceSettings):
    """What an operator sets.

    Attributes:
        app_id, token, aes_key: from the account's console; the server must be in AES mode.
        app_secret: for messages that come later than five seconds. Only verified accounts may send
            them; without it, late answers wait for the follower's next message.
        turn_seconds: WeChat waits five seconds; this leaves half a second for the way back.
        people: ``wechat`` hands messages to WeChat's own customer service while a person has the
            conversation; ``desk`` keeps them for our desk.
    """

    section: ClassVar[str] = "channels.wechat_mp.WechatMpInput"
    app_id: PlatformSecret
    token: PlatformSecret
    aes_key: PlatformSecret
    app_secret: str = ""
    api_url: str = "https://api.weixin.qq.com"
    turn_seconds: float = 4.5
    people: People = People.DESK
