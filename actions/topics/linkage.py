"""One product's default and the others."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.payloads import RecallTrigger
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, personal, special_side
from actions.conversation.turn import Turn
from actions.knowledge.access_words import access_words
from actions.knowledge.figure_words import figure_words
from actions.topics.access import access, own_access
from actions.topics.brief import owed
from actions.topics.late_product import late_elsewhere
from actions.topics.recall import recalled_already

_IN_FULL = "linkage.recall"
# Whether the other product may be used is, for borrowers whose own is stopped, what opens that.
_OF_USE = frozenset({"linkage.borrow", "linkage.when", "linkage.after_paid"})
_RIGHT_BEHIND = 1  # characters
_WILL_IT = "restricted.will_it"


class ActionLinkage(TopicAction):
    """ask_cross_product."""

    topic = "linkage"


def _linkage(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    cross = tuple(
        account
        for account in accounts.recalled(state.accounts)
        if account.recall.trigger is RecallTrigger.CROSS_DEFAULT
    )
    late = accounts.overdue(state.accounts)
    if not late and access_words().speaks_of_late.search(turn.text):
        return None  # being late is only supposed: the rule is what was asked for
    if not state.linkage_effects and not cross:
        values = {
            "name": turn.display_name,
            "absent": accounts.absent(turn, state),
            "late": late,
            "owed": owed(desk, borrower_id),
        }
        return Reply("linkage.none_yet", values)
    return Reply(
        "linkage.personal",
        {
            "name": turn.display_name,
            "effects": state.linkage_effects,
            "names": accounts.names(state),
            "cross_recalled": cross,
        },
        details="quote:due_now",
    )


_own = personal("linkage.general", _linkage)


@answers("ask_cross_product")
def cross_product(turn: Turn, desk: Desk) -> Reply:
    """Whether one must be repaid in full because of the other is, once it is so, the own recall.

    So is what paying the one does to the other: "把借呗补上，花呗那边会怎样"; whether
    that one can be used then is for the engine to say.
    """
    side = special_side(turn, desk)
    if access_words().about_use.search(turn.text) and (found := use_of_the_other(turn, desk)):
        return found
    in_full = side == _IN_FULL or figure_words().makes_up.search(turn.text)
    if in_full and (found := recalled_already(turn, desk)):
        return found
    if side in _OF_USE and (found := use_of_the_other(turn, desk)):
        return found
    return _if_late(turn, desk) or _own(turn, desk)


def _if_late(turn: Turn, desk: Desk) -> Reply | None:
    """ "逾期了花呗会被停吗" names one product only: that is whether its own use will be stopped."""
    alone = replace(turn, intent="ask_account_restricted")
    if len(set(turn.values("product"))) > 1 or special_side(turn, desk) is not None:
        return None
    return access(alone, desk) if special_side(alone, desk) == _WILL_IT else None


def use_of_the_other(turn: Turn, desk: Desk) -> Reply | None:
    """What opens the product whose use was asked about; None where none of the own is stopped.

    Of two that are named it is the one right behind the words of use ("可以用借呗吗"), else the
    nearest before them ("花呗逾期，借呗能用吗").
    """
    if turn.borrower_id is None or desk.situations.about_somebody_else(turn):
        return None
    if accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return None  # none of those named is the borrower's: the rule is all there is to tell
    meant = replace(turn, intent="ask_restore_access")
    said = access_words().about_use.search(turn.text)
    named = [one for one in turn.entities if one.kind == "product"]
    if said and len(named) > 1 and not access_words().both.search(turn.text):
        before = [one for one in named if one.start <= said.end() + _RIGHT_BEHIND] or named
        nearest = max(before, key=lambda one: one.start)
        alone = replace(turn, entities=(nearest,))
        if accounts.missing(alone, desk.engine.state(turn.borrower_id)):
            # why it is stopped although the other was paid; else the rule is what was asked for
            return (
                late_elsewhere(alone, desk) if access_words().says_paid.search(turn.text) else None
            )
        others = tuple(one for one in turn.entities if one.kind != "product")
        meant = replace(meant, entities=(*others, nearest))
        return _with_the_other_late(own_access(meant, desk, turn.borrower_id), turn, desk)
    return own_access(meant, desk, turn.borrower_id)


def _with_the_other_late(found: Reply | None, turn: Turn, desk: Desk) -> Reply | None:
    """ "花呗还了，借呗怎么不能用": what is said to be paid is named too where it is not."""
    if found is None or turn.borrower_id is None:
        return found
    named = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    late = tuple(one for one in accounts.overdue(named) if one not in found.values["stopped"])
    return found.changed(values={**found.values, "also_late": late})
