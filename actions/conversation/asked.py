"""The clause of a message that asks, where the others only tell what happened.

"公司欠我两个月工资，这期还不上了，你们会不会马上起诉我" asks in its last clause only, and the wages
of the first one are no question for a frozen salary. The NLU names that clause and its own intent
(`asked_intent`); words of the story then neither choose the topic nor the side of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.conversation.turn import Turn
from actions.knowledge.clause_words import clause_words
from actions.knowledge.conduct import dialogue

# What may follow has one answer whatever the story is about. Elsewhere (days late, a death, a
# divorce) the story may be what decides which side is meant.
_WHATEVER_THE_STORY = frozenset({"ask_legal_risk", "ask_credit_impact"})
_GO_BEFORE_THE_STORY = _WHATEVER_THE_STORY | {"ask_credit_repair", "ask_overdue_consequences"}
# Questions for which a story may hide that they are asked at all.
_HIDDEN_BY_A_STORY = _WHATEVER_THE_STORY | {
    "ask_account_restricted",
    "ask_authenticity",
    "ask_auto_debit",
    "ask_collection",
    "ask_credit_repair",
    "ask_family_liability",
    "ask_full_recall",
    "ask_restore_access",
    "request_extension",
    "request_instalment",
    "request_proof",
    "request_waiver",
}
# Whoever tells of these has told what matters: a contact of somebody is no borrower.
_TOLD_OF_PEOPLE = frozenset(
    {"ask_authenticity", "ask_family_liability", "dispute_debt", "express_distress"}
    | {"report_fraud", "report_harassment"}
)
# A wish to pay later, and what being late leads to.
_LATER = "request_extension"
_LED_TO = _GO_BEFORE_THE_STORY | {"ask_account_restricted", "ask_collection", "ask_full_recall"}
# A whole message that is heard surely is left as it was heard, unless it is nothing but why
# somebody cannot pay.
_MERE_STORY = "state_hardship"
_HIDDEN_BY_A_HARDSHIP = frozenset({"ask_minimum_payment"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Half-open offsets of the clause, and the intent that it has by itself."""

    intent: str
    start: int
    end: int

    @classmethod
    def of(cls, turn: Turn) -> Asked | None:
        """None where the message is not a story with one question, or is read as other words."""
        found = turn.first("asked_intent")
        if found is None or turn.text != turn.said_now:
            return None
        return cls(found.value, found.start, found.end)

    @property
    def by_itself(self) -> bool:
        """Whether the story does not matter to which side of the topic is meant."""
        return self.intent in _WHATEVER_THE_STORY

    @property
    def goes_before_the_story(self) -> bool:
        """Whether it is answered though the story alone would call for another topic."""
        return self.intent in _GO_BEFORE_THE_STORY

    def touched_by(self, pattern: re.Pattern[str], text: str) -> bool:
        """Whether the pattern is found in the clause, or reaches into it."""
        found = pattern.finditer(text)
        return any(one.start() < self.end and one.end() > self.start for one in found)


def hidden_question(turn: Turn) -> str | None:
    """What is asked, where the whole message was heard as what is only told beside it."""
    if turn.text != turn.said_now:
        return None
    first, second = turn.questions()
    if second is not None:
        return _beside_a_supposition(first, second)
    asked = Asked.of(turn)
    if asked is None or asked.intent == turn.intent or turn.intent in _TOLD_OF_PEOPLE:
        return None
    if turn.intent == _MERE_STORY and asked.intent in _HIDDEN_BY_A_HARDSHIP:
        return asked.intent
    mere_story = turn.intent == _MERE_STORY and asked.intent in _LED_TO
    if turn.confidence >= dialogue().sure_of_the_whole and not mere_story:
        return None
    return asked.intent if asked.intent in _HIDDEN_BY_A_STORY else None


def _beside_a_supposition(first: Turn, second: Turn) -> str | None:
    """ "26号我可能晚一天，会上征信吗": no wish to pay later, only when that would be."""
    for told, asked in ((first, second), (second, first)):
        supposed = told.intent == _LATER and not clause_words().asks.search(told.text)
        if supposed and asked.intent in _LED_TO:
            return asked.intent
    return None
