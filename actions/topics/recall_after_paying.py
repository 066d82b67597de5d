"""A payment against a recall: how the account that is paid on stands after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.repay_order import days_to_recall
from account_engine.domain.state import AccountState, RecallStage
from account_engine.domain.what_if import WhatIf
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import special_side
from actions.conversation.turn import Entity, Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.enough import half

_ROUNDED = 100  # fen: arrears are named in whole yuan
WHY = "recall.why"  # a sum in it is the one demanded: "为什么让我一次还三万多"
# Questions that a sum to be paid is reckoned for.
_RECKONS_A_PAYMENT = frozenset({"ask_full_recall", "ask_cross_product", "ask_partial_payment"})


def against_recall(found: WhatIf, account_id: str | None) -> dict[str, Any]:
    """How the account that is paid on stands after it, and how soon it could be called in."""
    after = next((one for one in found.after.accounts if one.account_id == account_id), None)
    if after is None:
        return {"then": None}
    return {"then": after, "recall_in": days_to_recall(after)}


def after_paying(turn: Turn, desk: Desk) -> Reply | None:
    """ "还四万以后还会让我全还吗": what that leaves; None where no one account is meant.

    Of several sums in a story none is plainly the one to be paid.
    """
    turn, again = _with_the_payment_before(turn)
    if not figure_words().pays.search(turn.text) or _paid_long_ago(turn):
        return None
    return _after(turn, desk, again=again)


def _demanded(turn: Turn, said: Entity) -> bool:
    """ "三万多让我一次还": the sum that is asked for, and no payment that is thought of."""
    words, text = figure_words(), turn.text
    before, behind = text[: said.start], text[said.end :]
    return bool(words.demanded.search(before) or words.demanded_behind.search(behind))


def _paid_long_ago(turn: Turn) -> bool:
    """ "我10月5号还过三千，怎么还要全部": a payment of a day gone by is in the books already."""
    named = turn.named_date()
    return bool(named and named < turn.today and figure_words().has_paid.search(turn.text))


def in_time(turn: Turn, desk: Desk) -> Reply | None:
    """ "这周五能拿到七千，来得及吗": where a notice is running, whether that ends it."""
    if turn.borrower_id is None:
        return None
    asked = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    noticed = any(one.recall.stage is RecallStage.NOTICED for one in asked)
    return _after(turn, desk, again=False) if noticed else None


def _after(turn: Turn, desk: Desk, *, again: bool) -> Reply | None:
    if turn.borrower_id is None or special_side(turn, desk) == WHY:
        return None
    named = turn.amount_fen() if len(tuple(turn.values("amount"))) == 1 else None
    if not named and not _speaks_of_half(turn):
        return None
    said = turn.first("amount")
    if said is not None and _demanded(turn, said):
        return None
    if said is not None and figure_words().inside.match(turn.text, said.end):
        return None  # "三万四里面有没有利息": what it holds is asked, and nothing is paid
    state = desk.engine.state(turn.borrower_id)
    paid = _paid_on(accounts.asked(turn, state))
    if paid is None or accounts.missing(turn, state):
        return None
    only = paid.account_id
    fen = named or half(turn, desk, turn.borrower_id, (only,))
    if not fen:
        return None
    on = _paid_on_day(turn)
    found = desk.engine.what_if_payment(turn.borrower_id, Money(fen), on, only)
    before = found.before_quotes[QuoteKind.OVERDUE].by_account().get(only, Money.zero)
    noticed = paid.recall.stage is RecallStage.NOTICED
    if noticed and 0 < before.fen - fen < _ROUNDED:
        return None  # "补上6423" of 6,423.23: all that is late is meant
    values = {
        "amount": fen,
        "is_half": not named,
        "on": on,
        "account": paid,
        "before": before,
        "arrears": desk.engine.quote(
            turn.borrower_id, QuoteKind.OVERDUE, account_ids=(only,)
        ).total,
        "left": found.after_quotes[QuoteKind.OVERDUE].by_account().get(only, Money.zero),
        "more_than_owed": fen > before.fen,
        "asked_again": again,
        "because_of_it": tuple(
            one for one in found.after.accounts if _comes_of(one, only, state.accounts)
        ),
        **against_recall(found, only),
    }
    called_in = paid.recall.stage is RecallStage.EFFECTIVE
    key = "recall.after_paying_called_in" if called_in else "recall.after_paying"
    spoken_of = None if called_in else Supposed(fen, on, only, turn.turns)
    return Reply(key, values, details="quote:overdue", supposes=spoken_of)


def _speaks_of_half(turn: Turn) -> bool:
    """ "今晚先还一半，还会走全额吗": no sum is named, and none was paid already."""
    words = figure_words()
    found = words.half.search(turn.text)
    if found is None or turn.entity("amount") or words.has_paid.search(turn.text):
        return False
    return words.paid_before_sum.search(turn.text[: found.start()]) is None


def _paid_on_day(turn: Turn) -> date:
    """The day named for the payment; "四天后要全部还" is that of the demand."""
    said = turn.first("date")
    if said is not None and figure_words().demanded_then.search(turn.text[said.end :]):
        return turn.today
    return max(turn.coming_date() or turn.today, turn.today)


def _with_the_payment_before(turn: Turn) -> tuple[Turn, bool]:
    """ "那真的就不用一次还了" right after a payment was reckoned: that payment, and True."""
    last = LastQuestion.of(turn)
    if last is None or last.turn != turn.turns - 1 or last.answer not in _RECKONS_A_PAYMENT:
        return turn, False
    if turn.entity("amount") or not figure_words().for_sure.search(turn.text):
        return turn, False
    return replace(turn, text=last.text, entities=last.entities), True


def asked_again(turn: Turn, desk: Desk) -> Reply | None:
    """Whether a payment that was reckoned really ends it, in whatever words that is asked."""
    return after_paying(turn, desk) if _with_the_payment_before(turn)[1] else None


def _paid_on(chosen: tuple[AccountState, ...]) -> AccountState | None:
    """The late account that is to be paid on: the only one asked about, or the source of a recall.

    "还九万借呗，花呗还要全还吗" pays on 借呗, from which the recall of 花呗 comes.
    """
    late = accounts.overdue(chosen)
    if len(chosen) == 1:
        return late[0] if late else None
    sources = {one.recall.source_account for one in accounts.recalled(chosen)}
    meant = [one for one in late if one.account_id in sources]
    return meant[0] if len(meant) == 1 else None


def _comes_of(one: AccountState, source: str, before: Iterable[AccountState]) -> bool:
    """Whether this account's recall was open before, because of the account `source`."""
    was = accounts.by_id(before)[one.account_id]
    return was.recall.source_account == source and bool(accounts.recalled((was,)))
