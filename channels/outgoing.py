"""Calls to platforms: JSON both ways, short patience, a few tries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

_PAUSES = (0.5, 2.0)
_MOST_BYTES = 2 * 1024 * 1024


class DeliveryFailed(Exception):
    """The platform did not take a call, or refused it."""


async def post_json(
    address: str,
    body: Mapping[str, Any] | bytes,
    *,
    headers: Mapping[str, str] | None = None,
    seconds: float = 5.0,
    pauses: tuple[float, ...] = _PAUSES,
) -> dict[str, Any]:
    """Posts, and tries again where nobody or a broken server answered.

    Returns:
        The answer's JSON object; empty where there is none.

    Raises:
        DeliveryFailed: refused (4xx), or still failing after the last try.
    """
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    for pause in (*pauses, None):
        try:
            return await _post_once(address, content, headers or {}, seconds)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            if pause is None:
                raise DeliveryFailed(type(error).__name__) from error
            await asyncio.sleep(pause)
    raise DeliveryFailed("no try was made")


async def _post_once(
    address: str, content: bytes, headers: Mapping[str, str], seconds: float
) -> dict[str, Any]:
    timeout = aiohttp.ClientTimeout(total=seconds)
    sent = {"Content-Type": "application/json", **headers}
    async with (
        aiohttp.ClientSession(timeout=timeout) as client,
        client.post(address, data=content, headers=sent) as answer,
    ):
        if answer.status >= 500:
            answer.raise_for_status()
        # The address may carry an access token, so it stays out of the message.
        if answer.status // 100 != 2:
            raise DeliveryFailed(f"answered {answer.status}")
        raw = await answer.content.read(_MOST_BYTES)
    try:
        value = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
