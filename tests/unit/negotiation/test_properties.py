"""What is true of every offer to everybody, tried on random debts and wishes."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from account_engine.domain.codec import to_json
from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import open_case
from account_engine.domain.negotiation.enumeration import instalment_drafts
from account_engine.domain.negotiation.offer import end_of_day
from account_engine.domain.negotiation.option import ApprovalCause, Option, Scope, Verdict
from account_engine.domain.negotiation.policy import Charge, Gate, Tool
from account_engine.domain.negotiation.position import AccountPosition, DebtPosition
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import TODAY, demo_policy
from tests.unit.negotiation.strategies import (
    money,
    one_wish,
    positions,
    two_wishes,
    wishes,
    with_income,
)

# 100 each in an ordinary run; `YUQI_PROPERTY_EXAMPLES=3000 pytest …` for a thorough one.
EXAMPLES = int(os.environ.get("YUQI_PROPERTY_EXAMPLES", "100"))
TRIED = settings(max_examples=EXAMPLES, deadline=None)
AT_ONCE = (Tool.PAY_NOW, Tool.PAY_MINIMUM, Tool.LUMP_SUM)
POLICY = demo_policy()


def owed(account: AccountPosition, scope: Scope) -> int:
    """What the account owes, written out again independently of the pricing code."""
    fen = (
        account.overdue_principal.fen
        + account.overdue_interest.fen
        + account.overdue_fee.fen
        + account.overdue_penalty.fen
    )
    if scope is Scope.WHOLE_BALANCE:
        fen += account.unmatured_principal.fen + account.accrued_interest.fen
    return fen


def offers(position: DebtPosition, wanted: Wishes) -> tuple[Option, ...]:
    return propose(position, wanted, POLICY, TODAY).options


@TRIED
@given(positions(), wishes)
def test_a_schedule_sums_to_what_it_re_ages_and_its_stated_cost(
    position: DebtPosition, wanted: Wishes
) -> None:
    accounts = {account.account_id: account for account in position.accounts}
    for option in offers(position, wanted):
        total = sum(row.amount.fen for row in option.schedule)
        assert total == option.total.fen == option.reaged.fen + option.total_cost.fen
        if option.tool is not Tool.PAY_MINIMUM:
            due = sum(owed(accounts[one], option.scope) for one in option.account_ids)
            assert option.reaged.fen + option.waived_total.fen == due
            assert option.schedule[-1].balance_after == Money(0)


@TRIED
@given(positions(), wishes)
def test_every_row_is_the_sum_of_its_parts_and_of_its_accounts(
    position: DebtPosition, wanted: Wishes
) -> None:
    for option in offers(position, wanted):
        for index, row in enumerate(option.schedule):
            parts = (row.principal, row.interest, row.fee, row.penalty)
            assert row.amount.fen == sum(part.fen for part in parts)
            assert all(part.fen >= 0 for part in parts)
            legs = [schedule.rows[index] for schedule in option.accounts]
            assert row.amount.fen == sum(leg.amount.fen for leg in legs)
            assert {leg.due for leg in legs} == {row.due}
        dues = [row.due for row in option.schedule]
        assert all(earlier < later for earlier, later in pairwise(dues))


@TRIED
@given(positions(), wishes)
def test_no_option_leaves_the_policy(position: DebtPosition, wanted: Wishes) -> None:
    proposal = propose(position, wanted, POLICY, TODAY)
    for option in proposal.options:
        assert proposal.tier is not None
        tier = POLICY.tier(proposal.tier)
        assert option.tool in tier.tools
        if option.tool is Tool.ARREARS_INSTALMENT:
            assert option.terms in tier.arrears_terms
        if option.tool is Tool.REAGE:
            assert option.terms in tier.reage_terms
        if option.tool is Tool.EXTENSION:
            assert tier.extension is not None
            last = TODAY + timedelta(days=tier.extension.max_days)
            assert option.schedule[-1].due <= last
        if option.tool in (Tool.ARREARS_INSTALMENT, Tool.REAGE):
            rows = [row for row in option.schedule if row.number]
            assert min(row.amount for row in rows) >= POLICY.shape.min_instalment
            least = POLICY.shape.min_down_payment
            if wanted.hardship is not None:
                least = POLICY.shape.min_down_payment_hardship
            assert option.down_payment.fen >= option.reaged.fen * Fraction(least)
    assert len(proposal.options) <= POLICY.shape.options_shown


@TRIED
@given(positions(), wishes)
def test_no_plan_is_dearer_than_its_contract_or_the_caps(
    position: DebtPosition, wanted: Wishes
) -> None:
    rates = {account.account_id: account.annual_rate for account in position.accounts}
    for option in offers(position, wanted):
        assert option.annual_rate <= Decimal("0.20")
        assert option.annual_rate <= max(rates[one] for one in option.account_ids)
        for schedule in option.accounts:
            assert schedule.annual_rate <= min(rates[schedule.account_id], Decimal("0.20"))
            # 24% a year on the principal of every single day.
            balance = sum(row.principal.fen for row in schedule.rows)
            start, fen_days = TODAY, 0
            for row in schedule.rows:
                if row.number:
                    fen_days += balance * (row.due - start).days
                    start = row.due
                balance -= row.principal.fen
            new = schedule.plan_interest.fen + schedule.plan_fee.fen
            assert new <= Fraction(24, 100) * fen_days / 365


@TRIED
@given(positions(), with_income)
def test_what_is_declared_as_needed_for_living_is_left(
    position: DebtPosition, wanted: Wishes
) -> None:
    left = wanted.disposable
    assert left is not None
    for option in offers(position, wanted):
        if option.tool in (Tool.ARREARS_INSTALMENT, Tool.REAGE):
            assert 2 * option.highest_month.fen <= left.fen
        if option.tool is Tool.EXTENSION:
            assert option.highest_month <= left


@TRIED
@given(positions(), wishes)
def test_no_principal_is_cut_and_no_plan_stands_without_the_person_it_needs(
    position: DebtPosition, wanted: Wishes
) -> None:
    proposal = propose(position, wanted, POLICY, TODAY)
    by_id = {account.account_id: account for account in position.accounts}
    for option in proposal.options:
        if any(one.charge is Charge.PRINCIPAL for one in option.waived):
            assert option.tool is Tool.LUMP_SUM
            assert ApprovalCause.PRINCIPAL_CUT in option.approval_causes
        if option.tool in AT_ONCE and not option.waived:
            continue
        accounts = [by_id[one] for one in option.account_ids]
        person = (
            position.vulnerable
            or option.terms > 12
            or any(one.dpd > 90 or one.accelerated or one.plans_broken for one in accounts)
            or any(one.disputed for one in position.accounts)
        )
        assert not person or option.needs_approval
        gate = POLICY.tier(option.tier).gate
        if gate in (Gate.PROOF_AND_APPROVAL, Gate.PERSON_ONLY):
            assert option.needs_approval


@TRIED
@given(positions(), wishes)
def test_offers_expire_within_three_days_and_before_anything_is_due(
    position: DebtPosition, wanted: Wishes
) -> None:
    for option in offers(position, wanted):
        assert end_of_day(TODAY) <= option.expires_at <= end_of_day(TODAY + timedelta(days=3))
        assert option.expires_at <= end_of_day(option.schedule[0].due)


@TRIED
@given(positions(), wishes)
def test_the_same_request_gets_the_same_offers_and_changes_nothing(
    position: DebtPosition, wanted: Wishes
) -> None:
    before = (to_json(position), to_json(wanted))
    first = propose(position, wanted, POLICY, TODAY)
    assert (to_json(position), to_json(wanted)) == before
    again = propose(replace(position), replace(wanted), POLICY, TODAY)
    assert again == first
    assert len({option.offer_id for option in first.options}) == len(first.options)


@TRIED
@given(positions(), st.sampled_from([None, HardshipKind.ILLNESS]))
def test_paying_more_a_month_never_costs_more(
    position: DebtPosition, hardship: HardshipKind | None
) -> None:
    position = replace(
        position,
        accounts=tuple(replace(account, disputed=False) for account in position.accounts),
    )
    case = open_case(position, Wishes(hardship=hardship), POLICY)
    groups: dict[object, list[tuple[int, int, int]]] = {}
    for draft in instalment_drafts(case):
        group = (draft.tool, draft.first_due, draft.down_payment)
        groups.setdefault(group, []).append((draft.terms, draft.instalment, draft.cost))
    for found in groups.values():
        for (_, more, cheaper), (_, less, dearer) in pairwise(sorted(found)):
            assert more >= less
            assert cheaper <= dearer


@TRIED
@given(positions(), st.one_of(one_wish, two_wishes))
def test_agreed_means_every_wish_is_met(position: DebtPosition, wanted: Wishes) -> None:
    proposal = propose(position, wanted, POLICY, TODAY)
    if proposal.verdict is not Verdict.AGREED:
        return
    for option in proposal.options:
        rows = [row for row in option.schedule if row.number]
        if wanted.monthly is not None:
            assert (option.highest_month or option.total) <= wanted.monthly
        if wanted.terms is not None:
            assert (option.terms or 1) == wanted.terms
        if wanted.first_date is not None:
            assert (rows or list(option.schedule))[0].due == wanted.first_date
        if wanted.down_payment is not None:
            assert option.down_payment == wanted.down_payment
        if wanted.settlement is not None:
            assert option.total <= wanted.settlement
        if wanted.waiver:
            assert option.waived_total > Money(0)


@TRIED
@given(positions(), wishes)
def test_a_no_always_comes_with_a_reason_and_a_way_on(
    position: DebtPosition, wanted: Wishes
) -> None:
    proposal = propose(position, wanted, POLICY, TODAY)
    if proposal.verdict is Verdict.NEAREST:
        assert proposal.reasons
        assert proposal.options
    if proposal.verdict in (Verdict.HUMAN_ONLY, Verdict.REFUSED):
        assert proposal.reasons


@TRIED
@given(positions(), money(1, 20_000_00), money(0, 20_000_00))
def test_being_able_to_pay_more_a_month_never_turns_a_yes_into_a_no(
    position: DebtPosition, monthly: Money, more: Money
) -> None:
    hardship = HardshipKind.INCOME_LOSS
    less = propose(position, Wishes(monthly=monthly, hardship=hardship), POLICY, TODAY)
    if less.verdict is not Verdict.AGREED:
        return
    larger = Wishes(monthly=monthly + more, hardship=hardship)
    assert propose(position, larger, POLICY, TODAY).verdict is Verdict.AGREED


@TRIED
@given(positions(), wishes)
def test_the_cost_table_adds_up_to_what_is_paid(position: DebtPosition, wanted: Wishes) -> None:
    paid = {
        "principal", "interest_owed", "fee_owed", "penalty_owed", "plan_interest", "plan_fee",
    }  # fmt: skip
    for option in offers(position, wanted):
        items = [row for row in option.disclosure if row.item_code in paid]
        amounts = [row.value for row in items]
        assert sum(one.fen for one in amounts if isinstance(one, Money)) == option.total.fen
        assert all(row.collector == "lender" for row in items)
        shown = {row.item_code: row.value for row in option.disclosure}
        assert shown["annual_cost"] == option.annual_rate
        assert shown["waived"] == option.waived_total
        assert shown["breach_total_cap"] == Decimal("0.24")


@TRIED
@given(positions())
def test_doing_nothing_never_gets_cheaper_and_keeps_to_the_cap(position: DebtPosition) -> None:
    proposal = propose(position, Wishes(), POLICY, TODAY)
    totals = [one.total.fen for one in proposal.do_nothing]
    assert totals == sorted(totals)
    for one in proposal.do_nothing:
        assert one.added.fen >= 0
        allowed = sum(
            account.charge_headroom.fen
            + Fraction(24, 100)
            * (account.overdue_principal.fen + account.unmatured_principal.fen)
            * one.days
            / 365
            for account in position.accounts
        )
        assert one.added.fen <= allowed


@TRIED
@given(positions(), wishes)
def test_the_comparison_is_arithmetic(position: DebtPosition, wanted: Wishes) -> None:
    proposal = propose(position, wanted, POLICY, TODAY)
    waiting = {one.days: one.added for one in proposal.do_nothing}
    for option in proposal.options:
        assert [one.days for one in option.comparison] == [30, 60, 90]
        for one in option.comparison:
            assert one.nothing_adds == waiting[one.days]
            assert one.saved == one.nothing_adds - one.option_adds
