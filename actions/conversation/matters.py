"""Answers are read before they are sent: what was asked about and is in none of them is not lost.

Every clause that asks is held against the matters of `data/wording/matters.yml`. One that the
answers do not mention is answered by the plain question that stands for it, or asked back where
several could be meant, or where its answer would open a form that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.each_question import answer_leaning
from actions.conversation.led_to import FollowUp
from actions.conversation.registry import answer_for
from actions.conversation.reply import Button, Form, Reply
from actions.conversation.sending import printed
from actions.conversation.turn import Entity, Turn
from actions.conversation.two_questions import clauses
from actions.knowledge.clause_words import clause_words
from actions.knowledge.conduct import dialogue
from actions.knowledge.matter_words import Matter, matter_words

ASKED_BACK = "note.asked_back"
_PRODUCT = "product"
_AMOUNT = "amount"
_FEN = 100


def speaking_of_all(turn: Turn, desk: Desk, replies: Sequence[Reply]) -> list[Reply]:
    """The replies, and what they leave out of what was asked."""
    if _left_alone(turn, replies):
        return list(replies)
    asking = list(_asking(turn.said_now))
    matters = list(_asked_about(turn, asking))
    told = _told(turn, desk, replies) if matters else ""
    missed = [one for one in matters if not one.told_in(told, replies)]
    answered: list[Reply] = []
    asked_back: list[_Asked] = []
    for one in missed:
        if one.told_in(_told(turn, desk, answered), answered):
            continue
        reply = _answered(one, turn, desk, [*replies, *answered])
        if reply is None:
            asked_back.append(one)
        else:
            answered.append(reply)
    nothing_else = len(asking) == 1 and missed == matters and not any(one.sum_fen for one in missed)
    together = _together(replies, answered, first=nothing_else)
    if not asked_back or together[-1].form is Form.START or turn.slots.get(memory.PENDING):
        return together
    return [*together, _back(asked_back[0])]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A matter and the clause that asks about it."""

    matter: Matter
    start: int
    end: int
    sum_fen: int | None = None

    def told_in(self, text: str, replies: Sequence[Reply]) -> bool:
        if self.matter.opens and any(one.form is Form.START for one in replies):
            return True
        if self.sum_fen is not None:
            return any(form in text for form in _printed_sums(self.sum_fen))
        return bool(self.matter.told.search(text))

    @property
    def questions(self) -> tuple[str, ...]:
        """What may be tapped on."""
        return tuple(map(self._with_sum, self.matter.ways)) or (self.question,)

    @property
    def question(self) -> str:
        return self._with_sum(self.matter.question or "")

    @property
    def about(self) -> str:
        """The matter in words."""
        return self._with_sum(self.matter.about or "") or self.question

    def _with_sum(self, text: str) -> str:
        return text if self.sum_fen is None else text.format(sum=_plain_sum(self.sum_fen))

    def within(self, entity: Entity) -> bool:
        return self.start <= entity.start < self.end


def _left_alone(turn: Turn, replies: Sequence[Reply]) -> bool:
    """Danger, what is about the talk itself, and a form that hears values."""
    words = matter_words()
    if turn.said_now.startswith("/") or not replies:
        return True
    if any(words.never_beside.search(one.key) or one.form is Form.LEAVE for one in replies):
        return True
    return bool(turn.active_form) and not all(one.trouble for one in replies)


def _asking(text: str) -> Iterator[tuple[int, int]]:
    words, whether = clause_words(), matter_words().whether
    for start, end in clauses(text):
        clause = text[start:end].rstrip("，,。；;！! ")
        asks = words.asks.search(clause) or whether.search(clause)
        if asks and not words.leads_in.search(clause):
            yield start, end


def _asked_about(turn: Turn, asking: Sequence[tuple[int, int]]) -> Iterator[_Asked]:
    """Each matter once, in the order of the clauses."""
    said, found = turn.said_now, set[str]()
    for start, end in asking:
        for matter in matter_words().matters:
            first = _before(said, start) if matter.sums else start
            if (matter.known and not turn.known) or not matter.asked_in(said[first:end], said):
                continue
            one = _Asked(matter, first, end)
            if matter.sums:
                sums = [one_sum for one_sum in turn.entities if one_sum.kind == _AMOUNT]
                named = [int(one_sum.value) for one_sum in sums if one.within(one_sum)]
                if len(named) != 1:
                    continue
                one = replace(one, sum_fen=named[0])
            if one.about not in found:
                found.add(one.about)
                yield one


def _before(text: str, start: int) -> int:
    """Where the clause before the one at `start` begins: "先还三万，就不告我了吧"."""
    return next((first for first, end in clauses(text) if end == start), start)


def _told(turn: Turn, desk: Desk, replies: Sequence[Reply]) -> str:
    """What the borrower would read, without the sources."""
    texts = (printed(one, turn, desk).text for one in replies if one.key)
    return "\n".join(matter_words().without_sources(text) for text in texts)


def _answered(one: _Asked, turn: Turn, desk: Desk, before: Sequence[Reply]) -> Reply | None:
    """The answer to the plain question; None where it is of no use beside the others."""
    by = one.matter.answer
    if answer_for(by) is None:
        return None
    kept = {_PRODUCT, *one.matter.keeps} | ({_AMOUNT} if one.sum_fen is not None else set())
    values = tuple(
        replace(entity, start=0, end=0)
        for entity in turn.entities
        if entity.kind in kept and (entity.kind == _PRODUCT or one.within(entity))
    )
    text = one.question
    full = replace(turn, text=text, intent=by, confidence=1.0, ranking=(), entities=values)
    reply = answer_leaning(FollowUp(full, answer=by), desk)
    if reply.trouble or reply.form is not Form.RESUME or not reply.key:
        return None
    known = {told.key for told in before}
    return reply if reply.key not in known and one.told_in(_told(turn, desk, [reply]), []) else None


def _together(replies: Sequence[Reply], answered: list[Reply], *, first: bool) -> list[Reply]:
    """What was missed stands `first` where it is all that was asked, else behind the others.

    It takes the place of what was not understood, and of a form that nobody asked for.
    """
    words, most = matter_words(), dialogue().most_answers
    if not answered:
        return list(replies)
    if all(one.trouble for one in replies):
        return answered[:most]
    said = [one for one in replies if one.form is not Form.START]
    form = [one for one in replies if one.form is Form.START]
    if first and not any(words.kept.search(one.key) for one in replies):
        return [*answered, *said][:most]
    return [*said, *answered[: max(0, most - len(replies))], *form]


def _back(one: _Asked) -> Reply:
    """What was asked beside it, to be tapped on."""
    most = dialogue().most_suggestions
    buttons = tuple(Button(way, way) for way in one.questions[:most])
    heard = {} if one.sum_fen is None else {"sum": one.sum_fen}
    return Reply(
        ASKED_BACK,
        {"about": one.about, **heard},
        buttons=buttons,
        slots={memory.PENDING: {"about": ASKED_BACK}},
    )


def _plain_sum(fen: int) -> str:
    return f"{fen // _FEN}" if fen % _FEN == 0 else f"{fen / _FEN:.2f}"


def _printed_sums(fen: int) -> tuple[str, ...]:
    """A sum as our answers print it: 5,000 and 5,000.00."""
    return f"{fen // _FEN:,}", f"{fen / _FEN:,.2f}"
