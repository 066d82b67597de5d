"""Chatwoot's webhook events, reduced to what the bot acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from channels.refusal import Refusal

_ATTACHMENTS = {"image": "image", "audio": "voice"}
_STATUS_EVENTS = ("conversation_status_changed", "conversation_resolved", "conversation_opened")


class Deed(str, Enum):
    """What an event asks of the bot."""

    ANSWER = "answer"
    RESUME = "resume"
    PEOPLE = "people"
    IGNORE = "ignore"


@dataclass(frozen=True)
class ChatwootEvent:
    """One event.

    Attributes:
        conversation: Chatwoot's number of the conversation (per account).
        message_id: Chatwoot's id of the message; empty for status events.
        chosen: value of a choice that the contact clicked.
        substitute: kind of attachment where there is no text.
    """

    deed: Deed
    conversation: int
    message_id: str = ""
    text: str = ""
    chosen: str | None = None
    substitute: str | None = None


def read_event(body: Mapping[str, Any], account_id: int) -> ChatwootEvent:
    """Reads an event whose signature was checked.

    The webhook keeps firing after a person took over, and for the bot's own messages; only an
    incoming message of a pending conversation is the bot's to answer.
    """
    name = body.get("event")
    if _number(_part(body, "account").get("id"), account_id) != account_id:
        return ChatwootEvent(Deed.IGNORE, 0)
    if name in ("message_created", "message_updated"):
        return _message(body, str(name))
    if name in _STATUS_EVENTS:
        conversation = _required_number(body.get("id"))
        status = body.get("status")
        if status == "pending":
            return ChatwootEvent(Deed.RESUME, conversation)
        if status == "open":
            return ChatwootEvent(Deed.PEOPLE, conversation)
        if status == "resolved":
            return ChatwootEvent(Deed.RESUME, conversation)
    return ChatwootEvent(Deed.IGNORE, 0)


def _message(body: Mapping[str, Any], name: str) -> ChatwootEvent:
    conversation = _part(body, "conversation")
    number = _required_number(conversation.get("id"))
    pending = conversation.get("status") == "pending"
    incoming = body.get("message_type") in ("incoming", 0)
    chosen = _chosen(body)
    if not pending or body.get("private") or (not incoming and chosen is None):
        return ChatwootEvent(Deed.IGNORE, number)
    if name == "message_updated" and chosen is None:
        return ChatwootEvent(Deed.IGNORE, number)
    text = body.get("content")
    identifier = str(_required_number(body.get("id")))
    return ChatwootEvent(
        Deed.ANSWER,
        number,
        # A choice arrives as a change of the bot's own message, so it needs an id of its own.
        message_id=f"{identifier}-chosen" if chosen else identifier,
        text=text if isinstance(text, str) else "",
        chosen=chosen,
        substitute=None if chosen else _substitute(body, text),
    )


def _chosen(body: Mapping[str, Any]) -> str | None:
    submitted = _part(body, "content_attributes").get("submitted_values")
    first = submitted[0] if isinstance(submitted, list) and submitted else None
    value = first.get("value") if isinstance(first, Mapping) else None
    return value if isinstance(value, str) and 0 < len(value) <= 64 else None


def _substitute(body: Mapping[str, Any], text: Any) -> str | None:
    attachments = body.get("attachments")
    if (isinstance(text, str) and text.strip()) or not isinstance(attachments, list):
        return None
    first = attachments[0] if attachments else None
    kind = first.get("file_type") if isinstance(first, Mapping) else None
    return _ATTACHMENTS.get(str(kind), "file") if first else None


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _number(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _required_number(value: Any) -> int:
    number = _number(value, -1)
    if not 0 < number < 2**53:
        raise Refusal("field_invalid", field="id")
    return number
