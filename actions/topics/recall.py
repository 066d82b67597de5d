"""Full recall (全额回收): which step, which date, what stops it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.repay_order import days_to_recall
from account_engine.domain.state import AccountState, RecallStage
from account_engine.domain.what_if import WhatIf
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import Card, timeline_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    about_what_there_is,
    personal,
    special_side,
)
from actions.conversation.turn import Turn
from actions.topics import brief

_PAYS = re.compile(r"[还给付交补凑]")


class ActionRecall(TopicAction):
    """ask_full_recall."""

    topic = "recall"


def _recall(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    values = {"name": turn.display_name, **brief.recall_values(turn, desk, borrower_id)}
    found = values["recalled"]
    if not found:
        return Reply("recall.none_yet", values)
    return Reply(
        "recall.personal",
        values,
        card=_steps(found, desk.renderer.labels["card"]),
        details=f"quote:{QuoteKind.DUE_NOW.value}",
        clauses=tuple(one.terms.clause("recall") for one in found),
    )


def _steps(found: tuple[AccountState, ...], words: Mapping[str, str]) -> Card:
    rows = [
        (day, words[name], account.display_name, name)
        for account in found
        for name, day in (
            ("recall_warned", account.recall.warned_on),
            ("recall_noticed", account.recall.noticed_on),
            ("recall_effective", account.recall.effective_on),
        )
        if day is not None
    ]
    return timeline_card(words["recall"], rows)


def against_recall(found: WhatIf, account_id: str | None) -> dict[str, Any]:
    """How the account that is paid on stands after it, and how soon it could be called in."""
    after = next((one for one in found.after.accounts if one.account_id == account_id), None)
    if after is None:
        return {"then": None}
    return {"then": after, "recall_in": days_to_recall(after)}


def _after_paying(turn: Turn, desk: Desk) -> Reply | None:
    """ "还四万以后还会让我全还吗": what that leaves overdue; None where no one account is meant."""
    fen = turn.amount_fen()
    if turn.borrower_id is None or not fen or not _PAYS.search(turn.text):
        return None
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    late = accounts.overdue(chosen)
    if len(chosen) != 1 or not late or late[0].recall.stage is RecallStage.EFFECTIVE:
        return None
    if accounts.missing(turn, state):
        return None
    only = late[0].account_id
    on = max(turn.coming_date() or turn.today, turn.today)
    found = desk.engine.what_if_payment(turn.borrower_id, Money(fen), on, only)
    values = {
        "amount": fen,
        "on": on,
        "account": late[0],
        "before": found.before_quotes[QuoteKind.OVERDUE].by_account().get(only, Money.zero),
        "left": found.after_quotes[QuoteKind.OVERDUE].by_account().get(only, Money.zero),
        **against_recall(found, only),
    }
    return Reply("recall.after_paying", values, details="quote:overdue")


_own = personal("recall.general", _recall)


@answers("ask_full_recall")
def full_recall(turn: Turn, desk: Desk) -> Reply:
    """Whether and why it comes is for a borrower how far it has come."""
    return _after_paying(turn, desk) or own_recall(turn, desk) or _own(turn, desk)


def own_recall(turn: Turn, desk: Desk) -> Reply | None:
    """How far it has come, for whoever asks whether it will or why it did; None for the others."""
    side = special_side(turn, desk)
    if turn.borrower_id is None or side not in ("recall.whether", "recall.early"):
        return None
    found = _recall(turn, desk, turn.borrower_id)
    if side == "recall.early" and not found.values["recalled"]:
        return None
    return about_what_there_is(turn, desk, found)
