"""What a visitor wishes is kept until they sign in; nobody has to say it twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.beside import Beside, listens_for_wishes
from actions.conversation.desk import Desk
from actions.conversation.each_question import HARDSHIP_BESIDE
from actions.conversation.gone_by import day_gone_by
from actions.conversation.own_case import OwnCase
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.turn import Turn
from actions.knowledge.rules_first import rules_first
from actions.negotiation.amounts import amounts_in
from actions.negotiation.consent import sensitive_kind
from actions.negotiation.for_the_form import wishes_beside
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.wishes import merged
from actions.topics.budget import OF_A_BUDGET
from actions.topics.case_in_parts import of_the_case
from actions.topics.negotiation import resumed
from actions.topics.told_debts import just_told

# With these intents the values of the message are wishes for a plan, whoever speaks.
_WISHING = frozenset(
    {"state_hardship", "request_instalment", "request_negotiation", "inform", "correct"}
)
# Nothing but values: what was kept is all there is to answer.
_ALONE = frozenset({"inform", "correct", "affirm", "deny", "out_of_scope", "nlu_fallback"})
_WORTH_KEEPING = frozenset(
    {"monthly", "terms", "down_payment", "settlement", "income", "living_costs", "hardship"}
)

_OF_A_PLAN = frozenset({"monthly", "terms", "settlement", "income", "living_costs"})


@listens_for_wishes
def in_hand_and_to_come(turn: Turn, desk: Desk) -> Beside | None:
    """ "手里有八百，25号还能进来五百": both sums; the first is kept as what is paid first."""
    sums = [int(one.value) for one in turn.entities if one.kind == "amount"]
    if turn.borrower_id is not None or OwnCase.of(turn) is not None or len(sums) != 2:
        return None
    if not hearing_lexicon().in_hand_and_to_come.search(turn.text):
        return None
    wishes = {**turn.wishes, "down_payment": sums[0]}
    reply = ask_to_sign_in("wish.two_sums", desk, first=sums[0], second=sums[1])
    kept = reply.changed(slots={memory.WISHES: wishes})
    return Beside(kept, alone=turn.intent in _ALONE)


@listens_for_wishes
def visitors_wish(turn: Turn, desk: Desk) -> Beside | None:
    """A visitor's wish, kept and read back, beside or instead of the answer."""
    if turn.borrower_id is not None or turn.text.startswith("/"):
        return None
    side = desk.focus.reply_for(turn.intent, turn.text, tuple(turn.values("product")))
    if side in rules_first().no_wish["before_signing_in"]:
        return None
    before = turn.wishes
    changed = bool(before) and desk.follow_ups.changes_a_value(turn)
    wished = turn.intent in _WISHING or changed or wishes_beside(turn) or _in_parts(turn)
    if not (wished or (before and _begins_then(turn))):
        return None
    wishes = _without_sensitive(merged(turn, hear(turn)), desk)
    if not (before or _says_each_month(turn)):
        wishes.pop("monthly", None)  # "手头有1200": what is at hand is no monthly wish
    if len(terms := list(turn.values("terms"))) > 1:  # "从3期换成12期"
        wishes["terms"] = int(terms[-1])
    if not before and wishes.keys() & _WORTH_KEEPING == {"hardship"}:
        wishes = {"hardship": wishes["hardship"]}  # "今天刚丢了工作": no day to begin with
    if wishes == before or not wishes.keys() & _WORTH_KEEPING:
        return None
    if wishes.keys() == {"hardship"}:  # the answer has taken that up already
        return Beside(Reply("", slots={memory.WISHES: wishes}), alone=False)
    plainly = turn.intent == "request_negotiation" and _says_each_month(turn)
    alone = plainly or turn.intent in _ALONE or changed or _in_parts(turn) or _begins_then(turn)
    reckoned = _of_the_case(turn, wishes, desk) or _told_beside(turn, wishes, desk)
    if reckoned is not None:
        return Beside(reckoned, alone=True)
    kept = _kept(wishes, desk)
    told = kept.changed(values={**kept.values, "gone_by": day_gone_by(turn)})
    return Beside(told, alone=alone)


def _of_the_case(turn: Turn, wishes: Mapping[str, Any], desk: Desk) -> Reply | None:
    """ "最多还三百" of somebody who told what they owe: reckoned, and the wish kept beside it."""
    before = turn.wishes
    new = any(wishes.get(name) != before.get(name) for name in ("monthly", "terms"))
    reply = of_the_case(turn, desk) if new else None
    if reply is None or memory.WISHES not in reply.slots:
        return None
    lead = HARDSHIP_BESIDE if turn.intent == "state_hardship" else reply.lead
    kept = {**wishes, **reply.slots[memory.WISHES]}
    return reply.changed(lead=lead, slots={**reply.slots, memory.WISHES: kept})


def _told_beside(turn: Turn, wishes: Mapping[str, Any], desk: Desk) -> Reply | None:
    """ "工资五千，借呗欠两万四逾期40天": the debt reckoned, the wages kept beside it."""
    told = just_told(turn, desk)
    if told is None:
        return None
    kept = {name: said for name, said in wishes.items() if name in OF_A_BUDGET}
    return told.changed(
        slots={**told.slots, memory.WISHES: {**turn.wishes, **kept}} if kept else told.slots
    )


def _begins_then(turn: Turn) -> bool:
    """ "那我从1月份开始可以吗": the day to begin with, of a plan that was wished for."""
    named = turn.named_date() is not None
    return named and bool(hearing_lexicon().rows_begin.search(turn.text))


def _in_parts(turn: Turn) -> bool:
    """ "欠八千，先还两千，剩下分期": a first part and the wish to pay the rest in instalments."""
    lexicon = hearing_lexicon()
    return bool(lexicon.rest_in_parts.search(turn.text)) and bool(amounts_in(turn, lexicon))


def _says_each_month(turn: Turn) -> bool:
    lexicon = hearing_lexicon()
    return bool(lexicon.plan_wish.search(turn.text) or lexicon.offers_amount.search(turn.text))


@listens_for_wishes
def change_of_a_kept_wish(turn: Turn, desk: Desk) -> Beside | None:
    """ "改成600" of somebody whose wishes are kept and whose form is closed: the form again."""
    if turn.borrower_id is None or turn.active_form or not turn.slots.get(memory.WISHES):
        return None
    wished = hear(turn).wishes
    if not desk.follow_ups.changes_a_value(turn) or not wished:
        return None
    if "down_payment" in wished.keys() - turn.wishes.keys() and not wished.keys() & _OF_A_PLAN:
        return None  # "那还是今天先还一千七吧" is a payment, and no plan
    return Beside(resumed(turn, desk), alone=True)


@answers("visitor_wish")
def visitor_wish(turn: Turn, desk: Desk) -> Reply:
    """ "确认", "再少一点" about a wish that waits: the form for a borrower, else what is kept."""
    wishes = turn.wishes
    if turn.borrower_id is not None:
        return resumed(turn, desk) if wishes else Reply("follow_up.why.plan")
    key = "wish.ready" if wishes.keys() & _WORTH_KEEPING else "wish.none"
    return ask_to_sign_in(key, desk, wishes=wishes)


@answers("wish_less")
def wish_less(turn: Turn, desk: Desk) -> Reply:
    """ "为什么不能再少一点" before there are offers: what it depends on."""
    wishes = turn.wishes
    if turn.borrower_id is not None:
        return resumed(turn, desk) if wishes else Reply("follow_up.why.plan")
    return ask_to_sign_in("wish.less", desk, wishes=wishes)


def _kept(wishes: Mapping[str, Any], desk: Desk) -> Reply:
    said = wishes.get("first_date")
    first = date.fromisoformat(str(said)) if said else None
    told = ask_to_sign_in("wish.kept", desk, wishes=wishes, first=first)
    return told.changed(slots={memory.WISHES: dict(wishes)})


def _without_sensitive(wishes: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Illness and the like are not kept of somebody who has not been asked for a consent."""
    if sensitive_kind(desk, wishes) is not None:
        wishes.pop("hardship")
    return wishes
