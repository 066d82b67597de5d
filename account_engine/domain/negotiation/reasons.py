"""Says why the answer is not simply yes. Codes and figures; the words are data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import AT_ONCE, Draft
from account_engine.domain.negotiation.explanations import explain, shape_of
from account_engine.domain.negotiation.limits import Bar, Sifted, affordable
from account_engine.domain.negotiation.matching import Match, Wish, match
from account_engine.domain.negotiation.option import Reason, ReasonCode
from account_engine.domain.negotiation.settlement import payoff


def unmet(case: Case, matches: Sequence[Match], nearest: Match, sifted: Sifted) -> list[Reason]:
    """One reason for each wish the nearest offer misses.

    A wish that some other allowed draft meets is not impossible in itself: only together with
    the rest. Those are named in one reason. So is a first day where the nearest is paid at once.
    """
    barred = _barred_reason(case, nearest, sifted)
    if barred is not None:
        return [barred]
    found: list[Reason] = []
    together: list[str] = []
    for wish in nearest.missed:
        if any(wish not in one.missed for one in matches) or _is_no_day(wish, matches, nearest):
            together.append(wish.value)
        else:
            reason = explain(wish, case, matches, nearest)
            if reason not in found:
                found.append(reason)
    if together == [Wish.UPFRONT.value]:
        return [*found, explain(Wish.UPFRONT, case, matches, nearest)]
    if Wish.MONTHLY.value in together and _payable_only_with_more_upfront(matches):
        found.append(explain(Wish.MONTHLY, case, matches, nearest))
        together.remove(Wish.MONTHLY.value)
    if together:
        values = (("wishes", ",".join(together)), *shape_of(nearest.draft))
        found.append(Reason(ReasonCode.COMBINATION_NOT_POSSIBLE, values))
    return found


def _is_no_day(wish: Wish, matches: Sequence[Match], nearest: Match) -> bool:
    """A first day is missed by an offer that has none, though others have one."""
    over_time = any(one.draft.tool not in AT_ONCE for one in matches)
    return wish is Wish.FIRST_DATE and over_time and nearest.draft.tool in AT_ONCE


def no_room(case: Case, sifted: Sifted) -> list[Reason]:
    """Why nothing to be paid over time is left, where that is so."""
    if any(draft.tool not in AT_ONCE for draft in sifted.allowed):
        return []
    for bar in (Bar.AFFORDABILITY, Bar.SMALLEST_INSTALMENT):
        drafts = sifted.barred_by(bar)
        if drafts:
            return [_bar_reason(bar, case, drafts)]
    return []


def _barred_reason(case: Case, nearest: Match, sifted: Sifted) -> Reason | None:
    """A limit, where a draft that met every wish was barred by it."""
    wishes = tuple(wish for wish, _ in nearest.distances)
    for bar in (Bar.AFFORDABILITY, Bar.SMALLEST_INSTALMENT):
        drafts = sifted.barred_by(bar)
        if any(not match(draft, case, wishes).missed for draft in drafts):
            return _bar_reason(bar, case, drafts)
    return None


def _bar_reason(bar: Bar, case: Case, drafts: Sequence[Draft]) -> Reason:
    if bar is Bar.SMALLEST_INSTALMENT:
        smallest = case.policy.shape.min_instalment
        return Reason(ReasonCode.BELOW_SMALLEST_INSTALMENT, (("smallest", smallest),))
    least = min(drafts, key=lambda draft: (draft.highest_month, draft.key))
    most = affordable(least.tool, case) or 0
    if not most:
        return Reason(ReasonCode.NOTHING_LEFT_TO_LIVE_ON)
    values = (("affordable", Money(most)), ("least", Money(least.highest_month)))
    return Reason(ReasonCode.NOT_AFFORDABLE, values)


def _payable_only_with_more_upfront(matches: Sequence[Match]) -> bool:
    fitting = [one for one in matches if Wish.MONTHLY not in one.missed]
    return bool(fitting) and all(Wish.UPFRONT in one.missed for one in fitting)


def standing(case: Case) -> Iterator[Reason]:
    """What the borrower should know whatever was asked: recall, long arrears, care, dispute."""
    if any(account.accelerated for account in case.accounts):
        yield Reason(ReasonCode.ACCELERATED)
    dpd = max((account.dpd for account in case.accounts), default=0)
    if dpd > case.policy.approvals.dpd_over:
        yield Reason(ReasonCode.LONG_OVERDUE, (("dpd", dpd),))
    if case.position.vulnerable:
        yield Reason(ReasonCode.VULNERABLE)
    if case.transferred:
        yield transferred_reason(case)
    if case.disputed:
        yield Reason(ReasonCode.DISPUTED, (("accounts", len(case.disputed)),))
    if case.in_plan:
        yield Reason(ReasonCode.PLAN_RUNNING)
    if case.in_extension:
        yield Reason(ReasonCode.EXTENSION_RUNNING)
    broken = max((account.plans_broken for account in case.accounts), default=0)
    if broken > case.policy.approvals.broken_plans_over:
        yield Reason(ReasonCode.PLANS_BROKEN, (("broken", broken),))
    if case.wishes.settlement is not None and case.wishes.settlement.fen > payoff(case):
        values = (("asked", case.wishes.settlement), ("payoff", Money(payoff(case))))
        yield Reason(ReasonCode.SETTLEMENT_ABOVE_DEBT, values)


def transferred_reason(case: Case) -> Reason:
    """Whose claim it is now (民法典546: it binds the borrower once notified)."""
    creditor = case.transferred[0].transferred_to or ""
    return Reason(ReasonCode.TRANSFERRED, (("creditor", creditor),))
