"""The composition root of the action server: everything an answer may call, made once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from actions.conversation.asked import hidden_question
from actions.conversation.follow_ups import FollowUps
from actions.conversation.situations import Situations
from actions.knowledge.conduct import Outreach
from actions.knowledge.facts import FactBase
from actions.knowledge.focus import Focus
from actions.knowledge.folder import data_folder
from actions.knowledge.glossary import EXPLAIN, Glossary
from actions.knowledge.words import Words
from actions.renderer.guard import Guard
from actions.renderer.renderer import Renderer
from actions.renderer.wording import WordingBook
from identity.handoff import Handoff
from identity.model import Identity

if TYPE_CHECKING:
    from account_engine.services.engine import AccountEngine
    from actions.conversation.turn import Turn

logger = logging.getLogger(__name__)
HARDSHIP = "state_hardship"  # told beside a question, and no topic with sides


class Doorkeeper(Protocol):
    """The part of `identity.service.IdentityService` that answers need."""

    def current(self, sender_id: str, now: datetime) -> Identity: ...

    def sign_in_with_token(self, sender_id: str, token: str, now: datetime) -> Identity: ...

    def sign_out(self, sender_id: str, now: datetime) -> None: ...

    def record(
        self, event: str, now: datetime, *, sender_id: str | None = None, **detail: Any
    ) -> None: ...


class PeopleQueue(Protocol):
    """The part of `identity.handoff.HandoffService` that answers need."""

    def request_handoff(
        self, sender_id: str, reason: str, summary: Mapping[str, Any], now: datetime
    ) -> Handoff: ...

    def current(self, sender_id: str) -> Handoff | None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What an answering function is given besides the turn."""

    engine: AccountEngine
    identity: Doorkeeper
    facts: FactBase
    renderer: Renderer
    focus: Focus
    people: PeopleQueue
    situations: Situations
    follow_ups: FollowUps
    glossary: Glossary

    def meaning(self, turn: Turn) -> str | None:
        """The answering function that the situation or a word asked about calls for, if any."""
        found = self.situations.meaning(turn, {*self.focus.sides, HARDSHIP})
        if found is None and self.glossary.reply_for(turn.text) is not None:
            return EXPLAIN
        return found or hidden_question(turn)

    def today(self) -> date:
        """The business date."""
        return self.engine.clock.today()

    def wall_clock(self) -> datetime:
        """Aware; identity is proven against real time, never against the business date."""
        return datetime.now(timezone.utc)


def load_renderer(data: Path) -> tuple[FactBase, Renderer]:
    """Facts, wording and guard from data files; raises DataError for a mistake in one."""
    outreach = Outreach.load(data / "conduct" / "outreach.yml")
    facts = FactBase.load(data / "facts", outreach.figures())
    wording = WordingBook.load(data / "wording", facts)
    return facts, Renderer(wording, facts, Guard.load(data / "wording" / "guard.yml"))


def load_patterns(wording: Path) -> tuple[Focus, Situations, FollowUps, Glossary]:
    """The patterns that say what words mean; raises DataError for a mistake in a file."""
    words = Words.load(wording / "words.yml")
    return (
        Focus.load(wording / "focus", words),
        Situations.load(wording, words),
        FollowUps.load(wording / "follow_ups", words),
        Glossary.load(wording / "glossary.yml", words),
    )


@lru_cache(maxsize=1)
def open_desk() -> Desk:
    """The desk of this process, from the environment."""
    from account_engine.services.engine import AccountEngine
    from account_engine.services.settings import Settings
    from identity.handoff import HandoffService
    from identity.service import IdentityService

    data = data_folder()
    facts, renderer = load_renderer(data)
    engine = AccountEngine.from_settings(Settings.from_env())
    identity = IdentityService.from_environment()
    people = HandoffService(identity.database)
    focus, situations, follow_ups, glossary = load_patterns(data / "wording")
    logger.info("desk open with %d facts", len(facts))
    return Desk(engine, identity, facts, renderer, focus, people, situations, follow_ups, glossary)
