"""What one message of a follower gets."""

from __future__ import annotations

import asyncio

from channels.clock import wall_clock
from channels.plain import pieces, plain_text
from channels.platform import Platform
from channels.records import ButtonUnknown, Inbound, StillRunning
from channels.wechat_mp.replies import MOST_BYTES, text_reply, transfer_reply
from channels.wechat_mp.settings import People, WechatMpSettings
from identity.handoff import HandoffState
from identity.model import Session
from identity.store.transcript import Entry, Role

_SUBSTITUTES = {
    "image": "image",
    "voice": "voice",
    "video": "file",
    "shortvideo": "file",
    "file": "file",
    "location": "other_kind",
    "link": "other_kind",
}
_FETCH = ("1", "1")


class Followers:
    """Turns messages of followers into passive replies."""

    def __init__(self, settings: WechatMpSettings, platform: Platform) -> None:
        self._settings = settings
        self._platform = platform

    async def answer(self, message: dict[str, str], message_id: str) -> str | None:
        """Returns the reply's XML, or None where there is nothing to say."""
        follower = message.get("FromUserName", "")[:128]
        if not follower:
            return None
        session = await self._platform.session(follower)
        kind = message.get("MsgType", "")
        if kind == "event":
            if message.get("Event") != "subscribe":
                return None
            return text_reply(message, self._platform.wording.replies.welcome, wall_clock())
        if await self._with_wechats_people(session):
            return transfer_reply(message, wall_clock())
        entries = await self._entries(session, kind, message.get("Content", ""), message_id)
        if not entries:
            return None
        return text_reply(message, await self._first_piece(session, entries), wall_clock())

    async def _entries(
        self, session: Session, kind: str, text: str, message_id: str
    ) -> tuple[Entry, ...]:
        if not self._settings.app_secret:
            waiting = await self._platform.waiting(session)
            if waiting and text.strip() in _FETCH:
                return waiting  # the "1" that the notice asked for is no message of its own
        else:
            waiting = ()
        inbound = Inbound(message_id, text=text, menus=True)
        if kind != "text":
            substitute = _SUBSTITUTES.get(kind, "other_kind")
            inbound = Inbound(message_id, text=f"[{kind[:16]}]", substitute=substitute)
        try:
            answer = await self._platform.conversations.receive(session, inbound)
        except (ButtonUnknown, StillRunning):
            return waiting
        return (*waiting, *answer.entries)

    async def _first_piece(self, session: Session, entries: tuple[Entry, ...]) -> str:
        """Cuts to what one reply holds; the rest follows as late messages."""
        wording = self._platform.wording
        first, *rest = pieces(plain_text(entries, wording), MOST_BYTES - 64)
        records = self._platform.conversations.records
        for piece in rest:
            await asyncio.to_thread(records.say, session.sender_id, Role.BOT, piece, wall_clock())
        return f"{first}\n{wording.menu.more}" if rest else first

    async def _with_wechats_people(self, session: Session) -> bool:
        if self._settings.people is not People.WECHAT:
            return False
        handoff = await asyncio.to_thread(
            self._platform.conversations.handoffs.current, session.sender_id
        )
        return handoff is not None and handoff.state is not HandoffState.CLOSED
