"""One borrower on one day: the accounts, and what concerns them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.payloads import HardshipKind, ProofState, RecallTrigger
from account_engine.domain.records import quickly_made
from account_engine.domain.state.account import AccountState
from account_engine.domain.state.labels import PromiseStatus
from account_engine.domain.terms import LinkageCure, LinkageEffect


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise to pay and whether it was kept."""

    promise_id: str
    account_id: str | None
    amount: Money
    made_on: date
    on: date
    paid: Money
    status: PromiseStatus


@dataclass(frozen=True, slots=True)
class HardshipState:
    """A declared hardship and how far its proof is."""

    hardship_id: str
    hardship: HardshipKind
    declared_on: date
    proof: ProofState
    until: date | None


@dataclass(frozen=True, slots=True)
class LinkageState:
    """A default on one account that touches another."""

    source_account: str
    affected_account: str
    trigger: RecallTrigger
    effect: LinkageEffect
    cure: LinkageCure


@quickly_made
@dataclass(frozen=True)
class BorrowerState:
    """Everything about one borrower on one day."""

    borrower_id: str
    as_of: date
    accounts: tuple[AccountState, ...]
    deceased: bool
    deceased_on: date | None
    promises: tuple[PromiseState, ...]
    hardships: tuple[HardshipState, ...]
    linkage_effects: tuple[LinkageState, ...]

    def account(self, account_id: str) -> AccountState:
        """The state of one account. Raises KeyError when the borrower does not have it."""
        for account in self.accounts:
            if account.account_id == account_id:
                return account
        raise KeyError(account_id)
