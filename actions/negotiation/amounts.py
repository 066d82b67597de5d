"""Gives the amounts of a message their meaning in a negotiation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions.conversation.memory import MONTHLY, START
from actions.conversation.turn import Entity, Turn
from actions.knowledge.figure_words import figure_words
from actions.knowledge.words import Regex
from actions.negotiation.earned import (
    CLAUSE_END,
    LIVING,
    clause_of,
    cost_of_the_month,
    is_earned,
    paid_each_month,
)
from actions.negotiation.heard import ANY
from actions.negotiation.lexicon import Lexicon, hearing_lexicon
from actions.negotiation.no_offer import told_and_not_offered

AMOUNT = "amount"
AMOUNT_RANGE = "amount_range"
MONTHLY_WISH, INCOME, DOWN_PAYMENT = "monthly", "income", "down_payment"
# Of "两三百" the careful end is taken: less can be paid, more is needed to live.
_NEEDS_MORE = frozenset({LIVING})
_BY_MONTH = frozenset({MONTHLY_WISH, INCOME})
_WEEKS_A_MONTH, _DAYS_A_MONTH = 4, 30
_PAIR = 2
_LEAST = 100  # fen; "一毛没给" is a manner of speaking


def amounts_in(turn: Turn, lexicon: Lexicon) -> dict[str, int]:
    """Fen by role: monthly, down_payment, settlement, income, living_costs."""
    found: dict[str, int] = {}
    corrects = bool(lexicon.correction.search(turn.text))
    for role, _, fen in _meant(turn, lexicon):
        # The last one of a kind stands: "不是800是600". Living has several costs: they add up.
        before = found.get(role, 0) if role == LIVING and not corrects else 0
        found[role] = before + fen
    if MONTHLY_WISH in turn.wishes and found.get(DOWN_PAYMENT) == found.get(MONTHLY_WISH):
        found.pop(MONTHLY_WISH, None)  # "货款能回来八万，先给八万": one sum, named twice
    if found.keys() == {MONTHLY_WISH, LIVING} and not lexicon.pays.search(turn.text):
        found[INCOME] = found.pop(MONTHLY_WISH)  # "六千二，房租一千五"
    if corrects and found and (corrected := _role_corrected(turn)) is not None:
        return {corrected: list(found.values())[-1]}
    if len(found) > 1 and corrects:
        role, value = list(found.items())[-1]
        return {role: value}
    return found


def _role_corrected(turn: Turn) -> str | None:
    """ "不是五百 八百": the role that the first of the two has among the wishes so far."""
    both = [int(one.value) for one in turn.entities if one.kind == AMOUNT and one.value.isdigit()]
    if len(both) != _PAIR:
        return None
    roles = (MONTHLY_WISH, DOWN_PAYMENT, "settlement")
    return next((role for role in roles if turn.wishes.get(role) == both[0]), None)


def with_a_bare_sum(turn: Turn) -> Turn:
    """ "不行太多了 300": a number by itself at the end is a sum that the NLU left out."""
    return _with_the_sum_left_out(turn, hearing_lexicon().bare_sum)


def with_a_sum_a_month(turn: Turn) -> Turn:
    """ "每月500分期", "500不行那800呢": a number that only such words make a sum."""
    return _with_the_sum_left_out(turn, hearing_lexicon().sum_by_its_place)


def _with_the_sum_left_out(turn: Turn, place: Regex) -> Turn:
    found = place.search(turn.text)
    if found is None or any(one.end > found.start(found.lastindex or 1) for one in turn.entities):
        return turn
    at = found.lastindex or 1
    fen = str(int(found[at]) * 100)
    return replace(turn, entities=(*turn.entities, Entity(AMOUNT, fen, *found.span(at))))


def needs_in(turn: Turn, lexicon: Lexicon) -> dict[str, int]:
    """The costs of living by the words that name them: `{"房租": 150000, "吃饭": 100000}` (fen)."""
    return {word: fen for role, word, fen in _meant(turn, lexicon) if role == LIVING}


def _meant(turn: Turn, lexicon: Lexicon) -> Iterator[tuple[str, str, int]]:
    """Role, the word that gave it (empty where the question did), and fen of each amount."""
    for entity in turn.entities:
        both = _money(entity, turn.text)
        if both is None or entity.end > len(turn.text) or _is_too_much(turn, entity, lexicon):
            continue
        role, word = _role(turn, entity, lexicon)
        if role == MONTHLY_WISH and not turn.active_form and _each_is_asked(turn, entity, lexicon):
            continue  # "三万四分三年每个月是多少"
        fen = both[1 if role in _NEEDS_MORE else 0]
        yield role, word, fen * (_times_a_month(turn, entity, lexicon) if role in _BY_MONTH else 1)


def _each_is_asked(turn: Turn, entity: Entity, lexicon: Lexicon) -> bool:
    """Whether what each month comes to is asked for behind the sum: that is the debt."""
    return lexicon.asks_each.search(turn.text, entity.end) is not None


def _times_a_month(turn: Turn, entity: Entity, lexicon: Lexicon) -> int:
    """ "每周还300", "一天能给50": plans are paid by the month, here its shortest."""
    clause = clause_of(turn, entity)
    if lexicon.each_week.search(clause):
        return _WEEKS_A_MONTH
    return _DAYS_A_MONTH if lexicon.each_day.search(clause) else 1


def each_week_or_day(turn: Turn, lexicon: Lexicon) -> bool:
    """Whether a sum of every week or every day is named: "一个礼拜给五百"."""
    named = [one for one in turn.entities if _money(one) is not None]
    clauses = [clause_of(turn, one) for one in named]
    return any(lexicon.each_week.search(one) or lexicon.each_day.search(one) for one in clauses)


def by_the_month(turn: Turn, wishes: Mapping[str, Any]) -> int | None:
    """The wish (fen) that was said by the week or the day; None where it was said by the month."""
    said = turn.amount_fen()
    monthly = wishes.get(MONTHLY_WISH)
    many = _WEEKS_A_MONTH, _DAYS_A_MONTH
    return monthly if said and monthly in [said * times for times in many] else None


def _money(entity: Entity, text: str = "") -> tuple[int, int] | None:
    """Both ends of an amount in fen; they are the same where one amount was named."""
    if entity.kind == AMOUNT_RANGE:
        return ends(entity)
    if entity.kind != AMOUNT or not entity.value.isdigit() or int(entity.value) < _LEAST:
        return None
    times = 2 if _said_twice(text[entity.start : entity.end]) else 1
    return int(entity.value) // times, int(entity.value) // times


def _said_twice(words: str) -> bool:
    """ "五千五千地还": so much each time, and not the two of them together."""
    half, odd = divmod(len(words), _PAIR)
    return not odd and half >= _PAIR and words[:half] == words[half:] and not words.isdecimal()


def ends(entity: Entity | None) -> tuple[int, int] | None:
    """The ends of a range ("20000-30000"), None where there is none."""
    low, _, high = entity.value.partition("-") if entity else ("", "", "")
    return (int(low), int(high)) if low.isdigit() and high.isdigit() else None


def between_in(turn: Turn, wishes: Mapping[str, Any]) -> tuple[int, int] | None:
    """The range that the monthly wish was taken from."""
    both = ends(turn.first(AMOUNT_RANGE))
    return both if both and wishes.get("monthly") == both[0] else None


def _is_too_much(turn: Turn, entity: Entity, lexicon: Lexicon) -> bool:
    """What is complained of or owed is no offer: "每月2700真还不上了", "三千能分期吗"."""
    after = CLAUSE_END.split(turn.text[entity.end :])[0]
    if lexicon.beyond_me.search(after):
        return True
    if lexicon.no_offer_before.search(turn.text[: entity.start]):
        return True  # "欠你们八千", "生意赔了八十万"
    if told_and_not_offered(turn, entity):
        return True
    if figure_words().demanded.search(turn.text[: entity.start]):
        return True  # "你们一下子让我还三万多"
    if turn.active_form and lexicon.asks_if.search(after):
        return False  # "六百行不行" is a proposal, whatever the classifier took it for
    if not turn.active_form and lexicon.cannot_pay.search(turn.text):
        words = _clause_before(turn.text[: entity.start]) + after
        return not any(pattern.search(words) for pattern in lexicon.amount_roles.values())
    asks_to_split = turn.intent == "request_instalment" and not turn.active_form
    if turn.intent != "request_waiver" and not asks_to_split:
        return False
    before = _clause_before(turn.text[: entity.start])
    named = any(pattern.search(before + after) for pattern in lexicon.amount_roles.values())
    return not named


def _role(turn: Turn, entity: Entity, lexicon: Lexicon) -> tuple[str, str]:
    """What the amount is for: the role whose word stands nearest within the clause, and it."""
    before = _clause_before(turn.text[: entity.start])
    after = CLAUSE_END.split(turn.text[entity.end :])[0]
    distances: list[tuple[int, int, str, str]] = []
    for order, (role, pattern) in enumerate(lexicon.amount_roles.items()):
        for match in pattern.finditer(before):
            distances.append((len(before) - match.end(), order, role, match.group()))
        if match_after := pattern.search(after):
            # A word after the amount counts a little less than one before it.
            distances.append((match_after.start() + 1, order, role, match_after.group()))
    if not distances:
        return INCOME if _is_taken_by_day(turn, entity, lexicon) else _role_by_question(turn), ""
    role, word = min(distances)[2:]
    if role == MONTHLY_WISH and (cost := cost_of_the_month(before + after, lexicon)):
        return LIVING, cost
    if role == MONTHLY_WISH and is_earned(turn, entity, word, lexicon):
        return INCOME, word
    each_month = lexicon.each_month.search(turn.text[: entity.start])
    if role == DOWN_PAYMENT and each_month and paid_each_month(before, word, lexicon):
        return MONTHLY_WISH, word
    of_the_month = each_month or (_month_is_asked(turn) and not lexicon.at_once.search(turn.text))
    if role == DOWN_PAYMENT and of_the_month and lexicon.able.fullmatch(word):
        return MONTHLY_WISH, word  # "每个月生活费一千五，能拿出三百"
    if role == INCOME and lexicon.pays.search(before.rpartition(word)[2]):
        return _role_by_question(turn), ""  # "打零工还七百"
    return role, word


def _month_is_asked(turn: Turn) -> bool:
    """Whether the form asked what can be paid a month, and has heard no amount yet."""
    return turn.requested_slot in (MONTHLY, START) and turn.slots.get(MONTHLY) in (None, ANY)


def _clause_before(text: str) -> str:
    """The clause up to the amount; of "首付呢 一千" the words before the blank."""
    *earlier, last = CLAUSE_END.split(text)
    joined = hearing_lexicon().goes_on.search(text)
    return earlier[-1] if earlier and not last and joined else last


def _is_taken_by_day(turn: Turn, entity: Entity, lexicon: Lexicon) -> bool:
    """ "开网约车一天能跑四百": what a trade brings in a day; "月底发工资，四千五"."""
    if lexicon.payday_told.search(turn.text[: entity.start]):
        return True
    clause = clause_of(turn, entity)
    by_day = lexicon.each_day.search(clause) or lexicon.each_week.search(clause)
    return bool(by_day and lexicon.earns.search(turn.text)) and not lexicon.pays.search(turn.text)


def _of_the_first_part(turn: Turn) -> bool:
    """ "第一期想多还点" … "5000吧"; "先还一千六" … "不对 一千七"."""
    lexicon = hearing_lexicon()
    if lexicon.first_part_of.search(turn.said_before):
        return True
    first = lexicon.amount_roles[DOWN_PAYMENT].search(turn.said_before)
    return bool(first and DOWN_PAYMENT in turn.wishes and lexicon.correction.search(turn.text))


def _about_the_month(turn: Turn) -> bool:
    """Whether so much a month was asked for, or a smaller one is named: 再少点呢，四百行不行."""
    if turn.requested_slot == MONTHLY:
        return True
    smaller = hearing_lexicon().smaller_sum.search(turn.text)
    return bool(smaller and turn.active_form and MONTHLY_WISH in turn.wishes)


def _role_by_question(turn: Turn) -> str:
    """A bare amount answers the question that was asked; later on it is a counter-offer."""
    if turn.active_form and "settlement" in turn.wishes:
        return "settlement"  # "两万能结清吗" … "两万八呢"
    if turn.active_form and hearing_lexicon().all_at_once.search(turn.said_before):
        return "settlement"  # "能不能少点，我一次还" … "十五万行不行"
    if turn.intent == "ask_partial_payment" and not _about_the_month(turn):
        return DOWN_PAYMENT
    if turn.active_form and _of_the_first_part(turn):
        return DOWN_PAYMENT
    return MONTHLY_WISH
