"""The form that a short message has: patterns over all of its words, whatever was spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from actions.conversation.follow_up_file import Around, Shape

_MARKS = re.compile(r"[,，。;；!！?？、\s]+")
_MOST_CLAUSES = 3
_SAYS_LITTLE = frozenset({"ack", "sure", "sorry", "wait", "plain", "go_on"})  # beside a question


class Forms:
    """The forms of `forms.yml`, with the words of `around.yml` that may stand around them."""

    def __init__(self, forms: Mapping[str, Shape], around: Around) -> None:
        self._forms = {name: _compiled(around, form) for name, form in forms.items()}
        ends = around.not_at_the_end.pattern
        self._not_at_the_end = re.compile(f"(?<=.)(?:{ends})[?？。!！~ ]*$")
        self._whether = around.whether
        self._otherwise = {name: form.otherwise for name, form in forms.items()}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._forms)

    def of(self, text: str) -> str | None:
        """The first form that the whole message has; of two in a row the one that asks.

        "听不懂，说简单点" and "好吧，那怎么还" are follow-ups clause by clause.
        """
        whole = self._of_all(text.strip()) or self._asked_with_not(text.strip())
        if whole is not None:
            return whole
        parts = [one.strip() for one in _MARKS.split(text) if one.strip()]
        if not 1 < len(parts) <= _MOST_CLAUSES:
            return None
        found = [self._of_all(one) for one in parts]
        if None in found:
            return None
        asking = {one for one in found if one not in _SAYS_LITTLE}
        if len(asking) > 1:
            return None  # two questions, each to be answered
        return asking.pop() if asking else found[0]

    def says_little(self, form: str) -> bool:
        """Whether the form asks for nothing of the subject: a yes, a sigh, "等下"."""
        return form in _SAYS_LITTLE

    def counting_as(self, form: str) -> Iterator[str]:
        """The form itself, then the wider ones that it counts as."""
        wider: str | None = form
        while wider is not None:
            yield wider
            wider = self._otherwise[wider]

    def _asked_with_not(self, bare: str) -> str | None:
        """ "要收钱不" asks as "要收钱吗" does; "行不" is no yes."""
        asked = self._not_at_the_end.sub(self._whether, bare)
        found = self._of_all(asked) if asked != bare else None
        return None if found in _SAYS_LITTLE else found

    def _of_all(self, bare: str) -> str | None:
        return next((name for name, words in self._forms.items() if words.fullmatch(bare)), None)


def _compiled(words: Around, form: Shape) -> re.Pattern[str]:
    opening, closing = f"(?:{words.opening.pattern})", f"(?:{words.closing.pattern})"
    around = f"(?:{opening}+{{0}}{closing}*|{opening}*{{0}}{closing}+)"
    if not form.needs_particle:
        around = f"{opening}*{{0}}{closing}*"
    return re.compile(around.replace("{0}", f"(?:{form.asks.pattern})"), re.IGNORECASE)
