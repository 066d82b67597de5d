"""The three calls that an agent bot makes to Chatwoot."""

from __future__ import annotations

from typing import Any

from channels.chatwoot.settings import ChatwootSettings
from channels.outgoing import post_json


class ChatwootApi:
    """Speaks for the bot. Every failure is a ``DeliveryFailed``."""

    def __init__(self, settings: ChatwootSettings) -> None:
        self._root = f"{settings.base_url}/api/v1/accounts/{settings.account_id}/conversations"
        self._headers = {"api_access_token": settings.bot_token}
        self._seconds = settings.api_seconds

    async def say(self, conversation: int, text: str) -> None:
        """Sends a message to the contact."""
        await self._message(conversation, {"content": text})

    async def ask(self, conversation: int, text: str, choices: list[dict[str, str]]) -> None:
        """Sends a message with choices (``title``, ``value``), where the inbox shows them."""
        await self._message(
            conversation,
            {
                "content": text,
                "content_type": "input_select",
                "content_attributes": {"items": choices},
            },
        )

    async def note(self, conversation: int, text: str) -> None:
        """Leaves a private note that only staff sees."""
        await self._message(conversation, {"content": text, "private": True})

    async def open_for_people(self, conversation: int) -> None:
        """Hands the conversation over: it leaves the bot and shows up with the agents."""
        await self._post(f"/{conversation}/toggle_status", {"status": "open"})

    async def _message(self, conversation: int, body: dict[str, Any]) -> None:
        await self._post(f"/{conversation}/messages", {"message_type": "outgoing", **body})

    async def _post(self, path: str, body: dict[str, Any]) -> None:
        await post_json(self._root + path, body, headers=self._headers, seconds=self._seconds)
