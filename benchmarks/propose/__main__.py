"""Time of one proposal for each demonstration borrower and request, and how much was weighed.

Measured is `propose` on a folded position (enumerating, pricing, choosing, the whole offers), and
the service around it: reading the history, folding it, and the folds of doing nothing for 30, 60
and 90 days. `python -m benchmarks.propose`
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.negotiation.case import open_case
from account_engine.domain.negotiation.limits import sift
from account_engine.domain.negotiation.proposal import drafts, propose
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.services.appraisal import appraise
from account_engine.services.demo import seed_demo
from account_engine.services.engine import AccountEngine
from account_engine.services.settings import Settings
from account_engine.store.migration import migrate

TODAY = date(2026, 11, 21)
_HARDSHIP = HardshipKind.UNEMPLOYMENT
REQUESTS = {
    "no wishes": Wishes(),
    "800 a month": Wishes(monthly=Money.yuan("800"), hardship=_HARDSHIP),
    "everything at once": Wishes(
        monthly=Money.yuan("800"), terms=12, day_of_month=15, down_payment=Money.yuan("500"),
        waiver=True, income=Money.yuan("6000"), living_costs=Money.yuan("3000"),
        hardship=_HARDSHIP,
    ),
}  # fmt: skip
_RUNS = 30


def best_ms(call: Callable[[], object]) -> float:
    """Best processor time of some runs, in milliseconds."""
    spent = []
    for _ in range(_RUNS):
        begun = time.process_time()
        call()
        spent.append(time.process_time() - begun)
    return min(spent) * 1000


def main() -> None:
    """Print a row for each borrower and request."""
    with tempfile.TemporaryDirectory(prefix="yuqi-propose-") as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/a.db", business_date=TODAY)
        migrate(settings.database_url)
        seed_demo(settings)
        engine = AccountEngine.from_settings(settings)
        print(f"{'borrower':>8}  {'request':<18}  drafts  allowed  shown  propose ms  service ms")
        for borrower_id in ("zhang", "li", "wang", "zhao", "chen"):
            for name, wishes in REQUESTS.items():
                _row(engine, borrower_id, name, wishes)
        engine.close()
    print("best processor time of 30 runs; drafts: options enumerated and priced")


def _row(engine: AccountEngine, borrower_id: str, name: str, wishes: Wishes) -> None:
    policy = engine.negotiation.policy
    stream = engine.history(borrower_id)
    position = appraise(stream, engine.borrower(borrower_id), TODAY).position
    case = open_case(position, wishes, policy)
    sifted = sift(drafts(case), case)
    shown = len(propose(position, wishes, policy, TODAY).options)
    pure = best_ms(lambda: propose(position, wishes, policy, TODAY))
    whole = best_ms(lambda: engine.negotiation.preview(borrower_id, wishes, TODAY))
    weighed = len(sifted.allowed) + len(sifted.barred)
    print(
        f"{borrower_id:>8}  {name:<18}  {weighed:>6}  {len(sifted.allowed):>7}  {shown:>5}"
        f"  {pure:>10.1f}  {whole:>10.1f}"
    )


if __name__ == "__main__":
    main()
