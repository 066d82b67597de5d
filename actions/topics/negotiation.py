"""Wishes, hardship, promises; the form that makes an agreement of them; what was agreed."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import InvalidWish
from account_engine.domain.negotiation.option import Proposal, ReasonCode, Verdict
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import PlanStatus, PromiseStatus, RecallStage
from actions.conversation import accounts, memory
from actions.conversation.answering import answer_for, answers, respond
from actions.conversation.beside import Beside, listens_for_wishes
from actions.conversation.cards import sign_in_card
from actions.conversation.desk import Desk, open_desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Form, Reply
from actions.conversation.topic import NOT_HELD, TopicAction, ruled, special_side, with_own_line
from actions.conversation.turn import Turn
from actions.negotiation.conclusion import concluded
from actions.negotiation.consent import settled
from actions.negotiation.form import between
from actions.negotiation.hearing import ANY, hear, wishes_beside
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.offers import proposal_for
from actions.negotiation.wishes import answered, merged
from actions.topics import brief, visitors
from actions.topics.tomorrow import tomorrow

RUNNING = frozenset({PlanStatus.ACTIVE, PlanStatus.BROKEN})
_DEFAULT_EXTENSION_DAYS = 7
_LONGER_THAN_ANY = 365
_FEW = 2  # so many offers are no list
_ABOUT_INSTALMENTS = frozenset({"monthly", "terms", "first_date", "day_of_month", "down_payment"})
_BACK_TO_INSTALMENTS = "recall.back"
_PROMISED = "dispute_payment.promised"
_NOT_LATE = "inform.not_overdue"
_WHY_SO_MANY = "instalment.why_terms"
# Sides of request_instalment that ask for a rule; the others ask for a plan.
_RULES_OF_INSTALMENTS = frozenset(
    {"instalment.terms", "instalment.again", "instalment.how", "instalment.cancel"}
)
_PLAINLY_A_PLAN = frozenset({"terms", "income", "settlement", "hardship"})


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


def _stranger(key: str, desk: Desk) -> Reply:
    return Reply(key, card=sign_in_card(desk.renderer.labels["card"]))


def _start(turn: Turn, desk: Desk, extra: dict[str, Any], key: str = "") -> Reply:
    """Hears the wishes of this message and opens the form for what is still missing."""
    heard = hear(turn)
    wishes = merged(turn, heard)
    if "extension_days" in extra:  # another kind of request: how to split does not matter now
        wishes = {name: wishes[name] for name in wishes if name not in _ABOUT_INSTALMENTS}
    wishes, consent = settled(turn, desk, wishes | extra | _scope(turn, desk))
    note = _not_held(turn, desk) or between(heard).get(memory.NOTE)
    kept = {memory.WISHES: wishes, memory.CONSENT: consent, memory.NOTE: note}
    slots = dict.fromkeys(memory.NEGOTIATION) | kept | answered(wishes)
    if turn.intent == "request_waiver":
        slots |= {memory.MONTHLY: slots[memory.MONTHLY] or ANY, memory.START: ANY}
    if "terms" in wishes and not _late(turn, desk):
        slots |= {memory.START: slots[memory.START] or ANY}  # the bill's own dates stand
    return Reply(key, {"wishes": wishes}, slots=slots, form=Form.START)


def _scope(turn: Turn, desk: Desk) -> dict[str, Any]:
    """The accounts of the product named, where there are others beside them."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return {}
    state = desk.engine.state(turn.borrower_id)
    meant = accounts.asked(turn, state)
    several = len(meant) < len(state.accounts)
    return {"scope": [account.account_id for account in meant]} if several else {}


def _not_held(turn: Turn, desk: Desk) -> dict[str, Any] | None:
    """A note that the product named is none of the borrower's."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return None
    missing = accounts.missing(turn, desk.engine.state(turn.borrower_id))
    return {"key": "note.product_not_held", "missing": list(missing)} if missing else None


def _late(turn: Turn, desk: Desk) -> bool:
    if turn.borrower_id is None:
        return False
    return bool(accounts.overdue(desk.engine.state(turn.borrower_id).accounts))


@answers("request_instalment")
def instalment(turn: Turn, desk: Desk) -> Reply:
    side = special_side(turn, desk)
    if turn.borrower_id is None:
        return _stranger(side or "instalment.general", desk)
    if side == _BACK_TO_INSTALMENTS:
        return _start(turn, desk, {}, key=side)
    state = desk.engine.state(turn.borrower_id)
    values = {"name": turn.display_name, "accounts": state.accounts}
    if any(one.plan and one.plan.status in RUNNING for one in state.accounts):
        return Reply("negotiation.plan_running", values)
    heard = hear(turn)
    missing = accounts.missing(turn, state)
    if missing and not heard.wishes:  # a question for the rule of a product that is not theirs
        rule = Reply(side or "instalment.general", {"missing": missing}, lead=NOT_HELD)
        return rule.changed(buttons=("negotiate", "source"))
    if side == _WHY_SO_MANY or (side in _RULES_OF_INSTALMENTS and not heard.wishes):
        return with_own_line(Reply(side), turn, desk)
    if not _late(turn, desk) and heard.nothing:
        return Reply("instalment.not_overdue", {**values, "accounts": accounts.asked(turn, state)})
    return _opened(turn, desk)


@answers("request_negotiation")
def negotiate(turn: Turn, desk: Desk) -> Reply:
    side = special_side(turn, desk)
    if not turn.known:
        return _stranger(side or "negotiation.general", desk)
    return Reply(side) if side else _opened(turn, desk)


def _opened(turn: Turn, desk: Desk, key: str = "negotiation.opening") -> Reply:
    """The form, begun with what there is to arrange; straight on where wishes were said."""
    if turn.borrower_id is None or turn.active_form or hear(turn).wishes.keys() - {"hardship"}:
        return _start(turn, desk, {}, key="" if key == "negotiation.opening" else key)
    started = _start(turn, desk, {}, key=key)
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state)
    ids = tuple(one.account_id for one in chosen)
    values = {
        **started.values,
        "due": desk.engine.quote(turn.borrower_id, QuoteKind.DUE_NOW, account_ids=ids),
        "accounts": chosen,
        "late": accounts.overdue(chosen),
        "called_in": tuple(one for one in chosen if one.recall.stage is RecallStage.EFFECTIVE),
    }
    return started.changed(values=values, coda="negotiation.standing")


@answers("request_waiver")
def waiver(turn: Turn, desk: Desk) -> Reply:
    if not turn.known:
        return _stranger(special_side(turn, desk) or "waiver.general", desk)
    if special_side(turn, desk) == _PROMISED:
        return Reply(_PROMISED)
    return _start(turn, desk, {"waiver": True})


@answers("request_extension")
def extension(turn: Turn, desk: Desk) -> Reply:
    """The whole of what is due, so many days later."""
    if not turn.known:
        return visitors.later(turn, desk)
    days = days_of(turn.entity("duration"))
    named = turn.coming_date()
    if days is None and named:
        days = (named - turn.today).days
    refused = _no_extension(turn, desk)
    if refused is not None:
        return refused
    if hearing_lexicon().asks_how_long.search(turn.text):
        return _longest_extension(turn, desk)
    if days and days > 0:
        return _start(turn, desk, {"extension_days": days})
    started = _start(turn, desk, {"extension_days": _DEFAULT_EXTENSION_DAYS})
    assumed = {"key": "note.extension_assumed", "days": _DEFAULT_EXTENSION_DAYS}
    note = started.slots[memory.NOTE] or assumed
    return started.changed(slots={**started.slots, memory.NOTE: note})


def _no_extension(turn: Turn, desk: Desk) -> Reply | None:
    """Why nothing can be put off, where that is so; the other ways are for whoever wants them.

    Without it a question for one more day would be answered with four plans for everything.
    """
    if turn.borrower_id is None or turn.active_form or hear(turn).wishes.keys() - {"waiver"}:
        return None
    proposal = _put_off(turn, desk, turn.borrower_id)
    why = [one for one in proposal.reasons if one.code is ReasonCode.TOOL_NOT_OFFERED]
    if not why or len(proposal.options) <= _FEW:
        return None
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    values = {
        "proposal": proposal,
        "reason": why[0],
        "accounts": late,
        "owed": brief.owed(desk, turn.borrower_id),
        "tomorrow": tomorrow(desk, turn.borrower_id, late),
        "approval": proposal.verdict is Verdict.HUMAN_ONLY,
    }
    return Reply("extension.not_offered", values)


def _put_off(turn: Turn, desk: Desk, borrower_id: str) -> Proposal:
    """What the engine says to putting off for longer than any policy allows."""
    asked = {**_scope(turn, desk), "extension_days": _LONGER_THAN_ANY}
    return proposal_for(desk, borrower_id, asked)


def _longest_extension(turn: Turn, desk: Desk) -> Reply:
    """How many days the borrower's own case allows; why none, where it allows none."""
    if turn.borrower_id is None:
        return _stranger("extension.general", desk)
    reasons = _put_off(turn, desk, turn.borrower_id).reasons
    most = next(
        (one.value("most") for one in reasons if one.code is ReasonCode.EXTENSION_TOO_LONG), None
    )
    if most is None:
        return _start(turn, desk, {"extension_days": _DEFAULT_EXTENSION_DAYS})
    started = _start(turn, desk, {"extension_days": most}, key="extension.longest")
    return started.changed(values={**started.values, "most": most})


@answers("state_hardship")
def hardship(turn: Turn, desk: Desk) -> Reply:
    if not turn.known:
        return visitors.in_hardship(turn, desk)
    breach = answer_for("ask_plan_breach")
    if breach is not None and turn.borrower_id is not None and _plan_runs(desk, turn.borrower_id):
        return breach(turn, desk)
    return _opened(turn, desk, "hardship.heard")


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
    return Beside(_start(turn, desk, {}), alone)


@answers("inform", "correct")
def value(turn: Turn, desk: Desk) -> Reply:
    """A value outside of the form: one that is plainly about a plan opens it."""
    if turn.known and hear(turn).wishes.keys() & _PLAINLY_A_PLAN:
        return _start(turn, desk, {})
    if hearing_lexicon().cannot_pay.search(turn.text):
        return hardship(turn, desk)
    if turn.coming_date() and "还" in turn.text:  # "15号发工资，想15号还"
        return promise(turn, desk) if turn.intent == "correct" else extension(turn, desk)
    if turn.intent == "correct":
        return Reply("correct.nothing")
    said = special_side(turn, desk)
    status = answer_for("query_overdue_status")
    if said == _NOT_LATE and turn.known and status is not None:  # right or not, the account knows
        return status(turn, desk)
    return Reply(said or "inform.nothing")


@answers("choose_option")
def choose(turn: Turn, desk: Desk) -> Reply:
    """A choice outside of the form: the offers are worked out again first."""
    if not turn.known:
        return _stranger("sign_in.needed", desk)
    wishes, offers = turn.slots.get(memory.WISHES) or {}, turn.slots.get(memory.OFFERS)
    if not wishes and not offers:
        return Reply("choose.nothing")
    return resumed(turn, desk)


def resumed(turn: Turn, desk: Desk) -> Reply:
    """The form again with all that was said before; an offer that is named is the one in question.

    The offers themselves are worked out for today: only one that is named stands as it was shown,
    for as long as the engine would accept it.
    """
    started, number = _start(turn, desk, {}), hear(turn).choice
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


@answers("promise_to_pay")
def promise(turn: Turn, desk: Desk) -> Reply:
    """Keeps a promise with its day; the amount is what was named, else what is due."""
    if turn.borrower_id is None:
        return Reply("promise.stranger")
    on = turn.coming_date() or turn.today
    if on < turn.today:
        return Reply("promise.past", {"on": on})
    due = desk.engine.quote(turn.borrower_id, QuoteKind.DUE_NOW)
    after = (
        desk.engine.compare(turn.borrower_id, QuoteKind.DUE_NOW, on) if on > turn.today else None
    )
    heard = turn.amount_fen()
    amount = Money(heard) if heard else (after.after.total if after else due.total)
    if amount.fen <= 0:
        return Reply("promise.nothing_due", {"name": turn.display_name})
    try:
        replaces = _corrected(turn, desk, turn.borrower_id)
        desk.engine.promise(turn.borrower_id, amount, on, replaces=replaces)
    except InvalidWish:
        return Reply("promise.not_possible")
    values = {"amount": amount, "heard": bool(heard), "on": on, "after": after, "due": due}
    return Reply("promise.kept", values)


def _corrected(turn: Turn, desk: Desk, borrower_id: str) -> str | None:
    """The promise that "说错了，是后天" takes the place of: the last one that is still open."""
    if turn.intent != "correct" and not hearing_lexicon().correction.search(turn.text):
        return None
    made = desk.engine.state(borrower_id).promises
    still_open = [one.promise_id for one in made if one.status is PromiseStatus.OPEN]
    return still_open[-1] if still_open else None
