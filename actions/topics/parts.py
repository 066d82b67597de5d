"""In how many instalments a loan was borrowed, and how many of them are paid."""

from __future__ import annotations

from collections.abc import Iterable

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RecallStage, RowOrigin, RowState
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import NOT_HELD
from actions.conversation.turn import Turn


def loans_among(chosen: Iterable[AccountState]) -> tuple[AccountState, ...]:
    """Those that are paid by instalments of their contract."""
    return tuple(one for one in chosen if one.terms.kind is ProductKind.INSTALMENT_LOAN)


def rows_of(account: AccountState) -> dict[str, int]:
    """How many rows the loans of an account have, and how many of them are paid."""
    rows = [row for row in account.schedule if row.origin is RowOrigin.LOAN]
    return {"all": len(rows), "paid": sum(row.state is RowState.PAID for row in rows)}


def parts_of(chosen: Iterable[AccountState]) -> dict[str, dict[str, int]]:
    """The same of each loan that has any, by account id."""
    rows = {one.account_id: rows_of(one) for one in loans_among(chosen)}
    return {account_id: counted for account_id, counted in rows.items() if counted["all"]}


def called_in(chosen: Iterable[AccountState]) -> tuple[AccountState, ...]:
    """Those of which everything is due already; a notice alone changes no instalment."""
    return tuple(one for one in chosen if one.recall.stage is RecallStage.EFFECTIVE)


@answers("ask_how_many_parts")
def how_many_parts(turn: Turn, desk: Desk) -> Reply:
    """ "我当时分了几期": of the borrower's own loan; the rule where there is none."""
    rule = Reply("instalment.terms")
    if turn.borrower_id is None:
        return rule
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    found, missing = parts_of(chosen), accounts.missing(turn, state)
    if missing:
        return rule.changed(values={"missing": missing}, lead=NOT_HELD)
    if not found:
        return rule
    values = {"accounts": chosen, "parts": found, "called_in": called_in(chosen)}
    overdue = desk.engine.quote(turn.borrower_id, QuoteKind.OVERDUE).by_account()
    return Reply("instalment.parts", {**values, "owed": overdue})
