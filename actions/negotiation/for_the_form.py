"""Whether a message is meant for the open form, or for a plan at all."""

from __future__ import annotations

from actions.conversation.memory import AGREEMENT, CHOSEN, CONSENT, MONTHLY, OFFERS, START
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.negotiation.amounts import (
    AMOUNT_RANGE,
    DOWN_PAYMENT,
    MONTHLY_WISH,
    amounts_in,
    each_week_or_day,
)
from actions.negotiation.first_day import (
    is_about_the_day,
    is_vague_about_the_day,
    starts_next_month,
)
from actions.negotiation.lexicon import Lexicon, hearing_lexicon
from actions.negotiation.relative import few_days, shift_in, terms_wished
from actions.negotiation.values import SHORT, VALUES
from actions.negotiation.which_offer import best_in, choice_in

# Short answers; outside of a form, a value in one is a wish.
_ANSWERS = frozenset({"inform", "affirm", "deny"})


def answers_the_form(turn: Turn) -> bool:
    """Whether a message is meant for the open form, and is no question in between."""
    if turn.safety_signal() is not None:
        return False
    lexicon = hearing_lexicon()
    return (
        _heard_as_an_answer(turn, lexicon)
        or _names_a_day(turn)
        or _wants_so_many_terms(turn)
        or _names_an_amount(turn, lexicon)
        or _bare_value(turn, lexicon)
        or _decides(turn)
    )


def _heard_as_an_answer(turn: Turn, lexicon: Lexicon) -> bool:
    """Whether the classifier took it for one; "能不能改还款日" without a day is a question."""
    if turn.intent in lexicon.form_answers_with_a_day and not _says_a_day(turn):
        return False
    return turn.intent in lexicon.form_answers


def _says_a_day(turn: Turn) -> bool:
    """Whether a day is named, or that it is to be another: "换个日子"."""
    named = turn.named_date() or turn.first("day_of_month")
    return bool(named) or is_vague_about_the_day(turn)


def _names_a_day(turn: Turn) -> bool:
    """ "第一期5号"; "同意，不过能不能下个月再开始" once there are offers."""
    if is_about_the_day(turn) and len(turn.text) <= SHORT:
        return True
    if hearing_lexicon().rows_begin.search(turn.text) and turn.named_date() is not None:
        return turn.intent not in hearing_lexicon().plan_wish_never  # "第一笔能不能放到下个月中旬"
    if not _has_offers(turn):
        return False
    return starts_next_month(turn) or _when_the_rest(turn)


def _when_the_rest(turn: Turn) -> bool:
    """ "剩下的20号行不行" beside a plan with a first part: when its rows begin."""
    first_part = "down_payment" in turn.wishes
    rest = figure_words().the_rest.search(turn.text)
    return first_part and rest is not None and turn.named_date() is not None


def _wants_so_many_terms(turn: Turn) -> bool:
    """ "有没有36期的", "分6期一个月多少"."""
    asked = turn.requested_slot in (CONSENT, MONTHLY, START, CHOSEN)
    unheard = turn.intent in hearing_lexicon().offers_amount_with
    return asked and terms_wished(turn) is not None and (unheard or len(turn.text) <= SHORT)


def _names_an_amount(turn: Turn, lexicon: Lexicon) -> bool:
    """An amount that is offered, whatever the classifier made of the words around it."""
    if not (turn.amount_fen() or turn.entity(AMOUNT_RANGE)):
        return False
    if turn.intent in lexicon.form_answers_with_amount:
        return True
    if lexicon.sum_by_its_place.search(turn.text) and turn.intent not in lexicon.plan_wish_never:
        return True  # "500不行的话800呢"
    if _proposes_a_month(turn, lexicon) or _proposes_a_part(turn, lexicon):
        return True
    if each_week_or_day(turn, lexicon) and MONTHLY_WISH in amounts_in(turn, lexicon):
        return True  # "一个礼拜给五百呢", and no week later
    down_payment = lexicon.amount_roles[DOWN_PAYMENT].search(turn.text)
    if down_payment and _has_offers(turn) and len(turn.text) <= SHORT:
        return True  # "那要是先付一万呢"
    offers = lexicon.offers_amount.search(turn.text) or lexicon.plan_wish.search(turn.text)
    return bool(offers) and turn.intent in lexicon.offers_amount_with


def _proposes_a_month(turn: Turn, lexicon: Lexicon) -> bool:
    """ "每个月象征性还一百行吗", whatever a word of it was taken for."""
    said = turn.first("amount")
    if said is None or turn.intent in lexicon.plan_wish_never:
        return False
    asks = lexicon.asks_if.search(turn.text[said.end :])
    wish = asks and lexicon.plan_wish.search(turn.text)
    return bool(wish) and MONTHLY_WISH in amounts_in(turn, lexicon)


def _proposes_a_part(turn: Turn, lexicon: Lexicon) -> bool:
    """ "货款月中回来，到时先给八万行不": the first part, whatever the waiting was taken for."""
    named = [one for one in turn.entities if one.kind == "amount"]
    if not named or turn.intent in lexicon.plan_wish_never:
        return False
    asks = lexicon.asks_if.search(turn.text[max(one.end for one in named) :])
    return bool(asks) and DOWN_PAYMENT in amounts_in(turn, lexicon)


def _has_offers(turn: Turn) -> bool:
    return turn.requested_slot in (CHOSEN, AGREEMENT)


def _decides(turn: Turn) -> bool:
    """A short yes or no where the form waits for one."""
    if not _has_offers(turn) or len(turn.text) > SHORT:
        return False
    lexicon = hearing_lexicon()
    return bool(lexicon.agrees.search(turn.text) or lexicon.declines.search(turn.text))


def _bare_value(turn: Turn, lexicon: Lexicon) -> bool:
    """Nothing but a value, or a shrug: that belongs to the form whatever the intent."""
    text = turn.text
    spans = [(one.start, one.end) for one in turn.entities if one.kind in VALUES]
    if few_days(turn, lexicon):
        return True
    if not spans:
        on_the_way = turn.requested_slot in (MONTHLY, START) and shift_in(turn, lexicon)
        spoken_of = turn.slots.get(OFFERS) and _relative(turn, lexicon)
        if len(text) <= SHORT and (on_the_way or spoken_of):
            return True
        return len(text) <= SHORT and bool(lexicon.unsure.search(text) or choice_in(turn, lexicon))
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return not lexicon.filler.sub("", text)


def _relative(turn: Turn, lexicon: Lexicon) -> bool:
    if lexicon.longest_choice.search(turn.text) or lexicon.least_upfront.search(turn.text):
        return True
    return shift_in(turn, lexicon) is not None or best_in(turn.text, lexicon) is not None


def wishes_beside(turn: Turn) -> bool:
    """Whether a plan is wished for in a message that the classifier took for something else."""
    lexicon = hearing_lexicon()
    if turn.intent in lexicon.plan_wish_never or turn.intent in lexicon.form_answers - _ANSWERS:
        return False
    if turn.text.startswith("/"):
        return False
    if turn.intent in _ANSWERS and turn.entity("terms"):
        return True
    amounts = amounts_in(turn, lexicon)
    if {"income", "living_costs"} <= amounts.keys():
        return True
    if MONTHLY_WISH in amounts and each_week_or_day(turn, lexicon):
        return True
    return bool(lexicon.plan_wish.search(turn.text) and amounts.keys() & {"monthly", "income"})
