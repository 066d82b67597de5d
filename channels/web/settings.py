"""The connector's part of ``credentials.yml``, checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from channels.settings import ChannelSettings
from identity.limits import Rate

_ROOT = Path(__file__).resolve().parent.parent.parent


class WebSettings(ChannelSettings):
    """What an operator may set; every field has a safe default.

    Attributes:
        dist: folder of the built chat page.
        frame_ancestors: origins whose pages may frame the chat (``https://www.lender.example``).
        turn_seconds: after this the borrower gets a notice and the answer later.
        stream_seconds: length of one event stream; pages connect again by themselves.
        after_sign_in: Rasa payload for a sign-in that no question led to; empty for none.
        trusted_proxies: how many proxies in front add to ``X-Forwarded-For``.
        action_health: health address of the action server; by default next to its endpoint.
        code_sender: dotted path of the class that sends one-time codes; empty in the demo.
    """

    dist: Path = _ROOT / "widget" / "dist"
    frame_ancestors: list[str] = Field(default_factory=lambda: ["'self'"])
    turn_seconds: float = 15.0
    stream_seconds: float = 300.0
    ping_seconds: float = 10.0
    look_seconds: float = 2.0
    max_streams: int = 4
    history_limit: int = 200
    message_burst: int = 30
    messages_per_minute: float = 60.0
    code_burst: int = 10
    codes_per_minute: float = 0.5
    session_burst: int = 60
    sessions_per_minute: float = 30.0
    address_burst: int = 120
    address_per_minute: float = 240.0
    after_sign_in: str = ""
    trusted_proxies: int = 0
    action_health: str = ""
    code_sender: str = ""
    limits: bool = True

    @classmethod
    def read(cls, credentials: Mapping[str, Any] | None) -> WebSettings:
        """Reads the section of ``credentials.yml``.

        Raises:
            InvalidConfigException: with the wrong fields.
        """
        values = dict(credentials or {})
        if os.environ.get("YUQI_RATE_LIMITS") == "off":
            values["limits"] = False
        return cls.checked(values, "channels.web.WebInput")

    @property
    def message_rate(self) -> Rate:
        """Messages of one conversation."""
        return Rate(self.message_burst, self.messages_per_minute)

    @property
    def code_rate(self) -> Rate:
        """One-time codes asked for from one address, whatever the phone."""
        return Rate(self.code_burst, self.codes_per_minute)

    @property
    def session_rate(self) -> Rate:
        """Sessions opened from one address; mobile networks put many people behind one."""
        return Rate(self.session_burst, self.sessions_per_minute)

    @property
    def address_rate(self) -> Rate:
        """Calls from one address."""
        return Rate(self.address_burst, self.address_per_minute)
