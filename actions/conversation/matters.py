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
_ELSEWHERE = "out_of_scope"
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
        return self.matter.ways or (self.question,)

    @property
    def question(self) -> str:
        plain = self.matter.question or ""
        return plain.format(sum=_plain_sum(self.sum_fen)) if self.sum_fen is not None else plain

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
    found: set[str] = set()
    said = turn.said_now
    for start, end in asking:
        for matter in matter_words().matters:
            name = matter.question or matter.about or ""
            if name in found or (matter.known and not turn.known):
                continue
            if not matter.asked_in(said[start:end], said):
                continue
            one = _Asked(matter, start, end)
            if matter.sums:
                sums = [entity for entity in turn.entities if entity.kind == _AMOUNT]
                named = [int(entity.value) for entity in sums if one.within(entity)]
                if len(named) != 1:
                    continue
                one = replace(one, sum_fen=named[0])
            found.add(name)
            yield one


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
    unheard = all(one.trouble or one.key.startswith(_ELSEWHERE) for one in replies)
    if not answered:
        return list(replies)
    if unheard:
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
    return Reply(
        ASKED_BACK,
        {"about": one.matter.about or one.question},
        buttons=buttons,
        slots={memory.PENDING: {"about": ASKED_BACK}},
    )


def _plain_sum(fen: int) -> str:
    return f"{fen // _FEN}" if fen % _FEN == 0 else f"{fen / _FEN:.2f}"


def _printed_sums(fen: int) -> tuple[str, ...]:
    """A sum as our answers print it: 5,000 and 5,000.00."""
    return f"{fen // _FEN:,}", f"{fen / _FEN:,.2f}"
