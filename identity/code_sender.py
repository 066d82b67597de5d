"""How a one-time code reaches a phone. A lender plugs its own way in by a dotted path."""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import os
import time
import urllib.error
import urllib.request
import uuid
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit

_LOCAL = (("http", "127.0.0.1"), ("http", "localhost"))
_LEAST_BYTES = 32
_SERVER_ERROR = 500


class CodeNotSent(Exception):
    """The message could not be handed over."""


class CodeSender(Protocol):
    """Hands a code to whoever sends messages."""

    def send(self, phone: str, code: str, minutes: int) -> None:
        """Sends; ``minutes`` is the code's life.

        Raises:
            CodeNotSent: try later.
        """


class ShownInDemo:
    """Sends nothing: the demo's page shows the code. Never used without ``YUQI_DEMO=1``."""

    def send(self, phone: str, code: str, minutes: int) -> None:
        """Does nothing."""


class WebhookSender:
    """Posts ``{"phone", "code", "minutes"}`` to the lender's message gateway, signed.

    ``YUQI_CODE_GATEWAY`` is the address; ``YUQI_CODE_GATEWAY_SECRET`` (32 bytes or more) signs
    ``<timestamp>.<body>`` with HMAC-SHA256 into ``X-Yuqi-Signature``. A gateway that does not
    answer, or answers 5xx or 429, is asked again with the same ``X-Yuqi-Request-Id``: it must send
    one message per id, however often it hears it, and may answer 409 where it has sent it.

    Args:
        pauses: seconds before each further try.
        patience: seconds to wait for one answer.
    """

    def __init__(self, *, pauses: tuple[float, ...] = (0.5, 2.0, 5.0), patience: float = 5) -> None:
        self._address = os.environ["YUQI_CODE_GATEWAY"]
        self._secret = os.environ["YUQI_CODE_GATEWAY_SECRET"].encode()
        self._pauses = pauses
        self._patience = patience
        parts = urlsplit(self._address)
        # In the clear only to a gateway on this machine.
        if parts.scheme != "https" and (parts.scheme, parts.hostname) not in _LOCAL:
            raise ValueError("YUQI_CODE_GATEWAY must be an https address")
        if len(self._secret) < _LEAST_BYTES:
            raise ValueError(f"YUQI_CODE_GATEWAY_SECRET needs at least {_LEAST_BYTES} bytes")

    def send(self, phone: str, code: str, minutes: int) -> None:
        """Posts to the gateway until it has the code.

        Raises:
            CodeNotSent: refused, or still failing after the last try.
        """
        body = json.dumps({"phone": phone, "code": code, "minutes": minutes}).encode()
        request_id = uuid.uuid4().hex
        for pause in (*self._pauses, None):
            try:
                self._post(body, request_id)
                return
            except _TryAgain as error:
                if pause is None:
                    raise CodeNotSent() from error
                time.sleep(pause)

    def _post(self, body: bytes, request_id: str) -> None:
        stamp = str(int(time.time()))
        signed = hmac.new(self._secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            self._address,
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Yuqi-Request-Id": request_id,
                "X-Yuqi-Timestamp": stamp,
                "X-Yuqi-Signature": f"sha256={signed}",
            },
        )
        try:
            with _OPENER.open(request, timeout=self._patience):
                return
        except urllib.error.HTTPError as error:
            if error.code == HTTPStatus.CONFLICT:  # it has this id already
                return
            if error.code >= _SERVER_ERROR or error.code == HTTPStatus.TOO_MANY_REQUESTS:
                raise _TryAgain(f"answered {error.code}") from None
            raise CodeNotSent(f"answered {error.code}") from None
        except (OSError, HTTPException) as error:
            raise _TryAgain(type(error).__name__) from error


class _TryAgain(Exception):
    """The gateway may do better in a moment."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A code goes to the configured gateway and nowhere else."""

    def redirect_request(self, *_arguments: Any, **_options: Any) -> None:
        """Refuses."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def load_sender(path: str) -> CodeSender:
    """Returns the sender named by ``package.module.Class``; the demo's for an empty path."""
    if not path:
        return ShownInDemo()
    module, _, name = path.rpartition(".")
    sender: CodeSender = getattr(importlib.import_module(module), name)()
    return sender
