"""Says why the answer is not simply yes. Codes and figures; the words are data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import AT_ONCE, PLAN_TOOLS, Draft
from account_engine.domain.negotiation.enumeration import first_window
from account_engine.domain.negotiation.limits import Bar, Sifted, affordable
from account_engine.domain.negotiation.matching import Match, Wish, match
from account_engine.domain.negotiation.option import Reason, ReasonCode
from account_engine.domain.negotiation.policy import Tool, WaiverUse
from account_engine.domain.negotiation.settlement import payoff
from account_engine.domain.negotiation.voluntary import voluntary_extension_rule

_Explain = Callable[[Case, Sequence[Match], Match], Reason]


def unmet(case: Case, matches: Sequence[Match], nearest: Match, sifted: Sifted) -> list[Reason]:
    """One reason for each wish the nearest offer misses.

    A wish that some other allowed draft meets is not impossible in itself: only together with
    the rest. Those are named in one reason.
    """
    barred = _barred_reason(case, nearest, sifted)
    if barred is not None:
        return [barred]
    found: list[Reason] = []
    together: list[str] = []
    for wish in nearest.missed:
        if any(wish not in one.missed for one in matches):
            together.append(wish.value)
        else:
            found.append(_EXPLAIN[wish](case, matches, nearest))
    if together == [Wish.UPFRONT.value]:
        return [*found, _down_payment_needed(case, matches, nearest)]
    if Wish.MONTHLY.value in together and _payable_only_with_more_upfront(matches):
        found.append(_monthly(case, matches, nearest))
        together.remove(Wish.MONTHLY.value)
    if together:
        values = (("wishes", ",".join(together)), *_shape_of(nearest.draft))
        found.append(Reason(ReasonCode.COMBINATION_NOT_POSSIBLE, values))
    return found


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


def _shape_of(draft: Draft) -> tuple[tuple[str, Money | int], ...]:
    return (
        ("monthly", Money(draft.highest_month or draft.total)),
        ("terms", draft.terms),
        ("down_payment", Money(draft.down_payment)),
    )


def _payable_only_with_more_upfront(matches: Sequence[Match]) -> bool:
    fitting = [one for one in matches if Wish.MONTHLY not in one.missed]
    return bool(fitting) and all(Wish.UPFRONT in one.missed for one in fitting)


def _monthly(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    over_time = [one for one in matches if one.draft.tool not in AT_ONCE]
    usual = [one for one in over_time if Wish.UPFRONT not in one.missed] or over_time
    least = min(usual or [nearest], key=lambda one: (one.draft.highest_month, one.draft.key)).draft
    values: list[tuple[str, Money | int]] = [
        ("asked", case.wishes.monthly or Money(0)),
        ("least", Money(least.highest_month or least.total)),
        ("terms", least.terms),
    ]
    fitting = [one.draft for one in over_time if Wish.MONTHLY not in one.missed]
    if fitting:
        upfront = min(fitting, key=lambda draft: (draft.down_payment, draft.key))
        values.append(("down_payment_instead", Money(upfront.down_payment)))
    return Reason(ReasonCode.MONTHLY_TOO_LOW, tuple(values))


def _down_payment_needed(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del case, matches
    return Reason(ReasonCode.DOWN_PAYMENT_NEEDED, _shape_of(nearest.draft))


def _terms(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del nearest
    wanted = case.wishes.terms or 0
    offered = sorted({one.draft.terms for one in matches if one.draft.tool in PLAN_TOOLS})
    if not offered:
        return Reason(ReasonCode.TOOL_NOT_OFFERED, (("tool", Tool.ARREARS_INSTALMENT.value),))
    closest = min(offered, key=lambda count: (abs(count - wanted), count))
    values = (
        ("asked", wanted),
        ("nearest", closest),
        ("least", offered[0]),
        ("most", offered[-1]),
    )
    return Reason(ReasonCode.TERMS_NOT_OFFERED, values)


def _first_date(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del matches
    wanted = case.wishes.first_date or case.as_of
    earliest, latest = first_window(case, nearest.draft.terms)
    if wanted < earliest:
        values = (("asked", wanted), ("earliest", earliest))
        return Reason(ReasonCode.FIRST_DATE_TOO_EARLY, values)
    values = (("asked", wanted), ("latest", max(nearest.draft.first_due, latest)))
    return Reason(ReasonCode.FIRST_DATE_TOO_LATE, values)


def _day_of_month(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del matches
    values = (("asked", case.wishes.day_of_month or 0), ("offered", nearest.draft.first_due))
    return Reason(ReasonCode.DAY_OF_MONTH_NOT_POSSIBLE, values)


def _down_payment(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    asked = case.wishes.down_payment or Money(0)
    over_time = [one.draft for one in matches if one.draft.tool in PLAN_TOOLS]
    if not over_time:
        return Reason(ReasonCode.TOOL_NOT_OFFERED, (("tool", Tool.ARREARS_INSTALMENT.value),))
    if all(asked.fen >= draft.reaged for draft in over_time):
        values = (("asked", asked), ("owed", Money(nearest.draft.reaged)))
        return Reason(ReasonCode.DOWN_PAYMENT_COVERS_ALL, values)
    least = min(draft.down_payment for draft in over_time)
    values = (("asked", asked), ("least", Money(least)))
    return Reason(ReasonCode.DOWN_PAYMENT_TOO_LOW, values)


def _extension(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del matches, nearest
    rule = case.tier.extension if case.overdue else voluntary_extension_rule(case)
    if rule is None or (case.overdue and Tool.EXTENSION not in case.tier.tools):
        return Reason(ReasonCode.TOOL_NOT_OFFERED, (("tool", Tool.EXTENSION.value),))
    used = max(account.extensions_used for account in case.accounts)
    if used >= rule.max_per_year:
        values = (("used", used), ("a_year", rule.max_per_year))
        return Reason(ReasonCode.EXTENSION_USED, values)
    asked = case.wishes.extension_days or 0
    return Reason(ReasonCode.EXTENSION_TOO_LONG, (("asked", asked), ("most", rule.max_days)))


def _settlement(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    offers = [one.draft for one in matches if one.draft.tool is Tool.LUMP_SUM]
    if not offers:
        return Reason(ReasonCode.TOOL_NOT_OFFERED, (("tool", Tool.LUMP_SUM.value),))
    lowest = min(offers, key=lambda draft: (draft.total, draft.key))
    if case.wishes.settlement is None:
        values = (
            ("principal", Money(lowest.principal)),
            ("nearest", Money(lowest.total)),
            ("charges", Money(lowest.charges_ahead)),
        )
        return Reason(ReasonCode.PRINCIPAL_ONLY_NOT_OFFERED, values)
    values = (
        ("asked", case.wishes.settlement),
        ("nearest", Money(lowest.total)),
        ("payoff", Money(payoff(case))),
    )
    del nearest
    return Reason(ReasonCode.SETTLEMENT_TOO_LOW, values)


def _waiver(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del matches, nearest
    used = max(account.waivers_used for account in case.accounts)
    once = any(rule.use is WaiverUse.FIRST_TIME for rule in case.tier.waivers)
    if used and once:
        return Reason(ReasonCode.WAIVER_USED, (("used", used),))
    return Reason(ReasonCode.WAIVER_NOT_OFFERED, (("tier", case.tier.code),))


_EXPLAIN: dict[Wish, _Explain] = {
    Wish.MONTHLY: _monthly,
    Wish.UPFRONT: _down_payment_needed,
    Wish.TERMS: _terms,
    Wish.FIRST_DATE: _first_date,
    Wish.DAY_OF_MONTH: _day_of_month,
    Wish.DOWN_PAYMENT: _down_payment,
    Wish.EXTENSION: _extension,
    Wish.SETTLEMENT: _settlement,
    Wish.WAIVER: _waiver,
}


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
