"""A late bill of 1,200.00 and a plan of three rows for it."""

from __future__ import annotations

from account_engine.domain.payloads import (
    Component,
    PlanAgreed,
    PlanLeg,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
)
from tests.unit.engine.histories import bill, day, yuan

BILLS = "huabei_like"
BILL = bill("1200.00", "2026-10-10", "2026-10-01")
# Agreed on 20 October: three rows of 400.00; the penalty so far, 1200 × 0.0005 × 10 = 6.00, is
# given up when the plan is completed.
PLAN = PlanAgreed(
    "plan",
    PlanTool.ARREARS_INSTALMENT,
    PlanScope.ARREARS,
    (
        PlanLeg(
            BILLS,
            tuple(
                PlanRowAgreed(number, day(due), yuan("400.00"))
                for number, due in enumerate(("2026-11-10", "2026-12-10", "2027-01-10"), start=1)
            ),
            ((Component.PENALTY, yuan("6.00")),),
        ),
    ),
)
