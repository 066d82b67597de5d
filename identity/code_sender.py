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
from typing import Protocol


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

    ``YUQI_CODE_GATEWAY`` is the address; ``YUQI_CODE_GATEWAY_SECRET`` signs
    ``<timestamp>.<body>`` with HMAC-SHA256 into ``X-Yuqi-Signature``.
    """

    def __init__(self) -> None:
        self._address = os.environ["YUQI_CODE_GATEWAY"]
        self._secret = os.environ["YUQI_CODE_GATEWAY_SECRET"].encode()
        if not self._address.startswith("https://"):
            raise ValueError("YUQI_CODE_GATEWAY must be an https address")

    def send(self, phone: str, code: str, minutes: int) -> None:
        """Posts to the gateway and expects a 2xx answer within five seconds."""
        body = json.dumps({"phone": phone, "code": code, "minutes": minutes}).encode()
        stamp = str(int(time.time()))
        signed = hmac.new(self._secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            self._address,
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Yuqi-Timestamp": stamp,
                "X-Yuqi-Signature": signed,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except (urllib.error.URLError, OSError) as error:
            raise CodeNotSent() from error


def load_sender(path: str) -> CodeSender:
    """Returns the sender named by ``package.module.Class``; the demo's for an empty path."""
    if not path:
        return ShownInDemo()
    module, _, name = path.rpartition(".")
    sender: CodeSender = getattr(importlib.import_module(module), name)()
    return sender
