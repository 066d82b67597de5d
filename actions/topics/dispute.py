"""Paid but still asked for, and "not my loan"."""

from __future__ import annotations

import json
from collections import Counter

from account_engine.domain.payloads import DisputeReason
from account_engine.domain.state import AccountState, BorrowerState
from actions.conversation.answering import Answer, answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Button, Reply
from actions.conversation.topic import NOT_HELD, TopicAction, side, with_own_line
from actions.conversation.turn import Turn
from actions.topics import brief

# Replies after which the objection can be put on record; the others are about something else.
_PAYMENTS = "dispute_payment."
_NOT_FILED = frozenset({"dispute_payment.promised", "dispute_payment.refund"})
_DEBT = "dispute_debt.general"
# What is asked for, or shown as late, may be another product than the one that was named.
_OF_ANOTHER = frozenset(
    {"dispute_payment.general", "dispute_payment.still_reminded", "dispute_payment.not_overdue"}
)
_DEBTS = "dispute_debt."


class ActionDispute(TopicAction):
    """dispute_payment, dispute_debt."""

    topic = "dispute"


def _objection(reason: DisputeReason, default: str) -> Answer:
    """What helps; for a signed-in borrower with a button that puts the objection on record."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        if turn.borrower_id is not None and turn.text.startswith(f"/{turn.intent}{{"):
            return _filed(turn, desk, turn.borrower_id, reason)
        key = side(turn, desk, default)
        somebody_elses = desk.situations.about_somebody_else(turn)
        if turn.borrower_id is None or somebody_elses or (key.startswith(_DEBTS) and key != _DEBT):
            return Reply(key)
        reply = Reply(key)
        if key != _DEBT:
            reply = with_own_line(reply, turn, desk)
        if reply.lead == NOT_HELD and key in _OF_ANOTHER:
            own = brief.due(turn, desk, turn.borrower_id)
            reply = reply.changed(values={**reply.values, **own.values}, coda=own.key)
        if not _may_be_filed(key):
            return reply
        offered = _offers(turn, desk, turn.borrower_id)
        return reply.changed(buttons=(*offered, "person", "source")) if offered else reply

    return answer


def _may_be_filed(key: str) -> bool:
    return key == _DEBT or (key.startswith(_PAYMENTS) and key not in _NOT_FILED)


def _offers(turn: Turn, desk: Desk, borrower_id: str) -> tuple[Button, ...]:
    """A button for each account that its product names beyond doubt."""
    state = desk.engine.state(borrower_id)
    held = Counter(account.product_id for account in state.accounts)
    title = desk.renderer.labels["card"]["file_dispute"]
    return tuple(
        Button(title.format(name=account.display_name), _payload(turn, account))
        for account in _meant(turn, state)
        if held[account.product_id] == 1 and not account.disputed
    )


def _meant(turn: Turn, state: BorrowerState) -> tuple[AccountState, ...]:
    """The accounts of the product named, none if there is none; all when nothing was named."""
    named = set(turn.values("product"))
    return tuple(
        account
        for account in state.accounts
        if not named or account.product_id.removesuffix("_like") in named
    )


def _payload(turn: Turn, account: AccountState) -> str:
    product = json.dumps({"product": account.product_id.removesuffix("_like")})
    return f"/{turn.intent}{product}"


def _filed(turn: Turn, desk: Desk, borrower_id: str, reason: DisputeReason) -> Reply:
    """Books the objection; pressed twice, the first time stands."""
    state = desk.engine.state(borrower_id)
    chosen = _meant(turn, state)
    if len(chosen) != 1:
        return Reply("dispute.which")
    account = chosen[0]
    if not account.disputed:
        desk.engine.open_dispute(borrower_id, account.account_id, reason)
    key = "dispute.already" if account.disputed else "dispute.filed"
    return Reply(key, {"product": account.display_name})


answers("dispute_payment")(_objection(DisputeReason.PAID_ALREADY, "dispute_payment.general"))
answers("dispute_debt")(_objection(DisputeReason.NOT_MY_LOAN, "dispute_debt.general"))
