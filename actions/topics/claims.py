"""What is said to have been promised, or to be enough: what is on record for this borrower."""

from __future__ import annotations

import re

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.plan import plan_status

_NAMED = re.compile("我(?:就|真的?|确实)?(?:是|叫)([\u4e00-\u9fa5]{2,4})")
_OURS = re.compile("你(?!们那边)|机器人|系统")  # the promise is said to be this assistant's
_THE_RECORD = re.compile("征信|人行")
# What `plan_status` says of a borrower for whom nothing was agreed.
_NOTHING_AGREED = frozenset({"plan.none", "plan.declined"})


@answers("claimed_promise")
def claimed_promise(turn: Turn, desk: Desk) -> Reply:
    """ "经理答应五折": a word is none of ours; what was agreed and what is owed are told."""
    if turn.active_form:  # the offers on the table say what there is
        return Reply("refusal.game")
    if _THE_RECORD.search(turn.text):
        return Reply("claims.record")
    ours = {"ours": bool(_OURS.search(turn.text))}
    if turn.borrower_id is None:
        return Reply("claims.stranger", ours)
    agreed = plan_status(turn, desk)
    if agreed.key not in _NOTHING_AGREED:
        return agreed.changed(lead="claims.only")
    payoff = desk.engine.quote(turn.borrower_id, QuoteKind.PAYOFF_ALL)
    return Reply("claims.none", {**ours, "payoff": payoff})


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
    named = _NAMED.search(turn.text)
    if turn.known and named and not named[1].startswith(turn.display_name[:1]):
        return Reply("third_party.general")
    return by_intent(turn, desk, "sign_in.needed")
