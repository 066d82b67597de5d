"""Hears wishes, a choice and an agreement in one message, in any order.

The NLU has found and normalised the values (fen, ISO dates); here they get their meaning: "800" is
what can be paid each month in one sentence and what can be paid at once in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.conversation.evidence import evidence
from actions.conversation.turn import Turn
from actions.negotiation.amounts import (
    DOWN_PAYMENT,
    MONTHLY_WISH,
    amounts_in,
    between_in,
    by_the_month,
    ends,
    needs_in,
    with_a_sum_a_month,
)
from actions.negotiation.first_day import day_of_month, heard_when
from actions.negotiation.heard import Heard
from actions.negotiation.lexicon import Lexicon, hearing_lexicon
from actions.negotiation.relative import bare_terms, few_days, shift_in, terms_wished
from actions.negotiation.values import SHORT, TERMS_RANGE
from actions.negotiation.which_offer import best_in, choice_in


def hear(turn: Turn) -> Heard:
    """Everything that the message says about a plan."""
    turn, lexicon = with_a_sum_a_month(turn), hearing_lexicon()
    counts = _counts(turn)
    shift = shift_in(turn, lexicon)
    if shift is not None and shift.by is None and "terms" in counts:
        shift = None  # "太长了 两年呢" says how many
    best = best_in(turn.text, lexicon)
    wishes: dict[str, Any] = {**amounts_in(turn, lexicon), **counts}
    if needs := needs_in(turn, lexicon):
        wishes["needs"] = needs
    if (terms := bare_terms(turn, wishes)) is not None:
        del wishes[MONTHLY_WISH]
        wishes["terms"] = terms
    if shift is not None:
        wishes.pop("terms", None)
    if turn.active_form and (days := few_days(turn, lexicon)):
        wishes["extension_days"] = days
    past = heard_when(turn, wishes)
    if found := _hardship(turn.text, lexicon):
        wishes["hardship"] = found
    if best is None and _asks_to_be_spared(turn, wishes, lexicon):  # "便宜点的那个" is a choice
        wishes["waiver"] = True
    if lexicon.principal_only.search(turn.text):
        wishes |= {"waiver": True, "principal_only": True}
    return Heard(
        wishes=wishes,
        choice=choice_in(turn, lexicon),
        agrees=_says_yes(turn, lexicon),
        declines=_says_no(turn, lexicon),
        unsure=turn.entity("unsure") is not None or bool(lexicon.unsure.search(turn.text)),
        past_date=past,
        best=best,
        principal_cut=bool(lexicon.principal_cut.search(turn.text)),
        amount_between=between_in(turn, wishes),
        terms_between=None if "terms" in wishes else ends(turn.first(TERMS_RANGE)),
        shift=shift,
        by_the_month=by_the_month(turn, wishes),
    )


def _asks_to_be_spared(turn: Turn, wishes: Mapping[str, Any], lexicon: Lexicon) -> bool:
    """A wish to pay less in all; in a form "六百行不行" bargains for a month or a part."""
    bargains = turn.active_form and wishes.keys() & {MONTHLY_WISH, DOWN_PAYMENT}
    if bargains and not lexicon.waiver.search(turn.text):
        return False
    return turn.intent == "request_waiver"


def decision(turn: Turn) -> str | None:
    """`yes` or `no` where the whole message is one of them."""
    lexicon = hearing_lexicon()
    if _says_no(turn, lexicon):
        return "no"
    return "yes" if _says_yes(turn, lexicon) else None


def _says_no(turn: Turn, lexicon: Lexicon) -> bool:
    short = len(turn.text) <= SHORT and bool(lexicon.declines.search(turn.text))
    if short or turn.intent != "deny":
        return short
    return not (turn.active_form and lexicon.asks_which.search(turn.text))


def _says_yes(turn: Turn, lexicon: Lexicon) -> bool:
    if _says_no(turn, lexicon):
        return False
    return _is_a_yes(turn) or bool(lexicon.agrees.search(turn.text))


def _is_a_yes(turn: Turn) -> bool:
    """Whether a yes was heard; one heard faintly beside a sum ("等等，1200吧") is that sum."""
    if turn.intent != "affirm":
        return False
    return turn.amount_fen() is None or turn.confidence >= evidence().unsure_below


def _counts(turn: Turn) -> dict[str, int]:
    terms, day = terms_wished(turn), day_of_month(turn)
    found = {"terms": terms} if terms else {}
    return {**found, "day_of_month": day} if day else found


def _hardship(text: str, lexicon: Lexicon) -> str | None:
    return next(
        (kind.value for kind, words in lexicon.hardship.items() if words.search(text)), None
    )
