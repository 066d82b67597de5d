"""The turn that a follow-up stands for, in full words, and who answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from actions.conversation.follow_up_file import Step
from actions.conversation.last_question import Group, LastQuestion, with_values_of
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Entity, Turn


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A message as it is meant: the turn in full words, and who answers it."""

    turn: Turn
    answer: str | None = None
    reply: str | None = None
    aside: bool = False  # what was spoken of before stays so
    act: str | None = None  # the act that is asked about; see acts.py

    def without(self, products: Collection[str]) -> FollowUp:
        """The same, about none of these products (by their ids in the NLU)."""
        kept = tuple(
            one
            for one in self.turn.entities
            if one.kind != Group.PRODUCT.value or one.value not in products
        )
        return replace(self, turn=replace(self.turn, entities=kept))


def led(step: Step, turn: Turn, last: LastQuestion | None, *, groups: Iterable[Group]) -> FollowUp:
    """The turn that `step` stands for: the last question with new values, or another in full."""
    if step.reply is not None:
        return FollowUp(turn, reply=step.reply)
    if step.stranger and not turn.known:
        step = step.copy(update={"answer": step.stranger})
    if step.otherwise and Supposed.of(turn) is None:
        step = step.copy(update={"answer": step.otherwise})
    meant = with_values_of(last, turn, groups) if last is not None else None
    if meant is None:
        text, entities, answer = turn.text, turn.entities, step.answer
    elif step.again or not step.question:
        text, entities, answer = meant.text, meant.entities, step.answer or meant.answer
    else:
        kept = () if step.whole else _elsewhere(meant.products)
        text, entities, answer = step.question, kept, step.answer
    if step.question:
        text = step.question
    intent = step.intent or answer
    full = replace(turn, text=text, intent=intent, confidence=1.0, ranking=(), entities=entities)
    return FollowUp(full, answer=answer, aside=bool(step.takes))


def _elsewhere(found: Iterable[Entity]) -> tuple[Entity, ...]:
    """Values that a question in other words is still about; none of its words names them."""
    return tuple(replace(one, start=0, end=0) for one in found)
