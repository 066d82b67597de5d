"""Danger known by its words (`where: first` in the situations), whatever the classifier heard."""

from __future__ import annotations

from collections.abc import Iterable

from actions.conversation.desk import Desk
from actions.conversation.registry import Answer, answer_for
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from nlu.safety.sureness import SURE_OF_DISTRESS

SOFT_DISTRESS = "soft_distress"
# These say whose life it is and what was taken: more than a plain word of self-harm does.
_CLOSER = frozenset({"danger_to_another", "something_taken"})
# This says who threatens whom, where the rules of the NLU hear a threat only.
_THREATENED = "threatened_by_others"
_NOT_UNDERSTOOD = "nlu_fallback"
_BESIDE, _ARE_YOU_WELL = "safety.beside", "safety.check_in"
# The beginnings of replies that condole by themselves or speak of a danger.
_CONDOLENCES = "note.condolences"
_CONDOLE = ("family.death", "hardship.", "safety.", "danger.", "people.")
# The names of intents that ask for something.
_ASKING = ("ask_", "query_", "request_", "dispute_")


def danger_told(turn: Turn, desk: Desk) -> Answer | None:
    """The help for a danger told in words of its own.

    What the rules of the NLU heard as plainly keeps its answer, unless these words say more.
    """
    told = None if turn.text.startswith("/") else desk.situations.urgent(turn.text)
    kind, level = turn.safety_signal() or (None, None)
    closer = told in _CLOSER if kind == "self_harm" else kind == "threat" and told == _THREATENED
    if level == "explicit" and not closer:
        return None
    if level is not None and told == SOFT_DISTRESS:  # heard already, and answered as softly
        return None
    return answer_for(told)


def asks_beside_a_soft_sign(turn: Turn) -> bool:
    """Whether a plain question stands beside a soft sign: 愁得睡不着，能分期不.

    An answer is the better help then; it comes behind a kind word and the help line.
    """
    if turn.safety_signal() != ("self_harm", "soft") or turn.confidence < SURE_OF_DISTRESS:
        return False
    return turn.intent is not None and turn.intent.startswith(_ASKING)


def softly(turn: Turn, desk: Desk) -> Answer | None:
    """A kind word alone, where a danger is not ruled out and nothing else was understood."""
    alone = turn.danger_not_ruled_out() and turn.intent == _NOT_UNDERSTOOD
    return answer_for(SOFT_DISTRESS) if alone and desk.meaning(turn) is None else None


def kind_words_before(turn: Turn) -> list[Reply]:
    """What is said before the answer where somebody may not be well."""
    if asks_beside_a_soft_sign(turn):
        return [Reply(_BESIDE)]
    return [Reply(_ARE_YOU_WELL)] if turn.danger_not_ruled_out() else []


def condoled(turn: Turn, desk: Desk, replies: Iterable[Reply]) -> list[Reply]:
    """The replies behind a word of sympathy, where somebody of the family died these days."""
    said = list(replies)
    if not desk.situations.mourning(turn.text) or any(r.key.startswith(_CONDOLE) for r in said):
        return said
    return [Reply(_CONDOLENCES), *said]
