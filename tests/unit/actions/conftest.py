"""Facts, wording and guard as shipped, and turns made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from actions.conversation.desk import Desk, load_renderer
from actions.conversation.follow_ups import FollowUps
from actions.conversation.situations import Situations
from actions.conversation.turn import Entity, Turn
from actions.knowledge.facts import FactBase
from actions.knowledge.focus import Focus
from actions.knowledge.glossary import Glossary
from actions.knowledge.words import Words
from actions.renderer.renderer import Renderer
from tests.unit.actions.talking import NOW, Door, Holds, Queue

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = date(2026, 11, 21)
WORDING = DATA / "wording"
MakeTurn = Callable[..., Turn]


@pytest.fixture(scope="session")
def shipped() -> tuple[FactBase, Renderer]:
    return load_renderer(DATA)


@pytest.fixture(scope="session")
def facts(shipped: tuple[FactBase, Renderer]) -> FactBase:
    return shipped[0]


@pytest.fixture(scope="session")
def renderer(shipped: tuple[FactBase, Renderer]) -> Renderer:
    return shipped[1]


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(WORDING / "words.yml")


@pytest.fixture(scope="session")
def focus(words: Words) -> Focus:
    return Focus.load(WORDING / "focus", words)


@pytest.fixture(scope="session")
def situations(words: Words) -> Situations:
    return Situations.load(WORDING, words)


@pytest.fixture(scope="session")
def follow_ups(words: Words) -> FollowUps:
    return FollowUps.load(WORDING / "follow_ups", words)


@pytest.fixture(scope="session")
def glossary(words: Words) -> Glossary:
    return Glossary.load(WORDING / "glossary.yml", words)


@pytest.fixture
def make_turn() -> MakeTurn:
    def make(text: str = "", intent: str | None = None, **changes: Any) -> Turn:
        values: dict[str, Any] = {
            "sender_id": "web-1",
            "channel": "web",
            "text": text,
            "intent": intent,
            "confidence": 1.0,
            "ranking": (),
            "entities": (),
            "slots": {},
            "borrower_id": None,
            "display_name": "",
            "now": datetime(2026, 11, 21, 4, tzinfo=timezone.utc),
            "today": TODAY,
        }
        return Turn(**{**values, **changes})

    return make


@pytest.fixture
def desk(
    facts: FactBase,
    renderer: Renderer,
    focus: Focus,
    situations: Situations,
    follow_ups: FollowUps,
    glossary: Glossary,
) -> Desk:
    clock = SimpleNamespace(today=lambda: date(2026, 11, 21), now=lambda: NOW)
    rule = SimpleNamespace(separate_consent=False)
    engine: Any = SimpleNamespace(clock=clock, outreach=Holds(), proof_rule=lambda kind: rule)
    return Desk(engine, Door(), facts, renderer, focus, Queue(), situations, follow_ups, glossary)


def entity(kind: str, value: object, text: str, words: str) -> Entity:
    """An entity with the offsets that its words have in the text."""
    start = text.index(words)
    return Entity(kind, str(value), start, start + len(words))


def amount(fen: int, text: str, words: str) -> Entity:
    return entity("amount", fen, text, words)
