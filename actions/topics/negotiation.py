"""Wishes, hardship, promises; the form that makes an agreement of them; what was agreed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.negotiation.option import Option, Reason, ReasonCode
from account_engine.domain.payloads import HardshipKind
from account_engine.domain.state import AccountState, PlanStatus
from actions.conversation import accounts, memory
from actions.conversation.answering import answers, by_intent, respond, the_answer
from actions.conversation.beside import Beside, listens_for_wishes
from actions.conversation.desk import Desk, open_desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.topic import NOT_HELD, TopicAction, ruled, special_side, with_own_line
from actions.conversation.turn import Turn
from actions.knowledge.rules_first import asked_of, rules_first
from actions.negotiation.conclusion import concluded
from actions.negotiation.for_the_form import wishes_beside
from actions.negotiation.heard import ANY, Heard
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.news import says
from actions.negotiation.offers import proposal_for
from actions.negotiation.relative import offered_terms
from actions.topics import brief, visitors
from actions.topics.case_in_parts import of_the_case
from actions.topics.loan_supposition import supposed_loan
from actions.topics.opening import anything_late, opened, start
from actions.topics.ways import standing

RUNNING = frozenset({PlanStatus.ACTIVE, PlanStatus.BROKEN})
_SPARED = frozenset({"waiver", "principal_only"})
_HOW_MUCH_A_MONTH = "interest.formula"
_SPREADS = frozenset({"terms", "monthly", "income", "living_costs"})
_BACK_TO_INSTALMENTS = "recall.back"
_PAID_YET = "instalment.paid_yet"
_CANNOT = "instalment.cannot"
_LESS = "waiver.general"
_EVERY_INSTALMENT_IN_FULL = "minimum.loan"
_AFTER_A_PART = "instalment.after_partial"
_SO_LONG_A_PLAN = "negotiation.article70"


class ActionNegotiation(TopicAction):
    """request_instalment, request_extension, request_waiver, state_hardship, promise_to_pay, …"""

    topic = "negotiation"


class ActionConcludeNegotiation(TopicAction):
    """What follows when the form has all it needs."""

    topic = "conclude_negotiation"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if tracker.get_slot(memory.AGREEMENT) is None:
            return []  # the form was left with words of its own
        return respond(dispatcher, tracker, open_desk(), concluded)


@answers("request_instalment")
def instalment(turn: Turn, desk: Desk) -> Reply:
    side = special_side(turn, desk)
    if turn.borrower_id is None:
        if side in (None, _HOW_MUCH_A_MONTH) and (told := of_the_case(turn, desk)) is not None:
            return told
        supposed = supposed_loan(turn, desk) if side == _HOW_MUCH_A_MONTH else None
        general = "negotiation.general" if visitors.is_late(turn) else "instalment.general"
        return supposed or ask_to_sign_in(side or general, desk)
    if side == _BACK_TO_INSTALMENTS:
        return start(turn, desk, {}, key=side)
    state = desk.engine.state(turn.borrower_id)
    if any(_is_arranged(one, turn) for one in state.accounts):
        return plan_running(turn, desk, turn.borrower_id)
    heard = hear(turn)
    if side == _HOW_MUCH_A_MONTH and heard.wishes.keys() & _SPREADS:
        return _so_much_a_month(turn, desk, heard)
    return _of_a_borrower(turn, desk, side, heard)


def _so_much_a_month(turn: Turn, desk: Desk, heard: Heard) -> Reply:
    """ "三万四分三年每个月是多少", "一个月只能还两万，分多少期": a plan, and no rule."""
    if "terms" in heard.wishes:
        return plan_of_terms(turn, desk)
    return _of_a_borrower(turn, desk, None, heard)


def _of_a_borrower(turn: Turn, desk: Desk, side: str | None, heard: Heard) -> Reply:
    """The rule that was asked for, why there is no plan, or the form."""
    if turn.borrower_id is None:
        return Reply("sign_in.needed")
    state = desk.engine.state(turn.borrower_id)
    values = {"name": turn.display_name, "accounts": state.accounts}
    missing = accounts.missing(turn, state)
    if missing and heard.wishes.keys() <= {"terms"}:  # the rule of a product not theirs
        rule = Reply(side or "instalment.general", {"missing": missing}, lead=NOT_HELD)
        return rule.changed(buttons=("negotiate", "source"))
    if side == _PAID_YET and (own := brief.instalment(turn, desk, turn.borrower_id)):
        return own
    if side == _CANNOT and accounts.overdue(accounts.asked(turn, state)):
        return brief.instalment(turn, desk, turn.borrower_id) or Reply(side)  # that is why
    if side and _is_a_rule(side, heard):
        return with_own_line(Reply(side), turn, desk)
    if not anything_late(turn, desk) and heard.nothing:
        if side == _AFTER_A_PART:
            return with_own_line(Reply(side), turn, desk)
        told = standing(turn, desk, turn.borrower_id)
        return Reply("instalment.not_overdue", {**values, **told})
    return opened(turn, desk)


def _is_arranged(account: AccountState, turn: Turn) -> bool:
    """Whether a plan or a later day stands, which no other plan may be laid upon."""
    later = account.extension_until is not None and account.extension_until >= turn.today
    return later or bool(account.plan and account.plan.status in RUNNING)


def plan_running(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """What stands goes on; until when it can be taken back is said, for whoever wants another."""
    still_open = [one for one in desk.engine.withdrawable(borrower_id) if one.refusal is None]
    values = {"name": turn.display_name, "withdrawable": still_open[-1] if still_open else None}
    return Reply("negotiation.plan_running", values)


@answers("ask_plan_of_terms")
def plan_of_terms(turn: Turn, desk: Desk) -> Reply:
    """ "分三期每期多少": for a borrower the plan itself, for a visitor what was asked."""
    if turn.borrower_id is None:
        return of_the_case(turn, desk) or by_intent(turn, desk, "instalment.general")
    started = start(turn, desk, {})
    wanted = started.slots.get(memory.START) or ANY  # the figures are wanted before any day
    slots = {**started.slots, memory.START: wanted}
    wishes = slots.get(memory.WISHES) or {}
    if not wishes.keys() & {"terms", "monthly"}:  # "分期的话一个月多少"
        proposal = proposal_for(desk, turn.borrower_id, wishes)
        covered = says(proposal, ReasonCode.DOWN_PAYMENT_COVERS_ALL)  # nothing is left to split
        offered = [] if covered else offered_terms(desk.engine.negotiation.policy, proposal)
        terms = {"terms": offered[len(offered) // 2]} if offered else {}
        slots |= {memory.MONTHLY: ANY, memory.WISHES: {**wishes, **terms}}
    return started.changed(slots=slots)


def _is_a_rule(side: str, heard: Heard) -> bool:
    """Whether a question is for a rule, and no wish for a plan comes with it."""
    if side.startswith("partial.") and heard.wishes:
        return False  # "我想分期，先还三千": the first part of a plan
    if side in rules_first().no_wish["request_instalment"] or not side.startswith("instalment."):
        return True
    return side in asked_of("request_instalment") and not heard.wishes


@answers("request_negotiation")
def negotiate(turn: Turn, desk: Desk) -> Reply:
    side = special_side(turn, desk)
    if not turn.known:
        return ask_to_sign_in(side or "negotiation.general", desk)
    if side == _SO_LONG_A_PLAN and turn.borrower_id is not None:
        told = {**standing(turn, desk, turn.borrower_id), **_so_many_terms(turn, desk)}
        return Reply(side, told, coda="negotiation.standing")
    if side == _LESS:
        return waiver(replace(turn, intent="request_waiver"), desk)
    return Reply(side) if side else opened(turn, desk)


def _so_many_terms(turn: Turn, desk: Desk) -> dict[str, Reason]:
    """Why not so many instalments as were named beside it: "停息挂账分60期"."""
    terms = hear(turn).wishes.get("terms")
    if terms is None or turn.borrower_id is None:
        return {}
    reasons = proposal_for(desk, turn.borrower_id, {"terms": terms}).reasons
    found = next((one for one in reasons if one.code is ReasonCode.TERMS_NOT_OFFERED), None)
    return {"reason": found} if found is not None else {}


@answers("request_waiver")
def waiver(turn: Turn, desk: Desk) -> Reply:
    if not turn.known:
        return visitors.less(turn, desk)
    if not_theirs := visitors.of_none_held(turn, desk, visitors.less, "note.less_of_held"):
        return not_theirs
    rule = special_side(turn, desk)
    if rule in asked_of("request_waiver"):
        return Reply(rule)
    if (
        not turn.active_form
        and not anything_late(turn, desk)
        and not hear(turn).wishes.keys() - _SPARED
    ):
        if hearing_lexicon().pays_less.search(turn.text):
            return with_own_line(Reply(_EVERY_INSTALMENT_IN_FULL), turn, desk)
        return Reply("waiver.nothing_late", {"name": turn.display_name})
    started = start(turn, desk, {"waiver": True})
    if started.slots[memory.CONSENT] is not None or turn.borrower_id is None:
        return started
    # A question about the consent comes first; what was asked is answered before it.
    most = _most_waived(desk, turn.borrower_id)
    return started.changed(key="waiver.may_apply", values={"most": most})


def _most_waived(desk: Desk, borrower_id: str) -> Option | None:
    """The offer that spares most, under a hardship that needs no consent; None where none does."""
    case = {"waiver": True, "hardship": HardshipKind.OTHER.value}
    options = proposal_for(desk, borrower_id, case).options
    sparing = (one for one in options if one.waived)
    return max(sparing, key=lambda one: one.waived_total, default=None)


@answers("state_hardship")
def hardship(turn: Turn, desk: Desk) -> Reply:
    if not turn.known:
        return visitors.in_hardship(turn, desk)
    if turn.borrower_id is not None and _plan_runs(desk, turn.borrower_id):
        return the_answer("ask_plan_breach")(turn, desk)
    if elsewhere := visitors.owed_elsewhere(turn):
        return elsewhere
    return opened(turn, desk, "hardship.heard")


def _plan_runs(desk: Desk, borrower_id: str) -> bool:
    accounts_now = desk.engine.state(borrower_id).accounts
    return any(one.plan and one.plan.status in RUNNING for one in accounts_now)


answers("request_due_date_change")(ruled("due_date_change.general"))


@listens_for_wishes
def wish_beside(turn: Turn, desk: Desk) -> Beside | None:
    """ "每月最多还800" is a wish for a plan, whatever else the message was taken for."""
    if turn.borrower_id is None or turn.active_form or not wishes_beside(turn):
        return None
    alone = turn.intent is None or turn.intent in hearing_lexicon().plan_wish_alone
    return Beside(start(turn, desk, {}), alone)


@answers("choose_option")
def choose(turn: Turn, desk: Desk) -> Reply:
    """A choice outside of the form: the offers are worked out again first."""
    if not turn.known:
        return ask_to_sign_in("sign_in.needed", desk)
    wishes, offers = turn.wishes, turn.slots.get(memory.OFFERS)
    if not wishes and not offers:
        return Reply("choose.nothing")
    return resumed(turn, desk)


def resumed(turn: Turn, desk: Desk) -> Reply:
    """The form again with all that was said before; an offer that is named is the one in question.

    The offers themselves are worked out for today: only one that is named stands as it was shown,
    for as long as the engine would accept it.
    """
    started, number = start(turn, desk, {}), hear(turn).choice
    offers = turn.slots.get(memory.OFFERS) or ()
    before = {name: turn.slots.get(name) for name in (memory.MONTHLY, memory.START)}
    if offers:
        before = {name: value or ANY for name, value in before.items()}
    slots = {**started.slots, **{name: started.slots[name] or before[name] for name in before}}
    number = len(offers) if number == -1 else number
    if offers and number and 1 <= number <= len(offers):
        slots |= {memory.OFFERS: offers, memory.CHOSEN: offers[number - 1]}
    elif number:
        slots |= {memory.NOTE: {"key": "note.no_such_option"}}
    elif turn.slots.get(memory.CHOSEN) in offers:  # the one that was being thought over
        slots |= {memory.OFFERS: offers, memory.CHOSEN: turn.slots[memory.CHOSEN]}
    return started.changed(slots=slots)
