"""Reads the message log of an account and answers its customers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from channels.clock import wall_clock
from channels.outgoing import DeliveryFailed
from channels.plain import pieces, plain_text
from channels.platform import Platform
from channels.records import Inbound
from channels.wecom_kf.api import ServiceState, WecomKfApi
from channels.wecom_kf.settings import WecomKfSettings
from identity.handoff import HandoffState
from identity.model import Session
from identity.store.delivery import read_mark, write_mark
from identity.store.transcript import Entry

logger = logging.getLogger(__name__)
_FROM_CUSTOMER = 3
_MOST_BYTES = 2048
_MENU_HEAD_BYTES = 1024
_MENU_ITEM_BYTES = 128
_MENU_ITEMS = 10
_SUBSTITUTES = {"image": "image", "voice": "voice", "video": "file", "file": "file"}
_PEOPLE = "wecom"


class Customers:
    """One reader per account at a time; one conversation per customer and account."""

    def __init__(self, settings: WecomKfSettings, platform: Platform, api: WecomKfApi) -> None:
        self._settings = settings
        self._platform = platform
        self._api = api
        self._reading: dict[str, asyncio.Lock] = {}

    async def read_log(self, account: str, notice: str) -> None:
        """Reads what is new and answers it; failures are logged, the next notice tries again."""
        async with self._reading.setdefault(account, asyncio.Lock()):
            try:
                await self._read_pages(account, notice)
            except DeliveryFailed:
                logger.warning("channels.wecom_kf.log_unreadable", exc_info=True)
            except Exception:
                logger.exception("channels.wecom_kf.failed")

    async def send(self, session: Session, entries: tuple[Entry, ...]) -> None:
        """Delivers what came unasked.

        Raises:
            DeliveryFailed: it stays to be delivered.
        """
        account, _, user = (session.external_ref or "").partition("/")
        for piece in pieces(plain_text(entries, self._platform.wording), _MOST_BYTES):
            await self._api.say(account, user, piece)

    async def _read_pages(self, account: str, notice: str) -> None:
        more = True
        while more:
            cursor = await asyncio.to_thread(self._cursor, account)
            page = await self._api.pull(account, cursor, notice)
            await self._answer_all(account, page.messages)
            # The mark moves after the answers: a crash in between repeats, and ids stop repeats.
            await asyncio.to_thread(self._keep_cursor, account, page.cursor)
            more = page.more and page.cursor != cursor

    async def _answer_all(self, account: str, messages: tuple[dict[str, Any], ...]) -> None:
        by_customer: dict[str, list[dict[str, Any]]] = {}
        for message in messages:
            user = message.get("external_userid")
            recent = self._recent(message)
            if message.get("origin") == _FROM_CUSTOMER and isinstance(user, str) and recent:
                by_customer.setdefault(user[:64], []).append(message)
        await asyncio.gather(
            *(self._answer_in_order(account, user, these) for user, these in by_customer.items())
        )

    async def _answer_in_order(
        self, account: str, user: str, messages: list[dict[str, Any]]
    ) -> None:
        for message in messages:
            try:
                await self._answer(account, user, message)
            except DeliveryFailed:
                logger.warning("channels.wecom_kf.not_delivered", exc_info=True)

    async def _answer(self, account: str, user: str, message: dict[str, Any]) -> None:
        session = await self._platform.session(f"{account}/{user}")
        if not (await self._api.state(account, user)).bots:
            return  # people have it; they read the customer's words in WeCom
        await self._platform.given_back(session, HandoffState.ACTIVE)
        answer = await self._platform.answer(session, _inbound(message))
        if answer is None:
            return
        await self._say(account, user, answer.entries)
        if answer.handoff is not None and answer.handoff.state is HandoffState.WAITING:
            await self._api.move(account, user, ServiceState.QUEUE)
            await self._platform.taken(session, _PEOPLE)

    async def _say(self, account: str, user: str, entries: tuple[Entry, ...]) -> None:
        if not entries:
            return
        buttons = [one for entry in entries for one in entry.body.get("buttons") or []]
        bare = plain_text([_without_buttons(entry) for entry in entries], self._platform.wording)
        short = len(bare.encode()) <= _MENU_HEAD_BYTES and len(buttons) <= _MENU_ITEMS
        if buttons and short:
            choices = [
                (one["value"], pieces(f"{number}. {one['title']}", _MENU_ITEM_BYTES)[0])
                for number, one in enumerate(buttons, start=1)
            ]
            await self._api.ask(account, user, bare, choices)
            return
        for piece in pieces(plain_text(entries, self._platform.wording), _MOST_BYTES):
            await self._api.say(account, user, piece)

    def _recent(self, message: dict[str, Any]) -> bool:
        sent = message.get("send_time")
        if isinstance(sent, bool) or not isinstance(sent, int) or not 0 < sent < 2**40:
            return False
        at = datetime.fromtimestamp(sent, tz=timezone.utc)
        return wall_clock() - at <= self._settings.backlog

    def _cursor(self, account: str) -> str:
        with self._platform.identity.database.read() as connection:
            return read_mark(connection, self._platform.channel, account) or ""

    def _keep_cursor(self, account: str, cursor: str) -> None:
        with self._platform.identity.database.write() as connection:
            write_mark(connection, self._platform.channel, account, cursor)


def _inbound(message: dict[str, Any]) -> Inbound:
    identifier = f"kf-{str(message.get('msgid'))[:64]}"
    kind = str(message.get("msgtype"))
    if kind != "text":
        return Inbound(
            identifier, text=f"[{kind[:16]}]", substitute=_SUBSTITUTES.get(kind, "other_kind")
        )
    part = message.get("text")
    text = part if isinstance(part, dict) else {}
    menu_id = text.get("menu_id")
    if isinstance(menu_id, str) and menu_id:
        return Inbound(identifier, button=menu_id[:64])
    return Inbound(identifier, text=str(text.get("content") or ""), menus=True)


def _without_buttons(entry: Entry) -> Entry:
    return replace(entry, body={**entry.body, "buttons": []})
