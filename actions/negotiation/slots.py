"""Which slots of the form a message sets, by the question that was asked."""

from __future__ import annotations

from typing import Any

from actions.conversation import memory
from actions.conversation.turn import Turn
from actions.knowledge.clause_words import clause_words
from actions.negotiation.consent import UNANSWERED
from actions.negotiation.first_day import is_vague_about_the_day
from actions.negotiation.heard import ANY, Heard
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.which_offer import offers_named
from actions.negotiation.wishes import SAYS_WHEN, answered, merged

YES = "yes"
PERSON = "person"
DECLINED = -1  # instead of a count of answers not understood: all offers were turned down once
_PATIENCE = 3
_READ_BACK = frozenset({"hardship", "day_of_month", "first_date", "income", "living_costs"})
_ASKED_ABOUT = frozenset({"terms", "down_payment"})
_ASKS_FOR_A_PLAN = frozenset({"request_instalment", "request_negotiation"})


def slots_from(turn: Turn, heard: Heard) -> dict[str, Any]:
    """The slots that a message sets, by the question that was asked."""
    if heard.past_date is not None:
        return _note("note.past_date", date=heard.past_date.isoformat())
    wishes = merged(turn, heard)
    if is_vague_about_the_day(turn) and not heard.wishes.keys() & SAYS_WHEN:
        return {memory.INVALID: 0, **_which_day(turn, wishes)}
    if heard.principal_cut and not heard.wishes.get("principal_only"):
        return {**_counter_offer(wishes), **answered(wishes), **_note("note.principal_cut")}
    if heard.no_more_terms and heard.shift and not heard.wishes:
        return _note("note.most_terms", terms=heard.no_more_terms, longer=heard.shift.longer)
    if heard.terms_between and not heard.wishes:
        return {memory.INVALID: 0, **between(heard)}
    if turn.intent == "correct" and not (heard.wishes or heard.choice):
        return _note("note.correct_what", wishes=wishes)
    if heard.wishes and turn.requested_slot not in (memory.MONTHLY, memory.START):
        return {
            **_counter_offer(wishes),
            **answered(wishes),
            **_read_back(turn, wishes),
            **between(heard),
        }
    slots = _by_question(turn, heard, wishes)
    if not slots and (note := _on_the_way(turn, heard)):
        return {memory.INVALID: 0, **note}
    if not slots or (slots.keys() == {memory.WISHES} and wishes == turn.slots.get(memory.WISHES)):
        return not_heard(turn)
    return {memory.INVALID: 0, **slots, **between(heard)}


def _on_the_way(turn: Turn, heard: Heard) -> dict[str, Any]:
    """What needs no answer of its own before there are offers: "能不能分期", "多分几期"."""
    if turn.slots.get(memory.OFFERS) or turn.requested_slot not in (memory.MONTHLY, memory.START):
        return {}
    if heard.shift is not None:
        return _note("note.terms_later")
    if heard.choice is not None or heard.best is not None:
        return _note("note.no_offers_yet")
    return _note("note.at_it") if turn.intent in _ASKS_FOR_A_PLAN else {}


def _which_day(turn: Turn, wishes: dict[str, Any]) -> dict[str, Any]:
    """Asks for the day that "发了工资还" leaves open; what else was said is kept."""
    words = hearing_lexicon()
    asked = "note.which_payday" if words.which_payday.search(turn.text) else "note.which_day"
    asked = "note.which_other_day" if words.another_day.search(turn.text) else asked
    kept = {memory.WISHES: wishes} if wishes != turn.wishes else {}
    return {**kept, **_note(asked)}


def between(heard: Heard) -> dict[str, Any]:
    """What was made of "两三百" and of a sum a week; that "3到5期" still has to be decided."""
    if heard.by_the_month:
        return _note("note.by_the_month", monthly=heard.by_the_month)
    if heard.amount_between:
        return _note("note.amount_between", low=heard.amount_between[0])
    if heard.terms_between:
        low, high = heard.terms_between
        return _note("note.terms_between", low=low, high=high)
    return {}


def _by_question(turn: Turn, heard: Heard, wishes: dict[str, Any]) -> dict[str, Any]:
    stage = turn.requested_slot
    slots: dict[str, Any] = {}
    if heard.wishes:
        slots = {memory.WISHES: wishes, **_figures_now(turn, heard), **answered(wishes)}
    if stage == memory.MONTHLY and memory.MONTHLY not in slots:
        slots |= _shrug(memory.MONTHLY, heard) or _noted(turn, heard)
    elif stage == memory.START and memory.START not in slots:
        slots |= _shrug(memory.START, heard) or _noted(turn, heard)
    elif stage == memory.CHOSEN:
        slots |= _choice(turn, heard)
    elif stage == memory.AGREEMENT:
        slots |= _agreement(turn, heard)
    return slots


def _figures_now(turn: Turn, heard: Heard) -> dict[str, Any]:
    """ "分6期一个月多少", "要是我先还十万呢" need not wait for a day to begin with."""
    another = {"monthly"} if "monthly" in turn.wishes else set()  # "那800呢" after a sum too low
    wished = heard.wishes.keys() & (_ASKED_ABOUT | another)
    asked = wished and clause_words().asks.search(turn.text)
    makes = hearing_lexicon().asks_what_it_makes.search(turn.text)
    if not asked and not ("monthly" in heard.wishes and makes):
        return {}
    wanted = (memory.START, memory.MONTHLY)
    return {name: ANY for name in wanted if not turn.slots.get(name)}


def _note(key: str, **values: Any) -> dict[str, Any]:
    return {memory.NOTE: {"key": key, **values}}


def _read_back(turn: Turn, wishes: dict[str, Any]) -> dict[str, Any]:
    """What was said of oneself or of the day beside offers: new ones may look the same."""
    before = turn.wishes
    news = {name: wishes[name] for name in _READ_BACK & wishes.keys()}
    news = {name: value for name, value in news.items() if before.get(name) != value}
    return _note("note.noted", **news) if news else {}


def _noted(turn: Turn, heard: Heard) -> dict[str, Any]:
    """A wish that does not answer the question is still acknowledged, each one once."""
    if not heard.wishes:
        return {}
    before = turn.wishes
    news = {name: value for name, value in heard.wishes.items() if before.get(name) != value}
    return _note("note.noted", **news) if news else _note("note.noted_before")


def _counter_offer(wishes: dict[str, Any]) -> dict[str, Any]:
    return {
        memory.WISHES: wishes,
        memory.OFFERS: None,
        memory.CHOSEN: None,
        memory.AGREEMENT: None,
        memory.INVALID: 0,
    }


def _shrug(slot: str, heard: Heard) -> dict[str, Any]:
    """ "说不准" and "可以" leave it to the engine."""
    return {slot: ANY} if heard.unsure or (heard.agrees and slot == memory.START) else {}


def _choice(turn: Turn, heard: Heard) -> dict[str, Any]:
    offers = list(turn.slots.get(memory.OFFERS) or ())
    number = heard.choice
    if number is None and heard.agrees:
        number = 1 if len(offers) == 1 else _just_spoken_of(turn)
    if number is not None:
        if number == -1 or 1 <= number <= len(offers):
            return {memory.CHOSEN: offers[number - 1 if number > 0 else -1]} if offers else {}
        return _note("note.no_such_option")
    if heard.agrees:
        return _note("note.which_one")
    if heard.declines:
        return {**_note("note.what_else"), memory.INVALID: DECLINED}
    return {}


def _just_spoken_of(turn: Turn) -> int | None:
    """ "第二个一共多还多少" … "好，就这个": the offer that the message before asked about."""
    named = offers_named(turn.said_before)
    return named[0] if len(named) == 1 else None


def _agreement(turn: Turn, heard: Heard) -> dict[str, Any]:
    if heard.choice is not None:
        told_anew = {memory.SHOWN: None, memory.DIGRESSIONS: 0}
        return {**_choice(turn, heard), memory.AGREEMENT: None, **told_anew}
    if heard.agrees and hearing_lexicon().reserved.search(turn.text):
        return _note("note.no_plain_yes")
    if heard.agrees:
        return {memory.AGREEMENT: YES}
    if heard.declines:
        note = _note("note.choose_other")
        return {memory.CHOSEN: None, memory.AGREEMENT: None, memory.INVALID: DECLINED, **note}
    return {}


def not_heard(turn: Turn) -> dict[str, Any]:
    """Explains what is needed; after three tries a person takes over."""
    tries = int(turn.slots.get(memory.INVALID) or 0) + 1
    if tries >= _PATIENCE:
        return {
            memory.INVALID: tries,
            memory.CONSENT: turn.slots.get(memory.CONSENT) or UNANSWERED,
            memory.MONTHLY: turn.slots.get(memory.MONTHLY) or ANY,
            memory.START: turn.slots.get(memory.START) or ANY,
            memory.CHOSEN: turn.slots.get(memory.CHOSEN) or PERSON,
            memory.AGREEMENT: PERSON,
        }
    return {memory.INVALID: tries, **_note("note.not_heard")}
