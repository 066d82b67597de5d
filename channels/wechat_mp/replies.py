"""公众号's passive replies: XML within five seconds, 2,048 bytes of text."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

MOST_BYTES = 2048


def text_reply(message: dict[str, str], text: str, now: datetime) -> str:
    """A text for the follower who wrote ``message``."""
    return _reply(message, "text", now, f"<Content>{escape(text)}</Content>")


def transfer_reply(message: dict[str, str], now: datetime) -> str:
    """Hands this message to WeChat's own customer service."""
    return _reply(message, "transfer_customer_service", now, "")


def _reply(message: dict[str, str], kind: str, now: datetime, content: str) -> str:
    return (
        "<xml>"
        f"<ToUserName>{escape(message.get('FromUserName', ''))}</ToUserName>"
        f"<FromUserName>{escape(message.get('ToUserName', ''))}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType>{kind}</MsgType>{content}"
        "</xml>"
    )
