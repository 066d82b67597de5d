"""Base of the answering actions: one Rasa action per topic, one function per intent."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation.answering import Answer, answer_for, respond
from actions.conversation.desk import Desk, open_desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn


class TopicAction(Action, ABC):
    """Hands the turn to the function that is registered for its intent."""

    @property
    @abstractmethod
    def topic(self) -> str:
        """Name of the topic: `penalty` for action_penalty."""

    def name(self) -> str:
        return f"action_{self.topic}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        intent = (tracker.latest_message or {}).get("intent", {}).get("name")
        answer = answer_for(intent) or answer_for("nlu_fallback")
        if answer is None:
            raise LookupError("no function answers nlu_fallback")
        return respond(dispatcher, tracker, open_desk(), answer)


def general(key: str) -> Answer:
    """An answer from facts alone, for the side of the topic that the words are after."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        return Reply(side(turn, desk, key))

    return answer


def side(turn: Turn, desk: Desk, default: str) -> str:
    """The reply for the side of the topic that the words are after."""
    return desk.focus.reply_for(turn.intent, turn.text) or default


def personal(
    stranger: str, own: Callable[[Turn, Desk, str], Reply | None], *, sides: bool = True
) -> Answer:
    """The borrower's own answer when signed in, else the general one.

    With `sides`, a question about a special side of the topic (`data/wording/focus.yml`) keeps its
    general answer for everybody; without, only for visitors. `own` may return None when the
    account has nothing to add.
    """

    def answer(turn: Turn, desk: Desk) -> Reply:
        special = desk.focus.reply_for(turn.intent, turn.text)
        if turn.borrower_id is not None and not (sides and special):
            found = own(turn, desk, turn.borrower_id)
            if found is not None:
                return found
        return Reply(special or stranger)

    return answer
