"""Hears wishes, a choice and an agreement in one message, in any order.

The NLU has found and normalised the values (fen, ISO dates); here they get their meaning: "800" is
what can be paid each month in one sentence and what can be paid at once in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from account_engine.domain.negotiation.codes import Character
from actions.conversation.memory import AGREEMENT, CHOSEN, OFFERS, START
from actions.conversation.turn import Turn
from actions.negotiation.amounts import (
    AMOUNT,
    AMOUNT_RANGE,
    DOWN_PAYMENT,
    MONTHLY_WISH,
    amounts_in,
    between_in,
    ends,
    needs_in,
)
from actions.negotiation.lexicon import Lexicon, hearing_lexicon
from actions.negotiation.relative import Shift, few_days, shift_in

ANY = "any"
LAST = -1  # the last of the offers, however many there are
_TERMS_RANGE = "terms_range"
_SHORT = 12
_LONGEST_MONTH = 31
# Short answers; outside of a form, a value in one is a wish.
_ANSWERS = frozenset({"inform", "affirm", "deny"})
_VALUES = frozenset(
    {AMOUNT, AMOUNT_RANGE, _TERMS_RANGE}
    | {"date", "day_of_month", "terms", "option_number", "duration"}
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message says. `wishes` are plain values (fen, ISO dates) fit for a slot."""

    wishes: Mapping[str, Any] = field(default_factory=dict)
    choice: int | None = None
    agrees: bool = False
    declines: bool = False
    unsure: bool = False
    past_date: date | None = None
    best: Character | None = None
    principal_cut: bool = False
    # Both ends of "每月两三百" (fen), where the lower one was taken; of "3到5期", where none was.
    amount_between: tuple[int, int] | None = None
    terms_between: tuple[int, int] | None = None
    # "多分两期": has to be counted from the offers on the table.
    shift: Shift | None = None
    # What is on the table already, where policy has nothing beyond it.
    no_more_terms: int | None = None

    @property
    def nothing(self) -> bool:
        said = self.wishes or self.choice or self.agrees or self.declines or self.terms_between
        return not (said or self.unsure or self.past_date or self.shift)


def answers_the_form(turn: Turn) -> bool:
    """Whether a message is meant for the open form, and is no question in between."""
    lexicon = hearing_lexicon()
    if turn.safety_signal() is not None:
        return False
    if _about_the_day(turn) and len(turn.text) <= _SHORT:
        return True
    if turn.requested_slot in (CHOSEN, AGREEMENT) and _starts_next_month(turn):
        return True
    if turn.requested_slot == CHOSEN and turn.entity("terms") and len(turn.text) <= _SHORT:
        return True  # "有没有36期的"
    amount = turn.amount_fen() or turn.entity(AMOUNT_RANGE)
    if turn.intent in lexicon.form_answers_with_amount and amount:
        return True
    choosing = turn.requested_slot in (CHOSEN, AGREEMENT) and len(turn.text) <= _SHORT
    if amount and choosing and lexicon.amount_roles[DOWN_PAYMENT].search(turn.text):
        return True  # "那要是先付一万呢"
    offers = amount and (
        lexicon.offers_amount.search(turn.text) or lexicon.plan_wish.search(turn.text)
    )
    if offers and turn.intent in lexicon.offers_amount_with:
        return True
    return turn.intent in lexicon.form_answers or _bare_value(turn, lexicon) or _decides(turn)


def _starts_next_month(turn: Turn) -> bool:
    """ "同意，不过能不能下个月再开始"."""
    lexicon = hearing_lexicon()
    return bool(lexicon.next_month.search(turn.text) and lexicon.starts.search(turn.text))


def _about_the_day(turn: Turn) -> bool:
    """ "发了工资还", "第一期5号": when to begin, where the form asks for that."""
    if is_vague_about_the_day(turn):
        return True
    named = turn.named_date() or turn.first("day_of_month")
    asks = hearing_lexicon().reserved.search(turn.text)
    return bool(turn.requested_slot == START and named and not asks)


def _decides(turn: Turn) -> bool:
    """A short yes or no where the form waits for one."""
    if turn.requested_slot not in (CHOSEN, AGREEMENT) or len(turn.text) > _SHORT:
        return False
    lexicon = hearing_lexicon()
    return bool(lexicon.agrees.search(turn.text) or lexicon.declines.search(turn.text))


def _bare_value(turn: Turn, lexicon: Lexicon) -> bool:
    """Nothing but a value, or a shrug: that belongs to the form whatever the intent."""
    text = turn.text
    spans = [(one.start, one.end) for one in turn.entities if one.kind in _VALUES]
    if few_days(turn, lexicon):
        return True
    if not spans:
        if turn.slots.get(OFFERS) and len(text) <= _SHORT and _relative(turn, lexicon):
            return True
        return len(text) <= 12 and bool(lexicon.unsure.search(text) or _choice(turn, lexicon))
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return not lexicon.filler.sub("", text)


def _relative(turn: Turn, lexicon: Lexicon) -> bool:
    return shift_in(turn, lexicon) is not None or _best(turn.text, lexicon) is not None


def hear(turn: Turn) -> Heard:
    """Everything that the message says about a plan."""
    lexicon = hearing_lexicon()
    shift = shift_in(turn, lexicon)
    wishes: dict[str, Any] = {**amounts_in(turn, lexicon), **_counts(turn)}
    if needs := needs_in(turn, lexicon):
        wishes["needs"] = needs
    if shift is not None:
        wishes.pop("terms", None)
    if turn.active_form and (days := few_days(turn, lexicon)):
        wishes["extension_days"] = days
    past = _heard_when(turn, wishes)
    if found := _hardship(turn.text, lexicon):
        wishes["hardship"] = found
    best = _best(turn.text, lexicon)
    spared = turn.intent == "request_waiver" and best is None  # "便宜点的那个" is a choice
    if turn.active_form and MONTHLY_WISH in wishes and not lexicon.waiver.search(turn.text):
        spared = False  # "六百行不行" bargains for the month
    if spared or lexicon.principal_only.search(turn.text):
        wishes["waiver"] = True
    if lexicon.principal_only.search(turn.text):
        wishes["principal_only"] = True
    return Heard(
        wishes=wishes,
        choice=_choice(turn, lexicon),
        agrees=_says_yes(turn, lexicon),
        declines=_says_no(turn, lexicon),
        unsure=turn.entity("unsure") is not None or bool(lexicon.unsure.search(turn.text)),
        past_date=past,
        best=best,
        principal_cut=bool(lexicon.principal_cut.search(turn.text)),
        amount_between=between_in(turn, wishes),
        terms_between=None if "terms" in wishes else ends(turn.first(_TERMS_RANGE)),
        shift=shift,
    )


def decision(turn: Turn) -> str | None:
    """`yes` or `no` where the whole message is one of them."""
    lexicon = hearing_lexicon()
    if _says_no(turn, lexicon):
        return "no"
    return "yes" if _says_yes(turn, lexicon) else None


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
    return bool(lexicon.plan_wish.search(turn.text) and amounts.keys() & {"monthly", "income"})


def _best(text: str, lexicon: Lexicon) -> Character | None:
    """ "选最便宜的": which quality the borrower chooses by."""
    if not lexicon.chooses.search(text):
        return None
    return next((one for one, words in lexicon.best.items() if words.search(text)), None)


def _says_no(turn: Turn, lexicon: Lexicon) -> bool:
    short = len(turn.text) <= _SHORT and bool(lexicon.declines.search(turn.text))
    return turn.intent == "deny" or short


def _says_yes(turn: Turn, lexicon: Lexicon) -> bool:
    if _says_no(turn, lexicon):
        return False
    return turn.intent == "affirm" or bool(lexicon.agrees.search(turn.text))


def _counts(turn: Turn) -> dict[str, int]:
    found = {}
    named, day = turn.first("terms"), turn.entity("day_of_month")
    if named and named.value.isdigit() and int(named.value) > 0:
        complained = hearing_lexicon().wrong_size.match(turn.text[named.end :])
        if not complained:  # "六期太短了" asks for something else than six
            found["terms"] = int(named.value)
    if day and day.isdigit() and 1 <= int(day) <= 31:
        found["day_of_month"] = int(day)
    return found


def _first_date(turn: Turn) -> tuple[str | None, date | None]:
    """The date named, and the same as "past" when it lies behind."""
    named = turn.named_date()
    if named is None:
        return None, None
    if named < turn.today:
        # "15号" read as the last 15th still says which day of the month is meant.
        return (None, None) if turn.entity("day_of_month") else (None, named)
    return named.isoformat(), None


def _bare_day(turn: Turn, wishes: Mapping[str, Any]) -> int | None:
    """ "每月15" where the form asks from which day: the fifteenth, and no fifteen yuan."""
    fen = wishes.get(MONTHLY_WISH)
    if turn.requested_slot != START or fen is None or fen % 100 or fen > _LONGEST_MONTH * 100:
        return None
    said = turn.first(AMOUNT)
    return fen // 100 if said and turn.text[said.start : said.end].isdigit() else None


def _heard_when(turn: Turn, wishes: dict[str, Any]) -> date | None:
    """Adds the first day to the wishes; returns a day that has gone by."""
    if (day := _bare_day(turn, wishes)) is not None:
        del wishes[MONTHLY_WISH]
        wishes["day_of_month"] = day
    first, past = _first_date(turn)
    if first is None and turn.active_form and hearing_lexicon().next_month.search(turn.text):
        first = _first_of_next_month(turn.today)
    if first:
        wishes["first_date"] = first
    return past


def _first_of_next_month(today: date) -> str:
    """ "下个月再开始" names no day: not before the first of it."""
    return (today.replace(day=1) + timedelta(days=_LONGEST_MONTH)).replace(day=1).isoformat()


def is_vague_about_the_day(turn: Turn) -> bool:
    """ "发了工资还", "过完年": a time to begin, without the day the form asked for."""
    if (
        turn.requested_slot not in (START, CHOSEN)
        or turn.named_date()
        or turn.first("day_of_month")
    ):
        return False
    lexicon = hearing_lexicon()
    return bool(lexicon.which_payday.search(turn.text) or lexicon.vague_day.search(turn.text))


def _hardship(text: str, lexicon: Lexicon) -> str | None:
    return next(
        (kind.value for kind, words in lexicon.hardship.items() if words.search(text)), None
    )


def _choice(turn: Turn, lexicon: Lexicon) -> int | None:
    """Which of the offers, counted from one; -1 for the last."""
    if lexicon.another.search(turn.text):
        return None
    number = turn.entity("option_number")
    if number and number.lstrip("-").isdigit():
        return int(number)
    if turn.intent not in ("choose_option", "inform", "affirm", None) and len(turn.text) > 6:
        return None
    if lexicon.last_choice.search(turn.text):
        return LAST
    if lexicon.middle_choice.search(turn.text):
        return 2
    if any(entity.kind in _VALUES for entity in turn.entities):
        return None
    found = lexicon.choice.search(turn.text)
    return lexicon.ordinals.get(found.group(1).lower()) if found else None


def offer_named(text: str) -> int | None:
    """The number of the offer that words of any kind name; `LAST` for the last one."""
    lexicon = hearing_lexicon()
    if lexicon.last_choice.search(text):
        return LAST
    found = lexicon.names_offer.search(text)
    return lexicon.ordinals.get(found.group(1).lower()) if found else None
