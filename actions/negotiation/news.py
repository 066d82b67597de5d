"""What of an answer is news: offers and reasons that were on the table are not told again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from account_engine.domain.negotiation.option import Proposal, Reason, ReasonCode, Verdict

# Said once in a talk, however often other offers are shown.
_STANDING = frozenset(
    {
        ReasonCode.NOTHING_OVERDUE,
        ReasonCode.ACCELERATED,
        ReasonCode.LONG_OVERDUE,
        ReasonCode.PLANS_BROKEN,
        ReasonCode.VULNERABLE,
        ReasonCode.HARDSHIP_WANTED,
    }
)


def outline(proposal: Proposal) -> dict[str, Any]:
    """What a borrower would recognise, fit for a slot; offer ids change with every wish."""
    return {
        "options": sorted(
            [one.tool.value, one.terms, one.total.fen, one.schedule[0].due.isoformat()]
            for one in proposal.options
        ),
        "reasons": [_told(reason) for reason in proposal.reasons],
    }


def first_days(outlined: Mapping[str, Any]) -> frozenset[str]:
    """The days (ISO) on which the offers of an outline are first paid."""
    return frozenset(day for *_, day in outlined.get("options", ()))


def _told(reason: Reason) -> str:
    return f"{reason.code.value} {[str(value) for _, value in reason.values]}"


def to_tell(proposal: Proposal, told: Iterable[str], *, same: bool) -> tuple[Reason, ...]:
    """The reasons that are news, and the hint to name a hardship after them.

    Who asks the same again is given the same reason again; who gets what was asked, no hint.
    """
    before = set(told)
    pointless = set()
    if proposal.verdict is Verdict.AGREED:
        pointless.add(ReasonCode.HARDSHIP_WANTED)
    if says(proposal, ReasonCode.MONTHLY_TOO_LOW):
        pointless.add(ReasonCode.COMBINATION_NOT_POSSIBLE)  # the amount alone is too low
    fit = [
        reason
        for reason in proposal.reasons
        if reason.code not in pointless
        and not (reason.code in _STANDING and _told(reason) in before)
    ]
    news = [reason for reason in fit if _told(reason) not in before]
    # Other offers: what was said a message ago still holds. The same offers: why, once more.
    chosen = news if news or not same else fit
    return tuple(sorted(chosen, key=lambda one: one.code is ReasonCode.HARDSHIP_WANTED))


def says(proposal: Proposal, code: ReasonCode) -> bool:
    """Whether one of the reasons is that one."""
    return any(reason.code is code for reason in proposal.reasons)
