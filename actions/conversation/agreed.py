"""What a borrower's own contract agrees otherwise than the rule an answer tells."""

from __future__ import annotations

from account_engine.domain.state import AccountState
from account_engine.domain.terms import Compounding
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

# Replies that tell that a payment may name the debt it is for (民法典560).
_ON_NAMING = frozenset({"priority", "partial"})
_ON_COMPOUNDING = "penalty.compound"


def agreed_otherwise(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """`reply`, or what takes its place or stands below it because of the borrower's contracts."""
    if turn.borrower_id is None:
        return reply
    if reply.key == _ON_COMPOUNDING:
        found = tuple(one for one in _asked(turn, desk) if _compounds(one))
        return _with(reply, found, "compounding", key="penalty.compound_agreed")
    if reply.coda is None and reply.key.partition(".")[0] in _ON_NAMING:
        found = tuple(
            one for one in _asked(turn, desk) if not one.terms.allocation.debtor_designation
        )
        return _with(reply, found, "designation", coda="note.order_agreed")
    return reply


def _asked(turn: Turn, desk: Desk) -> tuple[AccountState, ...]:
    return accounts.asked(turn, desk.engine.state(turn.borrower_id or ""))


def _compounds(account: AccountState) -> bool:
    return account.terms.penalty.compounding is not Compounding.OFF


def _with(reply: Reply, found: tuple[AccountState, ...], rule: str, **place: str) -> Reply:
    if not found:
        return reply
    clauses = tuple(dict.fromkeys(one.terms.clause(rule) for one in found))
    values = {**reply.values, "agreed": found}
    return reply.changed(values=values, clauses=(*reply.clauses, *clauses), **place)
