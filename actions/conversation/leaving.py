"""A form that is left in the same breath as something else is asked: "先不办了，最低还款是多少"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.conversation.memory import CONSENT, FORGOTTEN_ON_STOP, MONTHLY, START
from actions.conversation.registry import Answer, answer_for
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.knowledge.clause_words import clause_words

_LEFT = "note.left"
_LATER = "request_extension"
_BEFORE_OFFERS = frozenset({CONSENT, MONTHLY, START})
_OF_A_PLAN = frozenset({"request_instalment", "request_negotiation", "choose_option"})
_SAYS_ONLY_THAT = frozenset({"stop", "deny", "affirm", "thank", "inform"})


def asked_on_leaving(turn: Turn) -> Turn | None:
    """The question alone, as it is asked outside of the form; None where the form is not left."""
    words = clause_words()
    found = words.leaves.match(turn.text) or _asked_instead(turn) if turn.active_form else None
    if found is None or not _goes_on(turn.text, found.end()):
        return None
    cut = found.end()
    behind = tuple(
        replace(one, start=one.start - cut, end=one.end - cut)
        for one in turn.entities
        if one.start >= cut
    )
    return replace(
        turn,
        text=turn.text[cut:],
        entities=behind,
        slots={**turn.slots, **dict.fromkeys(FORGOTTEN_ON_STOP)},
        active_form=None,
        requested_slot=None,
    )


def _goes_on(text: str, start: int) -> bool:
    """Whether something is asked for behind the leaving, or all of it is to be paid later."""
    words = clause_words()
    return bool(words.asks.search(text, start) or words.later_at_once.match(text, start))


def _asked_instead(turn: Turn) -> re.Match[str] | None:
    """ "其实是想问能不能改还款日" before there are offers: no plan was wanted."""
    words = clause_words()
    found = words.meant_to_ask.match(turn.text)
    if found is None or turn.requested_slot not in _BEFORE_OFFERS or turn.intent in _OF_A_PLAN:
        return None
    return None if words.of_the_plan.search(turn.text, found.end()) else found


def answer_to_the_rest(turn: Turn, answer: Answer) -> tuple[Turn, Answer]:
    """The turn and its answer by the likeliest intent that is more than the leaving itself."""
    if clause_words().later_at_once.match(turn.text):
        return replace(turn, intent=_LATER), answer_for(_LATER) or answer
    if turn.intent not in _SAYS_ONLY_THAT:
        return turn, answer
    others = (name for name, _ in turn.ranking if name not in _SAYS_ONLY_THAT)
    name = next((name for name in others if answer_for(name)), None)
    found = answer_for(name)
    return (turn, answer) if found is None else (replace(turn, intent=name), found)


def with_the_form_left(replies: Sequence[Reply]) -> list[Reply]:
    """The replies with the form closed before them, unless one of them opens it anew."""
    if not replies or any(one.form is Form.START for one in replies):
        return list(replies)
    first, *others = replies
    slots = {**dict.fromkeys(FORGOTTEN_ON_STOP), **first.slots}
    first = first.changed(slots=slots, lead=first.lead or _LEFT, form=Form.LEAVE)
    return [first, *others]
