"""What came in: a read-only view of one turn, made from Rasa's tracker and the identity service."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from actions.conversation.memory import WISHES
from identity.model import Identity

WEB = "web"
SHELL = "cmdline"
# Hints that do not go before the answer: the intent's own answer deals with them.
_DOUBT = "self_harm:faint"
_LEFT_TO_ANSWERS = frozenset({"fraud:soft", "threat:soft", _DOUBT})
_GRAVE = ("overdose:explicit", "loved_one:explicit", "self_harm:explicit")
_TWO_MONTHS = 62
# A sign-in token typed into the talk is nothing for the person who reads the summary.
_TOKEN = re.compile(r"[\w\-]{8,}\.[\w\-]{8,}\.[\w\-]{8,}")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the message; values are normalised by the NLU (fen, ISO dates)."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and all that is known when it is answered.

    `borrower_id` comes from the identity service only, never from a slot or an entity.
    """

    sender_id: str
    channel: str
    text: str
    intent: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    slots: Mapping[str, Any]
    borrower_id: str | None
    display_name: str
    now: datetime
    today: date
    active_form: str | None = None
    requested_slot: str | None = None
    last_bot_text: str = ""
    turns: int = 0
    transcript: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    @classmethod
    def stranger(cls, sender_id: str, now: datetime) -> Turn:
        """A turn of which nothing is known, for apologies that must not fail."""
        return cls(sender_id, "", "", None, 0.0, (), (), {}, None, "", now, now.date())

    @property
    def known(self) -> bool:
        """True when a borrower is signed in."""
        return self.borrower_id is not None

    @property
    def said_now(self) -> str:
        """The message as it was typed; `text` may hold the question that it was read as."""
        return next((text for who, text in reversed(self.transcript) if who == "user"), self.text)

    @property
    def said_before(self) -> str:
        """The borrower's message before this one; empty where there is none."""
        said = [text for who, text in self.transcript if who == "user"]
        return said[-2] if len(said) > 1 else ""

    @property
    def on_web(self) -> bool:
        return self.channel == WEB

    @property
    def in_shell(self) -> bool:
        return self.channel == SHELL

    @property
    def wishes(self) -> Mapping[str, Any]:
        """What was wished for in this negotiation so far; its names are those of the engine."""
        return self.slots.get(WISHES) or {}

    def entity(self, kind: str) -> str | None:
        """The first value of that kind."""
        return next(self.values(kind), None)

    def first(self, kind: str) -> Entity | None:
        """The first entity of that kind, with its place in the text."""
        return next((one for one in self.entities if one.kind == kind), None)

    def values(self, kind: str) -> Iterator[str]:
        return (entity.value for entity in self.entities if entity.kind == kind)

    def amount_fen(self) -> int | None:
        """The first amount named, in fen."""
        value = self.entity("amount")
        return int(value) if value and value.isdigit() else None

    def questions(self) -> tuple[Turn, Turn | None]:
        """The turn as its first and, where the NLU saw one, its second question.

        Each keeps its own words only (blanks for the other's, so that offsets stay true).
        """
        other = next((one for one in self.entities if one.kind == "second_intent"), None)
        if other is None or other.end <= other.start:
            return self, None
        blank = " " * (other.end - other.start)
        first = self.text[: other.start] + blank + self.text[other.end :]
        second = " " * other.start + self.text[other.start : other.end]
        return replace(self, text=first), replace(self, text=second, intent=other.value)

    def named_date(self) -> date | None:
        """The first date named, one with its day before a vague one ("年底，大概12月28号")."""
        said = [one for one in self.entities if one.kind == "date"]
        typed = self.said_now if len(self.said_now) == len(self.text) else self.text
        by_day = (one for one in said if _names_a_number(typed[one.start : one.end]))
        first = next(by_day, said[0]) if len(said) > 1 else next(iter(said), None)
        try:
            return date.fromisoformat(first.value if first else "")
        except ValueError:
            return None

    def coming_date(self) -> date | None:
        """The date named; a bare day of the month ("15号") is the next one of that day."""
        named, day = self.named_date(), self.entity("day_of_month")
        if named is not None and named < self.today and day and day.isdigit():
            return _next_day(self.today, int(day))
        return named

    def safety_signal(self) -> tuple[str, str] | None:
        """`("self_harm", "explicit")` and the like, as the rule stage of the NLU saw it."""
        heard = (value for value in self.values("safety_signal") if value not in _LEFT_TO_ANSWERS)
        signals = sorted(heard, key=_rank)
        if not signals:
            return None
        kind, _, level = signals[0].partition(":")
        return kind, level

    def danger_not_ruled_out(self) -> bool:
        """Whether no rule heard a danger and the classifier half did."""
        return not self.text.startswith("/") and _DOUBT in self.values("safety_signal")

    def remembered(self) -> Mapping[str, Any]:
        """What the last answer left behind for "看看明细" and "依据是什么"."""
        value = self.slots.get("last_answer")
        if isinstance(value, str):
            value = json.loads(value)
        return value if isinstance(value, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment a turn is answered: `now` is aware, `today` is the business date."""

    now: datetime
    today: date


def read_turn(tracker: Any, identity: Identity, clock: Clock) -> Turn:
    """Reads rasa_sdk's tracker; who speaks is what the identity service says."""
    message = tracker.latest_message or {}
    text = message.get("text") or ""
    intent = message.get("intent") or {}
    loop = tracker.active_loop or {}
    return Turn(
        sender_id=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "",
        text=text,
        intent=intent.get("name"),
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple(
            (item["name"], float(item.get("confidence") or 0.0))
            for item in message.get("intent_ranking") or ()
            if item.get("name")
        ),
        entities=tuple(_entity(one) for one in message.get("entities") or ()),
        slots=dict(tracker.slots),
        borrower_id=identity.borrower_id,
        display_name=identity.display_name or "",
        now=clock.now,
        today=clock.today,
        active_form=loop.get("name"),
        requested_slot=tracker.slots.get("requested_slot"),
        last_bot_text=_last_bot_text(tracker.events),
        turns=sum(1 for event in tracker.events if event.get("event") == "user"),
        transcript=_transcript(tracker.events),
    )


def _names_a_number(words: str) -> bool:
    """ "28号" and "二十八号", which "年底" and "下周五" are not."""
    if any(map(str.isdigit, words)):
        return True
    numerals = [unicodedata.numeric(one, None) is not None for one in words]
    return any(numerals) and not numerals[-1]


def _entity(item: Mapping[str, Any]) -> Entity:
    value = item.get("value")
    return Entity(
        kind=str(item.get("entity")),
        value="" if value is None else str(value),
        start=int(item.get("start") or 0),
        end=int(item.get("end") or 0),
    )


def _last_bot_text(events: list[dict[str, Any]]) -> str:
    for event in reversed(events):
        if event.get("event") == "bot" and event.get("text"):
            return str(event["text"])
    return ""


def _next_day(today: date, day: int) -> date:
    """The next date, today included, with that day of the month."""
    found = today
    while found.day != day and (found - today).days < _TWO_MONTHS:
        found += timedelta(days=1)
    return found


def _rank(signal: str) -> int:
    """Danger to a life first, the most pressing of all; the rest as it was heard."""
    return _GRAVE.index(signal) if signal in _GRAVE else len(_GRAVE)


def _transcript(events: list[dict[str, Any]], last: int = 8) -> tuple[tuple[str, str], ...]:
    """Who said what lately, for the person who takes over."""
    said = [
        (str(event["event"]), _TOKEN.sub("…", str(event["text"])))
        for event in events
        if event.get("event") in ("user", "bot") and event.get("text")
    ]
    return tuple(said[-last:])
