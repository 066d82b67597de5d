"""Debts and policies that the negotiation tests are written about."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from account_engine.catalogue.policy import load_policy
from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Option, Proposal, ReasonCode
from account_engine.domain.negotiation.policy import Policy
from account_engine.domain.negotiation.position import AccountPosition, DebtPosition, Upcoming
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.wishes import Wishes

TODAY = date(2026, 11, 21)
POLICY_FOLDER = Path(__file__).resolve().parents[3] / "data" / "policy"

# 0.05% a day, as both demo products charge: 18.25% a year.
RATE = Decimal("0.1825")
DAILY = Decimal("0.0005")


def yuan(text: str | int) -> Money:
    return Money.yuan(text)


@lru_cache(maxsize=1)
def demo_policy() -> Policy:
    return load_policy(POLICY_FOLDER)


def policy_with(folder: Path, *edits: tuple[str, str, str]) -> Policy:
    """The shipped policy from a copy of its files: (file, line as shipped, line instead)."""
    copied = folder / "policy"
    shutil.copytree(POLICY_FOLDER, copied)
    for name, old, new in edits:
        text = (copied / name).read_text(encoding="utf-8")
        assert old in text
        (copied / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_policy(copied)


def loan(dpd: int = 10, **changes: Any) -> AccountPosition:
    """A 借呗-like loan: 1,000.00 of principal, 15.00 interest and 2.40 penalty overdue."""
    values: dict[str, Any] = {
        "account_id": "jiebei-1",
        "product_id": "jiebei_like",
        "display_name": "借呗",
        "lender_name": "示例消费金融公司",
        "dpd": dpd,
        "annual_rate": RATE,
        "overdue_principal": yuan("1000.00"),
        "overdue_interest": yuan("15.00"),
        "overdue_penalty": yuan("2.40"),
        "penalty_base": yuan("1000.00"),
        "penalty_daily_rate": DAILY,
        "minimum_due": yuan("1017.40"),
    }
    return AccountPosition(**{**values, **changes})


def bill(**changes: Any) -> AccountPosition:
    """A 花呗-like bill of 1,000.00 due 2026-12-10, not overdue."""
    values: dict[str, Any] = {
        "account_id": "huabei-1",
        "product_id": "huabei_like",
        "display_name": "花呗",
        "lender_name": "示例消费金融公司",
        "dpd": 0,
        "annual_rate": RATE,
        "unmatured_principal": yuan("1000.00"),
        "upcoming": (
            Upcoming(
                date(2026, 12, 10),
                yuan("1000.00"),
                Money(0),
                Money(0),
                "bill/2026-11",
                revolving=True,
            ),
        ),
        "penalty_daily_rate": DAILY,
        "minimum_due": yuan("100.00"),
    }
    return AccountPosition(**{**values, **changes})


def debt(*accounts: AccountPosition, **changes: Any) -> DebtPosition:
    values: dict[str, Any] = {"borrower_id": "somebody", "as_of": TODAY, "accounts": accounts}
    return DebtPosition(**{**values, **changes})


def ask(position: DebtPosition, policy: Policy | None = None, **wishes: Any) -> Proposal:
    """Propose on the position's own day under the demo policy."""
    return propose(position, Wishes(**wishes), policy or demo_policy(), position.as_of)


def codes(proposal: Proposal) -> list[ReasonCode]:
    return [reason.code for reason in proposal.reasons]


def rows_of(option: Option) -> list[tuple[str, str]]:
    """Due date and amount of each row, as text."""
    return [(row.due.isoformat(), row.amount.yuan_text) for row in option.schedule]


def arrears(dpd: int = 45, amount: str = "8000.00", **changes: Any) -> DebtPosition:
    """Principal overdue, nothing else: 8,000.00 at 18.25% a year in T2."""
    values: dict[str, Any] = {
        "overdue_principal": yuan(amount),
        "overdue_interest": Money(0),
        "overdue_penalty": Money(0),
        "penalty_base": yuan(amount),
        "minimum_due": yuan(amount),
    }
    return debt(loan(dpd, **{**values, **changes}))
