"""What may be asked about a borrower's accounts without anything being stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from account_engine.catalogue.products import Products
from account_engine.domain import what_if
from account_engine.domain.minimum_only import MinimumOnly, pay_minimum_only
from account_engine.domain.money import Money
from account_engine.domain.negotiation.whole_plan import whole_plans
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.repay_order import RepayOrder, repay_order
from account_engine.domain.state import BorrowerState, PlanState
from account_engine.domain.stress import StressDay, stress
from account_engine.domain.what_if import WhatIf
from account_engine.errors import UnknownAccount
from account_engine.ports import BorrowerProfile, BorrowerStream, Queue, QueueItem, QueueStatus
from account_engine.services.clock import BusinessClock
from account_engine.services.comparison import QuoteDifference, compare_quotes
from account_engine.services.histories import Histories
from account_engine.services.hypothetical import hypothetical_penalty, hypothetical_rest
from account_engine.store.sql_store import SqlStore


class Enquiries:
    """Questions over the store. `as_of` defaults to the business date everywhere.

    Every call takes the borrower id that the identity service returned; an unknown one raises
    UnknownBorrower, an account of somebody else UnknownAccount.
    """

    def __init__(self, store: SqlStore, products: Products, clock: BusinessClock) -> None:
        self.store = store
        self.products = products
        self.clock = clock
        self.histories = Histories(store)

    def borrower(self, borrower_id: str) -> BorrowerProfile:
        """Return who the borrower is, the phone number masked."""
        with self.store.read() as reader:
            return reader.borrower(borrower_id)

    def history(self, borrower_id: str) -> BorrowerStream:
        """Return the borrower's contracts and events."""
        return self.histories.stream(borrower_id)

    def state(self, borrower_id: str, as_of: date | None = None) -> BorrowerState:
        """Return the state of all the borrower's accounts on a day."""
        return self.histories.state(borrower_id, as_of or self.clock.today())

    def quote(
        self,
        borrower_id: str,
        kind: QuoteKind,
        as_of: date | None = None,
        account_ids: Sequence[str] | None = None,
    ) -> Quote:
        """Return an itemised amount for some or all of the borrower's accounts."""
        state = self.state(borrower_id, as_of)
        if account_ids is not None:
            self._require(state, account_ids)
        return quote(state, kind, None if account_ids is None else tuple(account_ids))

    def compare(
        self,
        borrower_id: str,
        kind: QuoteKind,
        later: date,
        account_ids: Sequence[str] | None = None,
    ) -> QuoteDifference:
        """Return the same quote today and on a later day, if nothing is paid in between."""
        before = self.quote(borrower_id, kind, account_ids=account_ids)
        after = self.quote(borrower_id, kind, later, account_ids)
        return compare_quotes(before, after)

    def what_if_payment(
        self,
        borrower_id: str,
        amount: Money,
        on: date,
        account_id: str | None = None,
        seen_on: date | None = None,
        further: Sequence[tuple[Money, date]] = (),
    ) -> WhatIf:
        """Return what paying `amount` on a day would change that day, or as `seen_on` a later one.

        `further` are payments after it, each on its day. Nothing is stored.
        """
        stream = self._account_stream(borrower_id, account_id)
        today = self.clock.today()
        return what_if.pay_on(
            stream.contracts,
            stream.events,
            today,
            amount,
            on,
            account_id,
            seen_on=seen_on,
            further=further,
        )

    def minimum_only(
        self, borrower_id: str, months: int = 12, account_id: str | None = None
    ) -> MinimumOnly:
        """Return the coming months if only the minimum is paid."""
        stream = self._account_stream(borrower_id, account_id)
        today = self.clock.today()
        return pay_minimum_only(stream.contracts, stream.events, today, months, account_id)

    def stress(self, borrower_id: str, days: int = 90) -> tuple[StressDay, ...]:
        """Return the coming days one by one if nothing is paid, with what is crossed when."""
        stream = self.history(borrower_id)
        return stress(stream.contracts, stream.events, self.clock.today(), days)

    def hypothetical_penalty(
        self, product_id: str, principal: Money, days: int, annual_rate: Decimal | None = None
    ) -> Quote:
        """Return what would be overdue on figures that anybody may name; no account is read.

        Raises UnknownProduct, InvalidSupposition.
        """
        terms = self.products.latest(product_id)
        return hypothetical_penalty(terms, principal, days, self.clock.today(), annual_rate)

    def hypothetical_rest(
        self,
        product_id: str,
        principal: Money,
        days: int,
        paid: Money,
        *,
        kind: QuoteKind = QuoteKind.OVERDUE,
        seen_on: date | None = None,
        annual_rate: Decimal | None = None,
        instalments: int = 1,
    ) -> Quote:
        """Return what is left of such a debt once `paid` came in today, seen on a later day.

        `principal` was missed in so many equal instalments, the oldest of them `days` ago.

        Raises UnknownProduct, InvalidSupposition.
        """
        return hypothetical_rest(
            self.products.latest(product_id),
            principal,
            days,
            self.clock.today(),
            paid,
            kind=kind,
            seen_on=seen_on,
            annual_rate=annual_rate,
            instalments=instalments,
        )

    def repay_order(self, borrower_id: str) -> RepayOrder:
        """Return which debt to pay first: by cost, and against a recall."""
        stream = self.history(borrower_id)
        return repay_order(stream.contracts, stream.events, self.clock.today())

    def plan_status(self, borrower_id: str) -> tuple[PlanState, ...]:
        """Return every plan of the borrower, in the order of agreement."""
        return whole_plans(self.state(borrower_id).accounts)

    def handoffs(self, status: QueueStatus | None = QueueStatus.WAITING) -> tuple[QueueItem, ...]:
        """Return the conversations that wait for a person, oldest first."""
        with self.store.read() as reader:
            return reader.queue(Queue.HANDOFF, status)

    def _account_stream(self, borrower_id: str, account_id: str | None) -> BorrowerStream:
        stream = self.history(borrower_id)
        known = {contract.account_id for contract in stream.contracts}
        if account_id is not None and account_id not in known:
            raise UnknownAccount("the borrower has no such account", "account_id")
        return stream

    @staticmethod
    def _require(state: BorrowerState, account_ids: Sequence[str]) -> None:
        known = {account.account_id for account in state.accounts}
        if not set(account_ids) <= known:
            raise UnknownAccount("the borrower has no such account", "account_id")
