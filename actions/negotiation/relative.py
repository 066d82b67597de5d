"""Wishes that are said against what is on the table: "多分两期", "期数少一点", "就两天"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from account_engine.domain.negotiation.option import Option, Proposal
from account_engine.domain.negotiation.policy import Policy, Tool
from actions.conversation.periods import days_of
from actions.conversation.turn import Turn
from actions.negotiation.lexicon import Lexicon, hearing_lexicon

_MOST_DAYS = 31


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
    return None


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
    named = turn.first("terms")
    if named is None or not named.value.isdigit() or int(named.value) <= 0:
        return None
    behind, before = turn.text[named.end :], turn.text[: named.start]
    if lexicon.wrong_size.match(behind) or lexicon.terms_owed.match(behind):
        return None
    return None if lexicon.terms_spoken_of.search(before) else int(named.value)


def few_days(turn: Turn, lexicon: Lexicon) -> int | None:
    """ "就两天", "晚三天行吗": so many days later, where nothing else is said."""
    named = [one for one in turn.entities if one.kind == "duration"]
    days = days_of(named[-1].value) if named else None  # "不是两天，是五天": the last one
    if days is None or not 0 < days <= _MOST_DAYS:
        return None
    rest = turn.text
    for one in sorted(named, key=lambda one: one.start, reverse=True):
        rest = rest[: one.start] + rest[one.end :]
    return days if lexicon.only_days.fullmatch(rest) else None
