"""The one place where the engine is put together, and what is recorded, agreed and decided.

What is only asked is in `enquiries`.
"""

from __future__ import annotations

from datetime import date, datetime

from account_engine.catalogue.policy import load_policy
from account_engine.catalogue.products import Products
from account_engine.domain.event_checks import check_event
from account_engine.domain.events import Event
from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Proposal
from account_engine.domain.negotiation.policy import HardshipRule, Policy
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import DisputeReason, HardshipKind
from account_engine.ports import (
    Ingested,
    QueueItem,
    QueueStatus,
)
from account_engine.services import declarations
from account_engine.services.clock import BusinessClock
from account_engine.services.enquiries import Enquiries
from account_engine.services.negotiation import Decision, HardshipReceipt, Negotiation
from account_engine.services.offers import Acceptance
from account_engine.services.outreach import Outreach
from account_engine.services.settings import Settings
from account_engine.services.withdrawal import Withdrawable, Withdrawal
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore

__all__ = ["AccountEngine", "Settings"]


class AccountEngine(Enquiries):
    """Use cases over the store: every question, and whatever is recorded, agreed or decided.

    Every call takes the borrower id that the identity service returned; an unknown one raises
    UnknownBorrower, an account of somebody else UnknownAccount.
    """

    def __init__(
        self, store: SqlStore, products: Products, policy: Policy, clock: BusinessClock
    ) -> None:
        super().__init__(store, products, clock)
        self.negotiation = Negotiation(store, policy)
        self.outreach = Outreach(store)

    @classmethod
    def from_settings(cls, settings: Settings) -> AccountEngine:
        """Put the engine together. Raises StoreNotReady when migrations are missing."""
        products = Products.load(settings.data_dir / "products")
        store = SqlStore(settings.database_url, ContractCodec(products.terms))
        store.require_schema()
        policy = load_policy(settings.data_dir / "policy")
        return cls(store, products, policy, BusinessClock(settings.business_date))

    def close(self) -> None:
        """Give back every database connection."""
        self.store.close()

    def record(self, event: Event) -> Ingested:
        """Append an event from the lender's systems.

        Raises InvalidEvent, UnknownBorrower, UnknownAccount, ConflictingEvent; ConcurrentChange
        only when eight attempts lost the race against other writers.
        """
        check_event(event)
        return self.store.retrying(lambda writer: writer.append(event.borrower_id, [event])[0])

    def propose(self, borrower_id: str, wishes: Wishes) -> Proposal:
        """Answer a request for other terms and keep the offers; no state changes."""
        return self.negotiation.propose(borrower_id, wishes, self.clock.now())

    def accept(self, borrower_id: str, offer_id: str, now: datetime | None = None) -> Acceptance:
        """Accept an offer: checked again under the lock, booked once however often it is said."""
        return self.negotiation.accept(borrower_id, offer_id, now or self.clock.now())

    def approvals(self, status: QueueStatus | None = QueueStatus.WAITING) -> tuple[QueueItem, ...]:
        """Return the requests that wait for a person, oldest first."""
        return self.negotiation.approvals(status)

    def decide(self, request_id: str, decision: Decision, by: str, reason: str) -> Acceptance:
        """Record what a person decided on a request."""
        return self.negotiation.decide(request_id, decision, by, reason, self.clock.now())

    def promise(
        self,
        borrower_id: str,
        amount: Money,
        on: date,
        account_id: str | None = None,
        *,
        replaces: str | None = None,
    ) -> Event:
        """Store a promise to pay, in place of the one whose id is `replaces`. No debt changes."""
        now = self.clock.now()
        return self.negotiation.promise(borrower_id, amount, on, now, account_id, replaces=replaces)

    def withdraw_plan(self, borrower_id: str, offer_id: str) -> Withdrawal:
        """Take an agreement back within the cooling-off period.

        Raises UnknownOffer, WithdrawalRefused.
        """
        return self.negotiation.withdraw_agreement(borrower_id, offer_id, self.clock.now())

    def withdrawable(self, borrower_id: str) -> tuple[Withdrawable, ...]:
        """Every agreement that stands, until when it may be taken back, and what is due then."""
        return self.negotiation.withdrawable(borrower_id, self.clock.now())

    def declare_hardship(
        self,
        borrower_id: str,
        hardship: HardshipKind,
        until: date | None = None,
        consent: str | None = None,
    ) -> HardshipReceipt:
        """Store why the borrower cannot pay; return which proof is asked for.

        Raises ConsentNeeded where policy wants a consent and `consent` names none in force.
        """
        now = self.clock.now()
        return self.negotiation.declare_hardship(borrower_id, hardship, now, until, consent)

    def give_consent(
        self, borrower_id: str, hardship: HardshipKind, statement: str, evidence: str
    ) -> Event:
        """Store that the borrower agreed to recording this hardship; the event's id is the consent.

        Args:
            statement: name and version of the wording that was shown.
            evidence: where the yes can be found, such as a message id.
        """
        now = self.clock.now()
        return self.negotiation.give_consent(borrower_id, hardship, statement, evidence, now)

    def proof_rule(self, hardship: HardshipKind) -> HardshipRule:
        """Which documents are asked for (any one), in how many days, and whether a consent is."""
        return self.negotiation.proof_rule(hardship)

    def open_dispute(
        self,
        borrower_id: str,
        account_id: str,
        reason: DisputeReason,
        amount: Money | None = None,
        towards: str | None = None,
    ) -> Event:
        """Store that the borrower objects to an account, or to a bill or loan of it."""
        now = self.clock.now()
        event = declarations.dispute_opened(borrower_id, account_id, reason, amount, towards, now)
        with self.store.read() as reader:
            known = {one.event_id: one for one in reader.stream(borrower_id).events}
        if event.event_id not in known:
            self.record(event)
        # Said twice on one day: the first time stands.
        return known.get(event.event_id, event)
