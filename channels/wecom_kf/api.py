"""微信客服's interface: pull messages, send them, hand a conversation over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from channels.access_token import AccessToken
from channels.wecom_kf.settings import WecomKfSettings


class ServiceState(IntEnum):
    """Who has a conversation, by the platform's numbers."""

    NEW = 0
    BOT = 1
    QUEUE = 2
    PERSON = 3
    ENDED = 4

    @property
    def bots(self) -> bool:
        """Whether the assistant may answer."""
        return self in (ServiceState.NEW, ServiceState.BOT)


@dataclass(frozen=True)
class Page:
    """One page of the message log."""

    messages: tuple[dict[str, Any], ...]
    cursor: str
    more: bool


class WecomKfApi:
    """Calls with the app's access token. Every failure is a ``DeliveryFailed``."""

    def __init__(self, settings: WecomKfSettings) -> None:
        self._root = f"{settings.api_url}/cgi-bin"
        self._token = AccessToken(
            f"{self._root}/gettoken",
            {"corpid": settings.corp_id, "corpsecret": settings.secret},
        )

    async def pull(self, account: str, cursor: str, notice: str) -> Page:
        """Reads the log from a cursor on; ``notice`` is the token of the callback."""
        body: dict[str, Any] = {"open_kfid": account, "limit": 1000}
        if cursor:
            body["cursor"] = cursor
        if notice:
            body["token"] = notice
        answer = await self._token.call(f"{self._root}/kf/sync_msg", body)
        found = answer.get("msg_list")
        return Page(
            tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else (),
            str(answer.get("next_cursor") or cursor),
            answer.get("has_more") == 1,
        )

    async def say(self, account: str, user: str, text: str) -> None:
        """Sends a text."""
        await self._send(account, user, {"msgtype": "text", "text": {"content": text}})

    async def ask(self, account: str, user: str, text: str, choices: list[tuple[str, str]]) -> None:
        """Sends a menu; a click comes back as a text with the choice's id."""
        items = [
            {"type": "click", "click": {"id": value, "content": title}} for value, title in choices
        ]
        menu = {"head_content": text, "list": items}
        await self._send(account, user, {"msgtype": "msgmenu", "msgmenu": menu})

    async def state(self, account: str, user: str) -> ServiceState:
        """Returns who has the conversation."""
        answer = await self._token.call(
            f"{self._root}/kf/service_state/get",
            {"open_kfid": account, "external_userid": user},
        )
        number = answer.get("service_state")
        known = {state.value for state in ServiceState}
        return ServiceState(number) if number in known else ServiceState.PERSON

    async def move(self, account: str, user: str, state: ServiceState) -> None:
        """Gives the conversation to the bot or into the queue for people."""
        await self._token.call(
            f"{self._root}/kf/service_state/trans",
            {"open_kfid": account, "external_userid": user, "service_state": int(state)},
        )

    async def _send(self, account: str, user: str, body: dict[str, Any]) -> None:
        await self._token.call(
            f"{self._root}/kf/send_msg", {"touser": user, "open_kfid": account, **body}
        )
