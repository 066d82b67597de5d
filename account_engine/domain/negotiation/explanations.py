"""One explanation for each wish that cannot be met at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.codes import ReasonCode
from account_engine.domain.negotiation.draft import AT_ONCE, PLAN_TOOLS, Draft
from account_engine.domain.negotiation.enumeration import first_window
from account_engine.domain.negotiation.matching import Match, Wish
from account_engine.domain.negotiation.option import Reason
from account_engine.domain.negotiation.policy import Tool, WaiverUse
from account_engine.domain.negotiation.settlement import payoff
from account_engine.domain.negotiation.voluntary import voluntary_extension_rule

_ABOUT_MONTHS = frozenset(
    {Wish.MONTHLY, Wish.UPFRONT, Wish.TERMS, Wish.FIRST_DATE, Wish.DAY_OF_MONTH}
)

_Explain = Callable[[Case, Sequence[Match], Match], Reason]


def explain(wish: Wish, case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    """Why `wish` is not met, with the figures of what is.

    Where nothing is to be paid over time at all, a wish about months has no nearest figure: the
    tool is what is missing.
    """
    over_time = any(one.draft.tool not in AT_ONCE for one in matches)
    if wish in _ABOUT_MONTHS and not over_time:
        return _no_instalments(case)
    return _EXPLAIN[wish](case, matches, nearest)


def _no_instalments(case: Case) -> Reason:
    tool = Tool.ARREARS_INSTALMENT if case.overdue else Tool.BILL_INSTALMENT
    return Reason(ReasonCode.TOOL_NOT_OFFERED, (("tool", tool.value),))


def shape_of(draft: Draft) -> tuple[tuple[str, Money | int], ...]:
    """What a draft asks for, in three figures."""
    return (
        ("monthly", Money(draft.highest_month or draft.total)),
        ("terms", draft.terms),
        ("down_payment", Money(draft.down_payment)),
    )


def _monthly(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    over_time = [one for one in matches if one.draft.tool not in AT_ONCE]
    usual = [one for one in over_time if Wish.UPFRONT not in one.missed] or over_time
    least = min(usual or [nearest], key=lambda one: (one.draft.highest_month, one.draft.key)).draft
    values: list[tuple[str, Money | int]] = [
        ("asked", case.wishes.monthly or Money(0)),
        ("least", Money(least.highest_month or least.total)),
        ("terms", least.terms),
    ]
    if least.down_payment:  # the least a month is only that light after a first part
        values.append(("after_down_payment", Money(least.down_payment)))
    fitting = [one.draft for one in over_time if Wish.MONTHLY not in one.missed]
    if fitting:
        upfront = min(fitting, key=lambda draft: (draft.down_payment, draft.key))
        values.append(("down_payment_instead", Money(upfront.down_payment)))
    return Reason(ReasonCode.MONTHLY_TOO_LOW, tuple(values))


def _down_payment_needed(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del case, matches
    return Reason(ReasonCode.DOWN_PAYMENT_NEEDED, shape_of(nearest.draft))


def _terms(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del nearest
    wanted = case.wishes.terms or 0
    offered = sorted({one.draft.terms for one in matches if one.draft.tool in PLAN_TOOLS})
    if not offered:
        return _no_instalments(case)
    closest = min(offered, key=lambda count: (abs(count - wanted), count))
    values = (
        ("asked", wanted),
        ("nearest", closest),
        ("least", offered[0]),
        ("most", offered[-1]),
    )
    return Reason(ReasonCode.TERMS_NOT_OFFERED, values)


def _first_date(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    wanted = case.wishes.first_date or case.as_of
    earliest, latest = _first_days(case, matches, nearest.draft)
    if wanted < earliest:
        values = (("asked", wanted), ("earliest", earliest))
        return Reason(ReasonCode.FIRST_DATE_TOO_EARLY, values)
    return Reason(ReasonCode.FIRST_DATE_TOO_LATE, (("asked", wanted), ("latest", latest)))


def _first_days(case: Case, matches: Sequence[Match], nearest: Draft) -> tuple[date, date]:
    """First and last day for row 1: policy's window, else those of the nearest offer's kind."""
    if case.overdue and nearest.tool in PLAN_TOOLS:
        return first_window(case, nearest.terms)
    days = [one.draft.first_due for one in matches if one.draft.tool is nearest.tool]
    wanted = case.wishes.first_date or case.as_of
    later = [day for day in days if day > wanted]
    return (min(later) if later else min(days), max(days))


def _day_of_month(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    del matches
    values = (("asked", case.wishes.day_of_month or 0), ("offered", nearest.draft.first_due))
    return Reason(ReasonCode.DAY_OF_MONTH_NOT_POSSIBLE, values)


def _down_payment(case: Case, matches: Sequence[Match], nearest: Match) -> Reason:
    asked = case.wishes.down_payment or Money(0)
    over_time = [one.draft for one in matches if one.draft.tool in PLAN_TOOLS]
    if not over_time:
        return _no_instalments(case)
    smallest = case.policy.shape.min_instalment
    if all(asked + smallest > Money(draft.reaged) for draft in over_time):
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
