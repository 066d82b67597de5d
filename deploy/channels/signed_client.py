"""Reference client of the signed webhook: standard library only, to be copied and adapted.

As a program it is a small chat::

    YUQI_WEBHOOK_SECRET=... python deploy/channels/signed_client.py http://127.0.0.1:5005

As a module, ``SignedClient`` sends messages and ``verify`` checks the assistant's callbacks.
The contract is in ``docs/channels.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any

WINDOW_SECONDS = 300


def sign(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Returns the value of ``X-Yuqi-Signature``."""
    message = f"{timestamp}.{nonce}.".encode() + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def verify(secret: str, headers: Mapping[str, str], body: bytes, used_nonces: set[str]) -> bool:
    """Whether a callback is the assistant's, fresh, and new. Check this before parsing.

    ``used_nonces`` stands for a store that several servers share and that forgets after ten
    minutes.
    """
    timestamp, nonce = headers.get("X-Yuqi-Timestamp", ""), headers.get("X-Yuqi-Nonce", "")
    expected = sign(secret, timestamp, nonce, body)
    claimed = headers.get("X-Yuqi-Signature", "")
    if not hmac.compare_digest(expected.encode(), claimed.encode("utf-8", "replace")):
        return False
    fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) <= WINDOW_SECONDS
    if not fresh or nonce in used_nonces:
        return False
    used_nonces.add(nonce)
    return True


class Refused(Exception):
    """The assistant refused a call; ``code`` says why."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {error.get('code')}: {error.get('message')}")
        self.status = status
        self.code = str(error.get("code"))


class SignedClient:
    """Calls ``/webhooks/signed`` of one assistant.

    Args:
        base: the assistant's address, such as ``https://assistant.example``.
        secret: the shared secret, at least 32 bytes.
    """

    def __init__(self, base: str, secret: str) -> None:
        self._base = base.rstrip("/")
        self._secret = secret

    def text(self, conversation: str, text: str, **more: Any) -> dict[str, Any]:
        """Sends a text. Repeat a failed call with the same ``id``: it is worked on once."""
        body = {"conversation_id": conversation, "id": uuid.uuid4().hex, "text": text, **more}
        return self.post("/messages", body)

    def press(self, conversation: str, value: str) -> dict[str, Any]:
        """Presses a button that an answer in this conversation offered."""
        body = {"conversation_id": conversation, "id": uuid.uuid4().hex}
        return self.post("/messages", {**body, "type": "button", "button": value})

    def taken(self, conversation: str, person: str) -> dict[str, Any]:
        """Says that a person has the conversation; the assistant keeps silent from here on."""
        body = {"conversation_id": conversation, "event": "taken", "person": person}
        return self.post("/handoff", body)

    def returned(self, conversation: str) -> dict[str, Any]:
        """Gives the conversation back to the assistant."""
        return self.post("/handoff", {"conversation_id": conversation, "event": "returned"})

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Signs and posts one body.

        Raises:
            Refused: with the assistant's code.
        """
        content = json.dumps(body, ensure_ascii=False).encode()
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        request = urllib.request.Request(
            f"{self._base}/webhooks/signed{path}",
            data=content,
            headers={
                "Content-Type": "application/json",
                "X-Yuqi-Timestamp": timestamp,
                "X-Yuqi-Nonce": nonce,
                "X-Yuqi-Signature": sign(self._secret, timestamp, nonce, content),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return dict(json.loads(answer.read()))
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.loads(error.read() or b"{}").get("error", {})) from error


def main() -> int:
    """A chat in the terminal; an empty line ends it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("base", help="address of the assistant")
    options = parser.parse_args()
    client = SignedClient(options.base, os.environ["YUQI_WEBHOOK_SECRET"])
    conversation = f"terminal-{uuid.uuid4().hex[:8]}"
    for line in iter(lambda: input("> ").strip(), ""):
        try:
            answer = client.text(conversation, line)
        except Refused as refused:
            print(refused, file=sys.stderr)
            continue
        print(answer["plain_text"])
        if answer["handoff"]:
            print(f"[{answer['handoff']['state']} {answer['handoff']['case_number']}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
