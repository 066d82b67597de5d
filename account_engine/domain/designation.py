"""What payments name, where the contract does not let them (民法典560, agreed otherwise)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from account_engine.domain.events import Event
from account_engine.domain.ledger.order import in_order
from account_engine.domain.payloads import Payment
from account_engine.domain.terms import Contract


@dataclass(frozen=True, slots=True)
class SetAside:
    """A payment that names a debt and went the order of the terms instead.

    Attributes:
        account_id: the account whose terms decided.
        named: what the payment named: an account, or a line or row of it.
        clause: the clause of the terms.
    """

    event_id: str
    on: date
    account_id: str
    named: str
    clause: str


def set_aside(
    contracts: Sequence[Contract], events: Iterable[Event], as_of: date
) -> tuple[SetAside, ...]:
    """Payments up to a day whose designation the terms set aside, in order of value date."""
    strict = {one.account_id: one for one in contracts if not _may_name(one)}
    if not strict:
        return ()
    found: list[SetAside] = []
    for _, event in in_order(events, as_of):
        payload = event.payload
        if not isinstance(payload, Payment):
            continue
        contract = strict.get(payload.designated_account or event.account_id or "")
        named = payload.towards or payload.designated_account
        if contract is None or named is None:
            continue
        clause = contract.terms.clause("designation")
        found.append(SetAside(event.event_id, event.value_date, contract.account_id, named, clause))
    return tuple(found)


def _may_name(contract: Contract) -> bool:
    return contract.terms.allocation.debtor_designation
