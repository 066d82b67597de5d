"""Questions of a message that the classifier has not told apart, by the words of their clause.

"真的吗，怎么申请，要不要花钱" asks more than two things, and a situation that takes the whole
message leaves what else it asks unheard. A clause that asks something plain by its own words
(`data/wording/further_questions.yml`) is a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.conversation.two_questions import clauses
from actions.knowledge.clause_words import clause_words
from actions.knowledge.further_words import further_words

_HARDSHIP = "state_hardship"


def further_questions(turn: Turn, answered: Sequence[Turn]) -> Iterator[Turn]:
    """The clauses with a plain question of their own; none where only one clause asks.

    What was `answered` is asked no more. Each keeps its own words only (blanks before them, so
    that offsets stay true).
    """
    if turn.active_form or turn.text != turn.said_now or turn.text.startswith("/"):
        return
    asking = [span for span in clauses(turn.text) if _asks(turn.text, *span)]
    if len(asking) < 2:
        return
    for question in _plain(turn, asking):
        if not any(_asks_the_same(one, question) for one in answered):
            yield question


def place_of(question: Turn) -> int:
    """Where the words of a question begin (blanks for the rest)."""
    return len(question.text) - len(question.text.lstrip())


def first_place(turn: Turn, others: Sequence[Turn]) -> int:
    """Where the first clause that asks stands whose question is none of `others`."""
    taken = {place_of(one) for one in others}
    asking = (start for start, end in clauses(turn.text) if _asks(turn.text, start, end))
    return next((start for start in asking if start not in taken), 0)


def _asks_the_same(one: Turn, question: Turn) -> bool:
    """Whether the words of a question that was answered are those of the clause, or around it."""
    said, clause = one.text.strip(), question.text.strip()
    return said in clause or (one.text.startswith(" ") and clause in said)


def in_plain_words(question: Turn) -> Turn:
    """A clause that was heard as a hardship, as what its own words ask: "能先不算利息吗"."""
    if question.intent != _HARDSHIP:
        return question
    intent = further_words().intent_of(question.text.strip(), question.text)
    return replace(question, intent=intent or _HARDSHIP)


def beside_a_hardship(first: Turn, second: Turn) -> Turn | None:
    """The one of two that asks, where the other only tells why somebody cannot pay."""
    for told, asked in ((first, second), (second, first)):
        if told.intent == _HARDSHIP and not clause_words().asks.search(told.text):
            return None if asked.intent == _HARDSHIP else asked
    return None


def answered_alone(key: str) -> bool:
    """Whether the reply takes up all that was said, so that nothing is added to it."""
    return bool(further_words().alone.search(key))


def topic_told(reply: Reply) -> str:
    """What a reply is about: nothing more is said of it beside it. The form is one topic."""
    if reply.form is Form.START:
        return Form.START.value
    topic = reply.key.partition(".")[0]
    return reply.key if further_words().many_sided.search(topic) else topic


def _asks(text: str, start: int, end: int) -> bool:
    clause = _words(text, start, end)
    plain = further_words().intent_of(clause, text) is not None
    words = clause_words()
    return plain or bool(words.asks.search(clause) and not words.leads_in.search(clause))


def _plain(turn: Turn, spans: list[tuple[int, int]]) -> Iterator[Turn]:
    for start, end in spans:
        intent = further_words().intent_of(_words(turn.text, start, end), turn.text)
        if intent is not None:
            text = " " * start + turn.text[start:end]
            yield replace(turn, text=text, intent=intent)


def _words(text: str, start: int, end: int) -> str:
    """The clause without the mark that ends it, but for a question mark."""
    return text[start:end].rstrip("，,。；;！! ")
