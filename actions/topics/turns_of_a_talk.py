"""Turns of a talk about a plan: nothing put off, nearly enough, uneven parts, one that waits."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RecallStage
from actions.conversation import accounts
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.extension import extension, no_extension
from actions.topics.opening import anything_late, opened
from actions.topics.ways import other_ways

_LEVEL = "instalment.level"


@answers("ask_not_put_off")
def not_put_off(turn: Turn, desk: Desk) -> Reply:
    """ "要是不给延呢": the day stays as it was; what there is besides, by policy."""
    return other_ways(turn, desk).changed(lead="note.not_put_off")


@answers("ask_nearly_enough")
def nearly_enough(turn: Turn, desk: Desk) -> Reply:
    """ "差几十块也不行吗": what is left is late; a notice ends only once all arrears are paid."""
    if turn.borrower_id is None:
        return Reply("partial.nearly_enough")
    state = desk.engine.state(turn.borrower_id)
    asked = accounts.asked(turn, state)
    noticed = [one for one in asked if one.recall.stage is RecallStage.NOTICED]
    if not noticed:
        return Reply("partial.nearly_enough")
    ids = (noticed[0].account_id,)
    arrears = desk.engine.quote(turn.borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    return Reply("recall.nearly_enough", {"account": noticed[0], "arrears": arrears.total})


@answers("ask_product_waits")
def product_waits(turn: Turn, desk: Desk) -> Reply:
    """ "借呗先停一停可以吗" beside a plan for the other: whether that one may wait at all."""
    beside_the_form = replace(turn, active_form=None, requested_slot=None)
    return no_extension(beside_the_form, desk) or extension(turn, desk)


@answers("ask_uneven_parts")
def uneven_parts(turn: Turn, desk: Desk) -> Reply:
    """ "前面少点后面多点": parts are level; a first part is what makes the others lighter."""
    if turn.borrower_id is None or turn.active_form or not anything_late(turn, desk):
        return Reply(_LEVEL)
    return opened(turn, desk, _LEVEL)


@answers("ask_late_with_a_later_day")
def late_with_a_later_day(turn: Turn, desk: Desk) -> Reply:
    """ "会算逾期不" with a later day on the table."""
    if "extension_days" in turn.wishes:
        return Reply("extension.agreed")
    return by_intent(turn, desk, "extension.agreed")
