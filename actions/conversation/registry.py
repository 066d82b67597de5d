"""Which function answers what: every topic registers its own here."""

from __future__ import annotations

from collections.abc import Callable

from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

Answer = Callable[[Turn, Desk], Reply]

_answers: dict[str, Answer] = {}


def answers(*intents: str) -> Callable[[Answer], Answer]:
    """Registers the function that answers these intents."""

    def register(function: Answer) -> Answer:
        for intent in intents:
            if intent in _answers:
                raise ValueError(f"{intent} is answered twice")
            _answers[intent] = function
        return function

    return register


def answer_for(intent: str | None) -> Answer | None:
    """The function that answers this intent, None where the intent is none of ours."""
    return _answers.get(intent) if intent else None


def the_answer(name: str) -> Answer:
    """The function that answers `name`. Raises LookupError where no topic has registered one."""
    answer = answer_for(name)
    if answer is None:
        raise LookupError(f"no function answers {name}")
    return answer


# Intents that say nothing of their own about what was asked.
_EMPTY = frozenset(
    {"out_of_scope", "deny", "affirm", "stop", "inform", "correct", "choose_option", None}
    | {"nlu_fallback", "query_plan", "ask_plan_breach", "express_anger", "request_negotiation"}
    # Answers that only a situation or a follow-up leads to: they ask by_intent themselves.
    | {"withdraw_plan", "ask_less", "ask_longest", "ask_named_offer", "resume_choice"}
    | {"think_it_over", "ask_rest", "ask_waiver_amount", "tell_more_of_complaint"}
)


def by_intent(turn: Turn, desk: Desk, otherwise: str) -> Reply:
    """The intent's own answer, for a situation that turns out not to be one."""
    own = None if turn.intent in _EMPTY else answer_for(turn.intent)
    return own(turn, desk) if own is not None else Reply(otherwise)


def answered_intents() -> frozenset[str]:
    """All that is answered: intents, and the names that situations and follow-ups call."""
    return frozenset(_answers)
