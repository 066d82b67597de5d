"""Wishes that are said against what is on the table: "多分两期", "期数少一点", "就两天"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from account_engine.domain.negotiation.option import Option, Proposal
from account_engine.domain.negotiation.policy import Policy, Tool
from actions.conversation import memory
from actions.conversation.periods import days_of
from actions.conversation.turn import Entity, Turn
from actions.negotiation.lexicon import Lexicon, hearing_lexicon

_MOST_DAYS = 31
_MOST_DAYS_LATER = 366  # of what is to be put off already: the engine says how long is too long
_MONTHS = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")
_MONTHS_A_YEAR = 12
_FEWEST_TERMS, _MOST_TERMS = 2, 60


@dataclass(frozen=True, slots=True)
class Shift:
    """So many terms more (or fewer, below nothing); `by` is None where no number was named."""

    longer: bool
    by: int | None


def shift_in(turn: Turn, lexicon: Lexicon) -> Shift | None:
    """ "能不能多分两期": two more than now, and no plan of two."""
    for pattern, longer in ((lexicon.more_terms, True), (lexicon.fewer_terms, False)):
        found = pattern.search(turn.text)
        if found is None:
            continue
        named = turn.first("terms")
        if named is None:
            return Shift(longer, None)
        if found.start() <= named.start < found.end() and named.value.isdigit():
            return Shift(longer, int(named.value))
        if lexicon.wrong_size.match(turn.text, named.end) and _sizes_named(turn) == 1:
            return Shift(longer, None)  # "三期太短了"
    return None


def _sizes_named(turn: Turn) -> int:
    return sum(one.kind == "terms" for one in turn.entities)


def shifted(shift: Shift, now: int | None, offered: Sequence[int]) -> int | None:
    """The number of terms meant: counted from `now`, or the next one that is `offered`.

    Where no instalments are on the table the fewest that are offered are meant. None: there is
    nothing beyond `now` in that direction.
    """
    if now is None:
        return next(iter(offered), shift.by)
    if shift.by is not None:
        return max(1, now + shift.by if shift.longer else now - shift.by)
    if shift.longer:
        return next((terms for terms in offered if terms > now), None)
    return next((terms for terms in reversed(offered) if terms < now), None)


def offered_terms(policy: Policy, proposal: Proposal) -> list[int]:
    """Every number of terms that policy has where the borrower stands, fewest first."""
    if any(one.tool is Tool.BILL_INSTALMENT for one in proposal.options):
        return sorted(policy.bill_instalment.flat_fees)
    if proposal.tier is None:
        return []
    tier = policy.tier(proposal.tier)
    return sorted({*tier.arrears_terms, *tier.reage_terms})


def terms_now(proposal: Proposal, chosen: Option | None, shift: Shift) -> int | None:
    """What "more" and "fewer" are counted from: the offer chosen, else the longest (shortest).

    A named number is counted from the first of the instalments, which is the closest to the wish.
    """
    spread = [one.terms for one in proposal.options if one.terms > 1]
    if chosen is not None and chosen.terms > 1:
        return chosen.terms
    if not spread or shift.by is not None:
        return next(iter(spread), None)
    return max(spread) if shift.longer else min(spread)


def terms_wished(turn: Turn) -> int | None:
    """So many instalments; "六期太短了" and "两期没还了" name them and wish for something else."""
    lexicon = hearing_lexicon()
    named = [one for one in turn.entities if one.kind == "terms"]
    if not named:
        return months_to_spread_over(turn)
    wished = [int(one.value) for one in named if _is_wished(turn, one, lexicon)]
    if len(wished) > 1 and lexicon.later_of_two.search(turn.text):
        return wished[-1]
    return next(iter(wished), None)


def _is_wished(turn: Turn, named: Entity, lexicon: Lexicon) -> bool:
    """Of "36期太长了 24期呢" the second; those of "两期没还了" are spoken of."""
    if not named.value.isdigit() or int(named.value) <= 0:
        return False
    behind, before = turn.text[named.end :], turn.text[: named.start]
    if int(named.value) == 1 and not lexicon.spread_over.search(before):
        return False  # "补得上一期" is no plan of one
    if lexicon.wrong_size.match(behind) or lexicon.terms_owed.match(behind):
        return False
    if lexicon.spreads.match(turn.text, named.start):
        return True  # "剩下的分12个月"
    if lexicon.terms_proposed.match(behind) and lexicon.that_many.search(before):
        return True  # "那12期呢"
    return not lexicon.terms_spoken_of.search(before)


def bare_terms(turn: Turn, wishes: Mapping[str, Any]) -> int | None:
    """ "还是24吧" where offers are on the table: terms, and no twenty-four yuan."""
    fen, said = wishes.get("monthly"), turn.first("amount")
    if turn.requested_slot != memory.CHOSEN or fen is None or said is None or "terms" in wishes:
        return None
    figure = turn.text[said.start : said.end].isdigit()
    if not figure or hearing_lexicon().each_month.search(turn.text[: said.start]):
        return None
    return int(fen) // 100 if _FEWEST_TERMS <= int(fen) // 100 <= _MOST_TERMS else None


def months_to_spread_over(turn: Turn) -> int | None:
    """ "分两年", "36个月还完"; "半年" by itself where the form asks how much or which offer."""
    lexicon = hearing_lexicon()
    for named in turn.entities:
        months = _months(named)
        if months is None or months < _FEWEST_TERMS or _turned_down(turn, named, lexicon):
            continue
        before, behind = turn.text[: named.start], turn.text[named.end :]
        if lexicon.spread_over.search(before) or lexicon.spread_in.match(behind):
            return months
        beside = lexicon.size_said.sub("", lexicon.size_refused.sub("", before)) + behind
        if _asks_how_to_split(turn) and not lexicon.filler.sub("", beside):
            return months
    return None


def months_named(turn: Turn) -> int | None:
    """ "12个月的总共多花多少": so many months, as a number of instalments."""
    found = (_months(one) for one in turn.entities)
    return next((one for one in found if one is not None and one >= _FEWEST_TERMS), None)


def all_months_named(turn: Turn) -> frozenset[int]:
    """ "两年比三年少多少": every time that is named, in months."""
    found = (_months(one) for one in turn.entities)
    return frozenset(one for one in found if one is not None and one >= _FEWEST_TERMS)


def _turned_down(turn: Turn, named: Entity, lexicon: Lexicon) -> bool:
    """ "不要一年，太长了，半年吧": the year is not what is wished for."""
    refused = lexicon.size_refused.finditer(turn.text)
    return any(one.start() <= named.start < one.end() for one in refused)


def _months(named: Entity) -> int | None:
    """A duration in whole months; None for any other."""
    found = _MONTHS.fullmatch(named.value) if named.kind == "duration" else None
    if found is None or not any(found.groups()):
        return None
    return int(found[1] or 0) * _MONTHS_A_YEAR + int(found[2] or 0)


def _asks_how_to_split(turn: Turn) -> bool:
    """A bare "两个月" is a number of terms there, unless something is to be put off."""
    later = "extension_days" in turn.wishes
    spread = turn.wishes.keys() & {"terms", "monthly"}  # "太久了 一年半呢", "三年够吗"
    again = turn.requested_slot == memory.START and bool(spread)
    return (again or turn.requested_slot in (memory.MONTHLY, memory.CHOSEN)) and not later


def few_days(turn: Turn, lexicon: Lexicon) -> int | None:
    """ "就两天", "晚三天行吗": so many days later, where nothing else is said."""
    named = [one for one in turn.entities if one.kind == "duration"]
    days = days_of(named[-1].value) if named else None  # "不是两天，是五天": the last one
    later = "extension_days" in turn.wishes
    if days is None or not 0 < days <= (_MOST_DAYS_LATER if later else _MOST_DAYS):
        return None
    rest = turn.text
    for one in sorted(named, key=lambda one: one.start, reverse=True):
        rest = rest[: one.start] + rest[one.end :]
    return days if lexicon.only_days.fullmatch(lexicon.asks_the_sum.sub("", rest)) else None
