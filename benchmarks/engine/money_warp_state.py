"""Run by a Python that has money-warp: prints seconds of CPU for one state of the common loan.

The loan: 36 monthly rows of 60,000.00 at 14.6% a year; 18 rows are paid five days late, the others
on their day. Only the standard library and money-warp are imported.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date, datetime, timedelta, timezone

RUNS = 5


def dues() -> list[date]:
    """36 monthly due dates on the 20th, from December 2023."""
    return [date(2023 + (11 + i) // 12, (11 + i) % 12 + 1, 20) for i in range(36)]


def main() -> int:
    """Print the least processor time of some runs as JSON."""
    from money_warp import InterestRate, Loan, Money, Warp

    loan = Loan(
        Money("60000"),
        InterestRate("14.6% annual"),
        dues(),
        disbursement_date=datetime(2023, 11, 1, tzinfo=timezone.utc),
        fine_rate=InterestRate("2% annual"),
    )
    for number, due in enumerate(dues()[:-1]):
        on = due + timedelta(days=5 if number % 2 else 0)
        loan.record_payment(
            Money("2075"), datetime(on.year, on.month, on.day, 12, tzinfo=timezone.utc)
        )
    best = float("inf")
    for _ in range(RUNS):
        begun = time.process_time()
        with Warp(loan, datetime(2026, 11, 25, tzinfo=timezone.utc)) as warped:
            balance = warped.current_balance
        best = min(best, time.process_time() - begun)
    print(json.dumps({"seconds": best, "balance": str(balance)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
