"""A promise to pay on a day: kept, corrected, or not possible."""

from __future__ import annotations

from datetime import date, timedelta

from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import PlanStatus, PromiseStatus
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.lexicon import hearing_lexicon
from actions.topics.tomorrow import tomorrow

_OF_A_PROMISE = frozenset({"promise_to_pay", "promise"})
_STANDS = frozenset({PlanStatus.ACTIVE, PlanStatus.BROKEN})


@answers("promise_to_pay")
def promise(turn: Turn, desk: Desk) -> Reply:
    """Keeps a promise with its day; the amount is what was named, else what is due."""
    if turn.borrower_id is None:
        return Reply("promise.stranger")
    if not _speaks_of_paying(turn, desk, turn.borrower_id):
        return Reply("inform.nothing")
    on = turn.coming_date() or turn.today
    if on < turn.today and figure_words().has_paid.search(turn.text):
        return the_answer("dispute_payment")(turn, desk)  # "10月28号我还了五百" is no promise
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
        replaces = _corrected(turn, desk, turn.borrower_id, amount, on)
        desk.engine.promise(turn.borrower_id, amount, on, replaces=replaces)
    except InvalidWish as wrong:
        rule = desk.engine.negotiation.policy.promise
        limits = {
            "too_far": wrong.fault is Fault.TOO_FAR_AHEAD,
            "on": on,
            "days": rule.max_days,
            "until": turn.today + timedelta(days=rule.max_days),
            "least": rule.min_amount,
        }
        return Reply("promise.not_possible", limits)
    values = {"amount": amount, "heard": bool(heard), "on": on, "after": after, "due": due}
    # Who names a day to pay on has chosen none of the offers; they come back with "接着谈".
    return Reply("promise.kept", values, form=Form.LEAVE if turn.active_form else Form.RESUME)


@answers("ask_promised_sum")
def promised_sum(turn: Turn, desk: Desk) -> Reply:
    """ "那到时候一共多少": what is due by the day that was promised, beside what was promised."""
    if turn.borrower_id is None:
        return Reply("promise.stranger")
    made = desk.engine.state(turn.borrower_id).promises
    still_open = [one for one in made if one.status is PromiseStatus.OPEN and one.on > turn.today]
    if not still_open:
        return the_answer("query_amount_due")(turn, desk)
    last = still_open[-1]
    after = desk.engine.compare(turn.borrower_id, QuoteKind.DUE_NOW, last.on)
    return Reply("promise.sum", {"promise": last, "after": after}, details="quote:due_now")


@answers("ask_day_missed")
def day_missed(turn: Turn, desk: Desk) -> Reply:
    """ "30号没还上呢": what it comes to by then and after; a plan that stands is asked about."""
    if turn.borrower_id is None:
        return Reply("overdue.todo")
    state = desk.engine.state(turn.borrower_id)
    later = [one.extension_until for one in state.accounts if one.extension_until is not None]
    stands = any(one.plan and one.plan.status in _STANDS for one in state.accounts)
    if stands or any(until >= turn.today for until in later):
        return the_answer("ask_plan_trouble")(turn, desk)
    late = accounts.overdue(state.accounts)
    made = [one for one in state.promises if one.status is PromiseStatus.OPEN]
    on = turn.coming_date() or (made[-1].on if made else None)
    if not late or on is None or on <= turn.today:
        return the_answer("state_hardship")(turn, desk)
    values = {
        "on": on,
        "promised": any(one.on == on for one in made),
        "then": desk.engine.compare(turn.borrower_id, QuoteKind.DUE_NOW, on),
        "a_day": tomorrow(desk, turn.borrower_id, late).more,
    }
    return Reply("promise.missed_day", values)


def _speaks_of_paying(turn: Turn, desk: Desk, borrower_id: str) -> bool:
    """ "剩的", "月底" by themselves promise nothing; "是后天" corrects what was promised."""
    if figure_words().pays.search(turn.text):
        return True
    last = LastQuestion.of(turn)
    if last is not None and last.answer in _OF_A_PROMISE and turn.entity("date"):
        return True
    made = desk.engine.state(borrower_id).promises
    corrects = turn.intent == "correct" or hearing_lexicon().correction.search(turn.text)
    return bool(corrects) and any(one.status is PromiseStatus.OPEN for one in made)


def _corrected(turn: Turn, desk: Desk, borrower_id: str, amount: Money, on: date) -> str | None:
    """The open promise that this one takes the place of.

    It is the last one made for "说错了，是后天"; else another amount for the same day: who says
    "25号还" and then "25号还500" has not promised both.
    """
    made = desk.engine.state(borrower_id).promises
    still_open = [one for one in made if one.status is PromiseStatus.OPEN]
    if turn.intent != "correct" and not hearing_lexicon().correction.search(turn.text):
        still_open = [one for one in still_open if one.on == on and one.amount != amount]
    return still_open[-1].promise_id if still_open else None
