"""What a portfolio is steered by: a few labels per account, and how they changed overnight."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from account_engine.domain.state import AccountState, BorrowerState
from account_engine.store.payload_codec import canonical

LABELS = (
    "ageing",
    "risk_class",
    "facility",
    "recall",
    "plan",
    "collection",
    "dispute",
    "recall_allowed",
)
"""The labels of an account, in the order in which they are stored."""

AccountLabels = tuple[str, ...]
Labels = Mapping[str, AccountLabels]


@dataclass(frozen=True, slots=True)
class LabelChange:
    """The labels of one account that changed; `before` is None on the first night."""

    account_id: str
    before: dict[str, str] | None
    after: dict[str, str]


def labels_of(state: BorrowerState) -> dict[str, AccountLabels]:
    """Return {account id: labels}."""
    return {account.account_id: _labels(account) for account in state.accounts}


def dump_labels(labels: Labels) -> str:
    """Return the text under which labels are stored; equal labels, equal text."""
    return canonical({account: list(values) for account, values in labels.items()})


def load_labels(text: str) -> dict[str, AccountLabels]:
    """Return the labels that `dump_labels` wrote."""
    return {account: tuple(values) for account, values in json.loads(text).items()}


def changes(before: Labels | None, after: Labels) -> Iterator[LabelChange]:
    """Yield the accounts whose labels changed, with only those that did."""
    for account, now in after.items():
        was = None if before is None else before.get(account)
        if was is None:
            yield LabelChange(account, None, dict(zip(LABELS, now, strict=True)))
        elif was != now:
            pairs = [
                (name, old, new)
                for name, old, new in zip(LABELS, was, now, strict=True)
                if old != new
            ]
            yield LabelChange(
                account,
                {name: old for name, old, _ in pairs},
                {name: new for name, _, new in pairs},
            )


def _labels(account: AccountState) -> AccountLabels:
    plan = account.plan
    return (
        account.ageing.value,
        account.risk_class.value,
        account.facility.status.value,
        account.recall.stage.value,
        "none" if plan is None else plan.status.value,
        account.collection_stage.value,
        "open" if account.disputed else "none",
        "+".join(trigger.value for trigger in account.recall.available) or "none",
    )
