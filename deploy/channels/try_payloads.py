"""A page to try what each platform sends, and to see what the assistant answers.

It plays the platforms: it signs and seals what you send, and takes the calls that the assistant
makes back. Start the action server and Rasa with the credentials made for it, then this::

    .venv/bin/python -m rasa run --endpoints endpoints.yml --interface 127.0.0.1 \\
        --credentials deploy/channels/credentials.try.yml
    .venv/bin/python deploy/channels/try_payloads.py

and open http://127.0.0.1:8099. For your own machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import re
import secrets
import time
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from ruamel.yaml import YAML
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.utils import WeChatSigner

FOLDER = Path(__file__).resolve().parent
PORT = 8099
_SECONDS_TO_ANSWER = 4.0


def section(name: str) -> dict[str, Any]:
    """Returns a connector's settings from the credentials file beside this one."""
    document = YAML(typ="safe").load((FOLDER / "credentials.try.yml").read_text(encoding="utf-8"))
    return dict(document[name])


class Platforms:
    """What the assistant believes to be Chatwoot, WeCom and a customer-service system."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.log: list[dict[str, Any]] = []
        self.states: dict[str, int] = {}

    def routes(self, app: web.Application) -> None:
        """Registers the pretended interfaces."""
        app.router.add_post("/callback", self.note)
        app.router.add_post("/chatwoot/{rest:.*}", self.note)
        app.router.add_get("/wecom/cgi-bin/gettoken", self.token)
        app.router.add_post("/wecom/cgi-bin/kf/sync_msg", self.sync)
        app.router.add_post("/wecom/cgi-bin/kf/send_msg", self.note)
        app.router.add_post("/wecom/cgi-bin/kf/service_state/get", self.state)
        app.router.add_post("/wecom/cgi-bin/kf/service_state/trans", self.move)

    async def note(self, request: web.Request) -> web.Response:
        """Keeps a call for the page to show."""
        self.calls.append({"call": request.path, "body": await request.json()})
        return web.json_response({"errcode": 0})

    async def token(self, _request: web.Request) -> web.Response:
        """An access token."""
        return web.json_response({"access_token": "try-it", "expires_in": 7200})

    async def sync(self, request: web.Request) -> web.Response:
        """The message log from a cursor on."""
        start = int((await request.json()).get("cursor") or 0)
        page = self.log[start:]
        answer = {"errcode": 0, "next_cursor": str(start + len(page)), "has_more": 0}
        return web.json_response({**answer, "msg_list": page})

    async def state(self, request: web.Request) -> web.Response:
        """Who has a conversation."""
        user = (await request.json())["external_userid"]
        return web.json_response({"errcode": 0, "service_state": self.states.get(user, 0)})

    async def move(self, request: web.Request) -> web.Response:
        """Moves a conversation to the queue."""
        body = await request.json()
        self.states[body["external_userid"]] = body["service_state"]
        return await self.note(request)


class Senders:
    """Sends a payload the way its platform does."""

    def __init__(self, assistant: str, platforms: Platforms) -> None:
        self._assistant = assistant.rstrip("/")
        self._platforms = platforms

    async def send(self, channel: str, payload: str) -> dict[str, Any]:
        """Sends, waits a moment for calls back, and returns all that happened."""
        before = len(self._platforms.calls)
        how = {
            "signed": self._signed,
            "chatwoot": self._chatwoot,
            "wechat_mp": self._wechat_mp,
            "wecom_kf": self._wecom_kf,
        }[channel]
        answer = await how(payload)
        if channel in ("chatwoot", "wecom_kf"):
            await self._wait_for_calls(before)
        return {**answer, "calls": self._platforms.calls[before:]}

    async def _wait_for_calls(self, before: int) -> None:
        ends = time.monotonic() + _SECONDS_TO_ANSWER
        while len(self._platforms.calls) == before and time.monotonic() < ends:
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.3)

    async def _signed(self, payload: str) -> dict[str, Any]:
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        secret = section("channels.signed_webhook.SignedWebhookInput")["secret"]
        headers = {
            "X-Yuqi-Timestamp": stamp,
            "X-Yuqi-Nonce": nonce,
            "X-Yuqi-Signature": _hmac(secret, f"{stamp}.{nonce}.{payload}"),
        }
        return await self._post("/signed/messages", payload, headers=headers)

    async def _chatwoot(self, payload: str) -> dict[str, Any]:
        stamp = str(int(time.time()))
        secret = section("channels.chatwoot.ChatwootInput")["webhook_secret"]
        headers = {
            "X-Chatwoot-Timestamp": stamp,
            "X-Chatwoot-Signature": _hmac(secret, f"{stamp}.{payload}"),
        }
        return await self._post("/chatwoot/events", payload, headers=headers)

    async def _wechat_mp(self, payload: str) -> dict[str, Any]:
        settings = section("channels.wechat_mp.WechatMpInput")
        sealed = await self._sealed("/wechat_mp/callback", payload, settings, settings["app_id"])
        found = re.search(r"<Encrypt><!\[CDATA\[(.+?)\]\]>", sealed["answer"])
        if found:
            key = WeChatCrypto(settings["token"], settings["aes_key"], settings["app_id"]).key
            sealed["opened"] = PrpCrypto(key).decrypt(found[1], settings["app_id"])
        return sealed

    async def _wecom_kf(self, payload: str) -> dict[str, Any]:
        message = {**json.loads(payload), "msgid": secrets.token_hex(8), "origin": 3}
        self._platforms.log.append({**message, "send_time": int(time.time())})
        settings = section("channels.wecom_kf.WecomKfInput")
        notice = (
            "<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>try-it</Token>"
            f"<OpenKfId>{message.get('open_kfid', 'wk-try')}</OpenKfId></xml>"
        )
        return await self._sealed("/wecom_kf/callback", notice, settings, settings["corp_id"])

    async def _sealed(
        self, path: str, text: str, settings: dict[str, Any], receiver: str
    ) -> dict[str, Any]:
        stamp, nonce = str(int(time.time())), secrets.token_hex(6)
        key = WeChatCrypto(settings["token"], settings["aes_key"], receiver).key
        sealed = PrpCrypto(key).encrypt(text, receiver).decode()
        signer = WeChatSigner()
        signer.add_data(settings["token"], stamp, nonce, sealed)
        query = {"timestamp": stamp, "nonce": nonce, "msg_signature": str(signer.signature)}
        body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        return await self._post(path, body, query=query)

    async def _post(
        self,
        path: str,
        body: str,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        async with (
            aiohttp.ClientSession() as client,
            client.post(
                f"{self._assistant}/webhooks{path}",
                data=body.encode(),
                headers=headers,
                params=query,
            ) as answer,
        ):
            text = await answer.text()
            return {"sent": body, "headers": headers, "status": answer.status, "answer": text}


def _hmac(secret: str, message: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


def make_app(assistant: str) -> web.Application:
    """The page and the pretended platforms."""
    app = web.Application()
    platforms = Platforms()
    platforms.routes(app)
    senders = Senders(assistant, platforms)

    async def page(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(FOLDER / "try_payloads.html")

    async def send(request: web.Request) -> web.Response:
        body = await request.json()
        try:
            outcome = await senders.send(body["channel"], body["payload"])
        except (aiohttp.ClientError, ValueError, KeyError) as error:
            outcome = {"error": f"{type(error).__name__}: {error}"}
        return web.json_response(outcome)

    app.router.add_get("/", page)
    app.router.add_post("/send", send)
    return app


def main() -> None:
    """Serves on this machine only."""
    parser = argparse.ArgumentParser(description="try each channel's payloads")
    parser.add_argument("--assistant", default="http://127.0.0.1:5005")
    web.run_app(make_app(parser.parse_args().assistant), host="127.0.0.1", port=PORT)


if __name__ == "__main__":
    main()
