"""A person at the desk, through the same calls that a console makes (docs/channels.md)."""

from __future__ import annotations

import json
import urllib.request
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from identity.keys import load_ring
from identity.tokens import make_service_token

_PERSON = "ms-wu"


@dataclass(frozen=True)
class PersonAtTheDesk:
    """Takes, answers and returns one conversation.

    Attributes:
        base: where the page's API is.
        secrets: folder of the running assistant's keys.
    """

    base: str
    secrets: Path

    def case_of(self, case_number: str) -> dict[str, Any]:
        """The open case with its reason and summary, as the desk's queue shows it."""
        queue = self._call("GET", "/desk/queue")
        found = [one for one in queue if one["case_number"] == case_number]
        assert found, f"no open case {case_number}"
        return dict(found[0])

    def take(self, case_number: str) -> None:
        self._call("POST", f"/desk/{case_number}/take", {})

    def reply(self, case_number: str, text: str) -> None:
        self._call("POST", f"/desk/{case_number}/reply", {"id": uuid.uuid4().hex, "text": text})

    def give_back(self, case_number: str) -> None:
        self._call("POST", f"/desk/{case_number}/return", {})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        token = make_service_token(
            _PERSON,
            "desk",
            load_ring("YUQI_SERVICE_KEY", "service.key", self.secrets),
            life=timedelta(minutes=1),
            now=datetime.now(timezone.utc),
        )
        request = urllib.request.Request(
            self.base + path,
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read() or b"{}")
