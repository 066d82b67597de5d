"""Ready means: the model has understood a message, and the action server answers."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
from sanic.request import Request

logger = logging.getLogger(__name__)
_WARM_UP = "你好"  # read by the model, by nobody else
_ACTIONS_SECONDS = 1.5


class Health:
    """Warms the model up once, in the background, and looks at the action server each time."""

    def __init__(self, action_health: str) -> None:
        self._action_health = action_health
        self._warm_up: asyncio.Task[bool] | None = None

    async def problems(self, request: Request) -> dict[str, str]:
        """Returns what is not ready, by part; empty when all is."""
        agent = getattr(request.app.ctx, "agent", None)
        found = {}
        if not await self._warm(agent):
            found["model"] = "warming_up"
        if not await self._actions_answer(agent):
            found["actions"] = "no_answer"
        return found

    async def _warm(self, agent: Any) -> bool:
        if agent is None or not agent.is_ready():
            return False
        if self._warm_up is None:
            self._warm_up = asyncio.ensure_future(_parse_once(agent))
        if not self._warm_up.done():
            return False
        if self._warm_up.result():
            return True
        self._warm_up = None  # try again at the next look
        return False

    async def _actions_answer(self, agent: Any) -> bool:
        address = self._action_health or _beside_endpoint(agent)
        if not address:
            return True  # an assistant without an action server needs none
        timeout = aiohttp.ClientTimeout(total=_ACTIONS_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as client, client.get(address) as got:
                return got.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            return False


async def _parse_once(agent: Any) -> bool:
    # The first parse is many times slower than the rest; no borrower should be the one to wait.
    try:
        await agent.parse_message(_WARM_UP)
    except Exception:
        logger.exception("channels.web.warm_up.failed")
        return False
    return True


def _beside_endpoint(agent: Any) -> str:
    endpoint = getattr(agent, "action_endpoint", None)
    url = str(getattr(endpoint, "url", "") or "")
    return f"{url.rsplit('/', 1)[0]}/health" if "/" in url else ""
