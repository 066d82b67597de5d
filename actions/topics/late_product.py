"""Of two products the one that is late: by the words ("花呗晚了，以后借呗呢"), or by the books."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation import accounts
from actions.conversation.answering import Answer
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.topic import NOT_HELD
from actions.conversation.turn import Turn
from actions.knowledge.access_words import access_words
from actions.knowledge.conduct import dialogue
from actions.knowledge.rules_first import rules_first
from actions.topics.brief import access, owed

_BESIDE = "access.late_beside"


def of_the_late_one(turn: Turn, desk: Desk, answer: Answer) -> Reply | None:
    """`answer` about the late product, where that is none of the borrower's and the other is.

    The own standing of the other follows it, instead of standing for the one that was asked about.
    """
    late = _about_the_late_one(turn)
    if turn.borrower_id is None or late is None:
        return None
    state = desk.engine.state(turn.borrower_id)
    if not accounts.missing(late, state) or accounts.missing(turn, state):
        return None
    told, beside = answer(late, desk), access(turn, desk, turn.borrower_id)
    return told.changed(values={**beside.values, **told.values, "absent": ()}, coda=beside.key)


def _about_the_late_one(turn: Turn) -> Turn | None:
    """The turn with the product alone that being late is said of; None where that is not plain."""
    named = [one for one in turn.entities if one.kind == "product"]
    second = next((one for one in named if one.value != named[0].value), None)
    said = access_words().speaks_of_late.search(turn.text)
    if second is None or said is None or not named[0].end <= said.start() < second.start:
        return None
    others = tuple(one for one in turn.entities if one.kind != "product")
    return replace(turn, entities=(*others, named[0]))


def late_elsewhere(turn: Turn, desk: Desk) -> Reply | None:
    """Why a product that is not in the books is stopped: another one that is, and is late."""
    if turn.borrower_id is None or desk.situations.about_somebody_else(turn):
        return None
    state = desk.engine.state(turn.borrower_id)
    late, missing = accounts.overdue(state.accounts), accounts.missing(turn, state)
    linked = dialogue().linked_products
    if not late or not missing or not linked.issuperset((*missing, *accounts.products(state))):
        return None
    arrears, words = owed(desk, turn.borrower_id), access_words()
    values = {
        "missing": missing,
        "late": late,
        "owed": arrears,
        "names": accounts.names(state),
        "asks_when": words.form(turn.text) == "access.when",
        "limit_gone": bool(words.says_limit_gone.search(turn.text)),
        "appeals": bool(words.appeals.search(turn.text)),
        "said_late": bool(words.speaks_of_late.search(turn.text)) and not words.claim(turn.text),
    }
    return Reply("access.late_elsewhere", values)


def with_what_is_late(rule: Reply, turn: Turn, desk: Desk) -> Reply:
    """A rule of who may use a product, and that something is late, where that may be the cause."""
    of_use = rules_first().of_use
    if turn.borrower_id is None or rule.key not in of_use.late_may_be_why:
        return rule
    told = rule.coda is not None or rule.lead not in (None, NOT_HELD)
    if told or desk.situations.about_somebody_else(turn):
        return rule
    if turn.entity("product") is None and rule.key not in of_use.rules:
        return rule
    found = late_elsewhere(turn, desk)
    if found is not None:  # what was asked is a rule: the cause is one that may be
        unsaid = () if rule.lead else found.values["missing"]
        found = Reply(_BESIDE, {**found.values, "unsaid": unsaid})
    elif accounts.late_and_held(turn, desk.engine.state(turn.borrower_id)):
        found = access(turn, desk, turn.borrower_id)
    return rule.changed(values={**rule.values, **found.values}, coda=found.key) if found else rule


def late_as_long(turn: Turn, desk: Desk) -> bool:
    """Whether the days that are supposed ("逾期两天会怎样") have come true of what is asked."""
    days = days_of(turn.entity("duration"))
    if turn.borrower_id is None or not days:
        return False
    asked = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    return any(one.dpd >= days for one in asked)
