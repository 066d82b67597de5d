"""The credit record once a payment was supposed: "先还一千" … "这样还上征信吗"."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.after_part import After
from actions.topics.left import about_the_rest, told_of


@about_the_rest("ask_left_credit")
def left_credit(after: After, turn: Turn) -> Reply:
    """Whether it is still late on the next reporting day, and what was reported before."""
    before = after.on().before.accounts
    asked = accounts.asked(turn, after.on().after)
    was_late = {one.account_id for one in accounts.overdue(before)}
    recorded = {one.account_id for one in before if one.credit_report.has_overdue_record}
    values = {
        "asked": [one for one in asked if one.account_id in was_late or one.dpd] or list(asked),
        "recorded": recorded,
    }
    return told_of("partial.left_credit", after, turn, values)
