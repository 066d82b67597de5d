"""Base of the answering actions: one Rasa action per topic, one function per intent."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import accounts
from actions.conversation.agreed import agreed_otherwise
from actions.conversation.answering import Answer, answer_for, respond, the_answer
from actions.conversation.asked import Asked
from actions.conversation.desk import Desk, open_desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.knowledge.rules_first import before_own_line, rules_first
from actions.renderer.renderer import About


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
        answer = answer_for(intent) or the_answer("nlu_fallback")
        return respond(dispatcher, tracker, open_desk(), answer)


Own = Callable[[Turn, Desk, str], Reply | None]
Line = TypeVar("Line", bound=Own)


@dataclass(frozen=True, slots=True)
class Brief:
    """A line or two about the borrower's own account, beside the rule of a topic.

    Attributes:
        line: None where the account has nothing to add.
        first: before the rule, where the borrower's own standing is what was asked about; after it
            where the reply is one of `before_own_line`.
    """

    line: Own
    first: bool = False


_briefs: dict[str, Brief] = {}
NOT_HELD = "note.not_held"
NOT_HELD_BUT = "note.not_held_but"
KEPT_ELSEWHERE = "note.kept_elsewhere"
# Sides that tell a visitor what signing in would show; the borrower gets it at once.
FOR_VISITORS = ".stranger"
# Sides about another person's debt or another lender's page, to which the own adds nothing.
ABOUT_SOMEBODY_ELSE = frozenset(
    {"method.for_someone", "restricted.others", "out_of_scope.weilidai"}
)


def own_line(*topics: str, first: bool = False) -> Callable[[Line], Line]:
    """Registers the line about the own account that goes with every reply of these topics.

    A topic is the part of a reply's key before the dot. What the rule is about decides the line,
    not the intent: "为什么花呗要提前还款" may be an early settlement or a recall.
    """

    def register(line: Line) -> Line:
        for topic in topics:
            if topic in _briefs:
                raise ValueError(f"{topic} has two lines")
            _briefs[topic] = Brief(line, first)
        return line

    return register


def general(key: str) -> Answer:
    """An answer from facts, for the side of the topic that the words are after."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        return Reply(side(turn, desk, key))

    return answer


def ruled(key: str) -> Answer:
    """The same, with a line about the borrower's own account when one is signed in."""
    return personal(key, lambda turn, desk, borrower_id: None)


def fixed(key: str) -> Answer:
    """An answer whatever the intent is: the situation has chosen it."""
    return lambda turn, desk: Reply(key)


def asked_as(intent: str) -> Answer:
    """The answer of another intent, with its own sides: the situation knows what is meant."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        return the_answer(intent)(replace(turn, intent=intent), desk)

    return answer


def side(turn: Turn, desk: Desk, default: str) -> str:
    """The reply for the side of the topic that the words are after."""
    return special_side(turn, desk) or default


def special_side(turn: Turn, desk: Desk) -> str | None:
    """The same, None where the words are after the topic as a whole."""
    asked, products = Asked.of(turn), tuple(turn.values("product"))
    if asked is None or not asked.by_itself or asked.intent != turn.intent:
        return desk.focus.reply_for(turn.intent, turn.text, products)
    return desk.focus.reply_for(turn.intent, turn.text, products, asked.touched_by)


def personal(stranger: str, own: Own, *, sides: bool = True) -> Answer:
    """The borrower's own answer when signed in, else the general one.

    With `sides`, a question about a special side of the topic (`data/wording/focus/`) gets that
    side's answer from everybody, for a borrower with the topic's own line (`own_line`) before or
    after it; without, only for visitors. `own` may return None when the account has nothing to
    add. A product that the borrower does not have is answered in general, and said to be none of
    theirs.
    """

    def answer(turn: Turn, desk: Desk) -> Reply:
        special = special_side(turn, desk)
        if turn.borrower_id is None:
            return Reply(special or stranger)
        if special is not None and special.endswith(FOR_VISITORS):
            special = None
        rule = Reply(special or stranger)
        if special in ABOUT_SOMEBODY_ELSE or desk.situations.about_somebody_else(turn):
            return rule
        missing = _missing(turn, desk, turn.borrower_id)
        if missing:
            return rule.changed(values={"missing": missing}, lead=NOT_HELD)
        found = None if sides and special else own(turn, desk, turn.borrower_id)
        told = found or _of_what_is_held(with_own_line(rule, turn, desk), turn, desk)
        return agreed_otherwise(told, turn, desk)

    return answer


def about_what_there_is(turn: Turn, desk: Desk, reply: Reply) -> Reply:
    """`reply`, after a word that the product named is none of the borrower's.

    Of what another lender offers it is said whose books it is in; the own debt is no answer.
    """
    if turn.borrower_id is None:
        return reply
    missing = _missing(turn, desk, turn.borrower_id)
    if not missing:
        return reply
    if dialogue().lenders_elsewhere.issuperset(missing):
        return Reply(KEPT_ELSEWHERE, {"missing": missing})
    return reply.changed(values={**reply.values, "missing": missing}, lead=NOT_HELD_BUT)


def _missing(turn: Turn, desk: Desk, borrower_id: str) -> tuple[str, ...]:
    if turn.entity("product") is None:
        return ()
    return accounts.missing(turn, desk.engine.state(borrower_id))


def _of_what_is_held(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """No product was named: the rules of those that the borrower has."""
    if turn.borrower_id is None or turn.entity("product") is not None:
        return reply
    held = accounts.products(desk.engine.state(turn.borrower_id))
    return reply.changed(values={**reply.values, "about": About(held)})


def with_own_line(rule: Reply, turn: Turn, desk: Desk) -> Reply:
    """`rule` with the line about the own account that goes with its topic, where there is one.

    A product that is named and not held gets a word on that, and no line about another.
    """
    topic = rule.key.partition(".")[0]
    brief = _briefs.get(topic)
    if brief is None or turn.borrower_id is None:
        return rule
    if missing := _missing(turn, desk, turn.borrower_id):
        return rule.changed(values={**rule.values, "missing": missing}, lead=NOT_HELD)
    line = brief.line(turn, desk, turn.borrower_id)
    if line is None:
        return rule
    first = brief.first and (rule.key not in before_own_line(topic) or _own_first(rule, turn, desk))
    placed = {"lead": line.key} if first else {"coda": line.key}
    values = {**rule.values, **line.values, "own_line": True}
    return rule.changed(values=values, details=line.details, clauses=line.clauses, **placed)


def _own_first(rule: Reply, turn: Turn, desk: Desk) -> bool:
    """Whether the rule would belittle how late the borrower is."""
    if rule.key not in rules_first().own_line_if_late or turn.borrower_id is None:
        return False
    return bool(accounts.overdue(desk.engine.state(turn.borrower_id).accounts))
