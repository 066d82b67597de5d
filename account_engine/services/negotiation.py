"""Negotiation as use cases: propose, accept, decide, promise, declare a hardship.

Proposing stores offers and nothing else; accepting is in `account_engine.services.acceptance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from account_engine.domain.events import Event
from account_engine.domain.money import Money
from account_engine.domain.negotiation.budget import Budget, budget
from account_engine.domain.negotiation.option import Option, Proposal
from account_engine.domain.negotiation.policy import HardshipRule, Policy, ProofDocument
from account_engine.domain.negotiation.promise import check_promise
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.ports import (
    Queue,
    QueueItem,
    QueueStatus,
    Store,
    StoreReader,
    StoreWriter,
)
from account_engine.services import declarations
from account_engine.services.acceptance import Acceptances
from account_engine.services.appraisal import Appraise, appraise, business_date
from account_engine.services.consent import (
    give_consent,
    recordable,
    require_consent,
    withdraw_consent,
)
from account_engine.services.decisions import ApprovalRefused, Decision, Ruling
from account_engine.services.offers import (
    Acceptance,
    DecisionIncomplete,
    stored_offers,
)
from account_engine.services.withdrawal import Withdrawable, Withdrawal, Withdrawals

__all__ = ["Decision", "HardshipReceipt", "Negotiation"]


@dataclass(frozen=True, slots=True)
class HardshipReceipt:
    """A declared hardship: the event, and which proof (any one) is asked for by when.

    `documents` are the proofs with the names that a borrower reads.
    """

    event: Event
    proofs: tuple[str, ...]
    proof_due: date
    sensitive: bool
    documents: tuple[ProofDocument, ...] = ()


class Negotiation:
    """The use cases over one store and one policy."""

    def __init__(self, store: Store, policy: Policy, appraisal: Appraise = appraise) -> None:
        self._store = store
        self.policy = policy
        self._appraise = appraisal
        self._withdrawals = Withdrawals(policy.cooling_off)
        self._acceptances = Acceptances(policy, self._work_out)

    def propose(self, borrower_id: str, wishes: Wishes, now: datetime) -> Proposal:
        """Answer a request and keep its offers. Raises UnknownBorrower, InvalidWish.

        A sensitive hardship without a consent is kept, and answered, as some other hardship.
        """
        with self._store.read() as reader:
            wishes = recordable(wishes, self.policy, reader.stream(borrower_id).events)
            proposal = self._work_out(reader, borrower_id, wishes, business_date(now))
        if proposal.options:
            with self._store.write() as writer:
                writer.save_offers(stored_offers(proposal, wishes, now))
        return proposal

    def preview(self, borrower_id: str, wishes: Wishes, as_of: date) -> Proposal:
        """The same answer for any day, without keeping anything."""
        with self._store.read() as reader:
            return self._work_out(reader, borrower_id, wishes, as_of)

    def still_offered(self, borrower_id: str, offer_id: str, now: datetime) -> Option | None:
        """An offer of an earlier day that can be accepted as it was shown, else None."""
        with self._store.read() as reader:
            return self._acceptances.standing(reader, borrower_id, offer_id, now)

    def accept(
        self, borrower_id: str, offer_id: str, now: datetime, asked_by: str | None = None
    ) -> Acceptance:
        """Accept an offer; saying so twice is the same as once.

        Args:
            asked_by: the staff id of whoever put it forward for the borrower; they cannot approve
                it. None: the borrower did so alone.

        Raises:
            UnknownOffer: The borrower was never made this offer.
            ConcurrentChange: Eight attempts lost the race against other writers.
        """
        return self._store.retrying(
            lambda writer: self._acceptances.accept(writer, borrower_id, offer_id, now, asked_by)
        )

    def withdraw(self, borrower_id: str, offer_id: str, now: datetime) -> Acceptance:
        """Take back a request that waits for a person. Raises UnknownOffer, NothingToWithdraw."""
        return self._store.retrying(
            lambda writer: self._acceptances.withdraw(writer, borrower_id, offer_id, now)
        )

    def withdraw_agreement(self, borrower_id: str, offer_id: str, now: datetime) -> Withdrawal:
        """Take an agreed plan back within the cooling-off period; twice is the same as once.

        Raises UnknownOffer, WithdrawalRefused.
        """
        return self._store.retrying(
            lambda writer: self._withdrawals.withdraw(writer, borrower_id, offer_id, now)
        )

    def withdrawable(self, borrower_id: str, now: datetime) -> tuple[Withdrawable, ...]:
        """Every agreement that stands, whether it may be taken back, and what that would mean."""
        with self._store.read() as reader:
            return self._withdrawals.standing(reader.stream(borrower_id), now)

    def approvals(self, status: QueueStatus | None = QueueStatus.WAITING) -> tuple[QueueItem, ...]:
        """Requests that wait for a person, oldest first."""
        with self._store.read() as reader:
            return reader.queue(Queue.APPROVAL, status)

    def decide(
        self, request_id: str, decision: Decision, by: str, reason: str, now: datetime
    ) -> Acceptance:
        """Record what a person decided, and book the plan if they approved.

        Args:
            by: the staff id; policy says which role may decide. A refused try is audited.

        Raises UnknownCase, AlreadyDecided, DecisionIncomplete, ApprovalRefused.
        """
        if not by.strip():
            raise DecisionIncomplete("a decision needs a name", "by")
        if not reason.strip():
            raise DecisionIncomplete("a decision needs a reason", "reason")
        ruling = Ruling(decision, by.strip(), reason.strip(), now)
        try:
            return self._store.retrying(
                lambda writer: self._acceptances.decide(writer, request_id, ruling)
            )
        except ApprovalRefused as refused:
            detail = {"by": ruling.by, "reason": refused.reason.value}
            self._store.retrying(
                lambda writer: writer.audit("approval_refused", request_id, detail)
            )
            raise

    def promise(
        self,
        borrower_id: str,
        amount: Money,
        on: date,
        now: datetime,
        account_id: str | None = None,
        *,
        replaces: str | None = None,
    ) -> Event:
        """Keep a promise to pay. Raises InvalidWish, UnknownBorrower, UnknownAccount."""
        check_promise(amount, on, business_date(now), self.policy.promise)
        said = declarations.promise_made(borrower_id, amount, on, account_id, now, replaces)
        return self._say(said)

    def declare_hardship(
        self,
        borrower_id: str,
        hardship: HardshipKind,
        now: datetime,
        until: date | None = None,
        consent: str | None = None,
    ) -> HardshipReceipt:
        """Keep why the borrower cannot pay, and say which proof is asked for.

        Args:
            consent: id of the consent to recording exactly this, where policy wants one.

        Raises UnknownBorrower, ConsentNeeded.
        """
        rule = self.proof_rule(hardship)
        with self._store.read() as reader:
            require_consent(rule, reader.stream(borrower_id).events, consent)
        said = declarations.hardship_declared(borrower_id, hardship, until, consent, now)
        event = self._say(said)
        due = business_date(now) + timedelta(days=rule.proof_days)
        return HardshipReceipt(event, rule.proofs, due, rule.sensitive, rule.documents)

    def give_consent(
        self,
        borrower_id: str,
        hardship: HardshipKind,
        statement: str,
        evidence: str,
        now: datetime,
    ) -> Event:
        """Keep a separate consent. Raises UnknownBorrower, ConsentIncomplete."""
        return self._store.retrying(
            lambda writer: give_consent(writer, borrower_id, hardship, statement, evidence, now)
        )

    def withdraw_consent(self, borrower_id: str, consent_id: str, now: datetime) -> Event:
        """Take a consent back. Raises UnknownConsent."""
        return self._store.retrying(
            lambda writer: withdraw_consent(writer, borrower_id, consent_id, now)
        )

    def budget(self, borrower_id: str, income: Money, living_costs: Money, now: datetime) -> Budget:
        """What is left for debts this month, beside what they ask for; nothing is kept."""
        with self._store.read() as reader:
            stream, profile = reader.stream(borrower_id), reader.borrower(borrower_id)
        position = self._appraise(stream, profile, business_date(now)).position
        return budget(position, income, living_costs, self.policy.affordability)

    def proof_rule(self, hardship: HardshipKind) -> HardshipRule:
        """What the policy asks for as proof of a hardship."""
        return self.policy.hardship[hardship]

    def _work_out(
        self, reader: StoreReader, borrower_id: str, wishes: Wishes, as_of: date
    ) -> Proposal:
        stream = reader.stream(borrower_id)
        basis = self._appraise(stream, reader.borrower(borrower_id), as_of)
        return propose(basis.position, wishes, self.policy, as_of, basis.forecast)

    def _say(self, event: Event) -> Event:
        """Store what a borrower said; said twice on one day, the first time stands."""

        def once(writer: StoreWriter) -> Event:
            for known in writer.stream(event.borrower_id).events:
                if known.event_id == event.event_id:
                    return known
            writer.append(event.borrower_id, [event])
            return event

        return self._store.retrying(once)
