"""The data behind follow-ups (`data/wording/follow_ups/`), checked strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pydantic import BaseModel, Field, root_validator

from actions.conversation.last_question import Group
from actions.knowledge.words import Regex, Words
from actions.knowledge.yaml_files import Entry, joined, read_checked, read_folder


class Stage(str, Enum):
    """What an open form is after; each stage is a topic of its own."""

    ASKING = "asking"
    CHOOSING = "choosing"
    CONFIRMING = "confirming"


class Shape(Entry):
    """Words of a follow-up; `otherwise` is the form that it counts as where a topic lacks it.

    `needs_particle`: only with a word that leans on something ("那征信呢"), never alone ("征信").
    """

    asks: Regex
    otherwise: str | None = None
    needs_particle: bool = False


class Step(Entry):
    """What a follow-up leads to: an answering function, or a reply, or the same question again.

    `question` says in full what is meant, for functions that look at the words. `intent`, where
    the function has to take it for another than its own name says. `stranger`: the answering
    function for whoever is not signed in. `otherwise`: the answering function where no payment
    was supposed that `answer` could be about. `takes`: values of the message that take the place of
    those of the last question. `whole`: everything that is owed is meant, whichever
    product was spoken of last.
    """

    answer: str | None = None
    reply: str | None = None
    again: bool = False
    question: str = ""
    intent: str | None = None
    for_borrowers: bool = False
    stranger: str | None = None
    otherwise: str | None = None
    takes: frozenset[Group] = frozenset()
    whole: bool = False

    @root_validator
    def leads_somewhere(cls, values: dict[str, object]) -> dict[str, object]:  # noqa: N805
        if values.get("answer") and values.get("reply"):
            raise ValueError("a step has an answer or a reply")
        if not (values.get("answer") or values.get("reply") or values.get("again")):
            raise ValueError("a step needs an answer, a reply, or again")
        return values


class Topic(Entry):
    """What was spoken of: the answers that belong to it, and where follow-ups lead from there.

    `replies` are keys, or beginnings of keys up to a dot, whose answers belong to it where their
    function is in no topic; `no_replies` among them leave what was spoken of as it is.

    `form_speaks`: while the form is open its stages speak for this topic. `said` are replies that
    open it whatever was asked. `new_values` go before `values` where the last question named none
    of that kind. `keeps` are topics whose questions leave this one as what is spoken of (what the
    family asks after a death). `carries`: a sum or days that were named hold for the next question.
    `goes_before` are topics that this one is leant on before (a visitor's own debt, before the
    rule). `case`: a sum and days said together, nothing else ("3000块 8天了"). `sum_on_day`: a day
    whose sum is asked for ("28号要多少", "要是拖到12月2号呢"), where it is the borrower's own debt.
    `part`: the answering function of a sum that is to be paid ("先还500呢"), in its own words.
    """

    of: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    replies: frozenset[str] = frozenset()
    no_replies: frozenset[str] = frozenset()
    sides: dict[str, Step] = Field(default_factory=dict)
    values: dict[Group, Step] = Field(default_factory=dict)
    new_values: dict[Group, Step] = Field(default_factory=dict)
    case: Step | None = None
    sum_on_day: Step | None = None
    part: str | None = None
    form_speaks: bool = False
    keeps: frozenset[str] = frozenset()
    goes_before: frozenset[str] = frozenset()
    carries: bool = False


class Act(Entry):
    """Something that answers tell people to do, or that they ask how to do.

    `replies` are about it (keys, or beginnings of keys up to a dot), `named` is how an answer names
    it, `called` the word of a short message for it, also after any answer of `topics`; `alone`,
    where nobody spoke of it and nothing else was heard. `sides` lead on by kind.
    """

    replies: frozenset[str] = frozenset()
    named: Regex
    called: Regex
    topics: frozenset[str] = frozenset()
    alone: Regex | None = None
    sides: dict[str, Step]


class Kind(Entry):
    """What is asked of an act; `called`: only where the message has the act's own word."""

    asks: Regex
    called: bool = False


class Around(Entry):
    """The content of `around.yml`: words that a follow-up may have around it, and the like."""

    opening: Regex
    closing: Regex
    around_values: Regex
    wishes: Regex
    asks_leave: Regex
    leans: Regex
    asks_of: Regex
    denied: Regex
    changes: Regex
    sum_on_day: Regex
    of_a_month: Regex
    that_day: Regex
    pays: Regex
    further: Regex
    hollow: Regex
    any_act: Regex
    not_at_the_end: Regex
    whether: str
    spoken_days: dict[str, str]


class FormFile(BaseModel):
    """The content of `forms.yml`: the forms of short messages; the first that fits is taken."""

    __root__: dict[str, Shape]


class ActFile(BaseModel):
    """The content of a file of `acts/`."""

    __root__: dict[str, Act]


class KindFile(BaseModel):
    """The content of `kinds.yml`: what may be asked of an act; the first that fits is taken."""

    __root__: dict[str, Kind]


class TopicFile(BaseModel):
    """The content of a file of `topics/`."""

    __root__: dict[str, Topic]


@dataclass(frozen=True, slots=True)
class FollowUpData:
    """All of the folder `data/wording/follow_ups`."""

    around: Around
    forms: Mapping[str, Shape]
    topics: Mapping[str, Topic]
    kinds: Mapping[str, Kind]
    acts: Mapping[str, Act]

    @classmethod
    def load(cls, folder: Path, words: Words) -> FollowUpData:
        """Raises DataError with file, line and field; a topic or an act is in one file only."""
        read = words.spelled_out
        return cls(
            around=read_checked(folder / "around.yml", Around, read),
            forms=read_checked(folder / "forms.yml", FormFile, read).__root__,
            topics=joined(read_folder(folder / "topics", TopicFile, read)),
            kinds=read_checked(folder / "kinds.yml", KindFile, read).__root__,
            acts=joined(read_folder(folder / "acts", ActFile, read)),
        )
