"""Small fakes of the platforms' interfaces.

Each enforces the rules that its public documents state and answers a broken rule as the platform
does, so that a connector that breaks one fails its test.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import defaultdict
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


class Fake(ABC):
    """A platform on a free port of this machine."""

    def __init__(self) -> None:
        self.app = web.Application()
        self.server = TestServer(self.app)
        self.routes()

    @abstractmethod
    def routes(self) -> None:
        """Add what this platform answers to."""

    async def __aenter__(self) -> Any:
        await self.server.start_server()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.server.close()

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")


class FakeChatwoot(Fake):
    """Chatwoot: an agent bot's token opens messages and the status of its account only."""

    ACCOUNT = 7
    TOKEN = "bot-token-of-twenty-four"

    def __init__(self) -> None:
        self.status: dict[int, str] = {}
        self.said: list[tuple[int, dict[str, Any]]] = []
        self.broken_answers = 0
        super().__init__()

    def routes(self) -> None:
        base = "/api/v1/accounts/{account}/conversations/{conversation}"
        self.app.router.add_post(f"{base}/messages", self.message)
        self.app.router.add_post(f"{base}/toggle_status", self.toggle)

    async def message(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        if refused is not None:
            return refused
        if self.broken_answers:
            self.broken_answers -= 1
            return web.json_response({}, status=502)
        body = await request.json()
        if not body.get("content") or body.get("message_type") != "outgoing":
            return web.json_response({"error": "invalid"}, status=422)
        if body.get("content_type") == "input_select":
            items = body["content_attributes"]["items"]
            assert all(set(item) == {"title", "value"} for item in items)
        self.said.append((int(request.match_info["conversation"]), body))
        return web.json_response({"id": 1000 + len(self.said)})

    async def toggle(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        if refused is not None:
            return refused
        status = (await request.json()).get("status")
        if status not in ("open", "pending", "resolved", "snoozed"):
            return web.json_response({"error": "invalid"}, status=422)
        self.status[int(request.match_info["conversation"])] = status
        return web.json_response({"payload": {"success": True}})

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("api_access_token") != self.TOKEN:
            return web.json_response({"error": "unauthorized"}, status=401)
        if request.match_info["account"] != str(self.ACCOUNT):
            return web.json_response({"error": "not found"}, status=404)
        return None


class _WithAccessToken(Fake):
    """Platforms whose calls carry an access token in the query."""

    def __init__(self) -> None:
        self.tokens = 0
        self.good_token = ""
        super().__init__()

    def give_token(self) -> web.Response:
        self.tokens += 1
        self.good_token = f"access-{self.tokens}"
        return web.json_response(
            {"errcode": 0, "access_token": self.good_token, "expires_in": 7200}
        )

    def end_token(self) -> None:
        """As when another server fetched a newer one."""
        self.good_token = "another"

    def token_over(self, request: web.Request) -> bool:
        return request.query.get("access_token") != self.good_token


class FakeMp(_WithAccessToken):
    """公众号: 客服消息 go to followers who wrote in the last 48 hours, 2,048 bytes at most."""

    APP_ID, SECRET = "wx1234567890abcdef", "app-secret"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        super().__init__()

    def routes(self) -> None:
        self.app.router.add_get("/cgi-bin/token", self.token)
        self.app.router.add_post("/cgi-bin/message/custom/send", self.send)

    async def token(self, request: web.Request) -> web.Response:
        query = request.query
        if query.get("grant_type") != "client_credential" or query.get("secret") != self.SECRET:
            return web.json_response({"errcode": 40125, "errmsg": "invalid appsecret"})
        return self.give_token()

    async def send(self, request: web.Request) -> web.Response:
        if self.token_over(request):
            return web.json_response({"errcode": 42001, "errmsg": "access_token expired"})
        body = await request.json()
        content = body["text"]["content"]
        if len(content.encode()) > 2048:
            return web.json_response({"errcode": 45002, "errmsg": "content size out of limit"})
        self.sent.append((body["touser"], content))
        return web.json_response({"errcode": 0, "errmsg": "ok"})


# Which moves 微信客服 allows: from whom, to whom.
_MOVES = {0: {1, 2, 3}, 1: {2, 3, 4}, 2: {3, 4}, 3: {3, 4}, 4: set()}


class FakeWecom(_WithAccessToken):
    """微信客服: a log to pull, five messages at most per customer message, states with rules."""

    CORP_ID, SECRET = "ww1234567890abcdef", "corp-secret"

    def __init__(self) -> None:
        self.log: list[dict[str, Any]] = []
        self.state: dict[str, int] = defaultdict(int)
        self.allowance: dict[str, int] = defaultdict(int)
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.page_size = 2
        self.pulls: list[dict[str, Any]] = []
        super().__init__()

    def routes(self) -> None:
        self.app.router.add_get("/cgi-bin/gettoken", self.token)
        self.app.router.add_post("/cgi-bin/kf/sync_msg", self.sync)
        self.app.router.add_post("/cgi-bin/kf/send_msg", self.send)
        self.app.router.add_post("/cgi-bin/kf/service_state/get", self.get_state)
        self.app.router.add_post("/cgi-bin/kf/service_state/trans", self.move)

    def customer_writes(self, user: str, number: int, **content: Any) -> None:
        """A customer's message arrives; an ended conversation becomes a new one."""
        if self.state[user] == 4:
            self.state[user] = 0
        self.allowance[user] = 5
        self.log.append(
            {
                "msgid": f"m{number}",
                "open_kfid": "wk1",
                "external_userid": user,
                "send_time": int(time.time()),
                "origin": 3,
                **content,
            }
        )

    async def token(self, request: web.Request) -> web.Response:
        if request.query.get("corpsecret") != self.SECRET:
            return web.json_response({"errcode": 40001, "errmsg": "invalid credential"})
        return self.give_token()

    async def sync(self, request: web.Request) -> web.Response:
        if self.token_over(request):
            return web.json_response({"errcode": 42001})
        body = await request.json()
        self.pulls.append(body)
        start = int(body.get("cursor") or 0)
        page = self.log[start : start + self.page_size]
        end = start + len(page)
        return web.json_response(
            {
                "errcode": 0,
                "next_cursor": str(end),
                "has_more": int(end < len(self.log)),
                "msg_list": page,
            }
        )

    async def send(self, request: web.Request) -> web.Response:
        if self.token_over(request):
            return web.json_response({"errcode": 42001})
        body = await request.json()
        user = body["touser"]
        if self.state[user] not in (0, 1):
            return web.json_response({"errcode": 95018, "errmsg": "session status invalid"})
        if self.allowance[user] <= 0:
            return web.json_response({"errcode": 95001, "errmsg": "send msg count limit"})
        if not _fits(body):
            return web.json_response({"errcode": 40058, "errmsg": "invalid request parameter"})
        self.allowance[user] -= 1
        self.sent.append((user, body))
        return web.json_response({"errcode": 0, "msgid": f"out{len(self.sent)}"})

    async def get_state(self, request: web.Request) -> web.Response:
        if self.token_over(request):
            return web.json_response({"errcode": 42001})
        user = (await request.json())["external_userid"]
        return web.json_response({"errcode": 0, "service_state": self.state[user]})

    async def move(self, request: web.Request) -> web.Response:
        if self.token_over(request):
            return web.json_response({"errcode": 42001})
        body = await request.json()
        user, wanted = body["external_userid"], body["service_state"]
        if wanted not in _MOVES[self.state[user]]:
            return web.json_response({"errcode": 95013, "errmsg": "state change not allowed"})
        self.state[user] = wanted
        return web.json_response({"errcode": 0})


def _fits(body: dict[str, Any]) -> bool:
    if body["msgtype"] == "text":
        return 0 < len(body["text"]["content"].encode()) <= 2048
    menu = body["msgmenu"]
    items = menu["list"]
    return len(menu["head_content"].encode()) <= 1024 and all(
        len(item["click"]["content"].encode()) <= 128 and len(item["click"]["id"].encode()) <= 128
        for item in items
    )
