"""A desk without an engine, and messages to it as Rasa hands them over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from account_engine.services.outreach import HoldReason
from actions.conversation.reply import Reply
from actions.topics import (  # noqa: F401 (registers their answers)
    collection,
    credit,
    handoff,
    legal,
    manners,
    minimum,
    penalty,
    safety,
)
from identity.handoff import Handoff, HandoffState
from identity.model import NOBODY, Identity, IdentityState

FORM = "instalment_form"


NOW = datetime(2026, 11, 21, 4, tzinfo=timezone.utc)


@dataclass
class Door:
    """An identity service that knows one person, or nobody."""

    identity: Identity = NOBODY

    def current(self, sender_id: str, now: datetime) -> Identity:
        return self.identity

    def sign_in_with_token(self, sender_id: str, token: str, now: datetime) -> Identity:
        return self.identity

    def sign_out(self, sender_id: str, now: datetime) -> None:
        self.identity = NOBODY


@dataclass
class Holds:
    """Outreach holds in memory."""

    kept: list[tuple[str, HoldReason]] = field(default_factory=list)
    broken: bool = False

    def hold(self, borrower_id: str, reason: HoldReason, source: str, now: datetime) -> None:
        if self.broken:
            raise OSError("the accounts cannot be written")
        self.kept.append((borrower_id, reason))


@dataclass
class Queue:
    """A queue in memory."""

    cases: list[Handoff] = field(default_factory=list)

    def request_handoff(self, sender_id: str, reason: str, summary: Any, now: datetime) -> Handoff:
        position = len(self.cases) + 1
        case = Handoff("R1", sender_id, HandoffState.WAITING, reason, summary, now, position)
        self.cases.append(case)
        return case

    def current(self, sender_id: str) -> Handoff | None:
        return next((case for case in self.cases if case.sender_id == sender_id), None)


WANG = Identity(
    "wang",
    "王女士",
    datetime(2026, 11, 21, tzinfo=timezone.utc),
    datetime(2026, 11, 22, tzinfo=timezone.utc),
    IdentityState.SIGNED_IN,
)


def tracker(
    text: str,
    intent: str,
    entities: list[dict[str, Any]] | None = None,
    slots: dict[str, Any] | None = None,
    loop: str | None = None,
) -> Any:
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": entities or [],
    }
    return SimpleNamespace(
        sender_id="web-1",
        latest_message=message,
        slots=slots or {},
        active_loop={"name": loop} if loop else {},
        events=[{"event": "user", "text": text}],
        get_latest_input_channel=lambda: "web",
    )


def said(dispatcher: CollectingDispatcher) -> list[str]:
    return [message["text"] for message in dispatcher.messages]


def followups(events: list[Any]) -> list[str]:
    return [event["name"] for event in events if event["event"] == "followup"]


def general(key: str) -> Any:
    return lambda turn, desk: Reply(key)
