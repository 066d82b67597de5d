"""What words mean in a situation, whatever the classifier made of them.

With offers on the table "哪个便宜" is about them; "批了没有" is about a request that waits. The
classifier knows neither; `data/wording/situations/` does. The first entry that fits decides which
answering function speaks, in the order of the files' names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from enum import Enum
from pathlib import Path

from pydantic import BaseModel

from actions.conversation.asked import Asked
from actions.conversation.in_parts import speaks_of_parts
from actions.conversation.memory import AGREEMENT, CHOSEN, SEEN
from actions.conversation.own_case import OwnCase
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn
from actions.knowledge.case_words import case_words
from actions.knowledge.words import Regex, Words
from actions.knowledge.yaml_files import Entry, read_checked, read_folder
from actions.negotiation.news import first_days
from nlu.text.normalise import normalise

THIRD_PARTY = "ask_third_party"
NOT_THE_BORROWER = "not_the_borrower"
_HARDSHIP = "state_hardship"
_BEFORE_A_HARDSHIP = frozenset({"request_extension", "ask_minimum_payment"})
_NEVER = re.compile(r"(?!)")


class Where(str, Enum):
    """Where in the talk an entry holds."""

    FIRST = "first"  # danger: before everything else that the message may mean; see `urgent`
    ANYWHERE = "anywhere"
    OUTSIDE = "outside"  # no form is open
    OWN = "own"  # no form is open, and the borrower is signed in: a question for the own books
    STRANGER = "stranger"  # no form is open, and nobody is signed in: the books can't be asked
    IN_FORM = "in_form"
    ASKING = "asking"  # the form is open and nothing is on the table yet
    CHOOSING = "choosing"  # offers are on the table
    ANOTHER_DAY = "another_day"  # the choice is open; a day none of the offers begins on is named
    SUPPOSED = "supposed"  # a payment was supposed a moment ago: what it leaves is spoken of
    CASE = "case"  # a visitor told of an own debt; what is missing of it is asked for
    PARTS = "parts"  # … and speaks of paying it in instalments; see `in_parts`
    MOURNING = "mourning"  # somebody of the family died these days: condolences go first
    HELD = "held"  # talk of the debt is stopped after words of self-harm; see `danger`


# Where entries are about what is asked, and none about danger or people, which a story may tell.
_OF_A_TOPIC = frozenset({Where.OUTSIDE, Where.OWN, Where.STRANGER})

# A loan or a purchase that somebody else made is what matters, whatever is feared of it.
_OF_A_THEFT = frozenset({"ask_stolen", "ask_unknown_loan", "dispute_debt", "dispute_payment"})


class Situation(Entry):
    """Words, where they count, and the answer they call for.

    `also` are further words, every one of which is said too, in whatever order. `heard_as` are the
    intents beside which the words count: where the classifier heard nothing of its own. Empty: any.
    `by_clause`: all of it may stand in one clause, whatever the others tell.
    """

    where: Where
    asks: Regex
    also: tuple[Regex, ...] = ()
    unless: Regex = _NEVER
    heard_as: frozenset[str] = frozenset()
    by_clause: bool = False
    answer: str

    def fits(self, text: str, intent: str | None = None) -> bool:
        if self.heard_as and intent not in self.heard_as:
            return False
        if self._in(text):
            return True
        return self.by_clause and any(map(self._in, case_words().clause_ends.split(text)))

    def _in(self, text: str) -> bool:
        if not self.asks.search(text) or self.unless.search(text):
            return False
        return all(one.search(text) for one in self.also)


class SomebodyElse(Entry):
    """Words about the debt of another person, and the intents that ask for its figures."""

    asks: Regex
    unless: Regex
    people: Regex
    titled: Regex
    says_name: Regex
    intents: frozenset[str]


class SituationFile(BaseModel):
    """The content of a file of `data/wording/situations/`."""

    __root__: tuple[Situation, ...]


class Situations:
    """Picks the answering function by the words and by where the talk stands."""

    def __init__(self, entries: Iterable[Situation], somebody_else: SomebodyElse) -> None:
        self._entries = tuple(entries)
        self._somebody_else = somebody_else

    @classmethod
    def load(cls, wording: Path, words: Words) -> Situations:
        """From the folder `data/wording`. Raises DataError with file, line and field."""
        others = read_checked(wording / "somebody_else.yml", SomebodyElse, words.spelled_out)
        files = read_folder(wording / "situations", SituationFile, words.spelled_out)
        return cls((one for file in files for one in file.content.__root__), others)

    def meaning(self, turn: Turn, topics: Collection[str] = ()) -> str | None:
        """The name of the answering function, or None where the intent decides.

        Where one clause asks and the others tell a story, words of the story alone are no question
        for one of `topics`.
        """
        if turn.text.startswith("/"):  # a button says what it means
            return None
        if urgent := self.urgent(turn.text):
            return urgent
        if turn.slots.get(AGREEMENT) is not None:  # the yes that ends the form is being booked
            return None
        found = self._answer_at(_places(turn), turn.text, turn.intent, _mere_story(turn, topics))
        if found == NOT_THE_BORROWER:  # the session itself is another's
            return found
        if turn.intent in self._somebody_else.intents and self.about_somebody_else(turn):
            return THIRD_PARTY
        return found

    def urgent(self, text: str) -> str | None:
        """The answering function for a danger told, in whatever script and width it is typed."""
        first = frozenset({Where.FIRST})
        return self._answer_at(first, text) or self._answer_at(first, normalise(text).text)

    def danger(self, text: str) -> str | None:
        """The answering function for a new danger told while talk of the debt is stopped."""
        return self._answer_at(frozenset({Where.HELD}), text)

    def mourning(self, text: str) -> bool:
        """Whether a death in the family of these days is told, beside whatever is asked."""
        return self._answer_at(frozenset({Where.MOURNING}), text) is not None

    def _answer_at(
        self,
        places: frozenset[Where],
        text: str,
        intent: str | None = None,
        passed_over: Callable[[Situation], bool] = lambda entry: False,
    ) -> str | None:
        fitting = (one for one in self._entries if one.where in places and one.fits(text, intent))
        return next((one.answer for one in fitting if not passed_over(one)), None)

    def about_somebody_else(self, turn: Turn) -> bool:
        """Whether the debt is another person's; the borrower's own figures are no answer to it."""
        others = self._somebody_else
        return bool(others.asks.search(turn.text)) and not others.unless.search(turn.text)

    def names_somebody_else(self, text: str) -> bool:
        """Whether a relative or another person is spoken of, with or without a debt."""
        return bool(self._somebody_else.people.search(text))

    def name_said(self, text: str) -> str | None:
        """The name that somebody says they bear; it proves nothing."""
        found = self._somebody_else.says_name.search(text)
        return found["name"] if found else None

    def name_with_title(self, text: str) -> str | None:
        """ "王女士": the last letter of a name with its title."""
        found = self._somebody_else.titled.search(text)
        return found.group() if found else None

    def answers(self) -> frozenset[str]:
        """Every answering function that may be picked."""
        return frozenset(one.answer for one in self._entries) | {THIRD_PARTY}


def _mere_story(turn: Turn, topics: Collection[str]) -> Callable[[Situation], bool]:
    """Tells the entries whose words stand in the story beside a question for something else."""
    asked = Asked.of(turn)
    if asked is None:
        return lambda entry: False
    if asked.intent in _BEFORE_A_HARDSHIP:  # why somebody cannot pay is no answer to it
        return lambda entry: (
            entry.answer == _HARDSHIP and not asked.touched_by(entry.asks, turn.text)
        )
    if not asked.goes_before_the_story:
        return lambda entry: False
    return lambda entry: (
        entry.answer not in _OF_A_THEFT
        and (entry.where in _OF_A_TOPIC or entry.answer in topics)
        and not asked.touched_by(entry.asks, turn.text)
    )


def _places(turn: Turn) -> frozenset[Where]:
    """Where the talk stands: in the form or not, and what was supposed."""
    supposed = {Where.SUPPOSED} if Supposed.of(turn) is not None else set()
    case = {Where.CASE} if _asks_about_a_case(turn) else set()
    parts = {Where.PARTS} if speaks_of_parts(turn) else set()
    return _in_the_form(turn) | supposed | case | parts


def _asks_about_a_case(turn: Turn) -> bool:
    """Whether an own debt was told that a question may be about.

    A sum in the question itself is no debt yet ("是三百还是五百", "周一付过两百，怎么还催"),
    unless it is said to be unpaid or told with its days.
    """
    told = OwnCase.of(turn)
    if told is None or not told.begun or turn.active_form:
        return False
    if not told.told_now(turn) or told.complete:
        return True
    disputed = (turn.intent or "").startswith("dispute_")
    return not disputed and bool(case_words().unpaid.search(turn.text))


def _in_the_form(turn: Turn) -> frozenset[Where]:
    if not turn.active_form:
        books = Where.OWN if turn.known else Where.STRANGER
        return frozenset({Where.ANYWHERE, Where.OUTSIDE, books})
    if turn.requested_slot in (CHOSEN, AGREEMENT):
        places = {Where.ANYWHERE, Where.IN_FORM, Where.CHOOSING}
        return frozenset(places | {Where.ANOTHER_DAY} if _on_another_day(turn) else places)
    return frozenset({Where.ANYWHERE, Where.IN_FORM, Where.ASKING})


def _on_another_day(turn: Turn) -> bool:
    day = turn.coming_date()
    if turn.requested_slot != CHOSEN or day is None:
        return False
    return day.isoformat() not in first_days(turn.slots.get(SEEN) or {})
