"""A chat page without a browser: the same calls, over HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Reply:
    """What came back for one message."""

    status: int
    body: dict[str, Any]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body.get("messages", []))

    @property
    def text(self) -> str:
        """All that the borrower reads: texts, or the sentence of an error."""
        if "error" in self.body:
            return str(self.body["error"]["message"])
        return "\n".join(message.get("text") or "" for message in self.messages)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for message in self.messages for button in message.get("buttons") or []]

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [message["card"] for message in self.messages if message.get("card")]


@dataclass
class ChatClient:
    """One visitor of the chat page at `base` (…/webhooks/web)."""

    base: str
    token: str | None = None
    last: Reply | None = None
    before: Reply | None = None
    _last_body: dict[str, Any] = field(default_factory=dict)

    def open(self, host_token: str | None = None) -> Reply:
        """Starts a session, signed in when a host token is given."""
        reply = self.call("POST", "/session", {"host_token": host_token} if host_token else {})
        if reply.status >= 400:
            raise AssertionError(f"no session: {reply.status} {reply.body}")
        self.token = reply.body["token"]
        return reply

    def sign_out(self) -> Reply:
        return self.call("DELETE", "/session")

    def say(self, text: str) -> Reply:
        return self._send({"id": str(uuid.uuid4()), "text": text})

    def press(self, title: str) -> Reply:
        """Presses the button with this title, among those shown last."""
        shown = self.last.buttons if self.last else []
        for button in shown:
            if button["title"] == title:
                return self._send({"id": str(uuid.uuid4()), "button": button["value"]})
        titles = [button["title"] for button in shown]
        raise AssertionError(f"no button {title!r}; shown: {titles}")

    def repeat(self) -> Reply:
        """Sends the last message again with the same id, as a page does after a lost connection."""
        return self._send(self._last_body)

    def _send(self, body: dict[str, Any]) -> Reply:
        self._last_body = body
        self.before, self.last = self.last, self.call("POST", "/messages", body)
        return self.last

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Reply:
        """One HTTP call; error statuses are returned, not raised."""
        request = urllib.request.Request(
            self.base + path,
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Reply(response.status, json.loads(response.read() or b"{}"))
        except urllib.error.HTTPError as error:
            return Reply(error.code, json.loads(error.read() or b"{}"))
