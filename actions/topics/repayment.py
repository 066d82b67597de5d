"""How to pay, early, in part, in which order; debits; proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.repay_order import RankedDebt
from account_engine.domain.state import AccountState, RecallStage
from account_engine.domain.what_if import WhatIf
from actions.conversation import accounts
from actions.conversation.answering import answer_for, answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    about_what_there_is,
    asked_as,
    own_line,
    personal,
    ruled,
    special_side,
)
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.hearing import hear
from actions.topics import brief
from actions.topics.amount import later_day, payoff
from actions.topics.enough import enough
from actions.topics.recall import against_recall, asked_again, full_recall, own_recall
from actions.topics.stops import stops


class ActionRepayment(TopicAction):
    """ask_repayment_method, ask_auto_debit, ask_early_settlement, ask_partial_payment, …"""

    topic = "repayment"


def _partial(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The effect of a payment, shown before it is made."""
    asked = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in asked)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    fen = turn.amount_fen()
    half = due.total.fen // 2 if not fen and figure_words().half.search(turn.text) else 0
    if not fen and not half:
        return Reply("partial.how_much", {"due": due})
    fen = fen or half
    state = desk.engine.state(borrower_id)
    on = turn.coming_date() or turn.today
    chosen = accounts.asked(turn, state) if turn.entity("product") else ()
    only = chosen[0] if len(chosen) == 1 else None
    account_id = only.account_id if only else None
    found = desk.engine.what_if_payment(borrower_id, Money(fen), max(on, turn.today), account_id)
    return Reply(
        "partial.personal",
        {
            "amount": fen,
            "half": bool(half),
            "still_late": accounts.overdue(
                one for one in found.after.accounts if one.account_id in ids
            ),
            "on": max(on, turn.today),
            "before": found.before_quotes[QuoteKind.DUE_NOW],
            "after": found.after_quotes[QuoteKind.DUE_NOW],
            "before_all": found.before_quotes[QuoteKind.PAYOFF_ALL],
            "after_all": found.after_quotes[QuoteKind.PAYOFF_ALL],
            "changes": [one for one in found.changes if one.fact == "dpd"],
            "names": accounts.names(state),
            **_next_instalments(found),
            "only": only if only and len(state.accounts) > 1 else None,
            **against_recall(found, account_id),
        },
        details="quote:due_now",
    )


def _next_instalments(found: WhatIf) -> Mapping[str, Any]:
    """Accounts on time whose next instalment a payment changes, and what it was before."""
    before = {one.account_id: one for one in found.before.accounts}
    changed = tuple(
        one
        for one in found.after.accounts
        if one.next_due is not None
        and not before[one.account_id].dpd
        and (one.next_due, one.next_due_amount) != _next_of(before[one.account_id])
    )
    return {"then_next": changed, "next_before": before}


def _next_of(account: AccountState) -> tuple[date | None, Money]:
    return account.next_due, account.next_due_amount


_debit = ruled("autodebit.general")


def _auto_debit(turn: Turn, desk: Desk) -> Reply:
    """As the side asked; but "not debited yet" is a failure once the due date has passed."""
    reply = _debit(turn, desk)
    if reply.key != "autodebit.not_yet" or turn.borrower_id is None:
        return reply
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    return reply.changed(key="autodebit.failed") if late else reply


@own_line("proof")
def _settled(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Only a settlement certificate depends on what is still owed."""
    return None if special_side(turn, desk) else brief.settled(turn, desk, borrower_id)


def _threatened(debt: RankedDebt, recalled: Mapping[str, bool]) -> bool:
    """Whether paying the arrears can still keep the whole from being called in."""
    open_to_it = debt.recall_in_days is not None and not recalled[debt.account_id]
    return open_to_it and debt.arrears.fen > 0


def _priority(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Dearest first, and what is urgent because of a recall."""
    amounts = tuple(turn.values("amount"))
    order = desk.engine.repay_order(borrower_id)
    fen = turn.amount_fen() if len(amounts) == 1 else None
    if fen and len(order.cheapest) == 1:
        return _partial(turn, desk, borrower_id)
    if len(amounts) > 1:  # a list of debts, many of them with other lenders
        return Reply("priority.general")
    if not order.cheapest:
        return Reply("amount.nothing", {"name": turn.display_name})
    state = desk.engine.state(borrower_id)
    recalled = {one.account_id: one in accounts.recalled(state.accounts) for one in state.accounts}
    threatened = (one for one in order.against_recall if _threatened(one, recalled))
    absent = accounts.absent(turn, state)
    called_in = tuple(one for one in state.accounts if one.recall.stage is RecallStage.EFFECTIVE)
    arrears = desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account()
    first, on = order.cheapest[0], max(turn.coming_date() or turn.today, turn.today)
    return Reply(
        "priority.personal",
        {
            "amount": fen if first.arrears.fen > 0 else None,
            "on": on,
            "first": first,
            "left": _left_overdue(desk, borrower_id, Money(fen or 0), on, first.account_id),
            "called_in": called_in,
            "stops": stops(desk, borrower_id, state, called_in, arrears),
            "name": turn.display_name,
            "absent": absent,
            "order": order,
            "names": accounts.names(state),
            "recalled": recalled,
            "urgent": next(threatened, None),
        },
        details="quote:overdue",
    )


def _left_overdue(
    desk: Desk, borrower_id: str, amount: Money, on: date, account_id: str
) -> Money | None:
    """What stays overdue on the account after that payment; None where nothing is paid."""
    if amount.fen <= 0:
        return None
    paid = desk.engine.what_if_payment(borrower_id, amount, on, account_id)
    return paid.after_quotes[QuoteKind.OVERDUE].by_account().get(account_id, Money.zero)


_own_method = ruled("method.general")


@answers("ask_repayment_method")
def method(turn: Turn, desk: Desk) -> Reply:
    """How to pay; who has nothing to pay with is asked what can be borne instead."""
    in_need = special_side(turn, desk) == "hardship.general" and turn.known
    hardship = answer_for("state_hardship")
    return hardship(turn, desk) if in_need and hardship else _own_method(turn, desk)


answers("ask_auto_debit")(_auto_debit)
_early = personal("early.general", payoff)
_CALLED_IN = "early.called_in"
# Sides of paying early that hold for what was called in as well.
_FOR_ALL = frozenset({"early.effect", "early.fails"})


@answers("ask_early_settlement")
def early(turn: Turn, desk: Desk) -> Reply:
    """Paying early by one's own wish; who is made to is told of the recall.

    What was called in is due: the rules of paying early are no answer about it.
    """
    negotiated = answer_for("inform")
    if turn.known and negotiated is not None and "settlement" in hear(turn).wishes:
        return negotiated(turn, desk)  # "两万能结清吗" is an offer
    if (recalled := asked_again(turn, desk) or own_recall(turn, desk)) is not None:
        return recalled
    side = special_side(turn, desk) or "early.general"
    ruled_out = side in _FOR_ALL or turn.entity("amount") is not None
    if turn.borrower_id is not None and side.startswith("early.") and not ruled_out:
        held = not accounts.missing(turn, desk.engine.state(turn.borrower_id))
        found = payoff(turn, desk, turn.borrower_id) if held else None
        if found is not None and found.key == _CALLED_IN:
            return found
    return _early(turn, desk)


_own_part = personal("partial.general", _partial)
_STILL_IN_FULL = "recall.whether"
# What is said in general of a part paid early; a sum that was named is reckoned instead.
_RULES_OF_A_PART = frozenset({"partial.early", "partial.after"})


@answers("ask_partial_payment")
def part(turn: Turn, desk: Desk) -> Reply:
    """A part of what is owed, late or early; a sum that was named is reckoned for a borrower."""
    if (reckoned := enough(turn, desk)) is not None:
        return reckoned
    if turn.known and special_side(turn, desk) == _STILL_IN_FULL:
        return full_recall(turn, desk)
    early = special_side(turn, desk) in _RULES_OF_A_PART
    if early and turn.borrower_id is not None and turn.amount_fen():
        found = _partial(turn, desk, turn.borrower_id)
        if found is not None:
            return about_what_there_is(turn, desk, found)
    return _own_part(turn, desk)


answers("ask_repay_priority")(personal("priority.general", _priority))
answers("request_proof")(ruled("proof.general"))
answers("ask_which_first")(asked_as("ask_repay_priority"))
answers("ask_part")(asked_as("ask_partial_payment"))


@answers("ask_early_saving")
def early_saving(turn: Turn, desk: Desk) -> Reply:
    """ "能省多少利息": the interest of terms not run yet, which nobody pays who settles today."""
    if turn.borrower_id is None:
        return Reply("early.general")
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    ids = tuple(one.account_id for one in chosen)
    values = {
        "quote": desk.engine.quote(turn.borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids),
        "saved": _not_run_yet(turn, desk, turn.borrower_id, chosen),
    }
    return Reply("early.saving", values, details="quote:payoff_all")


def _not_run_yet(turn: Turn, desk: Desk, borrower_id: str, chosen: Sequence[AccountState]) -> Money:
    """What the rows to come ask for beyond what settling today costs."""
    ids = tuple(one.account_id for one in chosen)
    kinds = (QuoteKind.PAYOFF_ALL, QuoteKind.DUE_NOW)
    whole, due = (desk.engine.quote(borrower_id, kind, account_ids=ids).total for kind in kinds)
    rows = (row for one in chosen for row in one.schedule if row.due > turn.today)
    to_come = sum(row.outstanding.fen for row in rows)
    return Money(max(0, to_come - (whole - due).fen))


@answers("ask_early_on")
def early_on(turn: Turn, desk: Desk) -> Reply:
    """ "那月底还清呢": everything on that day, if nothing is paid before."""
    later = later_day(turn)
    if turn.borrower_id is None or later is None:
        return early(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    ids = tuple(one.account_id for one in accounts.asked(turn, state))
    found = desk.engine.compare(turn.borrower_id, QuoteKind.PAYOFF_ALL, later, account_ids=ids)
    falls_due = [one for one in state.accounts if one.next_due and one.next_due <= later]
    values = {"difference": found, "later": later, "falls_due": falls_due}
    return Reply("early.on", values, details="quote:payoff_all")
