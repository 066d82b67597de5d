"""A part named by its share: "首付三成", "先还一半", "先给三分之一"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from account_engine.domain.quote import QuoteKind
from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.amounts import DOWN_PAYMENT
from actions.negotiation.heard import Heard
from actions.negotiation.lexicon import hearing_lexicon

_HALF = Fraction(1, 2)
_PERCENT = 100


def with_share(turn: Turn, desk: Desk, heard: Heard) -> Heard:
    """The share of what is due now as the first payment, rounded up to a fen.

    Where nothing is due the share is of what falls due next. An amount that was named stands.
    """
    share = share_paid_first(turn)
    if share is None or turn.borrower_id is None or DOWN_PAYMENT in heard.wishes:
        return heard
    whole = _whole(turn, desk, turn.borrower_id)
    part = -(-whole * share.numerator // share.denominator)
    return replace(heard, wishes={**heard.wishes, DOWN_PAYMENT: part}) if part > 0 else heard


def share_paid_first(turn: Turn) -> Fraction | None:
    """Which share of the debt is to be paid first; None where no share is named."""
    lexicon = hearing_lexicon()
    if turn.amount_fen() or not lexicon.share_first.search(turn.text):
        return None
    if lexicon.share_asked_about.search(turn.text):
        return None
    if (said := turn.entity("percentage")) is not None:
        return _of_percent(said)
    if found := lexicon.one_part_of.search(turn.text):
        parts = lexicon.ordinals.get(found.group(1))
        return Fraction(1, parts) if parts and parts > 1 else None
    return _HALF if figure_words().half.search(turn.text) else None


def _of_percent(said: str) -> Fraction | None:
    try:
        share = Fraction(Decimal(said)) / _PERCENT
    except InvalidOperation:
        return None
    return share if 0 < share < 1 else None


def _whole(turn: Turn, desk: Desk, borrower_id: str) -> int:
    """What the share is of, in fen: what is due on the accounts spoken of, else what is next."""
    wishes = turn.wishes
    ids = tuple(str(one) for one in wishes.get("scope") or ()) or None
    kinds = (QuoteKind.DUE_NOW, QuoteKind.NEXT_BILL)
    totals = (desk.engine.quote(borrower_id, kind, account_ids=ids).total.fen for kind in kinds)
    return next((fen for fen in totals if fen > 0), 0)
