"""When it is overdue, since when, what it leads to, and reminders."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    RecallStage,
    RowOrigin,
    RowState,
)
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.topic import (
    NOT_HELD,
    TopicAction,
    about_what_there_is,
    asked_as,
    own_line,
    personal,
    ruled,
    special_side,
)
from actions.conversation.turn import Turn
from actions.knowledge.access_words import access_words
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from actions.topics.brief import owed
from actions.topics.enough import enough
from actions.topics.late_product import late_as_long, of_the_late_one
from actions.topics.recall import recall_days
from actions.topics.tomorrow import tomorrow
from actions.topics.two_days import too_late_for_notice, two_days_told

# From these rows a borrower knows on which day of the month something is due.
_ROWS_BY_THE_MONTH = frozenset({RowOrigin.BILL, RowOrigin.LOAN})
_ROWS_LOOKED_AT = 3
_ROWS_OF_THE_CONTRACT = _ROWS_BY_THE_MONTH | {RowOrigin.BILL_INSTALMENT}
_HOW_OFTEN = "status.how_often.stranger"
_BREACHES = "status.breaches"  # which bills were late, beside where such a record is read
# What these say by an example is told of the own debt to whoever has one that is late.
_BY_AN_EXAMPLE = frozenset({"overdue.short", "overdue.forgot", "overdue.week"})
_TOLD_OF_THE_OWN = {
    "overdue.long": "consequences.long",
    "overdue.next": "consequences.next",
    "overdue.refuse": "consequences.long",
    "overdue.todo": "consequences.todo",
}


class ActionOverdue(TopicAction):
    """ask_overdue_consequences, ask_grace_period, query_overdue_status, query_due_date, …"""

    topic = "overdue"


def _consequences(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    return _of_being_late("consequences.personal", turn, desk, borrower_id)


def _of_being_late(key: str, turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """What being late means for these accounts; None where nothing is late."""
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(borrower_id)))
    if not late or accounts.missing(turn, desk.engine.state(borrower_id)):
        return None
    called_in = accounts.recalled(late)
    few = asked_figures().few_days_late
    return Reply(
        key,
        {
            "overdue": late,
            "owed": owed(desk, borrower_id),
            "tomorrow": tomorrow(desk, borrower_id, late),
            "recalled": {one.account_id: one.recall.stage for one in called_in},
            "a_few_days": all(one.dpd <= few for one in late) and not called_in,
            "recall_on": recall_days(desk, borrower_id, turn.today),
        },
        details="quote:overdue",
    )


_own_consequences = personal("overdue.general", _consequences)


@answers("ask_overdue_consequences")
def consequences(turn: Turn, desk: Desk) -> Reply:
    """What to do, and what waiting leads to, is told of the borrower's own debt, if any."""
    if (other := of_the_late_one(turn, desk, consequences)) is not None:
        return other
    somebody_elses = desk.situations.about_somebody_else(turn)
    side = special_side(turn, desk) or ""
    own = _TOLD_OF_THE_OWN.get(side)
    supposed = access_words().supposed.search(turn.text)
    if side in _BY_AN_EXAMPLE and (not supposed or late_as_long(turn, desk)):
        asks_what_to_do = figure_words().what_to_do.search(turn.text)
        own = "consequences.todo" if asks_what_to_do else "consequences.personal"
    if turn.borrower_id and own and not somebody_elses:
        found = _of_being_late(own, turn, desk, turn.borrower_id)
        if found is not None:
            return found
    return _own_consequences(turn, desk)


_grace = ruled("grace.general")


@answers("ask_grace_period")
def grace(turn: Turn, desk: Desk) -> Reply:
    """When it is late; whether an amount keeps it from being so is for the engine to say."""
    late = two_days_told(turn, desk) or too_late_for_notice(turn, desk)
    return late or enough(turn, desk) or _grace(turn, desk)


answers("ask_reminder")(ruled("reminder.general"))


@answers("query_overdue_status")
def overdue_status(turn: Turn, desk: Desk) -> Reply:
    """Whether, since when and how much, account by account."""
    if (compared := two_days_told(turn, desk)) is not None:
        return compared
    rule = special_side(turn, desk)
    if turn.borrower_id is None:
        return ask_to_sign_in(rule or "status.stranger", desk)
    state = desk.engine.state(turn.borrower_id)
    if rule == _HOW_OFTEN:
        return about_what_there_is(turn, desk, _history(turn, desk, turn.borrower_id, state))
    if rule == _BREACHES:
        own = _history(turn, desk, turn.borrower_id, state)
        return about_what_there_is(turn, desk, own.changed(coda=rule))
    if rule is not None:
        return _rule_of_status(turn, desk)
    return about_what_there_is(turn, desk, _status(turn, desk, turn.borrower_id, state))


@answers("ask_how_i_stand")
def how_i_stand(turn: Turn, desk: Desk) -> Reply:
    """ "我现在啥情况": what is late and what comes of it, else what falls due next."""
    if turn.borrower_id is None:
        return ask_to_sign_in("status.stranger", desk)
    late = _consequences(turn, desk, turn.borrower_id)
    if late is None:
        return asked_as("query_amount_due")(replace(turn, text=""), desk)
    # how bad it is was not asked
    return late.changed(values={**late.values, "a_few_days": False})


_rule_of_status = ruled("status.stranger")


@answers("ask_history")
def history(turn: Turn, desk: Desk) -> Reply:
    """ "上个月那期是按时还的吧": how many were ever late, and how things stand now."""
    if turn.borrower_id is None:
        return ask_to_sign_in(_HOW_OFTEN, desk)
    state = desk.engine.state(turn.borrower_id)
    return about_what_there_is(turn, desk, _history(turn, desk, turn.borrower_id, state))


def _history(turn: Turn, desk: Desk, borrower_id: str, state: BorrowerState) -> Reply:
    """How many bills and instalments were ever late, and how things stand now."""
    chosen = accounts.asked(turn, state)
    ever = {
        one.account_id: sum(
            facts.late_before(turn.today.toordinal() + 1)
            for facts in one.facts
            if facts.origin in _ROWS_OF_THE_CONTRACT
        )
        for one in chosen
    }
    values = {
        "accounts": chosen,
        "ever": ever,
        "owed": owed(desk, borrower_id),
        "late_now": {one.account_id: _late_rows(one) for one in chosen},
        "last": {one.account_id: one.payments[-1] for one in chosen if one.payments},
    }
    return Reply("status.history", values, details="quote:overdue")


def _late_rows(account: AccountState) -> int:
    rows = (row for row in account.schedule if row.origin in _ROWS_OF_THE_CONTRACT)
    return sum(row.state is RowState.OVERDUE for row in rows)


def _status(turn: Turn, desk: Desk, borrower_id: str, state: BorrowerState) -> Reply:
    chosen = accounts.asked(turn, state)
    late = accounts.overdue(chosen)
    if not late:
        return Reply("status.fine", {"name": turn.display_name, "accounts": chosen})
    return Reply(
        "status.overdue",
        {
            "name": turn.display_name,
            "overdue": late,
            "fine": tuple(one for one in chosen if one not in late),
            "owed": owed(desk, borrower_id),
        },
        details="quote:overdue",
    )


answers("ask_due_day_fixed")(asked_as("query_due_date"))


@answers("query_due_date")
def due_date(turn: Turn, desk: Desk) -> Reply:
    """The next due date, or that one has passed."""
    rule = special_side(turn, desk)
    if turn.borrower_id is None:
        return ask_to_sign_in(rule or "due_date.stranger", desk)
    state = desk.engine.state(turn.borrower_id)
    missing = accounts.missing(turn, state)
    if rule is not None and missing:
        return Reply(rule, {"missing": missing}, lead=NOT_HELD)
    chosen = accounts.asked(turn, state)
    values = {
        "accounts": chosen,
        "owed": owed(desk, turn.borrower_id),
        "each_month": {one.account_id: _day_of_month(one) for one in chosen},
    }
    own = Reply("due_date.personal", values)
    return about_what_there_is(turn, desk, own.changed(lead=rule))


@own_line("due_date_change", first=True)
def due_day(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The day of the month that stands, and that being late keeps it where it is."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    each_month = {one.account_id: _day_of_month(one) for one in chosen}
    if not accounts.overdue(chosen) and not any(each_month.values()):
        return None
    return Reply("brief.due_day", {"accounts": chosen, "each_month": each_month})


def _day_of_month(account: AccountState) -> int | None:
    """The day that the last bills or instalments fell due on; None where they differ.

    Nothing is said of accounts whose balance was called in: no row of theirs is to come. A notice
    that is not in effect yet leaves every due date where it is.
    """
    if account.recall.stage is RecallStage.EFFECTIVE:
        return None
    days = [row.due.day for row in account.schedule if row.origin in _ROWS_BY_THE_MONTH]
    last = set(days[-_ROWS_LOOKED_AT:])
    return last.pop() if len(days) > 1 and len(last) == 1 else None
