"""What would happen if: a payment on a day, or nothing for a while.

Each answer is a fold over the real events and an imagined one; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.imagined import payment_event
from account_engine.domain.money import Money
from account_engine.domain.payloads import PaymentPurpose
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, BorrowerState
from account_engine.domain.terms import Contract

_SHOWN = (QuoteKind.OVERDUE, QuoteKind.DUE_NOW, QuoteKind.PAYOFF_ALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of an account that differs; values are codes, ISO dates or numbers as text."""

    account_id: str
    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two states and their quotes side by side."""

    before: BorrowerState
    after: BorrowerState
    before_quotes: Mapping[QuoteKind, Quote]
    after_quotes: Mapping[QuoteKind, Quote]
    changes: tuple[Change, ...]


def pay_on(
    contracts: Sequence[Contract],
    events: Sequence[Event],
    as_of: date,
    amount: Money,
    on: date,
    account_id: str | None = None,
    purpose: PaymentPurpose = PaymentPurpose.ORDINARY,
    seen_on: date | None = None,
    further: Sequence[tuple[Money, date]] = (),
) -> WhatIf:
    """Pay an amount on a day from `as_of` on, compared with paying nothing till then.

    Both are seen on the day of the payment, or on a later one. `further` are more payments, each on
    its day; those after the day that is seen count for nothing yet.
    """
    day = max(on, as_of)
    seen = max(seen_on or day, day)
    borrower = contracts[0].borrower_id
    imagined = [
        payment_event(borrower, account_id, part, max(then, as_of), number, purpose)
        for number, (part, then) in enumerate([(amount, on), *further])
    ]
    return _compare(fold(contracts, events, seen), fold(contracts, [*events, *imagined], seen))


def pay_nothing(
    contracts: Sequence[Contract], events: Sequence[Event], as_of: date, days: int
) -> WhatIf:
    """Pay nothing for some days, compared with today."""
    later = as_of + timedelta(days=days)
    return _compare(fold(contracts, events, as_of), fold(contracts, events, later))


def _compare(before: BorrowerState, after: BorrowerState) -> WhatIf:
    changes: list[Change] = []
    for old, new in zip(before.accounts, after.accounts, strict=True):
        for fact, old_value, new_value in zip(_FACTS, _facts(old), _facts(new), strict=True):
            if old_value != new_value:
                changes.append(Change(old.account_id, fact, old_value, new_value))
    return WhatIf(
        before=before,
        after=after,
        before_quotes={kind: quote(before, kind) for kind in _SHOWN},
        after_quotes={kind: quote(after, kind) for kind in _SHOWN},
        changes=tuple(changes),
    )


_FACTS = (
    "dpd",
    "ageing",
    "risk_class",
    "facility",
    "recall",
    "collection_stage",
    "next_due",
    "plan",
    "outstanding",
)


def _facts(account: AccountState) -> tuple[str, ...]:
    return (
        str(account.dpd),
        account.ageing.value,
        account.risk_class.value,
        account.facility.status.value,
        account.recall.stage.value,
        account.collection_stage.value,
        account.next_due.isoformat() if account.next_due else "",
        account.plan.status.value if account.plan else "",
        account.outstanding.yuan_text,
    )
