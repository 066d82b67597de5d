"""A part of what is owed: what a payment would change, shown before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RecallStage
from account_engine.domain.what_if import WhatIf
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import (
    about_what_there_is,
    asked_as,
    own_line,
    personal,
    special_side,
)
from actions.conversation.turn import Entity, Turn
from actions.knowledge.figure_words import figure_words
from actions.knowledge.rules_first import asked_of
from actions.negotiation.first_day import day_to_pay
from actions.negotiation.lexicon import hearing_lexicon
from actions.topics import brief
from actions.topics.early import next_row_while_late
from actions.topics.enough import enough, half
from actions.topics.own_case import case_part
from actions.topics.recall import full_recall, recalled_already
from actions.topics.recall_after_paying import against_recall
from actions.topics.sum_to_pay import sum_to_pay

_AFTER = "partial.after"
_OF_A_DAY = frozenset({"date", "day_of_month"})
_YUAN = 100  # fen
_ROUND = 100  # hundreds of yuan are sums of their own, and no figure without its fen


def effect_of_a_part(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The effect of a payment, shown before it is made."""
    asked = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in asked)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)
    state = desk.engine.state(borrower_id)
    so_called, fen = _sum_meant(turn, desk, borrower_id, ids)
    if not fen:
        return Reply("partial.how_much", {"due": due})
    on = max(_paid_on(turn), turn.today)
    chosen = accounts.asked(turn, state) if turn.entity("product") else ()
    only = chosen[0] if len(chosen) == 1 else None
    account_id = only.account_id if only else None
    found = desk.engine.what_if_payment(borrower_id, Money(fen), on, account_id)
    return Reply(
        "partial.personal",
        {
            "amount": fen,
            "so_called": so_called,
            "freed": _freed(found),
            "notified": [
                one
                for one in found.after.accounts
                if one.account_id in ids and one.recall.stage is RecallStage.NOTICED
            ],
            "still_late": accounts.overdue(
                one for one in found.after.accounts if one.account_id in ids
            ),
            "on": on,
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
        supposes=Supposed(fen, on, account_id, turn.turns),
    )


def _sum_meant(
    turn: Turn, desk: Desk, borrower_id: str, ids: tuple[str, ...]
) -> tuple[str | None, int]:
    """The sum named, or one that is only called so: half of what is due, the least, the arrears."""
    words, named = figure_words(), sum_to_pay(turn)
    if named:
        return None, _to_the_fen(named, desk, borrower_id, ids)
    if part := half(turn, desk, borrower_id, ids):
        return "half", part
    if words.least.search(turn.text):
        return "least", desk.engine.quote(borrower_id, QuoteKind.MINIMUM, None, ids).total.fen
    if words.arrears.search(turn.text):
        return "arrears", desk.engine.quote(borrower_id, QuoteKind.OVERDUE, None, ids).total.fen
    return None, 0


def _to_the_fen(fen: int, desk: Desk, borrower_id: str, ids: tuple[str, ...]) -> int:
    """ "330那个还了": a sum told to the yuan stands for the own figure with its fen."""
    kinds = (QuoteKind.MINIMUM, QuoteKind.OVERDUE, QuoteKind.DUE_NOW)
    own = (desk.engine.quote(borrower_id, kind, account_ids=ids).total.fen for kind in kinds)
    whole = fen % _YUAN == 0 and fen // _YUAN % _ROUND
    return next((one for one in own if whole and 0 <= one - fen < _YUAN), fen)


def _freed(found: WhatIf) -> tuple[AccountState, ...]:
    """Accounts called in that are due by instalments again after the payment."""
    before = {one.account_id for one in accounts.recalled(found.before.accounts)}
    still = {one.account_id for one in accounts.recalled(found.after.accounts)}
    return tuple(one for one in found.after.accounts if one.account_id in before - still)


def _paid_on(turn: Turn) -> date:
    """The day named for the payment; one that is named for the rest is another's."""
    said = day_to_pay(turn)
    if said is None or figure_words().the_rest.search(turn.text[: said.end]):
        return turn.today  # "1号那期没还" names what fell due
    if hearing_lexicon().by_then.match(turn.text, said.end):
        return turn.today  # "25号之前我只能凑三千": on that day it may be too late
    others = (one for one in turn.entities if one.start == said.start or one.kind not in _OF_A_DAY)
    return replace(turn, entities=tuple(others)).coming_date() or turn.today


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


@own_line("partial")
def least_or_late(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Beside a rule for paying less than all: the minimum of a bill, else how a loan stands."""
    return brief.minimum(turn, desk, borrower_id)


_own_part = personal("partial.general", effect_of_a_part)
_NOT_IN_FULL = "partial.not_in_full"
_STILL_IN_FULL = "recall.whether"
# What is said in general of a part paid early; a sum that was named is reckoned instead.
_EARLY = "partial.early"


def _after_a_part(turn: Turn, desk: Desk) -> Reply | None:
    """How the rest is paid after a part: what is late takes it first, and has no rows to come."""
    if turn.borrower_id is None or special_side(turn, desk) != _AFTER:
        return None
    late = accounts.late_and_held(turn, desk.engine.state(turn.borrower_id))
    if not late:
        return None
    arrears = desk.engine.quote(turn.borrower_id, QuoteKind.OVERDUE).by_account()
    return Reply("partial.after_late", {"overdue": late, "owed": arrears})


@answers("ask_partial_payment")
def part(turn: Turn, desk: Desk) -> Reply:
    """A part of what is owed, late or early; a sum that was named is reckoned for a borrower."""
    if (reckoned := enough(turn, desk)) is not None:
        return reckoned
    if not turn.known and (of_the_case := case_part(turn, desk)) is not None:
        return of_the_case
    if turn.known and special_side(turn, desk) == _STILL_IN_FULL:
        return full_recall(turn, desk)
    if special_side(turn, desk) == _NOT_IN_FULL and (called := _called_in(turn, desk)):
        return called
    if (behind := next_row_while_late(turn, desk)) is not None:
        return behind
    early = special_side(turn, desk) in asked_of("ask_partial_payment")
    named = turn.amount_fen() or figure_words().half.search(turn.text)
    if not named and (after := _after_a_part(turn, desk)) is not None:
        return after
    asks_early = special_side(turn, desk) == _EARLY and not named
    if asks_early and (late := early_though_late(turn, desk)) is not None:
        return late
    if early and turn.borrower_id is not None and named:
        missing = accounts.missing(turn, desk.engine.state(turn.borrower_id))
        found = None if missing else effect_of_a_part(turn, desk, turn.borrower_id)
        if found is not None:
            return about_what_there_is(turn, desk, found)
    return _own_part(turn, desk)


def _called_in(turn: Turn, desk: Desk) -> Reply | None:
    """That all of it is due, where "not the whole each time" would be untrue; else None."""
    if turn.borrower_id is None or accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return None
    found = recalled_already(replace(turn, intent="ask_full_recall"), desk)
    return found and found.changed(values={**found.values, "whether": True})


def early_though_late(turn: Turn, desk: Desk) -> Reply | None:
    """ "能提前还一部分吗" of what is late or called in: that comes first, and is not early."""
    if turn.borrower_id is None:
        return None
    state = desk.engine.state(turn.borrower_id)
    late = accounts.overdue(accounts.asked(turn, state))
    if not late or accounts.missing(turn, state) or desk.situations.about_somebody_else(turn):
        return None
    owed = desk.engine.quote(turn.borrower_id, QuoteKind.OVERDUE).by_account()
    return Reply("partial.early_late", {"late": late, "owed": owed}, details="quote:overdue")


@answers("ask_part_then_due")
def part_then_due(turn: Turn, desk: Desk) -> Reply:
    """ "提前还了500，27号还扣多少": what the due day still takes; the day named is that one."""
    kept = tuple(one for one in turn.entities if one.kind not in _OF_A_DAY)
    asked = replace(turn, entities=kept, intent="ask_partial_payment")
    if turn.borrower_id is None or accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return _own_part(asked, desk)
    found = effect_of_a_part(asked, desk, turn.borrower_id)
    if found is None or not found.values.get("then_next"):
        return _own_part(asked, desk)
    return about_what_there_is(asked, desk, found.changed(key="partial.then_due"))


answers("ask_part")(asked_as("ask_partial_payment"))


@answers("ask_part_called")
def part_called(turn: Turn, desk: Desk) -> Reply:
    """ "先还一半", "先还最低的", "把逾期的补上": of the product that a payment was supposed on."""
    turn, supposed = replace(turn, intent="ask_partial_payment"), Supposed.of(turn)
    if turn.borrower_id is None or turn.entity("product") or supposed is None:
        return _own_part(turn, desk)
    held = desk.engine.state(turn.borrower_id).accounts
    same = (one for one in held if one.account_id == supposed.account_id)
    product = (Entity("product", one.product_id.removesuffix("_like")) for one in same)
    return _own_part(replace(turn, entities=(*turn.entities, *product)), desk)
