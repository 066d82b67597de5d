"""One or two questions of a message, each answered by its own words and kept for follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.conversation import memory
from actions.conversation.arranged import as_arranged
from actions.conversation.beside import wish_beside
from actions.conversation.desk import Desk
from actions.conversation.evidence import only_guessed, only_guessed_beside
from actions.conversation.further import (
    answered_alone,
    beside_a_hardship,
    first_place,
    further_questions,
    in_plain_words,
    place_of,
    topic_told,
)
from actions.conversation.gone_by import with_a_day_gone_by
from actions.conversation.led_to import FollowUp
from actions.conversation.registry import Answer, answer_for
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.conversation.two_questions import (
    TAKES_ALL,
    asked_before,
    leaning_second,
    questions_of,
)
from actions.knowledge.conduct import dialogue
from actions.negotiation.beyond_the_form import meant_beyond_the_form
from nlu.safety.sureness import SURE_OF_DISTRESS

NOT_UNDERSTOOD = "nlu_fallback"
DISTRESS = "express_distress"
HARDSHIP_BESIDE = "hardship.beside"
HARDSHIP_GENERAL = "hardship.general"
_ELSEWHERE = "out_of_scope"
_NOTE = "note."


def answer_each(turn: Turn, desk: Desk, answer: Answer) -> Iterator[Reply]:
    """Each question by its own words; what opens a form comes last, as its question ends all."""
    told = list(_told_apart(turn, desk, answer))
    further = list(_further(turn, told, desk))
    unheard = further and told[0].reply.trouble
    replies = [one.reply for one in _in_order(turn, [] if unheard else told, further)]
    most = dialogue().most_answers
    if len(replies) >= most:  # it is told as why the others are asked
        replies = [one for one in replies if one.key != HARDSHIP_GENERAL]
    ordered = sorted(replies[:most], key=lambda reply: reply.form is Form.START)
    yield from _each_thing_once(ordered)


def _each_thing_once(replies: list[Reply]) -> Iterator[Reply]:
    """A note before two answers is said before the first; `beside`: what the others are about."""
    said: list[tuple[str, object]] = []
    for reply in replies:
        others = {one.key.partition(".")[0] for one in replies if one is not reply}
        told = reply.changed(values={**reply.values, "beside": others}) if others else reply
        note = (reply.lead or "", reply.values.get("missing"))
        again = note in said and (reply.lead or "").startswith(_NOTE)
        said.append(note)
        yield told.changed(lead=None) if again else told


def _in_order(turn: Turn, told: list[_Told], further: list[_Told]) -> list[_Told]:
    """What was told, and before it the further answers whose clause stands before its own."""
    place = first_place(turn, [one.question for one in further])
    if not told or told[0].reply.lead == HARDSHIP_BESIDE:  # the kind word stands first
        place = 0
    ahead = [one for one in further if place_of(one.question) < place]
    return [*ahead, *told, *(one for one in further if one not in ahead)]


@dataclass(frozen=True, slots=True)
class _Told:
    """A reply with the question that it answers, and by which function (None: beside it)."""

    reply: Reply
    question: Turn
    answer: Answer | None = None


def _told_apart(turn: Turn, desk: Desk, answer: Answer) -> Iterator[_Told]:
    """One or two questions as the classifier told them apart, in the order they were asked."""
    at_risk = turn.intent == DISTRESS  # nothing of the debt is said beside it
    sure = at_risk and turn.confidence >= SURE_OF_DISTRESS
    whole = None if sure else desk.meaning(turn)  # danger by its words was heard before
    wish = wish_beside(turn, desk) if whole is None and not at_risk else None
    if wish is not None and wish.alone:
        yield _Told(wish.reply, turn)
        return
    first, second = (turn, None) if at_risk else questions_of(turn, desk, whole)
    if second is not None and whole is None and only_guessed_beside(first):
        # "我在陪床，回不了消息，能等我出院吗": one question, told in a story
        first, second = second, None
        whole, answer = desk.meaning(first), answer_for(first.intent) or answer
    second = in_plain_words(second) if second is not None else None
    if second is not None and (story := beside_a_hardship(first, second)) is not None:
        whole, answer = desk.meaning(story) or whole, answer_for(story.intent) or answer
        only = _first(story, whole, answer, desk)
        yield _Told(_with_a_kind_word(only.answered(desk)), only.question, only.answer)
        return
    asked = _first(first, whole, answer, desk)
    if whole is not None and second is not None:  # one of them says nothing of the other
        asked = _first(first, desk.meaning(first), answer, desk)
    other = _other(asked, second, whole, desk) if second is not None else None
    if second is not None and asked.answers_all_of(second):
        asked = replace(asked, question=replace(turn, intent=asked.question.intent))
    reply = asked.answered(desk)
    one = _Told(reply, asked.question, asked.answer)
    leaning = leaning_second(turn, reply, desk) if _asks_more(turn, other, reply) else None
    if leaning is not None:
        yield from _both(one, _Told(answer_leaning(leaning, desk), leaning.turn))
        return
    if other is None:
        yield one
        if wish is not None and reply.form is Form.RESUME:
            yield _Told(wish.reply, turn)
        return
    told = other.answered(desk)
    if told.key == reply.key and told.form is reply.form:  # both clauses call for the same words
        yield one
        return
    two = _Told(told, other.question, other.answer)
    turned = reply.form is Form.START or asked_before(other.question, asked.question)
    yield from (two, one) if turned and told.form is not Form.START else (one, two)


def _with_a_kind_word(reply: Reply) -> Reply:
    """The answer to what is asked beside a hardship."""
    if reply.lead is not None or reply.form is Form.START:
        return reply
    return reply.changed(lead=HARDSHIP_BESIDE)


def _further(turn: Turn, told: list[_Told], desk: Desk) -> Iterator[_Told]:
    """Answers to what the clauses ask plainly beside what was told."""
    if turn.intent == DISTRESS or any(answered_alone(one.reply.key) for one in told):
        return
    if any(one.reply.form is Form.LEAVE for one in told):
        return
    answered = [one for one in told if one.answer is not None]
    topics = {topic_told(one.reply) for one in told}
    for question in further_questions(turn, [one.question for one in answered]):
        meaning = desk.meaning(question)
        asked = _of_topic(question, desk, meaning)
        by = answer_for(meaning) or answer_for(asked.intent)
        if by is None or meaning in TAKES_ALL or any(one.answer is by for one in answered):
            continue
        reply = _Asked(asked, meaning, by).answered(desk)
        if reply.trouble or topic_told(reply) in topics:
            continue
        answered.append(_Told(reply, asked, by))
        topics.add(topic_told(reply))
        yield answered[-1]


def _asks_more(turn: Turn, other: _Asked | None, reply: Reply) -> bool:
    """Whether a last clause may ask further of the answer: nothing else was heard in it."""
    started = reply.form in (Form.START, Form.LEAVE)
    return other is None and not started and not turn.active_form and turn.intent != DISTRESS


def _both(first: _Told, second: _Told) -> Iterator[_Told]:
    """The two answers, or the first alone where the second says the same."""
    yield first
    if second.reply.key != first.reply.key and second.reply.form is not Form.START:
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
        told = with_a_day_gone_by(told, self.question)
        return remembered(told, name, self.question, desk)

    def answers_all_of(self, other: Turn) -> bool:
        """Whether one function answers both, of two intents: "为什么冻结，多久能用"."""
        return self.question.intent != other.intent and answer_for(other.intent) is self.answer


def _first(question: Turn, meaning: str | None, answer: Answer, desk: Desk) -> _Asked:
    """`answer` is the intent's own, for words that mean nothing else."""
    meaning = meaning or meant_beyond_the_form(question, desk)
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
    told = with_a_day_gone_by(told, meant.turn)
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
