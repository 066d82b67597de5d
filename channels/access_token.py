"""The access token of a WeChat platform: fetched once, shared, renewed before it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

from channels.outgoing import DeliveryFailed, post_json

_EARLY_SECONDS = 300
# Codes of both platforms for a token that is wrong or over.
_TOKEN_OVER = (40001, 40014, 42001)


class AccessToken:
    """Fetches from ``address`` and calls the platform with it.

    Args:
        address: GET address that answers ``access_token`` and ``expires_in``.
        parameters: app id and secret, by the platform's names.
    """

    def __init__(
        self,
        address: str,
        parameters: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._parameters = dict(parameters)
        self._clock = clock
        self._token = ""
        self._good_until = 0.0
        self._lock = asyncio.Lock()

    async def call(self, address: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Posts with the token; a token that ended early is renewed once.

        Raises:
            DeliveryFailed: with the platform's code.
        """
        for last in (False, True):
            token = await self._get()
            answer = await post_json(f"{address}?access_token={token}", body)
            code = answer.get("errcode", 0)
            if code == 0:
                return answer
            if code not in _TOKEN_OVER or last:
                raise DeliveryFailed(f"errcode {code}")
            self._good_until = 0.0
        raise DeliveryFailed("no try was made")

    async def _get(self) -> str:
        async with self._lock:
            if self._clock() < self._good_until:
                return self._token
            answer = await self._fetch()
            token, life = answer.get("access_token"), answer.get("expires_in", 0)
            if not isinstance(token, str) or not token:
                raise DeliveryFailed(f"no access token, errcode {answer.get('errcode')}")
            self._token = token
            self._good_until = self._clock() + max(0, int(life) - _EARLY_SECONDS)
            return token

    async def _fetch(self) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=5)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as client,
                client.get(self._address, params=self._parameters) as answer,
            ):
                value = await answer.json(content_type=None)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
            # Not chained: the exception's text holds the address, and with it the secret.
            raise DeliveryFailed(f"no access token: {type(error).__name__}") from None
        return value if isinstance(value, dict) else {}
