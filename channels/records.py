"""The database side of a conversation: small, synchronous, one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from channels.inbound import TypedKind, read_typed
from channels.offered import offered_body
from channels.outbound import BotOutput
from channels.wording import Wording
from identity.handoff import Handoff, HandoffState
from identity.service import IdentityService
from identity.store.buttons import find_button, menu_choice, number_menu
from identity.store.transcript import (
    Entry,
    Role,
    append_entry,
    entries_after,
    find_by_client_id,
    mark_answered,
    replies_to,
)

_RECENT = 20
# What the transcript keeps of a code that was sent back to sign in.
HIDDEN_CODE = "******"


@dataclass(frozen=True)
class Inbound:
    """One message from a person, already known to come from its conversation.

    Attributes:
        client_id: the sending side's id; the same id is the same message.
        text: what was typed, or None.
        button: value of a pressed button, or None.
        menus: whether a typed number may choose from the last numbered list.
        substitute: name of the reply in the wording file that answers this kind of message
            (an image, a voice message) without asking the assistant.
        reply: an answer that stands already, instead of the assistant's.
        then: what the assistant is asked after such an answer.
    """

    client_id: str
    text: str | None = None
    button: str | None = None
    menus: bool = False
    substitute: str | None = None
    reply: str | None = None
    then: str | None = None


@dataclass(frozen=True)
class Answered:
    """Nothing to ask: these are the answers."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ToAsk:
    """The text that Rasa is to be asked."""

    text: str


class ButtonUnknown(Exception):
    """A button that this conversation was never shown."""


class StillRunning(Exception):
    """Another process is working on the same message."""


class Records:
    """Writes what is said and reads what was said."""

    def __init__(self, identity: IdentityService, wording: Wording, patience: timedelta) -> None:
        self._identity = identity
        self._database = identity.database
        self._wording = wording
        self._patience = patience

    def begin(
        self, sender_id: str, message: Inbound, handoff: Handoff | None, now: datetime
    ) -> Answered | ToAsk:
        """Stores the message and decides what happens with it.

        Raises:
            ButtonUnknown, StillRunning.
        """
        with self._database.write() as connection:
            known = find_by_client_id(connection, sender_id, message.client_id)
            if known is not None:
                return self._again(connection, sender_id, known, now)
            shown, ask = self._read(connection, sender_id, message)
            append_entry(
                connection,
                sender_id,
                Role.USER,
                {"text": shown},
                now,
                client_id=message.client_id,
            )
            if handoff is not None and handoff.state is HandoffState.ACTIVE:
                mark_answered(connection, sender_id, message.client_id, now)
                return Answered(())
            if isinstance(ask, ToAsk):
                return ask
            return Answered((self._reply(connection, sender_id, message.client_id, ask, now),))

    def finish(
        self,
        sender_id: str,
        client_id: str,
        outputs: Sequence[BotOutput],
        now: datetime,
        *,
        in_reply_to: str | None,
    ) -> tuple[Entry, ...]:
        """Stores the assistant's messages; their buttons become this conversation's own."""
        with self._database.write() as connection:
            entries = tuple(
                append_entry(
                    connection,
                    sender_id,
                    Role.BOT,
                    offered_body(connection, sender_id, output, now),
                    now,
                    in_reply_to=in_reply_to,
                )
                for output in outputs
            )
            values = [b["value"] for entry in entries for b in entry.body["buttons"]]
            number_menu(connection, sender_id, tuple(values))
            mark_answered(connection, sender_id, client_id, now)
        return entries

    def known(self, sender_id: str, client_id: str) -> bool:
        """Whether this message came before."""
        with self._database.read() as connection:
            return find_by_client_id(connection, sender_id, client_id) is not None

    def replies(self, sender_id: str, client_id: str) -> tuple[Entry, ...]:
        """Returns the answers that a message has so far."""
        with self._database.read() as connection:
            return replies_to(connection, sender_id, client_id)

    def question_before_sign_in(self, sender_id: str) -> str | None:
        """Returns the message whose answer was the request to sign in, if that came last.

        Codes that were sent back, and what was said to them, do not count.
        """
        with self._database.read() as connection:
            recent = entries_after(connection, sender_id, 0, _RECENT)
        codes = {entry.client_id for entry in recent if _is_code(entry)}
        told = [one for one in recent if not (_is_code(one) or one.in_reply_to in codes)]
        asked = [entry for entry in told if entry.role is Role.USER]
        card = (told[-1].body.get("card") if told else None) or {}
        if not asked or card.get("type") != "sign_in":
            return None
        return read_typed(str(asked[-1].body.get("text") or "")).for_rasa or None

    def say(
        self,
        sender_id: str,
        role: Role,
        text: str,
        now: datetime,
        *,
        in_reply_to: str | None = None,
    ) -> Entry:
        """Adds one plain message of the bot or of a person."""
        with self._database.write() as connection:
            return append_entry(
                connection, sender_id, role, plain_body(text), now, in_reply_to=in_reply_to
            )

    def _again(
        self, connection: Connection, sender_id: str, known: Entry, now: datetime
    ) -> Answered:
        client_id = str(known.client_id)
        if known.answered_at is not None:
            return Answered(replies_to(connection, sender_id, client_id))
        if now - known.at < self._patience:
            raise StillRunning()
        # The process that worked on it is gone; doing it twice could accept a plan twice.
        interrupted = self._wording.replies.interrupted
        return Answered((self._reply(connection, sender_id, client_id, interrupted, now),))

    def _read(
        self, connection: Connection, sender_id: str, message: Inbound
    ) -> tuple[str, ToAsk | str]:
        """Returns what the transcript shows, and what to ask or the reply that stands in."""
        if message.button is not None:
            button = find_button(connection, message.button)
            if button is None or button.sender_id != sender_id:
                raise ButtonUnknown("foreign" if button else "unknown")
            return button.title, ToAsk(button.payload)
        typed = read_typed(message.text or "")
        if message.reply is not None:
            return typed.shown, message.reply
        if message.substitute is not None:
            return typed.shown, str(getattr(self._wording.replies, message.substitute))
        if typed.kind is TypedKind.EMPTY:
            return "", self._wording.replies.empty
        if typed.kind is TypedKind.TOO_LONG:
            return typed.shown, self._wording.replies.too_long
        chosen = _chosen_number(typed.for_rasa) if message.menus else None
        if chosen is not None:
            button = menu_choice(connection, sender_id, chosen)
            if button is not None:
                return f"{typed.shown}（{button.title}）", ToAsk(button.payload)
        return typed.shown, ToAsk(typed.for_rasa)

    def _reply(
        self, connection: Connection, sender_id: str, client_id: str, text: str, now: datetime
    ) -> Entry:
        entry = append_entry(
            connection, sender_id, Role.BOT, plain_body(text), now, in_reply_to=client_id
        )
        mark_answered(connection, sender_id, client_id, now)
        return entry


def plain_body(text: str) -> dict[str, Any]:
    """The stored form of a message that is only text."""
    return {"text": text, "buttons": [], "card": None}


def _is_code(entry: Entry) -> bool:
    return entry.role is Role.USER and entry.body.get("text") == HIDDEN_CODE


def _chosen_number(text: str) -> int | None:
    bare = text.strip().rstrip(".。、)）")
    return int(bare) if bare.isdecimal() and len(bare) <= 2 else None
