"""Published cases of what is agreed or called in later: plans, re-ageing, recall, pauses."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from account_engine.domain.amortisation import split
from account_engine.domain.calendar import add_months
from account_engine.domain.delinquency import account_bucket, amounts_by_bucket, delinquent_since
from account_engine.domain.events import Event
from account_engine.domain.money import Money, Rounding
from account_engine.domain.payloads import (
    ChargePosted,
    Component,
    InterestPaused,
    PauseScope,
    PlanAgreed,
    PlanLeg,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    RecallNoticed,
    RecallTrigger,
    RepaymentMethod,
    Reversal,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from account_engine.domain.terms import (
    Approval,
    ClassificationRule,
    GraceRule,
    InterestBasis,
    InterestRule,
    ProductTerms,
    RecallRule,
    TriggerRule,
)
from tests.unit.engine.histories import (
    contract,
    day,
    event,
    pay,
    total,
    yuan,
)
from tests.unit.engine.published import (
    ACCOUNT,
    COMPONENTS,
    NEEDED,
    account,
    by_due,
    case,
    column,
    drawn,
    fineract,
    printed,
)

pytestmark = NEEDED


def _reamortised(found: dict[str, Any], charges: list[dict[str, Any]]) -> AccountState:
    inputs = found["inputs"]
    rows = [(row[0], row[1]) for row in inputs["schedule"]]
    on = inputs["re_amortise_on"]
    later = [row[0] for row in rows if row[0] > on]
    # The moved 125.00 in multiples of 1 over two rows: round half to even gives 62, the last 63.
    moved = split(12500, len(later), 100, Rounding.HALF_EVEN)
    leg = PlanLeg(
        ACCOUNT,
        tuple(
            PlanRowAgreed(number, day(due), Money(part))
            for number, (due, part) in enumerate(zip(later, moved, strict=True), start=1)
        ),
    )
    plan = PlanAgreed("plan", PlanTool.REAMORTISE, PlanScope.PRINCIPAL_ARREARS, (leg,))
    events = [
        printed(inputs["disbursed"], rows),
        pay("125.00", inputs["disbursed"], ACCOUNT),
        event(plan, on, ACCOUNT),
    ]
    for charge in charges:
        posted = ChargePosted("late", Component.PENALTY, yuan(charge["amount"]), day(charge["due"]))
        events.append(event(posted, charge["due"], ACCOUNT))
    return account(fineract(), events, on)


def test_f18_re_amortising_moves_overdue_principal_to_later_rows():
    found = case("F18")
    state = _reamortised(found, [])
    due = by_due(state)
    for when, amount in found["expected"]["principal_due"].items():
        assert Money(due[when][0]).yuan_text == amount
    left = Money.total(row.outstanding for row in state.schedule)
    assert left.yuan_text == found["expected"]["total_outstanding"]


def test_f19_penalties_stay_where_they_were():
    found = case("F19")
    state = _reamortised(found, found["inputs"]["charges"])
    due = by_due(state)
    for when, amounts in found["expected"]["due"].items():
        assert Money(due[when][0]).yuan_text == amounts["principal"]
        if "penalty" in amounts:
            owed = sum(r.open_penalty for r in state.facts if r.due == day(when).toordinal())
            assert Money(owed).yuan_text == amounts["penalty"]
    left = Money.total(row.outstanding for row in state.schedule)
    assert left.yuan_text == found["expected"]["total_outstanding"]


def _re_age(found: dict[str, Any], principal: int, interest: int) -> Event:
    wanted = found["inputs"]["re_age"]
    first, count = day(wanted["first_due"]), wanted["n"]
    principals, interests = split(principal, count), split(interest, count)
    rows = tuple(
        PlanRowAgreed(i + 1, add_months(first, i), Money(principals[i]), Money(interests[i]))
        for i in range(count)
    )
    leg = PlanLeg(ACCOUNT, rows)
    plan = PlanAgreed("plan", PlanTool.REAGE, PlanScope.WHOLE_BALANCE, (leg,))
    return event(plan, wanted["on"], ACCOUNT, "plan")


def _bucketed(buckets: list[list[Any]], grace: int) -> dict[str, Any]:
    rule = ClassificationRule(buckets=tuple((b[0], b[1], b[2]) for b in buckets))
    return {"classification": rule, "grace": GraceRule(days=grace)}


def test_f23_re_ageing_clears_delinquency_at_once():
    found, buckets = case("F23"), case("F30")["inputs"]["buckets"]
    inputs, expected = found["inputs"], found["expected"]
    terms = fineract(**_bucketed(buckets, 3))
    events = [
        printed(inputs["disbursed"], [(row[0], row[1]) for row in inputs["schedule"]]),
        pay("250.00", inputs["disbursed"], ACCOUNT),
    ]
    on = inputs["re_age"]["on"]
    before = account(terms, events, on)
    assert account_bucket(before) == expected["delinquency_before"]["bucket"]
    since = delinquent_since(before)
    assert since is not None
    assert since.isoformat() == expected["delinquency_before"]["delinquent_since"]
    after = account(terms, [*events, _re_age(found, 75000, 0)], on)
    assert (after.dpd, account_bucket(after)) == (0, "none")
    open_rows = [[r.due.isoformat(), str(r.outstanding)] for r in after.schedule if r.outstanding]
    assert open_rows == expected["instalments"]
    assert after.outstanding.yuan_text == expected["total_outstanding"]


def _seven_percent(**fields: Any) -> ProductTerms:
    return fineract(
        interest=InterestRule(annual_rate=Decimal("0.07"), basis=InterestBasis.ACTUAL_BALANCE),
        **fields,
    )


def test_f25_re_ageing_splits_principal_and_earned_interest_apart():
    found = case("F25")
    inputs, expected = found["inputs"], found["expected"]
    base = [
        drawn(inputs, RepaymentMethod.EQUAL_INSTALMENT),
        pay("17.01", "2024-02-01", ACCOUNT),
    ]
    unpaid = account(_seven_percent(), base[:1], "2024-01-01")
    assert column(unpaid, "principal") == inputs["base_schedule"]["principal"]
    assert column(unpaid, "interest") == inputs["base_schedule"]["interest"]
    before = account(_seven_percent(), base, inputs["re_age"]["on"])
    earned = sum(row.earned_interest for row in before.facts)
    assert Money(earned).yuan_text == expected["re_aged_interest"]
    assert before.outstanding.yuan_text == expected["re_aged_principal"]
    plan = _re_age(found, 8357, earned)
    after = account(_seven_percent(), [*base, plan], inputs["re_age"]["on"])
    rows = [row for row in after.schedule if row.outstanding]
    assert [row.due.isoformat() for row in rows] == expected["due_dates"]
    assert [str(row.principal) for row in rows] == expected["principal"]
    assert [str(row.interest) for row in rows] == expected["interest"]
    assert [str(row.outstanding) for row in rows] == expected["total"]
    paid = Money.total(row.paid_interest for row in after.schedule)
    assert (paid + Money.total(r.interest for r in rows)).yuan_text == "1.29"
    undone = expected["undo_on_2024_04_01"]
    events = [*base, plan, event(Reversal("plan"), "2024-04-01", ACCOUNT)]
    restored = account(_seven_percent(), events, "2024-04-01")
    assert column(restored, "interest") == undone["interest"]
    assert column(restored, "principal") == undone["principal"]
    left = Money.total(row.outstanding for row in restored.schedule)
    assert left.yuan_text == undone["total_outstanding"]


@pytest.mark.parametrize("scenario", ["S1", "S2", "S3"])
def test_f27_acceleration_drops_unearned_interest(scenario: str):
    found = case("F27")
    wanted = found["expected"][scenario]
    due = by_due(_terminated(found, wanted["final_due"]))
    principal, interest = due[wanted["final_due"]]
    assert Money(principal).yuan_text == wanted["principal"]
    assert Money(interest).yuan_text == wanted["interest"]
    assert Money(principal + interest).yuan_text == wanted["total"]
    assert sum(p + i for p, i in due.values()) == principal + interest


def test_f27_what_was_overdue_keeps_its_due_date():
    found = case("F27")
    due = by_due(_terminated(found, "2024-03-31"))
    for when, principal, interest, _ in found["expected"]["S5"]["rows"]:
        assert [Money(fen).yuan_text for fen in due[when]] == [principal, interest]
    everything = Money(sum(p + i for p, i in due.values()))
    assert everything.yuan_text == found["expected"]["S5"]["total"]


def _terminated(found: dict[str, Any], on: str) -> AccountState:
    officer = TriggerRule(RecallTrigger.RISK_OFFICER, approval=Approval.NEEDED)
    terms = _seven_percent(recall=RecallRule(triggers=(officer,), notice_days=1))
    notice = RecallNoticed(
        "notice", RecallTrigger.RISK_OFFICER, day(on), "termination", approved_by="officer"
    )
    events = [
        drawn(found["inputs"], RepaymentMethod.EQUAL_INSTALMENT),
        pay("17.01", "2024-02-01", ACCOUNT),
        event(notice, "2024-02-10", ACCOUNT),
    ]
    return account(terms, events, on)


def _paused(pause: list[str] | None, resume: str | None) -> list[Event]:
    if pause is None:
        return []
    until = day(resume) if resume else day(pause[1])
    return [event(InterestPaused(until, (PauseScope.DELINQUENCY,)), pause[0], ACCOUNT)]


def test_f30_delinquency_of_the_loan_with_grace_and_pause():
    found = case("F30")
    inputs = found["inputs"]
    terms = fineract(**_bucketed(inputs["buckets"], inputs["grace_days_loan_level"]))
    loan = printed("2023-09-15", [(row[0], row[1]) for row in inputs["instalments"]])
    for wanted in found["expected"]["loan_level"]:
        events = [loan, *_paused(wanted.get("pause"), wanted.get("resume"))]
        state = account(terms, events, wanted["as_of"])
        assert state.dpd == wanted["past_due_days"]
        assert state.delinquent_days == wanted["delinquent_days"]
        if "bucket" in wanted:
            assert account_bucket(state).upper() == wanted["bucket"]
        if "amount" in wanted:
            overdue = total([contract(terms)], events, wanted["as_of"], QuoteKind.OVERDUE)
            assert overdue == wanted["amount"]
        if "delinquent_date" in wanted:
            assert str(delinquent_since(state)) == wanted["delinquent_date"]


def test_f30_delinquency_of_each_instalment():
    found = case("F30")
    inputs = found["inputs"]
    terms = fineract(**_bucketed(inputs["buckets"], inputs["grace_days_instalment_level"]))
    loan = printed("2023-09-15", [(row[0], row[1]) for row in inputs["instalments"]])
    for wanted in found["expected"]["instalment_level"]:
        events = [loan, *_paused(wanted.get("pause"), None)]
        for name, amount, due in wanted.get("extra", []):
            charge = ChargePosted(name, COMPONENTS[name], yuan(amount), day(due))
            events.append(event(charge, "2023-10-01", ACCOUNT))
        state = account(terms, events, wanted["as_of"])
        amounts = {label: str(amount) for label, amount in amounts_by_bucket(state).items()}
        assert amounts == wanted["amounts"]


def test_f30_other_loans():
    found = case("F30")
    terms = fineract(**_bucketed(found["inputs"]["buckets"], 3))
    for wanted in found["expected"]["other_loans_loan_level"]:
        before = day(wanted["due"]) - timedelta(days=15)
        loan = printed(before.isoformat(), [(wanted["due"], "250.00")])
        state = account(terms, [loan], wanted["as_of"])
        assert account_bucket(state) == wanted["bucket"]
        if "delinquent_date" in wanted:
            assert str(delinquent_since(state)) == wanted["delinquent_date"]
