"""Reply → Message: picks the variant, prints it, adds notes, buttons and card, and guards it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.conversation.reply import Button, Reply
from actions.conversation.turn import Turn
from actions.knowledge.facts import Confidence, Fact, FactBase
from actions.renderer.asked_again import asks, asks_the_same, only_adds_a_value
from actions.renderer.guard import Audience, Guard
from actions.renderer.provenance import Provenance
from actions.renderer.wording import Wording, WordingBook

SOURCE_NOTE = "note.source"
AGAIN = "note.again"
SAME = "note.same"
FURTHER = "note.further"
IN_SHORT = "note.in_short"
ASK_BACK = "note.ask_back"
THIS_TOO = "note.this_too"
ASK_OTHERWISE = "note.ask_otherwise"
SAME_SUM = "note.same_sum"
OF_A_TOLD_DEBT = "own_case."  # figures of what a visitor told: the sum is the answer
_LONG = 80  # characters, more than is worth reading twice
_FULL_STOPS = ("。", "！", "？")
# `penalty.general.more` tells at length what `penalty.general` tells in short.
MORE = ".more"
GENERAL = ".general"
# A law or rule, and the articles of it that a fact rests on (or a remark in brackets).
_LAW = re.compile(r"(《[^》]+》(?:（\d{4}年?）)?)(第.*)?")
_SOURCES_SHOWN = 2
_TRUST = tuple(Confidence)
# 信用购 works as 花呗 does, 信用贷 as 借呗.
_FAMILIES = {"xinyonggou": "huabei", "xinyongdai": "jiebei"}


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, the facts it rests on, and where more of it is told."""

    text: str
    buttons: tuple[Mapping[str, str], ...]
    card: Mapping[str, Any] | None
    facts: tuple[str, ...]
    more: str | None = None  # the reply that tells it at length


@dataclass(frozen=True, slots=True)
class About:
    """Called by templates as `about("huabei")`: whether the answer should speak of a product.

    It should of those that the question named, and of all when it named none. A reply may bring an
    `about` of its own: those that the borrower has.
    """

    named: frozenset[str]

    def __call__(self, product: str) -> bool:
        meant = {_FAMILIES.get(name, name) for name in self.named}
        return not meant or product in meant


class Renderer:
    """Stateless; one per process."""

    def __init__(self, wording: WordingBook, facts: FactBase, guard: Guard) -> None:
        self._wording = wording
        self._facts = facts
        self._guard = guard

    @property
    def wording(self) -> WordingBook:
        return self._wording

    def with_replies(self, replies: Mapping[str, Wording]) -> Renderer:
        """The same renderer with further replies."""
        return Renderer(self._wording.extended(replies, self._facts), self._facts, self._guard)

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Words for codes, by group, for cards."""
        return self._wording.labels

    def render(self, reply: Reply, turn: Turn, before: str | None = None) -> Message:
        """Raises GuardRefused, UnprintedFigure.

        `before` is the text sent last, so that no sentence comes twice in a row.
        """
        last = turn.last_bot_text if before is None else before
        provenance = Provenance()
        used: list[str] = []
        context = {
            **reply.values,
            "provenance": provenance,
            "used_facts": used,
            "today": turn.today,
            "now": turn.now,
            "known": turn.known,
            "typed_sign_in": turn.in_shell,
            "sign_in_by_link": not (turn.on_web or turn.in_shell),
            "about": reply.values.get("about") or About(frozenset(turn.values("product"))),
        }
        text = self._fresh_text(reply, context, turn, last)
        used += [one for one in self._wording.replies[reply.key].facts if one not in used]
        buttons = self._buttons(reply, turn)
        audience = Audience.BORROWER if turn.known else Audience.ANYONE
        self._guard.check(text, [button["title"] for button in buttons], provenance, audience)
        card = reply.card if _shows(turn, reply.card) else None
        return Message(text, buttons, card, tuple(used) or reply.keep_facts, self._more(reply))

    def _more(self, reply: Reply) -> str | None:
        """The longer telling of an answer, or of its topic; figures of one's own go before both."""
        if reply.details is not None or reply.key.endswith(MORE):
            return None
        topic = reply.key.partition(".")[0]
        longer = (f"{reply.key}{MORE}", f"{topic}{GENERAL}{MORE}")
        return next((key for key in longer if key in self._wording.replies), None)

    def _fresh_text(self, reply: Reply, context: Mapping[str, Any], turn: Turn, last: str) -> str:
        """Never the same words twice in a row: a variant, or the sentence that matters once more.

        The same question asked once more is told further or in one sentence; a value that changes
        nothing about the answer ("我逾期3天") gets its first sentence. A question of its own gets
        the whole answer, and is told that it may have meant something else.
        """
        start = turn.turns
        total = self._wording.variants(reply.key)
        for step in range(total):
            keys = [(reply.lead, 0), (reply.key, (start + step) % total), (reply.coda, 0)]
            parts = [self._wording.print(key, number, context) for key, number in keys if key]
            text = self._with_note(reply.key, "\n".join(parts), context)
            if text != last:
                return text
        sentence = text.partition("\n")[0]
        same = asks_the_same(turn)
        if not same and only_adds_a_value(turn) and _ends_before(sentence, text):
            return f"{self._note(SAME, context)}{sentence}"
        urgent = self._wording.replies[reply.key].closes_form  # a death, a fraud: all of it again
        long = len(text) > _LONG and not urgent
        if same and long and (otherwise := self._said_otherwise(reply, context, sentence, last)):
            return otherwise
        if not same and asks(turn):
            if reply.details is not None or reply.key.startswith(OF_A_TOLD_DEBT):
                return f"{self._note(SAME_SUM, context)}{text}"
            closing = f"\n{self._note(ASK_OTHERWISE, context)}" if long else ""
            return f"{self._note(THIS_TOO, context)}{text}{closing}"
        opening = self._wording.print(AGAIN, start % self._wording.variants(AGAIN), context)
        return f"{opening}{text}"

    def _note(self, key: str, context: Mapping[str, Any]) -> str:
        return self._wording.print(key, 0, context)

    def _said_otherwise(
        self, reply: Reply, context: Mapping[str, Any], sentence: str, last: str
    ) -> str | None:
        """A long answer asked for once more: what was not told yet, else its first sentence."""
        longer = f"{reply.key}{MORE}"
        if longer in self._wording.replies and reply.details is None:
            told = self._with_note(longer, self._note(longer, context), context)
            if told not in last:
                return f"{self._note(FURTHER, context)}{told}"
        if not sentence.endswith(_FULL_STOPS):
            return None
        short = f"{self._note(IN_SHORT, context)}{sentence}"
        return short + self._note(ASK_BACK, context) if short not in last else None

    def _with_note(self, key: str, text: str, context: Mapping[str, Any]) -> str:
        wording, quoted = self._wording.replies[key], context["used_facts"]
        facts = self._facts.find(dict.fromkeys((*quoted, *wording.facts)))
        if not facts or not wording.sourced:
            return text
        # What the answer quotes goes before what merely stands behind it.
        sources = _sources_in_short(sorted(facts, key=lambda fact: _trust(fact, quoted)))
        note = self._wording.print(
            SOURCE_NOTE,
            0,
            {
                **context,
                "sources": sources[:_SOURCES_SHOWN],
                "more": len(sources) > _SOURCES_SHOWN,
                "typical": any(fact.confidence.typical for fact in facts),
            },
        )
        return f"{text}\n{note}"

    def _buttons(self, reply: Reply, turn: Turn) -> tuple[Mapping[str, str], ...]:
        asked = self._wording.replies[reply.key].buttons if reply.buttons is None else reply.buttons
        left_out = {"sign_in"} if turn.known else set()
        left_out |= set() if self._more(reply) else {"more"}
        shown = [self._button(item) for item in asked if item not in left_out]
        return tuple(
            {"title": button.title, "payload": button.payload}
            | ({"style": button.style} if button.style else {})
            for button in shown
        )

    def _button(self, item: str | Button) -> Button:
        if isinstance(item, Button):
            return item
        standing = self._wording.buttons[item]
        return Button(standing.title, standing.payload, standing.style)


def _ends_before(sentence: str, text: str) -> bool:
    return sentence.endswith(_FULL_STOPS) and sentence != text


def _trust(fact: Fact, quoted: Collection[str]) -> tuple[bool, int]:
    return fact.id not in quoted, _TRUST.index(fact.confidence)


def _sources_in_short(facts: Iterable[Fact]) -> list[str]:
    """Each source once, articles of one law together. Laws are named in full; remarks on the others
    are for "依据是什么"."""
    named = (source.strip() for fact in facts for source in fact.source.split("；"))
    articles: dict[str, dict[str, None]] = {}
    for source in named:
        law = _LAW.match(source)
        title, rest = law.groups("") if law else (source.partition("（")[0], "")
        articles.setdefault(title, {}).update(dict.fromkeys(rest.split("、")))
    return [title + "、".join(filter(None, found)) for title, found in articles.items()]


def _shows(turn: Turn, card: Mapping[str, Any] | None) -> bool:
    """The page shows every card; a service channel makes a link of the one to sign in with."""
    asks_to_sign_in = card is not None and card.get("type") == "sign_in"
    return turn.on_web or (asks_to_sign_in and not turn.in_shell)
