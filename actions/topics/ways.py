"""Which ways a borrower has, said only after policy was asked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RecallStage
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.ways import ways
from actions.topics.stops import stops


def standing(
    turn: Turn, desk: Desk, borrower_id: str, wishes: Mapping[str, Any] = MappingProxyType({})
) -> Mapping[str, Any]:
    """What there is to arrange and which ways there are: what `negotiation.standing` prints."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    ids = tuple(one.account_id for one in chosen)
    case = wishes if len(ids) == len(state.accounts) else {**wishes, "scope": ids}
    called_in = tuple(one for one in chosen if one.recall.stage is RecallStage.EFFECTIVE)
    arrears = desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account()
    return {
        "due": desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids),
        "accounts": chosen,
        "late": accounts.overdue(chosen),
        "absent": accounts.missing(turn, state),
        "called_in": called_in,
        "stops": stops(desk, borrower_id, state, called_in, arrears),
        "ways": ways(desk, borrower_id, case, ids),
    }


@answers("ask_ways")
def other_ways(turn: Turn, desk: Desk) -> Reply:
    """ "还有别的办法吗", "那怎么办": for a borrower only what policy has."""
    if turn.borrower_id is None:
        return Reply("follow_up.ways")
    wishes = turn.wishes
    values = standing(turn, desk, turn.borrower_id, wishes)
    return Reply("follow_up.ways_in_form" if turn.active_form else "follow_up.ways_known", values)
