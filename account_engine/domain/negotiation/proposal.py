"""Answers a request: what can be offered, whether it is what was asked for, and why not.

Pure: the same position, wishes, policy and date give the same answer, byte for byte, and nothing
that goes in is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import Case, open_case
from account_engine.domain.negotiation.draft import Draft
from account_engine.domain.negotiation.enumeration import extension_drafts, instalment_drafts
from account_engine.domain.negotiation.fingerprint import inputs_hash
from account_engine.domain.negotiation.forecast import ForecastOf, do_nothing
from account_engine.domain.negotiation.limits import Sifted, sift
from account_engine.domain.negotiation.matching import Match, match, wishes_made
from account_engine.domain.negotiation.offer import make_offer
from account_engine.domain.negotiation.option import (
    DoNothing,
    Proposal,
    Reason,
    ReasonCode,
    Verdict,
)
from account_engine.domain.negotiation.policy import Gate, Policy
from account_engine.domain.negotiation.position import DebtPosition
from account_engine.domain.negotiation.reasons import no_room, standing, transferred_reason, unmet
from account_engine.domain.negotiation.selection import choose
from account_engine.domain.negotiation.settlement import (
    pay_now_drafts,
    settlement_drafts,
    settlement_target,
)
from account_engine.domain.negotiation.voluntary import voluntary_drafts
from account_engine.domain.negotiation.wishes import Wishes, check_wishes


def propose(
    position: DebtPosition,
    wishes: Wishes,
    policy: Policy,
    as_of: date,
    forecast: ForecastOf | None = None,
) -> Proposal:
    """Work out the answer to one request.

    Args:
        position: The debt on `as_of`.
        wishes: What the borrower asked for, as far as it is known.
        policy: What the lender agrees to.
        as_of: Business date; the position must be of the same day.
        forecast: What accounts owe after days without payment; from the position if missing.

    Raises:
        InvalidWish: A wish makes no sense; its `field` says which.
        ValueError: The position is of another day.
    """
    if position.as_of != as_of:
        raise ValueError("the position is of another day")
    check_wishes(wishes, as_of)
    case = open_case(position, wishes, policy)
    inputs = inputs_hash(position, wishes, policy)
    blocked = _blocked(case)
    waiting = do_nothing(case.accounts, as_of, policy.price, forecast) if case.accounts else ()
    if blocked is not None:
        verdict, reason = blocked
        reasons = (reason, *(one for one in standing(case) if one.code is not reason.code))
        return Proposal(
            position.borrower_id, as_of, verdict, (), waiting, reasons, case.tier.code, inputs
        )
    sifted = sift(drafts(case), case)
    return _answer(case, sifted, waiting, inputs)


def drafts(case: Case) -> Iterator[Draft]:
    """Every way to pay that the case's tier has, priced; none is left out yet."""
    if not case.overdue:
        yield from voluntary_drafts(case)
        if settlement_target(case) is not None:
            yield from settlement_drafts(case)
        return
    yield from pay_now_drafts(case)
    yield from extension_drafts(case)
    yield from instalment_drafts(case)
    yield from settlement_drafts(case)


def _blocked(case: Case) -> tuple[Verdict, Reason] | None:
    """Cases in which nothing is worked out, because a person has to look or nothing is owed."""
    if case.position.deceased:
        return Verdict.HUMAN_ONLY, Reason(ReasonCode.DECEASED)
    if not case.accounts and case.transferred:
        return Verdict.HUMAN_ONLY, transferred_reason(case)
    if not case.accounts and case.disputed:
        return Verdict.HUMAN_ONLY, Reason(ReasonCode.DISPUTED, (("accounts", len(case.disputed)),))
    if not case.accounts and case.in_plan:
        return Verdict.HUMAN_ONLY, Reason(ReasonCode.PLAN_RUNNING)
    if not case.accounts and case.in_extension:
        return Verdict.HUMAN_ONLY, Reason(ReasonCode.EXTENSION_RUNNING)
    if not any(account.payoff.fen for account in case.accounts):
        return Verdict.NOTHING_DUE, Reason(ReasonCode.NOTHING_OWED)
    return None


def _answer(case: Case, sifted: Sifted, waiting: tuple[DoNothing, ...], inputs: str) -> Proposal:
    made = wishes_made(case)
    matches = sorted((match(one, case, made) for one in sifted.allowed), key=lambda one: one.rank)
    met = [one.draft for one in matches if not one.missed]
    closest: Draft | None = matches[0].draft if made and matches else None
    shown = met or [one.draft for one in matches]
    options = tuple(
        make_offer(draft, characters, case, inputs, waiting)
        for draft, characters in choose(shown, closest, case.policy.shape.options_shown)
    )
    reasons = [*standing(case), *_hints(case), *no_room(case, sifted)]
    if matches and not met:
        unmet_reasons = unmet(case, matches, matches[0], sifted)
        reasons.extend(one for one in unmet_reasons if one not in reasons)
    verdict = _verdict(case, sifted, matches, is_met=bool(met))
    return Proposal(
        case.position.borrower_id,
        case.as_of,
        verdict,
        options,
        waiting,
        tuple(reasons),
        case.tier.code,
        inputs,
    )


def _verdict(case: Case, sifted: Sifted, matches: list[Match], *, is_met: bool) -> Verdict:
    if case.overdue and case.tier.gate is Gate.PERSON_ONLY:
        return Verdict.HUMAN_ONLY
    asked_and_met = is_met and bool(wishes_made(case))
    if case.overdue and not asked_and_met and _out_of_reach(case, sifted):
        return Verdict.HUMAN_ONLY
    if not case.overdue and not wishes_made(case):
        return Verdict.NOTHING_DUE
    if not matches:
        return Verdict.NOTHING_DUE if not case.overdue else Verdict.REFUSED
    return Verdict.AGREED if is_met else Verdict.NEAREST


def _out_of_reach(case: Case, sifted: Sifted) -> bool:
    """Whether every way to pay over time is beyond what the borrower can bear."""
    beyond = (ReasonCode.NOT_AFFORDABLE, ReasonCode.NOTHING_LEFT_TO_LIVE_ON)
    return any(reason.code in beyond for reason in no_room(case, sifted))


def _hints(case: Case) -> Iterator[Reason]:
    """Not overdue: what comes next. Early and without a named hardship: naming one opens more."""
    if not case.overdue:
        rows = [row for account in case.accounts for row in account.upcoming[:1]]
        if rows:
            first = min(rows, key=lambda row: row.due)
            values = (("next_due", first.due), ("next_amount", first.amount))
            yield Reason(ReasonCode.NOTHING_OVERDUE, values)
        else:
            yield Reason(ReasonCode.NOTHING_OVERDUE, (("owed", _owed(case)),))
    early = case.policy.tier(case.policy.early_hardship_tier)
    if case.wishes.hardship is None and case.tier.min_dpd < early.min_dpd:
        yield Reason(ReasonCode.HARDSHIP_WANTED)


def _owed(case: Case) -> Money:
    return Money.total(account.payoff for account in case.accounts)
