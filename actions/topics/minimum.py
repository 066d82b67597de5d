"""The minimum payment of a bill: how much it is, and whether it was made; a loan has none."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RecallStage
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import personal, special_side, with_own_line
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.knowledge.rules_first import asked_of
from actions.topics import brief
from actions.topics.enough import enough
from actions.topics.supposition import newest_terms

_OWN_MINIMUM = "minimum.personal"
_OWN_LINE, _LAST_PAYMENT = "brief.minimum", "brief.payment"
_MEANING = "minimum.meaning"


def _minimum(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The least that is to be paid now on bills; loans have none."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    bills = tuple(one for one in chosen if one.terms.kind is ProductKind.REVOLVING)
    ids = tuple(one.account_id for one in bills)
    if not ids:
        return with_own_line(Reply("minimum.loan"), turn, desk)
    demanded = tuple(one for one in bills if one.recall.stage is RecallStage.EFFECTIVE)
    if demanded == bills:
        called_in = {"accounts": demanded, "owed": brief.owed(desk, borrower_id)}
        return Reply("minimum.recalled", called_in, details="quote:due_now")
    quote = desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=ids)
    if quote.total.fen <= 0:
        return None
    values = {
        "name": turn.display_name,
        "quote": quote,
        "due": desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids),
        "names": accounts.names(state),
        "bills": bills,
        "on_time_again": brief.on_time_again(desk, borrower_id, quote.by_account()),
    }
    to_come = [one.next_due for one in bills if one.next_due and not one.dpd]
    on = min(to_come, default=turn.today) if not accounts.overdue(bills) else turn.today
    supposes = Supposed(quote.total.fen, on, ids[0] if len(ids) == 1 else None, turn.turns)
    return Reply(_OWN_MINIMUM, values, details="quote:minimum", supposes=supposes)


def _has_bills(turn: Turn, desk: Desk, borrower_id: str) -> bool:
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    return any(one.terms.kind is ProductKind.REVOLVING for one in chosen)


_own_minimum = personal("minimum.general", _minimum)


@answers("ask_minimum_payment")
def minimum_payment(turn: Turn, desk: Desk) -> Reply:
    """The rule of a side, after the word that none is left to choose where all was called in."""
    told = _minimum_payment(turn, desk)
    if told.coda != _OWN_LINE or told.lead not in (None, _LAST_PAYMENT) or told.key == _MEANING:
        return told
    bills = told.values["accounts"]
    demanded = all(one.recall.stage is RecallStage.EFFECTIVE for one in bills)
    return told.changed(lead=_OWN_LINE, coda=None) if demanded else told


def _minimum_payment(turn: Turn, desk: Desk) -> Reply:
    """Where it can be seen is for a borrower how much it is; so is whether an amount is enough."""
    if (reckoned := enough(turn, desk)) is not None:
        return reckoned
    of_a_rule = special_side(turn, desk) in asked_of("ask_minimum_payment")
    said_paid = not of_a_rule and figure_words().paid_minimum.search(turn.text)
    if turn.borrower_id is not None and said_paid and _has_bills(turn, desk, turn.borrower_id):
        paid = _own_minimum(turn, desk)
        seen = brief.payment(turn, desk, turn.borrower_id)
        told = {**seen.values, **paid.values}
        return paid.changed(values=told, lead=seen.key) if paid.lead is None else paid
    where = special_side(turn, desk) == "minimum.where"
    return (_minimum_held(turn, desk) if where else None) or _own_minimum(turn, desk)


def _of_this_bill(turn: Turn, found: Reply | None) -> Reply | None:
    """ "下个月最低还款多少": that bill is not out yet; the minimum that stands is told after it."""
    if found is None or found.key != _OWN_MINIMUM:
        return found
    bills = (one for one in found.values["bills"] if one.next_due and not one.dpd)
    this_month = all(one.next_due.replace(day=1) == turn.today.replace(day=1) for one in bills)
    asked = this_month and figure_words().next_month.search(turn.text)
    return found.changed(lead="minimum.not_out_yet") if asked else found


@answers("ask_least_to_pay")
def least_to_pay(turn: Turn, desk: Desk) -> Reply:
    """ "每个月最少要准备多少": the minimum as it stands, whatever side the words name."""
    found = _minimum_held(turn, desk)
    return found or minimum_payment(replace(turn, intent="ask_minimum_payment"), desk)


def _minimum_held(turn: Turn, desk: Desk) -> Reply | None:
    """The minimum of the borrower's own; None for a product that they do not have."""
    if turn.borrower_id is None or accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return None
    return _of_this_bill(turn, _minimum(turn, desk, turn.borrower_id))


@answers("ask_minimum_in_a_row")
def minimum_in_a_row(turn: Turn, desk: Desk) -> Reply:
    """ "连续三个月只还最低": whether that may be; a loan has no minimum at all."""
    named = [newest_terms(name, desk) for name in turn.values("product")]
    if named and all(one is not None and one.kind is not ProductKind.REVOLVING for one in named):
        return minimum_payment(replace(turn, intent="ask_minimum_payment"), desk)
    return with_own_line(Reply("minimum.again"), turn, desk)
