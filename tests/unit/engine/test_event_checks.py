"""What is refused before it is stored: a sign turned round, days in the wrong order."""

from __future__ import annotations

from typing import Any

import pytest

from account_engine.domain.errors import InvalidEvent
from account_engine.domain.event_checks import check_event
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BillIssued,
    ChargePosted,
    Component,
    ExtensionAgreed,
    InterestPaused,
    LoanDisbursed,
    Payment,
    PlanAgreed,
    PlanLeg,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    Refund,
    RepaymentMethod,
    ScheduledRow,
    Waiver,
    WaiverCondition,
)
from tests.unit.engine.histories import day, event, yuan

TODAY = "2026-10-01"
EQUAL = RepaymentMethod.EQUAL_PRINCIPAL


def loan(**fields: Any) -> LoanDisbursed:
    """A loan of two rows, as it should be unless told otherwise."""
    right: dict[str, Any] = {
        "loan_id": "l",
        "principal": yuan("100.00"),
        "terms": 2,
        "method": EQUAL,
        "first_due": day("2026-11-01"),
    }
    return LoanDisbursed(**{**right, **fields})


def plan(*rows: PlanRowAgreed) -> PlanAgreed:
    """A plan of these rows."""
    return PlanAgreed("p", PlanTool.REAGE, PlanScope.WHOLE_BALANCE, (PlanLeg("huabei_like", rows),))


def row(number: int, due: str, **fields: Any) -> PlanRowAgreed:
    """A row of a plan."""
    return PlanRowAgreed(number, day(due), yuan("50.00"), **fields)


WRONG: tuple[tuple[Any, str], ...] = (
    (Payment(yuan("0.00")), "payload.amount"),
    (Payment(yuan("-1.00")), "payload.amount"),
    (Refund(yuan("0.00")), "payload.amount"),
    (BillIssued("b", day(TODAY), day("2026-09-30"), yuan("1.00")), "payload.due"),
    (BillIssued("b", day(TODAY), day("2026-10-10"), yuan("-1.00")), "payload.revolving_principal"),
    (
        BillIssued("b", day(TODAY), day("2026-10-10"), yuan("1.00"), posted_on=day("2026-10-02")),
        "payload.posted_on",
    ),
    (ChargePosted("c", Component.FEE, yuan("0.00"), day(TODAY)), "payload.amount"),
    (loan(principal=yuan("0.00")), "payload.principal"),
    (loan(terms=0), "payload.terms"),
    (loan(terms=601), "payload.terms"),
    (loan(first_due=day("2026-09-30")), "payload.first_due"),
    (loan(rows=(ScheduledRow(1, day("2026-11-01"), yuan("100.00")),)), "payload.terms"),
    (
        loan(
            rows=(
                ScheduledRow(1, day("2026-12-01"), yuan("50.00")),
                ScheduledRow(2, day("2026-11-01"), yuan("50.00")),
            )
        ),
        "payload.rows[1].due",
    ),
    (BillInstalmentBooked("i", yuan("10.00"), 0, day("2026-11-01")), "payload.terms"),
    (InterestPaused(day(TODAY)), "payload.until"),
    (ExtensionAgreed("x", day("2026-09-30")), "payload.new_due"),
    (
        Waiver("w", Component.PENALTY, condition=WaiverCondition.ON_PAYMENT),
        "payload.required",
    ),
    (plan(), "payload.legs"),
    (plan(row(1, "2026-09-01")), "payload.legs[0].rows[0].due"),
    (plan(row(2, "2026-11-01"), row(1, "2026-12-01")), "payload.legs[0].rows[1].number"),
    (
        plan(row(1, "2026-11-01", interest=yuan("1.00"), interest_owed=yuan("2.00"))),
        "payload.legs[0].rows[0].interest_owed",
    ),
)


@pytest.mark.parametrize(("payload", "field"), WRONG)
def test_what_no_lender_can_have_meant_is_refused_with_its_field(payload: Any, field: str):
    with pytest.raises(InvalidEvent) as caught:
        check_event(event(payload, TODAY))
    assert caught.value.field == field


@pytest.mark.parametrize(
    "payload",
    [
        BillIssued("b", day(TODAY), day("2026-10-10"), yuan("0.00")),  # an empty bill is real
        BillIssued("b", day(TODAY), day(TODAY), yuan("1.00")),
        loan(),
        loan(first_due=day(TODAY)),  # a first part paid at once
        Waiver("w", Component.PENALTY),
        plan(row(0, TODAY), row(1, "2026-11-01", interest=yuan("1.00"))),
    ],
)
def test_what_is_unusual_but_real_is_taken(payload: Any):
    check_event(event(payload, TODAY))
