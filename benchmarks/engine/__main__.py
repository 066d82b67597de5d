"""`python -m benchmarks.engine`: quotes from raw events, growth with events, another engine.

The other engine lives in an environment of its own under `var/`; where it cannot be installed, its
line says so and the rest is measured all the same.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from account_engine.domain.events import Event, EventKind
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import BillIssued, LoanDisbursed, Payment, RepaymentMethod
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from benchmarks.engine.history import ROOT, borrower, contracts

OTHER = ROOT / "var" / "money-warp"
OTHER_VERSION = "money-warp==0.33.*"
GROWTH = (1_000, 10_000, 100_000, 1_000_000)


def timed(call: Callable[[], object], runs: int) -> tuple[float, float]:
    """Best and median processor time of some runs, in milliseconds."""
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        call()
        spent.append((time.process_time() - begun) * 1000)
    spent.sort()
    return spent[0], spent[len(spent) // 2]


def yardstick() -> float:
    """Milliseconds for 100,000 additions in a loop, to compare machines by."""

    def loop() -> int:
        total = 0
        for number in range(100_000):
            total += number
        return total

    return timed(loop, 20)[0]


def one_quote() -> None:
    """A quote of one borrower from raw events."""
    accounts, events, as_of = borrower()
    kinds = Counter(event.kind.value for event in events)
    named = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    print(f"one borrower, 2 products, 36 months, {len(events)} events ({named})")
    best, median = timed(lambda: quote(fold(accounts, events, as_of), QuoteKind.PAYOFF_ALL), 200)
    print(f"  fold from raw events and quote: best {best:.2f} ms, median {median:.2f} ms of CPU")
    state = fold(accounts, events, as_of)
    best, median = timed(lambda: quote(state, QuoteKind.PAYOFF_ALL), 200)
    print(f"  quote from the folded state:    best {best:.3f} ms, median {median:.3f} ms of CPU")


def growth_history(size: int) -> list[Event]:
    """A bill every ten days and nine payments that settle it on its due date."""
    events: list[Event] = []
    begin = date(2000, 1, 1)
    for number in range(size // 10):
        day = begin + timedelta(days=10 * number)
        due = day + timedelta(days=9)
        bill = BillIssued(f"b{number}", day, due, Money(90_000))
        events.append(_event(f"b{number}", EventKind.BILL_ISSUED, day, bill))
        for part in range(9):
            events.append(_event(f"p{number}.{part}", EventKind.PAYMENT, due, _TEN))
    return events


_TEN = Payment(Money(10_000))


def _event(event_id: str, kind: EventKind, on: date, payload: BillIssued | Payment) -> Event:
    booked = datetime(on.year, on.month, on.day, tzinfo=timezone.utc)
    return Event(event_id, "b", "bills", kind, on, booked, payload)


def growth() -> None:
    """Time of a fold as its history grows."""
    print("growth: one account, nine payments on every bill")
    account = contracts()[0]
    for size in GROWTH:
        events = growth_history(size)
        as_of = events[-1].value_date
        best, _ = timed(lambda e=events, d=as_of: fold([account], e, d), 3 if size < 10**5 else 1)
        print(f"  {size:>9,} events: {best:>10.1f} ms, {best * 1000 / size:.2f} µs an event")


def against_money_warp() -> None:
    """The same 36-month loan with 18 late payments in both engines."""
    accounts, events = contracts()[1:], _loan_history()
    ours, _ = timed(
        lambda: quote(fold(accounts, events, date(2026, 11, 25)), QuoteKind.DUE_NOW), 100
    )
    print("one state of a 36-month loan with 18 late payments")
    print(f"  this engine: {ours:.2f} ms")
    theirs = _money_warp()
    if theirs is None:
        print(f"  {OTHER_VERSION}: could not be installed here, not measured")
        return
    print(f"  {OTHER_VERSION}: {theirs:.1f} ms, {theirs / ours:.0f} times as long")


def _loan_history() -> list[Event]:
    from benchmarks.engine.money_warp_state import dues

    drawn = date(2023, 11, 1)
    loan = LoanDisbursed(
        "loan", Money.yuan("60000"), 36, RepaymentMethod.EQUAL_INSTALMENT, dues()[0]
    )
    booked = datetime(2023, 11, 1, tzinfo=timezone.utc)
    events = [Event("loan", "b", "loan", EventKind.LOAN_DISBURSED, drawn, booked, loan)]
    for number, due in enumerate(dues()[:-1]):
        on = due + timedelta(days=5 if number % 2 else 0)
        when = datetime(on.year, on.month, on.day, 12, tzinfo=timezone.utc)
        paid = Payment(Money.yuan("2075"))
        events.append(Event(f"p{number}", "b", "loan", EventKind.PAYMENT, on, when, paid))
    return events


def _money_warp() -> float | None:
    """Milliseconds of the other engine, or None when it cannot be had."""
    python = OTHER / "bin" / "python"
    if not python.exists() and not _install(python):
        return None
    script = Path(__file__).with_name("money_warp_state.py")
    done = subprocess.run(
        [str(python), str(script)], capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        return None
    return float(json.loads(done.stdout)["seconds"]) * 1000


def _install(python: Path) -> bool:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    if not Path(uv).exists():
        return False
    for wanted in ("3.12", "3.11", "3.10"):
        made = subprocess.run(
            [uv, "venv", "-q", "--python", wanted, str(OTHER)], capture_output=True, check=False
        )
        if made.returncode:
            continue
        got = subprocess.run(
            [uv, "pip", "install", "-q", "--python", str(python), OTHER_VERSION],
            capture_output=True,
            check=False,
        )
        if got.returncode == 0:
            return True
        shutil.rmtree(OTHER, ignore_errors=True)
    return False


def main() -> int:
    """Print everything."""
    print(f"yardstick: 100,000 additions in a loop take {yardstick():.2f} ms here")
    one_quote()
    against_money_warp()
    growth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
