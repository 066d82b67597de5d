"""How a negotiation begins: the wishes of a message, and the form for what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.conversation import accounts, memory
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Form, Reply
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn
from actions.knowledge.clause_words import clause_words
from actions.knowledge.figure_words import figure_words
from actions.negotiation.consent import settled
from actions.negotiation.heard import ANY
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.slots import between
from actions.negotiation.ways import only_for_a_reason
from actions.negotiation.wishes import answered, merged
from actions.topics.ways import standing

THIS_ONE_TOO = "this_one_too"  # a name of an answer, and of what was asked
_OPENING, _HARDSHIP_HEARD = "negotiation.opening", "hardship.heard"
_KIND_WORD, _OTHER = "hardship.kind_word", "other"
_HOW_TO_SPLIT = frozenset({"monthly", "terms"})
_ABOUT_INSTALMENTS = frozenset({"monthly", "terms", "first_date", "day_of_month", "down_payment"})


def start(turn: Turn, desk: Desk, extra: dict[str, Any], key: str = "") -> Reply:
    """Hears the wishes of this message and opens the form for what is still missing."""
    said, turn = turn, _about_the_product_before(turn, desk)
    heard = hear(turn)
    wishes = merged(turn, heard)
    if "extension_days" in extra:  # another kind of request: how to split does not matter now
        wishes = {name: wishes[name] for name in wishes if name not in _ABOUT_INSTALMENTS}
    wishes = {**_paid_first(turn), **wishes} if "extension_days" not in extra else wishes
    wishes, consent = settled(turn, desk, wishes | extra | scope(turn, desk))
    note = _not_held(turn, desk) or between(heard).get(memory.NOTE)
    note = note or _one_by_one(turn, desk, wishes) or _only(turn, wishes, carried=turn is not said)
    seen = turn.slots.get(memory.SEEN) if turn.active_form else None
    kept = {memory.SEEN: seen, memory.WISHES: wishes, memory.CONSENT: consent, memory.NOTE: note}
    slots = dict.fromkeys(memory.NEGOTIATION) | kept | answered(wishes)
    if turn.intent == "request_waiver":
        slots |= {memory.MONTHLY: slots[memory.MONTHLY] or ANY, memory.START: ANY}
    if _nothing_to_split(turn, desk, wishes) and consent is not None:
        slots |= {memory.MONTHLY: slots[memory.MONTHLY] or ANY, memory.START: ANY}
    asked = "terms" in heard.wishes and clause_words().asks.search(turn.text)
    if asked or ("terms" in wishes and not anything_late(turn, desk)):
        # "能给我分12期不" is answered by what there is; of a bill to come its own dates stand
        slots |= {memory.START: slots[memory.START] or ANY}
    return Reply(key, {"wishes": wishes}, slots=slots, form=Form.START)


def _about_the_product_before(turn: Turn, desk: Desk) -> Turn:
    """ "把花呗改回分期" … "每月最多一万五": a first wish is for the product just spoken of."""
    last = LastQuestion.of(turn)
    if last is None or last.turn != turn.turns - 1 or turn.borrower_id is None:
        return turn
    if turn.active_form or turn.wishes or turn.entity("product") or len(last.products) != 1:
        return turn
    held = accounts.products(desk.engine.state(turn.borrower_id))
    of_it = tuple(one for one in last.products if one.value in held)
    return replace(turn, entities=(*turn.entities, *of_it))


def _paid_first(turn: Turn) -> dict[str, Any]:
    """ "先还两万" … "剩下的能分期吗": what was supposed is the first part of the plan."""
    supposed = Supposed.of(turn)
    if supposed is None or not figure_words().the_rest.search(turn.text):
        return {}
    return {"down_payment": supposed.fen}


def _nothing_to_split(turn: Turn, desk: Desk, wishes: Mapping[str, Any]) -> bool:
    """So many instalments, or so much a month, where policy has none: the day does not matter."""
    if turn.borrower_id is None or not wishes.keys() & _HOW_TO_SPLIT:
        return False
    return only_for_a_reason(desk, turn.borrower_id, wishes)


def scope(turn: Turn, desk: Desk) -> dict[str, Any]:
    """The accounts of the product named, where there are others beside them."""
    if turn.borrower_id is None:
        return {}
    if turn.entity("product") is None:
        both = turn.wishes.get("scope") and hearing_lexicon().all_of_them.search(turn.text)
        return {"scope": None} if both and anything_late(turn, desk) else {}
    state = desk.engine.state(turn.borrower_id)
    meant = {account.account_id for account in accounts.asked(turn, state)}
    before = turn.wishes.get("scope")
    if before and _too(turn) and anything_late(turn, desk):  # "借呗也一起晚"
        meant |= set(before)
    several = len(meant) < len(state.accounts)
    if before and not several:
        return {"scope": None}
    in_order = [one.account_id for one in state.accounts if one.account_id in meant]
    return {"scope": in_order} if several else {}


def _too(turn: Turn) -> bool:
    """Whether another product is meant beside the one that is spoken of."""
    return turn.intent == THIS_ONE_TOO or bool(hearing_lexicon().this_one_too.search(turn.text))


def about_the_product(
    turn: Turn, desk: Desk, wishes: Mapping[str, Any], slots: Mapping[str, Any]
) -> dict[str, Any]:
    """ "借呗分三年一个月多少" in the open form: the product that is named with the wish."""
    named = {**wishes, **scope(turn, desk)}
    if turn.entity("product") is None or named.get("scope") == wishes.get("scope"):
        return {}
    note = slots.get(memory.NOTE) or _not_held(turn, desk) or _only(turn, named)
    return {memory.WISHES: named, memory.NOTE: note}


def _one_by_one(turn: Turn, desk: Desk, wishes: Mapping[str, Any]) -> dict[str, Any] | None:
    """A note on "两个都晚七天": each bill has its own later day."""
    if turn.borrower_id is None or "extension_days" not in wishes or wishes.get("scope"):
        return None
    held = [one for one in desk.engine.state(turn.borrower_id).accounts if one.next_due or one.dpd]
    both = hearing_lexicon().all_of_them.search(turn.text)
    several = len(held) > 1 and len({one.next_due for one in held}) > 1
    return {"key": "note.one_by_one", "products": []} if both and several else None


def _only(turn: Turn, wishes: Mapping[str, Any], *, carried: bool = False) -> dict[str, Any] | None:
    """A note that the form goes on about one product alone, or about all of them again.

    `carried`: the product is that of the message before, and was not named again.
    """
    before = turn.wishes.get("scope")
    named = list(dict.fromkeys(turn.values("product")))
    if turn.active_form and _too(turn) and wishes.get("scope") and "extension_days" in turn.wishes:
        return {"key": "note.one_by_one", "products": named}  # each bill has its own later day
    if not (turn.active_form or carried) or wishes.get("scope") == before or not named:
        return None
    if wishes.get("scope"):
        return {"key": "note.only_product", "products": named}
    return {"key": "note.all_products"}


def _not_held(turn: Turn, desk: Desk) -> dict[str, Any] | None:
    """A note that the product named is none of the borrower's."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return None
    missing = accounts.missing(turn, desk.engine.state(turn.borrower_id))
    return {"key": "note.product_not_held", "missing": list(missing)} if missing else None


def anything_late(turn: Turn, desk: Desk) -> bool:
    """Whether the borrower has anything overdue; False for a visitor."""
    if turn.borrower_id is None:
        return False
    return bool(accounts.overdue(desk.engine.state(turn.borrower_id).accounts))


def opened(turn: Turn, desk: Desk, key: str = _OPENING) -> Reply:
    """The form, begun with what there is to arrange; straight on where wishes were said."""
    heard = hear(turn).wishes
    reason = heard.get("hardship")
    kind_word = reason if key == _OPENING and reason != _OTHER and not turn.active_form else None
    if turn.borrower_id is None or turn.active_form or heard.keys() - {"hardship"}:
        plain = _HARDSHIP_HEARD if kind_word else ""  # what happened is not passed over
        begun = start(turn, desk, {}, key=plain if key == _OPENING else key)
        return begun.changed(values={**begun.values, "reason": reason})
    started = start(turn, desk, {}, key=key)
    told = standing(turn, desk, turn.borrower_id, started.values["wishes"])
    values = {**started.values, **told, "reason": reason}
    slots = {**started.slots}
    if told["absent"]:
        slots[memory.NOTE] = None  # said with the standing
    lead = _KIND_WORD if kind_word else None  # "失业了，想分期还"
    return started.changed(values=values, slots=slots, lead=lead, coda="negotiation.standing")
