"""One or two questions of a message, each answered by its own words and kept for follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.conversation import memory
from actions.conversation.arranged import as_arranged
from actions.conversation.beside import wish_beside
from actions.conversation.desk import Desk
from actions.conversation.evidence import only_guessed, only_guessed_beside
from actions.conversation.led_to import FollowUp
from actions.conversation.registry import Answer, answer_for
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.conversation.two_questions import asked_before, leaning_second, questions_of
from nlu.safety.sureness import SURE_OF_DISTRESS

NOT_UNDERSTOOD = "nlu_fallback"
DISTRESS = "express_distress"
_ELSEWHERE = "out_of_scope"


def answer_each(turn: Turn, desk: Desk, answer: Answer) -> Iterator[Reply]:
    """One or two questions, each by its own words, in the order in which they were asked."""
    at_risk = turn.intent == DISTRESS  # nothing of the debt is said beside it
    sure = at_risk and turn.confidence >= SURE_OF_DISTRESS
    whole = None if sure else desk.meaning(turn)  # danger by its words was heard before
    wish = wish_beside(turn, desk) if whole is None and not at_risk else None
    if wish is not None and wish.alone:
        yield wish.reply
        return
    first, second = (turn, None) if at_risk else questions_of(turn, desk, whole)
    if second is not None and whole is None and only_guessed_beside(first):
        # "我在陪床，回不了消息，能等我出院吗": one question, told in a story
        first, second = second, None
        whole, answer = desk.meaning(first), answer_for(first.intent) or answer
    asked = _first(first, whole, answer, desk)
    if whole is not None and second is not None:  # one of them says nothing of the other
        asked = _first(first, desk.meaning(first), answer, desk)
    other = _other(asked, second, whole, desk) if second is not None else None
    if second is not None and asked.answers_all_of(second):
        asked = replace(asked, question=replace(turn, intent=asked.question.intent))
    reply = asked.answered(desk)
    leaning = leaning_second(turn, reply, desk) if _asks_more(turn, other, reply) else None
    if leaning is not None:
        yield from _both(reply, answer_leaning(leaning, desk))
        return
    if other is None:
        yield reply
        if wish is not None and reply.form is Form.RESUME:
            yield wish.reply
        return
    # What opens a form comes last, so that its question ends the exchange.
    told = other.answered(desk)
    if told.key == reply.key and told.form is reply.form:  # both clauses call for the same words
        yield reply
        return
    turned = reply.form is Form.START or asked_before(other.question, asked.question)
    yield from (told, reply) if turned and told.form is not Form.START else (reply, told)


def _asks_more(turn: Turn, other: _Asked | None, reply: Reply) -> bool:
    """Whether a last clause may ask further of the answer: nothing else was heard in it."""
    started = reply.form in (Form.START, Form.LEAVE)
    return other is None and not started and not turn.active_form and turn.intent != DISTRESS


def _both(first: Reply, second: Reply) -> Iterator[Reply]:
    """The two answers, or the first alone where the second says the same."""
    yield first
    if second.key != first.key and second.form is not Form.START:
        yield second


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, what its words mean where the talk stands (if anything), and who answers it."""

    question: Turn
    meaning: str | None
    answer: Answer

    def answered(self, desk: Desk) -> Reply:
        """The answer, and the question kept for follow-ups."""
        names = (self.meaning, self.question.intent)
        name = next((name for name in names if answer_for(name) is self.answer), None)
        told = as_arranged(self.answer(self.question, desk), self.question, desk)
        return remembered(told, name, self.question, desk)

    def answers_all_of(self, other: Turn) -> bool:
        """Whether one function answers both, of two intents: "为什么冻结，多久能用"."""
        return self.question.intent != other.intent and answer_for(other.intent) is self.answer


def _first(question: Turn, meaning: str | None, answer: Answer, desk: Desk) -> _Asked:
    """`answer` is the intent's own, for words that mean nothing else."""
    if meaning is None and (_hollow(question, desk) or only_guessed(question, desk)):
        answer = answer_for(NOT_UNDERSTOOD) or answer
    return _Asked(_of_topic(question, desk, meaning), meaning, answer_for(meaning) or answer)


def _hollow(question: Turn, desk: Desk) -> bool:
    """Sent elsewhere, though no word of it is about anything else."""
    return question.intent == _ELSEWHERE and desk.follow_ups.is_hollow(question.text)


def _other(first: _Asked, question: Turn, whole: str | None, desk: Desk) -> _Asked | None:
    """The second question; None where the answer to the first is its answer too.

    What the whole message means is answered here where only these words mean it.
    """
    meaning = desk.meaning(question)
    if meaning is None and only_guessed_beside(question):
        return None
    question = _of_topic(question, desk, meaning)
    meant = answer_for(whole) if whole == meaning else None
    own = meant or answer_for(question.intent)
    same = own is first.answer and (meant or question.intent != first.question.intent)
    return None if own is None or same else _Asked(question, meaning, own)


def _of_topic(turn: Turn, desk: Desk, meaning: str | None) -> Turn:
    """The turn as a question of the topic its words mean: its side is one of that topic's."""
    return replace(turn, intent=meaning) if meaning in desk.focus.sides else turn


def answer_leaning(meant: FollowUp, desk: Desk) -> Reply:
    """The answer to what a leaning message stands for."""
    answer = answer_for(meant.answer)
    if answer is None:
        return Reply(meant.reply or "", act=meant.act)
    told = as_arranged(answer(meant.turn, desk), meant.turn, desk).changed(act=meant.act)
    return told if meant.aside else remembered(told, meant.answer, meant.turn, desk)


def remembered(reply: Reply, answer: str | None, asked: Turn, desk: Desk) -> Reply:
    """The reply with its question kept for follow-ups; an open form is leant on by its stage."""
    if answer == "ask_rest" and reply.supposes is not None:
        answer = "ask_left"  # of a payment, and no longer of what is due
    if answer == "ask_repay_priority" and reply.supposes is not None:
        answer = "ask_partial_payment"  # "先还一千七吧": its effect was told
    kept = desk.follow_ups.remembered(answer, asked, reply.key) if answer else None
    if kept is None or reply.form is Form.START:
        return reply
    return reply.changed(slots={**reply.slots, memory.LAST_QUESTION: kept.slot()})
