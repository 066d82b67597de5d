"""Paying everything before the time: by one's own wish, what it saves, and on another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RecallStage
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.spans import a_month_on, days_ahead
from actions.conversation.topic import about_what_there_is, personal, special_side
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.hearing import hear
from actions.topics.amount import later_day, payoff
from actions.topics.brief import owed
from actions.topics.loan_supposition import early_payoff_supposed
from actions.topics.penalty import if_not_held
from actions.topics.recall import own_recall
from actions.topics.recall_after_paying import asked_again

_CALLED_IN = "early.called_in"
_FAILS, _OWN_SUM = "early.fails", "brief.payoff"
# Sides of paying early that hold for what was called in as well.
_FOR_ALL = frozenset({"early.effect", _FAILS, "early.member", "early.why_free"})
_NEXT_ROW = "early.next"
_early = personal("early.general", payoff)


def next_row_while_late(turn: Turn, desk: Desk) -> Reply | None:
    """ "可以先还一期吗" of somebody behind: what is paid makes up for what is late first.

    None for whoever is on time, who pays the row to come, and for a product that is not held.
    """
    if turn.borrower_id is None or special_side(turn, desk) != _NEXT_ROW:
        return None
    late = accounts.late_and_held(turn, desk.engine.state(turn.borrower_id))
    if not late:
        return None
    whole = payoff(turn, desk, turn.borrower_id)
    if whole.key == _CALLED_IN:
        return whole
    open_rows = tuple(one for one in late if one.recall.stage is not RecallStage.EFFECTIVE)
    return Reply("early.next_late", {"late": open_rows, "owed": owed(desk, turn.borrower_id)})


@answers("ask_early_settlement")
def early(turn: Turn, desk: Desk) -> Reply:
    """Paying early by one's own wish; who is made to is told of the recall.

    What was called in is due: the rules of paying early are no answer about it.
    """
    if turn.known and "settlement" in hear(turn).wishes:
        return the_answer("inform")(turn, desk)  # "两万能结清吗" is an offer
    if (recalled := asked_again(turn, desk) or own_recall(turn, desk)) is not None:
        return recalled
    if (behind := next_row_while_late(turn, desk)) is not None:
        return behind
    side = special_side(turn, desk) or "early.general"
    if side == "early.fee" and (supposed := early_payoff_supposed(turn, desk)) is not None:
        return if_not_held(supposed, turn, desk)
    if side == "early.fee" and figure_words().would_borrow.search(turn.text):
        return Reply(side)  # a loan that is only thought of: the own debt is no answer
    ruled_out = side in _FOR_ALL or turn.entity("amount") is not None
    if turn.borrower_id is not None and side.startswith("early.") and not ruled_out:
        held = not accounts.missing(turn, desk.engine.state(turn.borrower_id))
        found = payoff(turn, desk, turn.borrower_id) if held else None
        if found is not None and found.key == _CALLED_IN:
            return found
    return _reason_first(_early(turn, desk))


def _reason_first(told: Reply) -> Reply:
    """Why paying early fails: before what may be the cause, that it is no paying early for them."""
    if told.key != _FAILS or told.coda != _OWN_SUM:
        return told
    all_late = told.values["overdue"] == told.values["quote"].total
    return told.changed(lead=told.coda, coda=None) if all_late else told


@answers("ask_payoff")
def payoff_asked(turn: Turn, desk: Desk) -> Reply:
    """ "剩下几期一把还了一共多少": one figure, whichever two topics the words recall."""
    if turn.borrower_id is None:
        return early(turn, desk)
    return about_what_there_is(turn, desk, payoff(turn, desk, turn.borrower_id))


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
    return _settled_on(turn, desk, later_day(turn))


@answers("ask_settle_then")
def settle_then(turn: Turn, desk: Desk) -> Reply:
    """ "今天还清和下个月还清差多少": both sums; a month on where no other day is named."""
    span = days_ahead(_of_the_later_day(turn))
    on = span.last if span is not None and not span.of_month else a_month_on(turn.today)
    return _settled_on(turn, desk, on)


def _of_the_later_day(turn: Turn) -> Turn:
    """The turn with the last day that was named; "今天" is the other one."""
    days = [one for one in turn.entities if one.kind == "date"]
    return replace(turn, entities=tuple(days[-1:]))


def _settled_on(turn: Turn, desk: Desk, later: date | None) -> Reply:
    if turn.borrower_id is None or later is None:
        return early(turn, desk)
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    ids = tuple(one.account_id for one in chosen)
    found = desk.engine.compare(turn.borrower_id, QuoteKind.PAYOFF_ALL, later, account_ids=ids)
    falls_due = [one for one in chosen if one.next_due and one.next_due <= later]
    values = {"difference": found, "later": later, "falls_due": falls_due}
    return Reply("early.on", values, details="quote:payoff_all")
