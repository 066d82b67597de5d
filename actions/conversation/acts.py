"""Things that our answers tell people to do, and short questions about doing them.

"可以投诉" names an act: "怎么投", "投了有用吗", "要多久" ask about it. An answer is about an act by
its key, or names it in its words; what each question of an act leads to is data
(`data/wording/follow_ups/acts/`), in kinds that all acts share (`kinds.yml`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions.conversation.follow_up_file import Act, Around, Kind, Step
from actions.conversation.memory import LAST_QUESTION
from actions.conversation.turn import Turn

ACT = "act"  # beside the last question, until another is answered
_CALLED = "{act}"  # where a kind has the act's own word
_ELSEWHERE = frozenset({"out_of_scope", "nlu_fallback"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about an act: its name, and where it leads."""

    act: str
    step: Step


class Acts:
    """Reads which act a short message asks about, and what of it."""

    def __init__(self, acts: Mapping[str, Act], kinds: Mapping[str, Kind], around: Around) -> None:
        self._acts, self._kinds, self._around = acts, kinds, around
        self._by_reply = {key: name for name, act in acts.items() for key in act.replies}
        self._pattern = lru_cache(maxsize=None)(self._compiled)

    @property
    def all(self) -> Mapping[str, Act]:
        return self._acts

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._kinds)

    def about(self, reply: str) -> str | None:
        """The act that a reply is about, by its key or the longest beginning of it."""
        while reply:
            if reply in self._by_reply:
                return self._by_reply[reply]
            reply = reply.rpartition(".")[0]
        return None

    def named_in(self, text: str) -> frozenset[str]:
        """The acts that an answer names."""
        return frozenset(name for name, act in self._acts.items() if act.named.search(text))

    def read(self, turn: Turn, topics: Collection[str] = ()) -> Asked | None:
        """The question about an act that was spoken of, None where the message asks none.

        `topics` are spoken of: their acts may be called by their word too.
        """
        about, bare = _spoken_of(turn), turn.text.strip()
        named = self.named_in(_said_last(turn))
        named |= {one for one, act in self._acts.items() if act.topics & set(topics)}
        words = {one: act.called for one, act in self._acts.items() if one == about or one in named}
        found = self._by_word(dict(sorted(words.items(), key=lambda one: one[0] != about)), bare)
        if about is not None and about in self._acts and not turn.active_form:
            found += self._sides(about, bare, self._around.any_act)
        return next((one for one in found if turn.known or not one.step.for_borrowers), None)

    def read_alone(self, turn: Turn) -> Asked | None:
        """The question about an act that nobody spoke of, where nothing else was heard in it."""
        if turn.intent not in _ELSEWHERE:
            return None
        words = {name: act.alone for name, act in self._acts.items() if act.alone is not None}
        found = self._by_word(words, turn.text.strip())
        return next((one for one in found if turn.known or not one.step.for_borrowers), None)

    def _by_word(self, words: Mapping[str, re.Pattern[str]], bare: str) -> list[Asked]:
        """Questions about acts that the message calls by these words of theirs."""
        return [
            one
            for name, word in words.items()
            if word.search(bare)
            for one in self._sides(name, bare, word)
        ]

    def _sides(self, name: str, bare: str, word: re.Pattern[str]) -> Iterator[Asked]:
        sides, own = self._acts[name].sides, word is not self._around.any_act
        for kind, shape in self._kinds.items():
            if kind not in sides or (shape.called and not own):
                continue
            if self._pattern(kind, word.pattern).fullmatch(bare):
                yield Asked(name, sides[kind])

    def _compiled(self, kind: str, word: str) -> re.Pattern[str]:
        asks = self._kinds[kind].asks.pattern.replace(_CALLED, f"(?:(?:{word}){{1,2}})")
        opening, closing = self._around.opening.pattern, self._around.closing.pattern
        ends = self._around.not_at_the_end.pattern
        whole = f"(?:{opening})*(?:{asks})(?:{ends})?(?:{closing})*"
        return re.compile(whole, re.IGNORECASE)


def _spoken_of(turn: Turn) -> str | None:
    """The act that the talk stands at."""
    kept = turn.slots.get(LAST_QUESTION)
    name = kept.get(ACT) if isinstance(kept, Mapping) else None
    return str(name) if name else None


def _said_last(turn: Turn) -> str:
    """All that we said after the borrower's message before this one."""
    said: list[str] = []
    for who, text in reversed(turn.transcript[:-1]):
        if who == "user":
            break
        said.append(text)
    return "\n".join(said)
