"""Short messages that lean on what was said before: "那借呗呢", "为什么", "那剩下的呢".

The classifier sees one message; what these mean is in the messages before it. Their forms, and
what each asks of which topic, are data (`data/wording/follow_ups/`). A message is a follow-up
only as a whole: words that say something of their own leave it to the classifier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from actions.conversation import memory
from actions.conversation.acts import Acts, Asked
from actions.conversation.follow_up_file import FollowUpData, Stage, Step, Topic
from actions.conversation.forms import Forms
from actions.conversation.last_question import (
    Group,
    LastQuestion,
    groups_in,
    with_the_case_before,
)
from actions.conversation.led_to import FollowUp, led
from actions.conversation.own_case import CASE, OwnCase
from actions.conversation.spoken_days import with_spoken_days
from actions.conversation.spoken_topics import SpokenTopics
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn
from actions.knowledge.words import Words

ANYTHING = "anything"
_PERSON = "request_human"  # has a button of its own
_A_CASE = frozenset({Group.AMOUNT, Group.DAY})
_BOTH = "both"  # "一起呢" is about every product, whichever was named before
WISH = "wish"  # what an open form is about
ALWAYS = "always"  # before anything was spoken of

# They name a whole clause, which is no value.
_CLAUSES = frozenset({"asked_intent", "second_intent"})


class FollowUps:
    """Reads what a short message means by what was spoken of last."""

    def __init__(self, data: FollowUpData) -> None:
        self._forms = Forms(data.forms, data.around)
        self.topics = SpokenTopics(data.topics)
        self._around = data.around
        self.acts = Acts(data.acts, data.kinds, data.around)

    @classmethod
    def load(cls, folder: Path, words: Words) -> FollowUps:
        """From `data/wording/follow_ups`. Raises DataError with file, line and field."""
        return cls(FollowUpData.load(folder, words))

    @property
    def form_names(self) -> frozenset[str]:
        return self._forms.names

    def read(self, turn: Turn) -> FollowUp | None:
        """What the message means, or None where it does not lean on anything said before."""
        if turn.text.startswith("/"):  # a button says what it means
            return None
        turn, last = self._without_the_denied(turn), LastQuestion.of(turn)
        near = list(self._contexts(turn, last)) or [self.topics[ALWAYS]]
        spoken = {self.topics.name_of(last), WISH if turn.active_form else ""}
        if (asked := self.acts.read(turn, spoken)) is not None:
            return _of_an_act(asked, turn, last)
        turn = with_spoken_days(turn, self._around)
        leaning = self._side(turn, last, near) or self._value(turn, last, near)
        if leaning is None and (asked := self.acts.read_alone(turn)) is not None:
            return _of_an_act(asked, turn, last)
        return leaning

    def with_days(self, turn: Turn) -> Turn:
        """The turn with the day that "下礼拜" and the like stand for."""
        return with_spoken_days(turn, self._around)

    def _without_the_denied(self, turn: Turn) -> Turn:
        """ "不是五百 八百": the second alone, where the first is denied."""
        denied = self._around.denied
        amounts = [one for one in turn.entities if one.kind == Group.AMOUNT.value]
        if len(amounts) < 2 or not denied.search(turn.text[: amounts[0].start]):
            return turn
        return replace(turn, entities=tuple(one for one in turn.entities if one != amounts[0]))

    def read_second(self, turn: Turn) -> FollowUp | None:
        """What a last clause asks of the answer before it: of its act, or a side of its topic."""
        last = LastQuestion.of(turn)
        if (asked := self.acts.read(turn, {self.topics.name_of(last)})) is not None:
            return _of_an_act(asked, turn, last)
        topic = self.topics.of(last)
        form = self._forms.of(turn.text) if topic else None
        if topic is None or form is None or self._forms.says_little(form):
            return None
        steps = (topic.sides.get(side) for side in self._forms.counting_as(form))
        step = next((one for one in steps if one and not one.again), None)
        if step is None or (step.for_borrowers and not turn.known):
            return None
        return led(step, turn, last, groups=())

    def is_hollow(self, text: str) -> bool:
        """Whether the words say nothing of their own: no evidence of any subject."""
        return not self._around.hollow.sub("", text)

    def changes_a_value(self, turn: Turn) -> bool:
        """ "改成600", "算了还是后天": a value that takes the place of another."""
        return bool(groups_in(turn)) and bool(self._around.changes.search(turn.text))

    def remembered(self, answer: str, turn: Turn, reply: str = "") -> LastQuestion | None:
        """The question to keep; None for small talk, which leaves what was spoken of as it is."""
        name = self.topics.of_answer(answer)
        said = "" if name else self.topics.of_reply(reply)
        name = name or said
        if not name or (turn.active_form and self.topics[name].form_speaks):
            return None
        topic, last = self.topics[name], LastQuestion.of(turn)
        before = self.topics.of(last)
        if before is not None and name in before.keeps:
            return None
        if before is not None and last is not None and before.carries and topic.carries:
            turn = with_the_case_before(turn, last)
        return replace(LastQuestion.asked(answer, turn), topic=said)

    def suggestions(self, turn: Turn) -> tuple[str, ...]:
        """Questions that the topic last spoken of leads to, in full words."""
        near = list(self._contexts(turn, LastQuestion.of(turn)))
        asked = [
            step.question
            for one in near[:1]
            for step in one.sides.values()
            if step.question and step.answer != _PERSON and (turn.known or not step.for_borrowers)
        ]
        return tuple(dict.fromkeys(asked))

    def _puts_off(self, turn: Turn) -> bool:
        wishes = turn.wishes
        return (
            "extension_days" in wishes
            and bool(turn.active_form)
            and not self._around.asks_of.search(turn.text)
        )

    def _contexts(self, turn: Turn, last: LastQuestion | None) -> Iterator[Topic]:
        """What may be leant on, nearest first: a question in between, then the open form.

        The case that a visitor told goes before topics that would only tell the rule.
        """
        stage = _stage(turn)
        name = self.topics.name_of(last)
        topic = self.topics.of(last)
        case = self._case(turn)
        if case is not None and (topic is None or name in case.goes_before):
            yield case
        recent = last is not None and last.turn == turn.turns - 1
        if topic is not None and (stage is None or recent):
            yield topic
        if stage is not None:
            yield self.topics[stage.value]
        if case is not None and (name == WISH or self._complete(turn)):
            yield case

    def _case(self, turn: Turn) -> Topic | None:
        told = OwnCase.of(turn)
        return self.topics[CASE] if told and told.begun and not turn.active_form else None

    @staticmethod
    def _complete(turn: Turn) -> bool:
        told = OwnCase.of(turn)
        return told is not None and told.complete

    def _side(self, turn: Turn, last: LastQuestion | None, near: list[Topic]) -> FollowUp | None:
        form = self._forms.of(turn.text)
        if form is None:
            return None
        alone = near == [self.topics[ALWAYS]]
        for topics in (near, [] if alone else [self.topics[ANYTHING]]):
            for side, topic in product(self._forms.counting_as(form), topics):
                step = topic.sides.get(side)
                if step is not None and (turn.known or not step.for_borrowers):
                    if step.again and last is None and step.answer is None:
                        continue
                    dropped = step.again and (side == _BOTH or turn.entity("product"))
                    groups = {Group.PRODUCT} if dropped else set()
                    return led(step, turn, last, groups=groups | step.takes)
        return None

    def _value(self, turn: Turn, last: LastQuestion | None, near: list[Topic]) -> FollowUp | None:
        """Nothing but values of one kind: the last question with these in place of its own."""
        groups = groups_in(turn)
        if not groups or not self._nothing_else(turn):
            return None
        if not self._complete(turn):  # a debt without its days: values are heard as such
            near = [one for one in near if one is not self.topics[CASE]]
        if len(groups) != 1:
            return _case(turn, last, near)
        (group,) = groups
        if self._says_more(turn, last, group):
            return None
        if group is Group.AMOUNT and (part := self._part(turn, last, near)):
            return part
        for topic in (*near, self.topics[ANYTHING]):
            named = last is not None and last.has(group)
            step = self._sum_on_day(turn, last, topic) if group is Group.DAY else None
            step = step or (None if named else topic.new_values.get(group))
            step = step if step and (turn.known or not step.for_borrowers) else None
            step = step or topic.values.get(group)
            if step is None or (step.for_borrowers and not turn.known):
                continue
            if step.again and last is None:
                continue
            return led(step, turn, last, groups=groups)
        return None

    def _says_more(self, turn: Turn, last: LastQuestion | None, group: Group) -> bool:
        """Whether the value is a wish, an answer to the form, or changes what was never said."""
        if group is Group.PRODUCT and self._around.wishes.search(turn.text):
            return True  # "那借呗能晚吗" wishes for something of its own
        if group is Group.PRODUCT and turn.active_form and "extension_days" in turn.wishes:
            return True  # "借呗呢" beside what is to be put off: that one too
        if group is Group.DAY and self._around.asks_leave.search(turn.text):
            return True  # "能晚到2号吗" asks for that day, and not what it would cost
        if group is Group.DAY and turn.known and self._around.of_a_month.search(turn.text):
            return True  # "下个月一共要还多少" is about what falls due in that month
        if group is Group.AMOUNT and self._around.further.search(turn.text):
            return Supposed.of(turn) is not None  # "再还五百呢": beside what was supposed
        leans = group is Group.PRODUCT or self._around.leans.search(turn.text)
        if turn.active_form and not leans:
            return True  # "15号" is what the form asked for
        if group is Group.DAY and self._puts_off(turn):
            return True  # "那拖一个礼拜": another day for what is to be put off
        # "改成后天" changes a day that was said; this question had none
        return self.changes_a_value(turn) and not (last and last.has(group))

    def _part(self, turn: Turn, last: LastQuestion | None, near: list[Topic]) -> FollowUp | None:
        """ "先还500呢" after a rule was told: a payment, and no other sum to reckon that with."""
        answer = near[0].part if near else None
        if answer is None or not self._around.pays.search(turn.text):
            return None
        carried = (replace(one, start=0, end=0) for one in (last.products if last else ()))
        meant = replace(turn, intent=answer, entities=(*turn.entities, *carried))
        return FollowUp(meant, answer=answer)

    def _sum_on_day(self, turn: Turn, last: LastQuestion | None, topic: Topic) -> Step | None:
        """ "28号要多少": what that day costs the borrower; of a made-up sum it is the next case."""
        made_up = last is not None and last.has(Group.AMOUNT)
        asks = turn.entity("date") and self._around.sum_on_day.search(turn.text)
        return topic.sum_on_day if asks and not made_up else None

    def _nothing_else(self, turn: Turn) -> bool:
        text = turn.text
        values = {(one.start, one.end) for one in turn.entities if one.kind not in _CLAUSES}
        for start, end in sorted(values, reverse=True):
            text = text[:start] + text[end:]
        return not self._around.around_values.sub("", text)


def _of_an_act(asked: Asked, turn: Turn, last: LastQuestion | None) -> FollowUp:
    return replace(led(asked.step, turn, last, groups=()), act=asked.act)


def _case(turn: Turn, last: LastQuestion | None, near: list[Topic]) -> FollowUp | None:
    """A sum and its days ("3000块 8天了"), where what was spoken of is reckoned from both."""
    case = next((one.case for one in near if one.case), None)
    if case is None or turn.active_form or groups_in(turn) != _A_CASE:
        return None
    return led(case, turn, last, groups=_A_CASE)


def _stage(turn: Turn) -> Stage | None:
    if not turn.active_form:
        return None
    stages = {memory.CHOSEN: Stage.CHOOSING, memory.AGREEMENT: Stage.CONFIRMING}
    return stages.get(turn.requested_slot or "", Stage.ASKING)
