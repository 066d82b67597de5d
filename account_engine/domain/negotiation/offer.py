"""Turns a chosen draft into an offer that says everything about itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.approval import approval_causes
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.disclosure import disclosure
from account_engine.domain.negotiation.draft import AT_ONCE, Draft
from account_engine.domain.negotiation.fingerprint import offer_id
from account_engine.domain.negotiation.forecast import compare
from account_engine.domain.negotiation.limits import effective_rate
from account_engine.domain.negotiation.option import (
    BreachEffect,
    Character,
    DoNothing,
    Option,
)
from account_engine.domain.negotiation.policy import Gate, PlanWaiverCondition, Tool

_BEIJING = timezone(timedelta(hours=8))
_LAST_SECOND = time(23, 59, 59)


def end_of_day(day: date) -> datetime:
    """The last second of a business day, Beijing time."""
    return datetime.combine(day, _LAST_SECOND, _BEIJING)


def make_offer(
    draft: Draft,
    characters: tuple[Character, ...],
    case: Case,
    inputs: str,
    waiting: Sequence[DoNothing],
) -> Option:
    """The offer for one draft, with its cost table, comparison and breach effect."""
    rate = effective_rate(draft, case.policy.price.year_days)
    breach = breach_effect(draft, case)
    proofs, proof_due = _proof(draft, case)
    causes = approval_causes(draft, case)
    return Option(
        offer_id=offer_id(inputs, draft),
        inputs_hash=inputs,
        policy_version=case.policy.version,
        tier=case.tier.code,
        tool=draft.tool,
        scope=draft.scope,
        account_ids=tuple(schedule.account_id for schedule in draft.schedules),
        as_of=case.as_of,
        expires_at=_expiry(draft, case),
        characters=characters,
        down_payment=Money(draft.down_payment),
        terms=draft.terms,
        schedule=draft.rows,
        accounts=draft.schedules,
        reaged=Money(draft.reaged),
        total=Money(draft.total),
        total_cost=Money(draft.cost),
        highest_month=Money(draft.highest_month),
        instalment=Money(draft.instalment),
        annual_rate=rate,
        plan_rate=_plan_rate(draft, rate),
        waived=draft.waived,
        breach_effect=breach,
        approval_causes=causes,
        approver=case.policy.approvals.approver(causes),
        proofs=proofs,
        proof_due=proof_due,
        comparison=compare(draft, case.accounts, waiting),
        disclosure=disclosure(draft, case, rate, breach),
    )


def breach_effect(draft: Draft, case: Case) -> BreachEffect:
    """What breaking this draft leads to; the penalty a day is that of all its principal."""
    rates = {account.account_id: account.penalty_daily_rate for account in case.accounts}
    rule = case.policy.breach
    a_day = sum(
        Money(sum(row.principal.fen for row in schedule.rows)).apply(rates[schedule.account_id]).fen
        for schedule in draft.schedules
    )
    return BreachEffect(
        cure_days=rule.cure_days,
        penalty=rule.penalty,
        waivers_back=Money(
            sum(
                one.amount.fen
                for one in draft.waived
                if one.condition is PlanWaiverCondition.ON_COMPLETION
            )
        ),
        penalty_daily_rate=max(rates[one.account_id] for one in draft.schedules),
        penalty_per_day=Money(a_day),
        missed=rule.missed,
        effect=rule.effect,
    )


def _plan_rate(draft: Draft, effective: Decimal) -> Decimal:
    """The rate rows are priced at; a flat fee has none but the one it comes to."""
    if draft.tool is Tool.BILL_INSTALMENT:
        return effective
    return Decimal(0) if draft.tool in AT_ONCE else draft.plan_rate


def _expiry(draft: Draft, case: Case) -> datetime:
    """Never after the first payment is due, so that an accepted offer can still be kept."""
    last = case.as_of + timedelta(days=case.policy.offers.offer_days)
    return end_of_day(max(case.as_of, min(last, draft.rows[0].due)))


def _proof(draft: Draft, case: Case) -> tuple[tuple[str, ...], date | None]:
    """What is asked for as proof, any one of it, and by when."""
    hardship = case.wishes.hardship
    if draft.tool in AT_ONCE and not draft.waived:
        return (), None
    if hardship is None or case.tier.gate in (Gate.NONE, Gate.DIFFICULTY):
        return (), None
    rule = case.policy.hardship.get(hardship)
    if rule is None:
        return (), None
    return rule.proofs, case.as_of + timedelta(days=rule.proof_days)
