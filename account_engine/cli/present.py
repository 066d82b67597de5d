"""Domain objects as JSON for the command line: money and rates as text, dates ISO."""

from __future__ import annotations

from typing import Any

from account_engine.domain.codec import to_json
from account_engine.domain.quote import Quote
from account_engine.domain.state import AccountState, BorrowerState, PlanState


def quote_json(quote: Quote) -> dict[str, Any]:
    """Return a quote with its items and its sums per account and component."""
    return {
        **to_json(quote),
        "by_account": to_json(quote.by_account()),
        "by_component": to_json(quote.by_component()),
    }


def state_json(state: BorrowerState) -> dict[str, Any]:
    """Return the state of all accounts."""
    return {
        "borrower_id": state.borrower_id,
        "as_of": to_json(state.as_of),
        "deceased": state.deceased,
        "accounts": [account_json(account) for account in state.accounts],
        "promises": to_json(state.promises),
        "hardships": to_json(state.hardships),
        "linkage_effects": to_json(state.linkage_effects),
    }


_PLAIN = (
    "account_id",
    "product_id",
    "display_name",
    "lender_name",
    "creditor",
    "dpd",
    "ageing",
    "risk_class",
    "oldest_unpaid_due",
    "next_due",
    "next_due_amount",
    "facility",
    "recall",
    "collection_stage",
    "credit_report",
    "reported_next",
    "disputes",
    "written_off",
    "closed",
    "extension_until",
    "credit",
    "outstanding",
    "annual_rate",
    "penalty_daily_rate",
)


def account_json(account: AccountState) -> dict[str, Any]:
    """Return one account with its buckets that hold anything, schedule and plans."""
    plain = {name: to_json(getattr(account, name)) for name in _PLAIN}
    return {
        **plain,
        "buckets": {
            bucket.value: money.yuan_text for bucket, money in account.buckets.items() if money
        },
        "schedule": to_json(account.schedule),
        "payments": to_json(account.payments),
        "plans": [plan_json(plan) for plan in account.plans],
    }


def plan_json(plan: PlanState) -> dict[str, Any]:
    """Return a plan with its rows."""
    content: dict[str, Any] = to_json(plan)
    return content
