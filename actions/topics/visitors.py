"""Wishes of a visitor: what can be said before it is known whose account it is."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import Answer
from actions.conversation.desk import Desk
from actions.conversation.last_question import Group, LastQuestion
from actions.conversation.own_case import OwnCase
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.topic import NOT_HELD, special_side
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.knowledge.figure_words import figure_words
from actions.negotiation.hearing import hear
from actions.negotiation.waiting import days_to_wait
from actions.topics.case_rest import rest_later
from actions.topics.own_case import told_later

_OF_BEING_LATE = frozenset(
    {"ask_penalty", "ask_overdue_consequences", "ask_grace_period", "query_overdue_status"}
)


def later(turn: Turn, desk: Desk) -> Reply:
    """Somebody wants to pay later: until the day they named, after the days they named."""
    on, days = turn.coming_date(), days_to_wait(turn)
    if on is not None and on <= turn.today:
        on = None
    if figure_words().the_rest.search(turn.said_now) and (rest := rest_later(turn, desk)):
        return rest  # "剩下的能缓两个月不"
    wait = days if on is None else (on - turn.today).days
    if (of_the_case := told_later(turn, desk, wait, "own_case.extension")) is not None:
        long = wait is not None and wait > dialogue().extension_seldom_days
        return of_the_case.changed(values={**of_the_case.values, "long": long})
    wished = "extension.so_many_days" if wait and wait > 0 else "extension.general"
    key = special_side(turn, desk) or wished
    long = bool(wait and wait > dialogue().extension_seldom_days)
    return ask_to_sign_in(key, desk).changed(values={"days": days, "on": on, "long": long})


def only_the_rule(turn: Turn, desk: Desk) -> Reply | None:
    """Paying later, where no account says more: for a visitor, and of a product that is not held.

    A plan for another product is no answer to it. None where the account decides.
    """
    if not turn.known:
        return later(turn, desk)
    return of_none_held(turn, desk, later, "note.later_of_held")


def of_none_held(turn: Turn, desk: Desk, rule: Answer, coda: str) -> Reply | None:
    """The rule for a product that the borrower does not have; None where it is theirs."""
    if turn.borrower_id is None or turn.active_form or turn.entity("product") is None:
        return None
    state = desk.engine.state(turn.borrower_id)
    missing = accounts.missing(turn, state)
    if not missing:
        return None
    told = rule(turn, desk)
    values = {**told.values, "missing": missing, "held": state.accounts}
    return told.changed(values=values, card=None, lead=NOT_HELD, coda=coda)


def less(turn: Turn, desk: Desk) -> Reply:
    """Somebody wants to pay less; what has happened to them is taken up."""
    key = special_side(turn, desk) or "waiver.general"
    reason = hear(turn).wishes.get("hardship")
    return ask_to_sign_in(key, desk).changed(values={"reason": reason})


def owed_elsewhere(turn: Turn) -> Reply | None:
    """A bill of another lender cannot be paid; None where one of ours is named, or none at all."""
    named = tuple(dict.fromkeys(turn.values("product")))
    if turn.active_form or not named or not dialogue().never_kept.issuperset(named):
        return None
    reason = hear(turn).wishes.get("hardship")
    return Reply("hardship.other_lender", {"others": named, "reason": reason})


def is_late(turn: Turn) -> bool:
    """Whether days overdue were spoken of a moment ago: the rule for bills on time is no answer."""
    case = OwnCase.of(turn)
    if case is not None and any(one.days for one in case.debts):
        return True
    last = LastQuestion.of(turn)
    return last is not None and last.answer in _OF_BEING_LATE and last.has(Group.DAY)


def in_hardship(turn: Turn, desk: Desk) -> Reply:
    """What has happened is taken up in the first sentence."""
    if elsewhere := owed_elsewhere(turn):
        return elsewhere
    reason = hear(turn).wishes.get("hardship")
    return ask_to_sign_in("hardship.general", desk).changed(values={"reason": reason})
