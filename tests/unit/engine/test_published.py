"""Schedules, allocations and balances that other loan engines published, to the fen.

The file lies beside the checkout; where it is absent these tests say so. Each test reads its
figures from there and bridges a convention by options of the terms only. Not followed:

* M01 (money-warp): compounds penalty daily on principal and interest with an effective rate and
  keeps fractions of a cent between postings. Penalty on penalty is not lawful here, and whole fen
  are a principle of this engine, so no option of the terms offers either.
* one field of F27 S5: the source's "overdue" on 2 April leaves the accelerated amount out. Here an
  amount that became due by recall on 31 March is overdue on 2 April.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from account_engine.domain.calendar import DayCount
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    ChargePosted,
    Component,
    LoanDisbursed,
    RepaymentMethod,
    Reversal,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RowState
from account_engine.domain.terms import (
    AllocationPart,
    AllocationRule,
    AllocationStep,
    Contract,
    GraceCharge,
    GraceRule,
    InterestBasis,
    InterestRule,
    LateFeeBase,
    LateFeeRule,
    PenaltyBase,
    PenaltyMethod,
    PenaltyRule,
    Sweep,
    Timing,
)
from tests.unit.engine import test_published_agreements
from tests.unit.engine.histories import (
    contract,
    day,
    event,
    pay,
    plain_terms,
    state_of,
    total,
    yuan,
)
from tests.unit.engine.published import (
    ACCOUNT,
    COMPONENTS,
    FILE,
    NEEDED,
    NOT_FOLLOWED,
    account,
    balances,
    case,
    column,
    drawn,
    fineract,
)

pytestmark = NEEDED


def test_every_case_is_tested_or_explained():
    cases = {found["id"] for found in json.loads(FILE.read_text(encoding="utf-8"))["cases"]}
    names = [*globals(), *vars(test_published_agreements)]
    tested = {name.split("_")[1].upper() for name in names if name.startswith(("test_f", "test_l"))}
    followed = {case_id for case_id in cases if case_id.split("-")[0] in tested}
    assert cases - followed == NOT_FOLLOWED
    assert len(followed) >= 13


def test_f01_equal_instalments_on_30_360():
    found = case("F01")
    terms = fineract(
        interest=InterestRule(annual_rate=Decimal("0.12"), instalment_multiple=yuan("1"))
    )
    state = account(terms, [drawn(found["inputs"], RepaymentMethod.EQUAL_INSTALMENT)], "2022-11-01")
    expected = found["expected"]
    assert [row.due.isoformat() for row in state.schedule] == expected["due_dates"]
    assert column(state, "principal") == expected["principal"]
    assert column(state, "interest") == expected["interest"]
    assert balances(state) == expected["balance_after"]
    assert column(state, "outstanding")[0] == expected["instalment"]
    assert column(state, "outstanding")[-1] == expected["last_instalment"]


def test_f03_equal_principal():
    found = case("F03")
    terms = fineract(interest=InterestRule(annual_rate=Decimal("0.12")))
    state = account(terms, [drawn(found["inputs"], RepaymentMethod.EQUAL_PRINCIPAL)], "2022-11-01")
    expected = found["expected"]
    assert set(column(state, "principal")[:-1]) == {expected["principal_per_period"]}
    assert column(state, "principal")[-1] == expected["last_principal"]
    assert column(state, "interest") == expected["interest"]
    assert column(state, "outstanding")[-1] == expected["last_instalment"]


def test_f04_flat_interest():
    found = case("F04")
    terms = fineract(
        interest=InterestRule(annual_rate=Decimal("0.12"), instalment_multiple=yuan("1"))
    )
    state = account(terms, [drawn(found["inputs"], RepaymentMethod.FLAT)], "2022-11-01")
    expected = found["expected"]
    assert set(column(state, "outstanding")[:-1]) == {expected["instalment"]}
    assert column(state, "outstanding")[-1] == expected["last_instalment"]
    assert set(column(state, "principal")[:-1]) == {expected["principal_per_period"]}
    assert column(state, "principal")[-1] == expected["last_principal"]
    assert set(column(state, "interest")) == {expected["interest_per_period"]}


def test_f09_interest_goes_on_for_four_late_days():
    found = case("F09")
    terms = fineract(
        day_count=DayCount.ACT_365F,
        interest=InterestRule(
            annual_rate=Decimal("0.12"),
            basis=InterestBasis.ACTUAL_BALANCE,
            instalment_multiple=yuan("1"),
        ),
    )
    paid = found["inputs"]["payments"][0]
    events = [
        drawn(found["inputs"], RepaymentMethod.EQUAL_INSTALMENT),
        pay(paid["amount"], paid["date"], ACCOUNT),
    ]
    state = account(terms, events, found["inputs"]["as_of"])
    expected = found["expected"]
    assert [row.due.isoformat() for row in state.schedule] == expected["due_dates"]
    assert column(state, "interest") == expected["interest"]
    assert column(state, "principal") == expected["principal"]
    assert balances(state) == expected["balance_after"]
    left = Money.total(row.outstanding for row in state.schedule)
    assert left.yuan_text == expected["outstanding"]


@pytest.mark.parametrize("base", [LateFeeBase.PRINCIPAL, LateFeeBase.PRINCIPAL_INTEREST])
def test_f12_a_late_fee_once_per_instalment(base: LateFeeBase):
    found = case("F12")
    penalty = found["inputs"]["penalty"]
    late_fee = LateFeeRule(Decimal(penalty["rate"]), base)
    terms = fineract(
        interest=InterestRule(annual_rate=Decimal("0.12")),
        penalty=PenaltyRule(PenaltyMethod.NONE, late_fee=late_fee),
    )
    events = [drawn(found["inputs"], RepaymentMethod.FLAT)]
    state = account(terms, events, found["inputs"]["as_of"])
    expected = found["expected"]
    if base is LateFeeBase.PRINCIPAL:
        rows = [
            [row.due.isoformat(), str(row.principal), str(row.interest), str(row.penalty)]
            for row in state.schedule
        ]
        assert rows == [[r[1], r[2], r[3], r[5]] for r in expected["rows"]]
        assert column(state, "outstanding") == [r[6] for r in expected["rows"]]
        assert balances(state) == [r[9] for r in expected["rows"]]
        left = Money.total(row.outstanding for row in state.schedule)
        assert left.yuan_text == expected["totals"]["outstanding"]
    else:
        variant = expected["variant_base_principal_plus_interest"]
        assert set(column(state, "penalty")) == {variant["penalty_per_instalment"]}
        assert set(column(state, "outstanding")) == {variant["total_due_per_instalment"]}


def test_l01_daily_penal_interest_after_grace():
    # The demand: 30 days of interest on 1,000,000 at 13.5% = 11,095.89; half of it is paid on the
    # due date. 30 days later, 4 of them grace, 26 days are charged at 25% a year on the rest.
    found = case("L01")
    penalty = found["inputs"]["penalty"]
    terms = plain_terms(
        interest=InterestRule(annual_rate=Decimal("0.135")),
        penalty=PenaltyRule(
            PenaltyMethod.FIXED_ANNUAL,
            annual_rate=Decimal(penalty["annual_rate"]),
            base=PenaltyBase.INTEREST,
        ),
        grace=GraceRule(4, GraceCharge.FROM_GRACE_END),
    )
    payload = LoanDisbursed(
        "loan", yuan("1000000"), 2, RepaymentMethod.INTEREST_FIRST, day("2024-05-31")
    )
    drawn_ = event(payload, "2024-05-01", ACCOUNT)
    first = account(terms, [drawn_], "2024-05-31").schedule[0]
    assert first.interest.yuan_text == found["inputs"]["overdue_interest_demand"]
    # Half is 5,547.945; whole fen make it 5,547.94 paid and 5,547.95 left.
    state = account(terms, [drawn_, pay("5547.94", "2024-05-31", ACCOUNT)], "2024-06-30")
    assert state.facts[0].segments[0].days == penalty["days"]
    assert state.schedule[0].penalty.yuan_text == found["expected"]["penalty"]


def _order(names: list[str]) -> tuple[AllocationPart, ...]:
    return tuple(AllocationPart(name) for name in names)


def test_f14_allocation_order_is_data():
    found = case("F14")
    order = found["inputs"]["allocation_order"]
    terms = fineract(
        allocation=AllocationRule(
            steps=(
                AllocationStep(Timing.PAST_DUE, _order(order["due"])),
                AllocationStep(Timing.DUE, _order(order["due"])),
                AllocationStep(Timing.IN_ADVANCE, _order(order["in_advance"]), Sweep.BY_ROW),
            )
        )
    )
    events = [drawn(found["inputs"], RepaymentMethod.EQUAL_PRINCIPAL)]
    for charge in found["inputs"]["charges"]:
        component = COMPONENTS[charge["type"]]
        posted = ChargePosted(charge["type"], component, yuan(charge["amount"]), day(charge["due"]))
        events.append(event(posted, "2023-01-01", ACCOUNT))
    paid = found["inputs"]["payments"][0]
    events.append(pay(paid["amount"], paid["date"], ACCOUNT))
    state = account(terms, events, paid["date"])
    went = state.payments[0]
    expected = found["expected"]
    assert {name: getattr(went, name).yuan_text for name in COMPONENTS} == expected["allocation"]
    first = [row for row in state.schedule if row.due == day(paid["date"])]
    assert Money.total(row.outstanding for row in first).yuan_text == "600.00"
    assert (
        total([contract(terms)], events, paid["date"], QuoteKind.PAYOFF_ALL)
        == expected["total_outstanding"]
    )


def test_f16_a_reversed_payment_never_was():
    found = case("F16")
    order = _order(found["inputs"]["allocation_order"])
    terms = fineract(
        allocation=AllocationRule(
            steps=tuple(AllocationStep(timing, order) for timing in Timing),
        )
    )
    payload = LoanDisbursed(
        "loan", yuan("1000"), 1, RepaymentMethod.EQUAL_PRINCIPAL, day("2023-02-01")
    )
    fee = ChargePosted("fee", Component.FEE, yuan("20.00"), day("2023-02-01"))
    penalty = ChargePosted("penalty", Component.PENALTY, yuan("20.00"), day("2023-02-01"))
    events = [
        event(payload, "2023-01-01", ACCOUNT),
        event(fee, "2023-01-10", ACCOUNT),
        pay("1020.00", "2023-01-25", ACCOUNT, event_id="p1"),
        event(Reversal("p1"), "2023-01-28", ACCOUNT),
        event(penalty, "2023-01-28", ACCOUNT),
        pay("1040.00", "2023-02-01", ACCOUNT),
    ]
    expected = found["expected"]
    paid_off = account(terms, events, "2023-01-25")
    assert {row.state for row in paid_off.schedule} == {RowState.PAID}
    assert paid_off.payments[0].principal.yuan_text == expected["after_p1"]["principal"]
    assert paid_off.payments[0].fee.yuan_text == expected["after_p1"]["fee"]
    reversed_ = account(terms, events, "2023-01-28")
    open_fee = sum(row.open_fee for row in reversed_.facts)
    open_penalty = sum(row.open_penalty for row in reversed_.facts)
    assert Money(open_fee).yuan_text == expected["after_reverse"]["outstanding_fee"]
    assert Money(open_penalty).yuan_text == expected["after_reverse"]["outstanding_penalty"]
    final = account(terms, events, "2023-02-01")
    for name in ("principal", "fee", "penalty"):
        assert getattr(final.payments[0], name).yuan_text == expected["final"][name]
    assert Money.total(r.outstanding for r in final.schedule).yuan_text == "0.00"


def test_the_conventions_are_options_and_do_not_leak():
    # The same loan under the product's own conventions gives the product's own figures:
    # 5,000.00 at 12% for 18 months by actual days, instalments to the fen.
    terms = replace(plain_terms(), interest=InterestRule(annual_rate=Decimal("0.12")))
    one: Contract = contract(terms)
    payload = LoanDisbursed(
        "loan", yuan("5000"), 18, RepaymentMethod.EQUAL_INSTALMENT, day("2022-12-01")
    )
    state = state_of([one], [event(payload, "2022-11-01", ACCOUNT)], "2022-11-01").account(ACCOUNT)
    # 5000 × 0.12 / 365 × 30 = 49.315… → 49.32 in November's 30 days.
    assert state.schedule[0].interest == yuan("49.32")
    assert Money.total(row.principal for row in state.schedule) == yuan("5000.00")
