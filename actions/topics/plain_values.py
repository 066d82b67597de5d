"""A value outside of the form, and one product alone: what they are about, and who answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from account_engine.domain.state import AccountState
from actions.conversation import accounts, memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as, special_side
from actions.conversation.turn import Entity, Turn
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.wishes import EXTENSION_FROM
from actions.topics.as_the_books_say import ONE_OWED, beside_the_books
from actions.topics.extension import extension
from actions.topics.negotiation import hardship, instalment
from actions.topics.opening import THIS_ONE_TOO, start
from actions.topics.promise import promise
from actions.topics.told_debts import just_told

_ABOUT_BEING_LATE = frozenset({"inform.not_overdue", ONE_OWED, "overdue.general", "overdue.todo"})
_PLAINLY_A_PLAN = frozenset({"terms", "income", "settlement", "hardship"})


@answers("inform", "correct")
def value(turn: Turn, desk: Desk) -> Reply:
    """A value outside of the form: one that is plainly about a plan opens it."""
    if turn.known and hear(turn).wishes.keys() & _PLAINLY_A_PLAN:
        return start(turn, desk, {})
    if hearing_lexicon().cannot_pay.search(turn.text):
        return hardship(turn, desk)
    if turn.amount_fen() and hearing_lexicon().pays_a_sum.search(turn.text):
        return _part(turn, desk)
    if turn.coming_date() and hearing_lexicon().pays.search(turn.text):  # "15号发工资，想15号还"
        return promise(turn, desk) if turn.intent == "correct" else extension(turn, desk)
    if turn.intent == "correct":
        return Reply("correct.nothing")
    said = special_side(turn, desk)
    if said in _ABOUT_BEING_LATE and turn.borrower_id:  # right or not, the account knows
        return beside_the_books(said, turn, desk, turn.borrower_id)
    if said is None and (told := just_told(turn, desk)) is not None:
        return told
    return _kept(turn, Reply(said or "inform.nothing"))


def _kept(turn: Turn, reply: Reply) -> Reply:
    """ "花呗欠了五千" asks nothing yet: the sum is kept for the days or the question to come.

    So is a product that is named by itself ("借呗" … "多少").
    """
    if turn.known and turn.entity("product") and not turn.amount_fen():
        asked = LastQuestion.asked("query_amount_due", turn)
        return reply.changed(slots={memory.LAST_QUESTION: asked.slot(), **reply.slots})
    if turn.known or not hearing_lexicon().no_offer_before.search(_before_the_sum(turn)):
        return reply
    asked = LastQuestion.asked("ask_penalty", turn)
    return reply.changed(slots={memory.LAST_QUESTION: asked.slot(), **reply.slots})


def _before_the_sum(turn: Turn) -> str:
    said = turn.first("amount")
    return turn.text[: said.start] if said else ""


def _part(turn: Turn, desk: Desk) -> Reply:
    """The effect of a sum that is paid; what it leaves may be asked for next."""
    asked = LastQuestion.asked("ask_partial_payment", turn)
    reply = asked_as("ask_partial_payment")(turn, desk)
    return reply.changed(slots={memory.LAST_QUESTION: asked.slot(), **reply.slots})


@answers("only_this_product")
def only_this_product(turn: Turn, desk: Desk) -> Reply:
    """ "借呗先不管，先说花呗": the same wishes for one product alone."""
    left_out = {
        one.value
        for one in turn.entities
        if one.kind == "product" and hearing_lexicon().put_aside.match(turn.text[one.end :])
    }
    named = set(turn.values("product"))
    meant = named - left_out or _others(turn, desk, left_out)
    entities = tuple(Entity("product", one) for one in sorted(meant))
    others = tuple(one for one in turn.entities if one.kind != "product")
    if "extension_days" in turn.wishes and turn.active_form:
        about_it = replace(turn, intent="request_extension", entities=(*others, *entities))
        return extension(_without_its_due_day(about_it), desk)
    about_it = replace(turn, intent="request_instalment", entities=(*others, *entities))
    begun = instalment(about_it, desk)
    waiting = () if turn.active_form else _late_of(turn, desk, left_out)
    if not waiting:
        return begun
    return begun.changed(values={**begun.values, "waiting": waiting}, lead="note.waits_and_is_late")


def _late_of(turn: Turn, desk: Desk, products: set[str]) -> tuple[AccountState, ...]:
    """What is late of the products that were put aside."""
    if turn.borrower_id is None:
        return ()
    late = accounts.overdue(desk.engine.state(turn.borrower_id).accounts)
    return tuple(one for one in late if one.product_id.removesuffix("_like") in products)


@answers("this_one_too")
def this_one_too(turn: Turn, desk: Desk) -> Reply:
    """ "借呗的也不行", "借呗呢", "两个都2号": what is being arranged, for the other product too."""
    turn = replace(turn, intent=THIS_ONE_TOO)
    if "extension_days" in turn.wishes:
        return extension(_without_its_due_day(turn), desk)
    return start(turn, desk, {})


def _without_its_due_day(turn: Turn) -> Turn:
    """ "借呗的27号也不行" names what falls due then, "两个都2号" the day to pay on."""
    if turn.entity("product") is None and turn.named_date() is not None:
        return turn
    kept = (one for one in turn.entities if one.kind not in ("date", "day_of_month"))
    return replace(turn, entities=(*kept, *_the_day_meant(turn)))


def _the_day_meant(turn: Turn) -> tuple[Entity, ...]:
    """The later day that was spoken of for the other product."""
    days, counted_from = turn.wishes.get("extension_days"), turn.wishes.get(EXTENSION_FROM)
    if not days or not counted_from:
        return ()
    day = date.fromisoformat(str(counted_from)) + timedelta(days=int(days))
    return (Entity("date", day.isoformat()),)


def _others(turn: Turn, desk: Desk, left_out: set[str]) -> set[str]:
    """The products of the borrower that were not put aside."""
    if turn.borrower_id is None:
        return set()
    return set(accounts.products(desk.engine.state(turn.borrower_id))) - left_out
