"""What borrowers say while offers are on the table: thinking it over, less, the rest, not yet."""

from __future__ import annotations

from datetime import datetime

from account_engine.domain.money import Money
from account_engine.domain.negotiation.codes import Character
from account_engine.domain.negotiation.option import Option, Proposal, ReasonCode
from account_engine.ports import QueueStatus
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.signing_in import sign_in_first
from actions.conversation.turn import Turn
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.offers import best_at, find, penalty_so_far, proposal_for, titles
from actions.negotiation.wishes import to_engine
from actions.topics.negotiation import resumed
from actions.topics.plan import plan_status

_A_TOKEN_AMOUNT = Money(100)


def _on_the_table(turn: Turn, desk: Desk, borrower_id: str) -> Proposal:
    return proposal_for(desk, borrower_id, turn.wishes)


@answers("think_it_over")
def think_it_over(turn: Turn, desk: Desk) -> Reply:
    """The form is left, nothing is forgotten; until when the offers stand is said."""
    if turn.borrower_id is None or not turn.active_form:
        return by_intent(turn, desk, "choose.think_alone")
    if not turn.slots.get(memory.OFFERS):
        return Reply("choose.think_early", form=Form.LEAVE)
    proposal = _on_the_table(turn, desk, turn.borrower_id)
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    meant = (chosen[1],) if chosen else proposal.options
    expires: datetime | None = max((one.expires_at for one in meant), default=None)
    return Reply("choose.think", {"expires": expires}, form=Form.LEAVE)


@answers("think_alone")
def think_alone(turn: Turn, desk: Desk) -> Reply:
    """The same where nothing is on the table."""
    return Reply("choose.think_alone")


@answers("resume_choice")
def resume_choice(turn: Turn, desk: Desk) -> Reply:
    """ "想好了", "接着谈": back to the offers, worked out for today."""
    kept = turn.slots.get(memory.WISHES) or turn.slots.get(memory.OFFERS)
    if kept and not turn.active_form:
        return resumed(turn, desk) if turn.known else sign_in_first(desk)
    if not kept and not turn.active_form and hearing_lexicon().of_before.search(turn.text):
        return where_were_we(turn, desk)
    if turn.intent == "express_distress":  # "想好了" by itself, taken for more than it says
        return Reply("affirm.nothing")
    return by_intent(turn, desk, "affirm.nothing")


@answers("go_on")
def go_on(turn: Turn, desk: Desk) -> Reply:
    """ "接着谈" in an open form: its question once more, as far as it has come."""
    return Reply("note.go_on", slots={memory.DIGRESSIONS: 0})


@answers("where_were_we")
def where_were_we(turn: Turn, desk: Desk) -> Reply:
    """ "昨天聊到哪了": the talk that was left open, else what was asked for or agreed."""
    kept = turn.slots.get(memory.WISHES) or turn.slots.get(memory.OFFERS)
    if turn.known and kept and not turn.active_form:
        return resumed(turn, desk)
    status = plan_status(turn, desk) if turn.known else None
    if status is not None and status.key != "plan.none":
        return status
    return Reply("session.nothing_kept")


@answers("ask_less")
def ask_less(turn: Turn, desk: Desk) -> Reply:
    """ "再少一点": the lightest of the offers, and whether policy has anything lighter."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "choose.nothing")
    proposal = _on_the_table(turn, desk, turn.borrower_id)
    number = best_at(proposal, Character.LEAST_MONTHLY)
    if number is None:
        return Reply("choose.nothing")
    lightest = proposal.options[number - 1]
    return Reply(
        "choose.less",
        {
            "title": titles(proposal, desk)[number - 1],
            "option": lightest,
            "lower": _lower(turn, desk, turn.borrower_id, lightest),
            "hint": _says(proposal, ReasonCode.HARDSHIP_WANTED),
        },
        buttons=(*(("lost_job", "less_income", "ill") if _wanted(proposal) else ()), "person"),
    )


def _says(proposal: Proposal, code: ReasonCode) -> bool:
    return any(reason.code is code for reason in proposal.reasons)


def _wanted(proposal: Proposal) -> bool:
    return _says(proposal, ReasonCode.HARDSHIP_WANTED)


def _lower(turn: Turn, desk: Desk, borrower_id: str, lightest: Option) -> Option | None:
    """The lightest plan that policy has, if it is lighter than `lightest`."""
    wishes = dict(turn.wishes)
    for name in ("terms", "extension_days", "settlement", "principal_only"):
        wishes.pop(name, None)
    asked = to_engine(wishes | {"monthly": _A_TOKEN_AMOUNT.fen})
    found = desk.engine.negotiation.preview(borrower_id, asked, turn.today)
    spread = [one for one in found.options if one.terms > 1]
    least = min(spread, key=lambda one: one.instalment.fen, default=None)
    if least is None or least.instalment.fen >= lightest.instalment.fen:
        return None
    return least


@answers("ask_submitted")
def ask_submitted(turn: Turn, desk: Desk) -> Reply:
    """ "批了没" in the middle of choosing: nothing was asked for yet, unless a request waits."""
    return plan_status(turn, desk) if waits(turn, desk) else Reply("choose.not_submitted")


def waits(turn: Turn, desk: Desk) -> bool:
    if turn.borrower_id is None:
        return False
    waiting = desk.engine.approvals(QueueStatus.WAITING)
    return any(one.borrower_id == turn.borrower_id for one in waiting)


@answers("ask_no_down_payment")
def ask_no_down_payment(turn: Turn, desk: Desk) -> Reply:
    """ "首付能不能不要": who says why may go without; others pay a part first."""
    named = turn.wishes.get("hardship")
    buttons = ("person",) if named else ("lost_job", "less_income", "ill")
    values = {
        "named": bool(named),
        "upfront": _with_a_first_part(turn, desk),
        "why": False,
        "offered": bool(turn.slots.get(memory.OFFERS)),
    }
    return Reply("choose.no_down_payment", values, buttons=buttons)


@answers("ask_why_down_payment")
def why_down_payment(turn: Turn, desk: Desk) -> Reply:
    """ "为什么还要先付三千多": what the first part is good for, and who may go without."""
    told = ask_no_down_payment(turn, desk)
    return told.changed(values={**told.values, "why": True})


@answers("ask_down_payment_day")
def down_payment_day(turn: Turn, desk: Desk) -> Reply:
    """ "首付能不能晚点交": its day is the policy's; whom it is spared, what else may be done."""
    upfront = _with_a_first_part(turn, desk)
    if not upfront:
        return ask_no_down_payment(turn, desk)
    named = turn.wishes.get("hardship")
    buttons = ("person",) if named else ("lost_job", "less_income", "ill")
    return Reply(
        "choose.down_payment_day", {"named": bool(named), "upfront": upfront}, buttons=buttons
    )


def _with_a_first_part(turn: Turn, desk: Desk) -> list[tuple[str, Option]]:
    """The offers on the table that want a part at once; where one was chosen, that one."""
    if turn.borrower_id is None or not turn.slots.get(memory.OFFERS):
        return []
    proposal = _on_the_table(turn, desk, turn.borrower_id)
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    pairs = zip(titles(proposal, desk), proposal.options, strict=True)
    named = [(title, one) for title, one in pairs if one.down_payment.fen and len(one.schedule) > 1]
    return [pair for pair in named if chosen is None or pair[1] is chosen[1]]


@answers("ask_waiver_amount")
def ask_waiver_amount(turn: Turn, desk: Desk) -> Reply:
    """How much could be waived, and of what; the largest waiver that any offer has."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "waiver.general")
    wishes = {**turn.wishes, "waiver": True}
    proposal = desk.engine.negotiation.preview(turn.borrower_id, to_engine(wishes), turn.today)
    best = max(proposal.options, key=lambda one: one.waived_total.fen, default=None)
    if best is None or best.waived_total.fen <= 0:
        best = None
    values = {"option": best, "penalty": penalty_so_far(desk, turn.borrower_id)}
    return Reply("choose.waiver_amount", values)


@answers("ask_together")
def ask_together(turn: Turn, desk: Desk) -> Reply:
    """花呗 and 借呗 in one plan: that is what is being worked out, unless one was named alone."""
    wishes = turn.wishes
    return Reply("choose.together", {"alone": bool(wishes.get("scope"))})


@answers("ask_after_yes")
def ask_after_yes(turn: Turn, desk: Desk) -> Reply:
    """What a yes leads to, before it is said."""
    policy = desk.engine.negotiation.policy
    values = {"days": policy.cooling_off.days, "breach": policy.breach}
    return Reply("choose.after_yes", values)
