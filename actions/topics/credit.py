"""The credit register: what is reported, when, and how long it stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import timeline_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    asked_as,
    personal,
    special_side,
)
from actions.conversation.turn import Turn
from actions.knowledge.access_words import access_words
from actions.topics.brief import on_time_again, payment
from actions.topics.own_case import case_credit


class ActionCredit(TopicAction):
    """ask_credit_impact, ask_credit_repair."""

    topic = "credit"


def _credit(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """What was or may be reported; being late is only supposed where nothing is: then the rule.

    Who says that they are late, and is not, hears that first.
    """
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    values = {"name": turn.display_name, "accounts": chosen}
    clean = not any(one.dpd or one.credit_report.has_overdue_record for one in chosen)
    words = access_words()
    supposed = words.speaks_of_late.search(turn.text) and not words.says_late.search(turn.text)
    if clean and supposed:
        return Reply("credit.general", values, coda="brief.credit")
    return Reply("credit.personal", values)


def _repair(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """The way back to good standing, with the dates of this borrower."""
    state = desk.engine.state(borrower_id)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW)
    chosen = accounts.asked(turn, state)
    clean = not any(one.dpd or one.credit_report.has_overdue_record for one in chosen)
    values = {"name": turn.display_name, "accounts": chosen, "due": due, "clean": clean}
    card = timeline_card(desk.renderer.labels["card"], "way_back", chosen, _way_back)
    return Reply("repair.personal", values, card=card, details="quote:due_now")


def _way_back(account: AccountState) -> Mapping[str, date | None]:
    return {
        "reporting_day": account.credit_report.next_reporting_date,
        "earliest_return": account.facility.earliest_return,
        "record_ends": account.credit_report.record_ends_on,
    }


_own_credit = personal("credit.general", _credit)
_ON_TIME, _MORTGAGE = "credit.normal_loan", "credit.mortgage"


@answers("ask_credit_impact")
def credit(turn: Turn, desk: Desk) -> Reply:
    """What was reported or may be; for a visitor beginning with the days that were told."""
    return case_credit(turn, desk, _not_on_time(_own_credit(turn, desk), turn, desk))


def _not_on_time(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """ "没逾期影响房贷吗" of a product that is late here: what being late means for a mortgage."""
    if turn.borrower_id is None or reply.key != _ON_TIME:
        return reply
    state = desk.engine.state(turn.borrower_id)
    late = accounts.overdue(accounts.asked(turn, state)) and not accounts.missing(turn, state)
    return reply.changed(key=_MORTGAGE) if late else reply


@answers("ask_enough_for_credit")
def enough_for_credit(turn: Turn, desk: Desk) -> Reply:
    """ "还够多少才不会上征信": what ends being late before the next report, where anything is."""
    if turn.borrower_id is None:
        return asked_as("ask_credit_impact")(turn, desk)
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    ids = tuple(one.account_id for one in late)
    if not ids or accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return asked_as("ask_credit_impact")(turn, desk)
    all_late = desk.engine.quote(turn.borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    least = desk.engine.quote(turn.borrower_id, QuoteKind.MINIMUM, account_ids=ids).by_account()
    values = {
        "late": late,
        "owed": all_late.by_account(),
        "total": all_late.total,
        "least": least,
        "on_time_again": on_time_again(desk, turn.borrower_id, least),
    }
    return Reply("credit.enough", values, details="quote:overdue")


@answers("ask_next_report")
def next_report(turn: Turn, desk: Desk) -> Reply:
    """ "下次上报是哪天": the day of each account; for a visitor that none is the same for all."""
    if turn.borrower_id is None:
        return Reply("credit.next_report.stranger")
    state = desk.engine.state(turn.borrower_id)
    if accounts.missing(turn, state):
        return asked_as("ask_credit_impact")(turn, desk)
    return Reply("credit.next_report", {"accounts": accounts.asked(turn, state)})


answers("ask_report_day")(asked_as("ask_credit_impact"))
# What is said to somebody who has paid.
_AFTER_PAYING = frozenset({"repair.paid", "repair.still_shown", "repair.update"})
_own_repair = personal("repair.general", _repair)


@answers("ask_credit_repair")
def repair(turn: Turn, desk: Desk) -> Reply:
    """Whether it can be removed is for a borrower the way back with their own dates."""
    if turn.borrower_id is None or special_side(turn, desk) != "repair.can":
        return _as_the_books_have_it(_own_repair(turn, desk), turn, desk)
    if accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return _as_the_books_have_it(_own_repair(turn, desk), turn, desk)
    return _repair(turn, desk, turn.borrower_id)


def _as_the_books_have_it(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """ "早还清了怎么还有记录" of what is late still: the last payment and what is left go first."""
    if turn.borrower_id is None or reply.key not in _AFTER_PAYING or reply.coda is None:
        return reply
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    if not late or access_words().claim(turn.text) != "paid":
        return reply
    found = payment(turn, desk, turn.borrower_id)
    return reply.changed(lead=found.key, values={**reply.values, **found.values})
