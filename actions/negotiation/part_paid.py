"""A part that is offered to be paid at once where no offer takes it up."""

from __future__ import annotations

from account_engine.domain.negotiation.option import Proposal, ReasonCode
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.what_if import WhatIf
from actions.conversation.desk import Desk
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn

_ABOUT_DOWN_PAYMENT = frozenset(
    {
        ReasonCode.DOWN_PAYMENT_TOO_LOW,
        ReasonCode.DOWN_PAYMENT_NEEDED,
        ReasonCode.DOWN_PAYMENT_COVERS_ALL,
    }
)


def part_payment(desk: Desk, borrower_id: str, asked: Wishes, proposal: Proposal) -> WhatIf | None:
    """What the part that was offered would do by itself, where no option takes it up."""
    part = asked.down_payment
    if part is None or any(one.down_payment == part for one in proposal.options):
        return None
    if any(reason.code in _ABOUT_DOWN_PAYMENT for reason in proposal.reasons):
        return None
    return desk.engine.what_if_payment(borrower_id, part, desk.today())


def part_supposed(part: WhatIf | None, asked: Wishes, turn: Turn) -> Supposed | None:
    """The same payment, kept for what is asked next about what it leaves."""
    if part is None or asked.down_payment is None:
        return None
    return Supposed(asked.down_payment.fen, turn.today, None, turn.turns)
