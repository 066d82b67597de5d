"""Whether an amount on a day is enough to be late no longer, as the engine says."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import special_side
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.sum_to_pay import sum_to_pay

SIDE = "minimum.enough"


def enough(turn: Turn, desk: Desk, *, asked: bool = False) -> Reply | None:
    """The minimum still open that day and whether the amount covers it; None for other questions.

    Where nothing is open there is nothing to say either. `asked`: the words were found to ask it.
    """
    if turn.borrower_id is None or not (asked or special_side(turn, desk) == SIDE):
        return None
    state = desk.engine.state(turn.borrower_id)
    if accounts.missing(turn, state):
        return None
    chosen = accounts.asked(turn, state)
    ids = tuple(one.account_id for one in chosen)
    on = max(turn.coming_date() or turn.today, turn.today)
    least = desk.engine.quote(turn.borrower_id, QuoteKind.MINIMUM, on, ids)
    if least.total.fen <= 0:
        return None
    fen = sum_to_pay(turn) or half(turn, desk, turn.borrower_id, ids) or None
    only = ids[0] if len(ids) == 1 else None
    found = desk.engine.what_if_payment(turn.borrower_id, Money(fen or least.total.fen), on, only)
    then = accounts.overdue(one for one in found.before.accounts if one.account_id in ids)
    still = accounts.overdue(one for one in found.after.accounts if one.account_id in ids)
    covers = not still if then else fen is not None and fen >= least.total.fen
    values = {
        "on": on,
        "least": least,
        "least_today": desk.engine.quote(turn.borrower_id, QuoteKind.MINIMUM, account_ids=ids),
        "names": accounts.names(state),
        "amount": fen,
        "short": least.total - Money(fen or 0),
        "roughly": _roughly(turn),
        "then": then,
        "covered": fen is not None and covers,
    }
    supposes = Supposed(fen or least.total.fen, on, only, turn.turns)
    return Reply("minimum.enough.personal", values, details="quote:minimum", supposes=supposes)


@answers("ask_is_enough")
def is_enough(turn: Turn, desk: Desk) -> Reply:
    """ "只还128可以不，会不会逾期": one question, although two topics are named in it."""
    found = enough(turn, desk, asked=True)
    return found or by_intent(turn, desk, "minimum.enough")


def half(turn: Turn, desk: Desk, borrower_id: str, ids: tuple[str, ...]) -> int:
    """ "还一半": of what is due, else of what falls due next, in fen; 0 where none is spoken of.

    Of a loan that is paid early it is half of all that is left.
    """
    if not figure_words().half.search(turn.text):
        return 0
    kinds = [QuoteKind.DUE_NOW, QuoteKind.NEXT_BILL]
    if figure_words().early.search(turn.text) and _are_loans(desk, borrower_id, ids):
        kinds.insert(1, QuoteKind.PAYOFF_ALL)  # "借呗提前还一半": of what is left of it
    quotes = (desk.engine.quote(borrower_id, kind, account_ids=ids).total.fen for kind in kinds)
    return next((fen // 2 for fen in quotes if fen > 0), 0)


def _are_loans(desk: Desk, borrower_id: str, ids: tuple[str, ...]) -> bool:
    held = accounts.by_id(desk.engine.state(borrower_id).accounts)
    return all(held[one].terms.kind is ProductKind.INSTALMENT_LOAN for one in ids)


def _roughly(turn: Turn) -> bool:
    """Whether the amount was said as "so much and some"."""
    said = turn.first("amount")
    return said is not None and bool(
        figure_words().roughly.search(turn.text[said.start : said.end + 1])
    )
