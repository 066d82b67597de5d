"""What a portfolio is steered by: a few labels per account, and how they changed overnight."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from account_engine.domain.state import AccountState, BorrowerState
from account_engine.store.payload_codec import canonical, quoted

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


class LabelChange(NamedTuple):
    """The labels of one account that changed overnight; `before` is None on the first night."""

    account_id: str
    before: AccountLabels | None
    after: AccountLabels

    @property
    def text(self) -> str:
        """The change as the outbox keeps it: only labels that are not what they were."""
        return _change_text(self.before, self.after)


def labels_of(state: BorrowerState) -> dict[str, AccountLabels]:
    """Return {account id: labels}."""
    return {account.account_id: _labels(account) for account in state.accounts}


def dump_labels(labels: Labels) -> str:
    """Return the text under which labels are stored, as `canonical`; equal labels, equal text."""
    return f"{{{','.join([f'{quoted(key)}:{_text(labels[key])}' for key in sorted(labels)])}}}"


def load_labels(text: str) -> dict[str, AccountLabels]:
    """Return the labels that `dump_labels` wrote."""
    return {account: tuple(values) for account, values in json.loads(text).items()}


def changes(before: Labels | None, after: Labels) -> Iterator[LabelChange]:
    """Yield the accounts whose labels changed."""
    for account, now in after.items():
        was = None if before is None else before.get(account)
        if was != now:
            yield LabelChange(account, was, now)


@lru_cache(maxsize=4096)
def _change_text(before: AccountLabels | None, after: AccountLabels) -> str:
    if before is None:
        return canonical({"before": None, "after": dict(zip(LABELS, after, strict=True))})
    pairs = [
        (name, old, new) for name, old, new in zip(LABELS, before, after, strict=True) if old != new
    ]
    return canonical(
        {
            "before": {name: old for name, old, _ in pairs},
            "after": {name: new for name, _, new in pairs},
        }
    )


@lru_cache(maxsize=4096)
def _text(values: AccountLabels) -> str:
    """The labels of one account; a portfolio has a few hundred combinations."""
    return canonical(values)


def _labels(account: AccountState) -> AccountLabels:
    # `_value_` is what `.value` looks up, which takes ten times as long.
    plan, recall = account.plan, account.recall
    allowed = "+".join([trigger.value for trigger in recall.available]) if recall.available else ""
    return (
        account.ageing._value_,
        account.risk_class._value_,
        account.facility.status._value_,
        recall.stage._value_,
        "none" if plan is None else plan.status._value_,
        account.collection_stage._value_,
        "open" if account.disputes else "none",
        allowed or "none",
    )
