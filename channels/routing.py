"""Registers methods of an object as handlers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

Handler = Callable[..., Awaitable[HTTPResponse | None]]


def add_handler(blueprint: Blueprint, method: str, path: str, handler: Handler, name: str) -> None:
    """Adds a route. Sanic writes attributes onto handlers, which bound methods refuse."""

    async def call(request: Request, **parts: Any) -> HTTPResponse | None:
        return await handler(request, **parts)

    blueprint.add_route(call, path, methods=[method], name=name)
