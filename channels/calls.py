"""Reading requests: bodies, tokens, addresses. Everything that comes in is somebody's claim."""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Any

from sanic.request import Request

from channels.refusal import Refusal

MAX_BODY = 64 * 1024
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def body_of(request: Request) -> dict[str, Any]:
    """Returns the JSON object of a request; an empty body is an empty object."""
    if len(request.body) > MAX_BODY:
        raise Refusal("body_too_large")
    if not request.body:
        return {}
    try:
        value = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal("bad_request") from error
    if not isinstance(value, dict):
        raise Refusal("bad_request")
    return value


def text_field(body: dict[str, Any], name: str, *, longest: int, shortest: int = 1) -> str:
    """Returns a text field of a body."""
    if name not in body or body[name] is None:
        raise Refusal("field_missing", field=name)
    value = body[name]
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        raise Refusal("field_invalid", field=name)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:  # half a surrogate pair, written as \ud83d
        raise Refusal("field_invalid", field=name) from error
    if "\x00" in value:
        raise Refusal("field_invalid", field=name)
    return value


def client_id(body: dict[str, Any]) -> str:
    """Returns the id that the page made for its message."""
    value = text_field(body, "id", longest=64)
    if not _CLIENT_ID.fullmatch(value):
        raise Refusal("field_invalid", field="id")
    return value


def sequence_number(raw: str | None, name: str) -> int:
    """Returns a non-negative message number from a query or a header."""
    if raw is None or raw == "":
        return 0
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9):
        raise Refusal("field_invalid", field=name)
    return int(raw)


def bearer_token(request: Request) -> str | None:
    """Returns the token of the ``Authorization`` header, or None."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def address_of(request: Request, trusted_proxies: int) -> str:
    """Returns the caller's address as the outermost trusted proxy saw it."""
    forwarded = [
        part.strip()
        for part in request.headers.get("x-forwarded-for", "").split(",")
        if part.strip()
    ]
    if trusted_proxies and len(forwarded) >= trusted_proxies:
        return str(forwarded[-trusted_proxies])[:64]
    return str(request.ip or "")


def is_loopback(address: str) -> bool:
    """Whether the caller sits on this machine, with no proxy between."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
