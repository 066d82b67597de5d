"""What is said to have been promised, or to be enough: what is on record for this borrower."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import fixed
from actions.conversation.turn import Turn
from actions.topics.plan import plan_status

# What `plan_status` says of a borrower for whom nothing was agreed.
_NOTHING_AGREED = frozenset({"plan.none", "plan.declined"})

answers("claimed_record")(fixed("claims.record"))


@answers("claimed_promise")
def claimed_promise(turn: Turn, desk: Desk) -> Reply:
    """ "经理答应五折": a word counts for nothing; what was agreed and what is owed are told."""
    return _on_record(turn, desk, ours=False)


@answers("claimed_of_us")
def claimed_of_us(turn: Turn, desk: Desk) -> Reply:
    """ "你答应过我免息": the same, and no promise was made here."""
    return _on_record(turn, desk, ours=True)


def _on_record(turn: Turn, desk: Desk, *, ours: bool) -> Reply:
    if turn.active_form:  # the offers on the table say what there is
        return Reply("refusal.game")
    if turn.borrower_id is None:
        return Reply("claims.stranger", {"ours": ours})
    agreed = plan_status(turn, desk)
    if agreed.key not in _NOTHING_AGREED:
        return agreed.changed(lead="claims.only")
    payoff = desk.engine.quote(turn.borrower_id, QuoteKind.PAYOFF_ALL)
    return Reply("claims.none", {"ours": ours, "payoff": payoff})


@answers("confirm_settled")
def confirm_settled(turn: Turn, desk: Desk) -> Reply:
    """ "还1000就结清了对吧": compared with what the whole costs today, never just confirmed."""
    if turn.borrower_id is None:
        return Reply("claims.settled_stranger")
    payoff, heard = desk.engine.quote(turn.borrower_id, QuoteKind.PAYOFF_ALL), turn.amount_fen()
    if heard is None or payoff.total.fen <= 0:
        return claimed_promise(turn, desk)
    enough = Money(heard) >= payoff.total
    key = "claims.enough" if enough else "claims.not_enough"
    return Reply(key, {"payoff": payoff, "named": Money(heard)})


@answers("says_who_they_are")
def says_who_they_are(turn: Turn, desk: Desk) -> Reply:
    """ "我是张伟本人": a name proves nothing; of another than the one signed in nothing is said."""
    named = desk.situations.name_said(turn.text)
    if turn.known and named and not named.startswith(turn.display_name[:1]):
        return Reply("third_party.general")
    return by_intent(turn, desk, "sign_in.needed")
