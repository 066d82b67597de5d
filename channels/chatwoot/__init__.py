"""Chatwoot: the assistant as an agent bot of an inbox. Set-up: ``docs/channels.md``."""

from channels.chatwoot.connector import ChatwootInput

__all__ = ["ChatwootInput"]
