"""Figures that a borrower names to have them confirmed or told apart: "26号还1280，对吧".

Each is looked for among the figures of the borrower's own books; what is found is told to the fen,
what is not is said to be none of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import about_what_there_is
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.tomorrow import tomorrow

_FEN = 100
_ROUND_DIGITS = 2  # "六十万" is a round figure, "1280" is not
_NEAR = Decimal("0.1")
_CLOSE = Decimal("0.05")
_OWED = frozenset({"due", "due_of", "next", "all", "all_of"})
_BEFORE = 2  # letters: 涨了, 多了


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure of the books: what it is called, how much, of which account, on which day."""

    name: str
    amount: Money
    account: AccountState | None = None
    on: date | None = None


_Found = list[tuple[int, OwnFigure | None]]


@answers("ask_named_figures")
@signed_in
def named_figures(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """What each figure of the message is in the own books."""
    known = tuple(own_figures(turn, desk, borrower_id))
    said = [(fen, _found(fen, rough, known, turn)) for fen, rough in _said(turn)]
    return _told(turn, desk, borrower_id, said, tells_left=False)


@answers("ask_left_told")
@signed_in
def left_told(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "还剩三万四": told as all that is left; compared with what is owed, and with no payment."""
    known = [one for one in own_figures(turn, desk, borrower_id) if one.name in _OWED]
    said = [(fen, _owed(fen, known)) for fen, _ in _said(turn)]
    return _told(turn, desk, borrower_id, said, tells_left=True)


def _told(turn: Turn, desk: Desk, borrower_id: str, said: _Found, *, tells_left: bool) -> Reply:
    ids = tuple(one.account_id for one in accounts.asked(turn, desk.engine.state(borrower_id)))
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    everything = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    values = {
        "said": said,
        "all_found": bool(said) and all(found for _, found in said),
        "due": due,
        "everything": everything.total,
        "tells_left": tells_left,
        "asks_why": bool(figure_words().asks_why.search(turn.text)),
        "asks_what": bool(figure_words().asks_what.search(turn.text)),
    }
    told = Reply("ledger.figures", values, details="quote:due_now")
    return about_what_there_is(turn, desk, told)


def _owed(fen: int, known: list[OwnFigure]) -> OwnFigure | None:
    """What is owed that comes to the sum named, as closely as it was named: 三万四 is 34,211.23."""
    step = 10 ** (len(str(fen)) - len(str(fen).rstrip("0")))
    near = max(min(Decimal(step), fen * _CLOSE), Decimal(_FEN))
    return next((one for one in known if abs(one.amount.fen - fen) < near), None)


def is_known(turn: Turn, desk: Desk, borrower_id: str) -> bool:
    """Whether any figure of the message is one of the own books."""
    known = tuple(own_figures(turn, desk, borrower_id))
    return any(_found(fen, rough, known, turn) for fen, rough in _said(turn))


def own_figures(turn: Turn, desk: Desk, borrower_id: str) -> Iterator[OwnFigure]:
    """Every figure that a borrower is told, the most often asked first."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    everything = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    least = desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=ids)
    yield OwnFigure("due", due.total)
    for one in chosen:
        yield OwnFigure("due_of", due.by_account().get(one.account_id, Money.zero), one)
    yield OwnFigure("least", least.total)
    yield OwnFigure("penalty", due.by_component().get(Component.PENALTY, Money.zero))
    yield OwnFigure("a_day", tomorrow(desk, borrower_id, accounts.overdue(chosen)).more)
    for one in chosen:
        yield from _rows_and_payments(one)
    yield OwnFigure("all", everything.total)
    for one in chosen:
        yield OwnFigure("all_of", everything.by_account().get(one.account_id, Money.zero), one)


def _rows_and_payments(account: AccountState) -> Iterator[OwnFigure]:
    """The next instalment, and what was paid in, the last payment first."""
    if account.next_due is not None:
        yield OwnFigure("next", account.next_due_amount, account, account.next_due)
    for one in reversed(account.payments):
        yield OwnFigure("paid", one.amount, account, one.on)


def _said(turn: Turn) -> Iterator[tuple[int, bool]]:
    """Each amount named, in fen, and whether it is named roughly; a difference is none of them."""
    words = figure_words()
    for one in turn.entities:
        apart = words.difference.search(turn.text[max(0, one.start - _BEFORE) : one.start])
        if one.kind == "amount" and one.value.isdigit() and not apart:
            rough = words.roughly.search(turn.text[one.start : one.end + 1])
            yield int(one.value), rough is not None
    if not any(one.kind == "amount" for one in turn.entities):
        found = words.bare_sum.findall(turn.text)
        yield from ((int(Decimal(one) * _FEN), False) for one in found)


def _found(fen: int, rough: bool, known: tuple[OwnFigure, ...], turn: Turn) -> OwnFigure | None:
    """The figure that is meant; of a day only, where a day is spoken of."""
    by_day = bool(figure_words().one_day.search(turn.text))
    fitting = (one for one in known if one.amount.fen > 0 and _means(fen, rough, one.amount.fen))
    ranked = sorted(
        fitting, key=lambda one: (by_day and one.name != "a_day", abs(one.amount.fen - fen))
    )
    return ranked[0] if ranked else None


def _means(fen: int, rough: bool, exact: int) -> bool:
    """Whether the words for `fen` may stand for that figure: 三百多, 快六十万, 1280."""
    digits = str(fen).rstrip("0")
    step: int = 10 ** (len(str(fen)) - len(digits))
    if rough:
        return fen <= exact < fen + step
    if len(digits) <= _ROUND_DIGITS:
        return abs(exact - fen) <= fen * _NEAR
    return abs(exact - fen) < _FEN
