"""The web channel: chat page, session, messages and pushes. Contract: ``docs/web-channel.md``."""

from channels.web.connector import WebInput

__all__ = ["WebInput"]
