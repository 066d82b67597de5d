"""From books to frozen state."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from itertools import accumulate
from typing import Final

from account_engine.domain.ledger import standing
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.borrower import BorrowerBook
from account_engine.domain.ledger.cap import headroom
from account_engine.domain.ledger.facility import facility
from account_engine.domain.ledger.facts import Facts
from account_engine.domain.ledger.linkage import linkage_effects
from account_engine.domain.ledger.payoff import prepayment_fee
from account_engine.domain.ledger.plans import breaching_row, plan_state
from account_engine.domain.ledger.recall import available_triggers
from account_engine.domain.ledger.undertakings import PlanBook
from account_engine.domain.money import Money
from account_engine.domain.records import maker
from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    DisputeState,
    HardshipState,
    LinkageState,
    PlanState,
    PlanStatus,
    PromiseState,
    PromiseStatus,
    RecallStage,
    RecallState,
)

# Constants of the module: compiled, an enum's own lookup takes many times as long.
_EFFECTIVE: Final = RecallStage.EFFECTIVE
_NO_RECALL: Final = RecallStage.NONE
_NEVER_RECALLED: Final = RecallState()
"""Most accounts: one record for all of them."""
_borrower: Final = maker(BorrowerState)
_account: Final = maker(AccountState)
_recall_state: Final = maker(RecallState)


def borrower_state(whole: BorrowerBook, day: int, paid_rows: bool = True) -> BorrowerState:
    """The state of a borrower whose books are at the end of a day, with or without paid rows."""
    effects = linkage_effects(list(whole.books.values()), day)
    accounts = tuple(
        account_state(
            whole,
            book,
            day,
            [e for e in effects if e.affected_account == account_id],
            paid_rows,
        )
        for account_id, book in whole.books.items()
    )
    deceased = whole.deceased_on
    return _borrower(
        borrower_id=whole.borrower_id,
        as_of=date.fromordinal(day),
        accounts=accounts,
        deceased=deceased is not None,
        deceased_on=date.fromordinal(deceased) if deceased is not None else None,
        promises=tuple(_promises(whole, day)),
        hardships=tuple(
            HardshipState(h.hardship_id, h.hardship, date.fromordinal(on), h.proof, h.until)
            for on, h in whole.hardships.values()
        ),
        linkage_effects=tuple(effects),
    )


def account_state(
    whole: BorrowerBook, book: Book, day: int, linkage: list[LinkageState], paid_rows: bool
) -> AccountState:
    """The state of one account."""
    contract, terms = book.contract, book.rules.terms
    facts = Facts(book, day, paid_rows)
    oldest = book.oldest_unpaid(day)
    dpd = 0 if oldest is None else day - oldest
    next_due, next_amount = _next_due(facts, day)
    extension = book.extension_until
    others = [other for other in whole.books.values() if other is not book]
    room = headroom(book, day)
    return _account(
        account_id=book.account_id,
        product_id=terms.product_id,
        display_name=terms.display_name,
        brand=terms.brand,
        lender_name=contract.lender_name,
        creditor=standing.creditor_change(book, day) or contract.lender_name,
        as_of=date.fromordinal(day),
        dpd=dpd,
        delinquent_days=delinquent_days(book, day, oldest),
        ageing=standing.ageing(dpd, book.rules.grace, terms.classification),
        risk_class=standing.risk_class(book, dpd, terms.classification),
        oldest_unpaid_due=date.fromordinal(oldest) if oldest is not None else None,
        next_due=next_due,
        next_due_amount=next_amount,
        facts=facts.rows,
        allocations=tuple(book.allocations),
        facility=facility(book, day, dpd, whole.deceased_on, linkage),
        recall=_recall(book, day, others),
        plans=tuple(_plan(plan, day) for plan in book.plans),
        collection_stage=standing.collection_stage(book, day, dpd, whole.deceased_on),
        credit_report=standing.credit_report(book, day),
        disputes=tuple(
            DisputeState(d.dispute_id, d.reason, date.fromordinal(on), d.amount, d.towards)
            for on, d in book.disputes.values()
        ),
        written_off=book.written_off_on is not None,
        closed=book.closed_on is not None,
        extension_until=(
            date.fromordinal(extension) if extension is not None and extension >= day else None
        ),
        extensions_used=sum(day - on < 365 for on in book.extensions),
        waivers_used=sum(day - on < 365 for on in book.waivers),
        credit=Money(book.credit),
        unearned_interest=Money(facts.unearned),
        charge_headroom=Money(room) if room is not None else None,
        delinquency_pauses=book.delinquency_pauses,
        prepayment_fee=Money(prepayment_fee(book, day)),
        annual_rate=book.rules.annual,
        penalty_daily_rate=book.rules.penalty_rate,
        uncapped_daily_rate=book.rules.uncapped_rate,
        carry_daily_rate=book.rules.carry_rate,
        terms=terms,
    )


def delinquent_days(book: Book, day: int, oldest: int | None) -> int:
    """Days past due without grace and without the overlap of agreed pauses."""
    if oldest is None:
        return 0
    paused = sum(
        max(0, min(end, day) - max(start, oldest)) for start, end in book.delinquency_pauses
    )
    return max(0, day - oldest - book.rules.grace - paused)


def _next_due(facts: Facts, day: int) -> tuple[date | None, Money]:
    upcoming = [row for row in facts.rows if row.due >= day and row.open_total]
    if not upcoming:
        return None, Money(0)
    due = min(row.due for row in upcoming)
    total = sum(row.open_total for row in upcoming if row.due == due)
    return date.fromordinal(due), Money(total)


def _recall(book: Book, day: int, others: list[Book]) -> RecallState:
    recall = book.recall
    stage = recall.stage
    if stage is _EFFECTIVE and not standing.owes(book):
        stage = RecallStage.SETTLED
    if stage is _NO_RECALL and book.warned_on is not None:
        stage = RecallStage.WARNED
    available = available_triggers(book, day, others)
    if stage is _NO_RECALL and not available and not book.warning_events:
        return _NEVER_RECALLED
    return _recall_state(
        stage=stage,
        trigger=recall.trigger or book.warning_trigger,
        warned_on=_date(recall.warned_on or book.warned_on),
        noticed_on=_date(recall.noticed_on),
        effective_on=_date(recall.effective_on),
        ended_on=_date(recall.ended_on),
        basis=recall.basis,
        amount=Money(recall.amount) if recall.amount is not None else None,
        source_account=recall.source_account,
        notice_id=recall.notice_id,
        defects=recall.defects,
        available=available,
        event_ids=tuple(recall.events or book.warning_events),
    )


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def _plan(plan: PlanBook, day: int) -> PlanState:
    if plan.frozen is not None:
        return plan.frozen
    if plan.completed_on is not None:
        return plan_state(plan, day, PlanStatus.COMPLETED, plan.completed_on)
    broken = breaching_row(plan, day) is not None
    return plan_state(plan, day, PlanStatus.BROKEN if broken else PlanStatus.ACTIVE, None)


def _promises(whole: BorrowerBook, day: int) -> list[PromiseState]:
    received: dict[str | None, _Received] = {}
    replaced = {promise.replaces for _, _, promise in whole.promises}
    states = []
    for made_on, account_id, promise in whole.promises:
        if account_id not in received:
            received[account_id] = _Received(whole, account_id)
        last = promise.on.toordinal()
        paid = received[account_id].between(made_on, last)
        if promise.promise_id in replaced:
            status = PromiseStatus.REPLACED
        elif paid >= promise.amount.fen:
            status = PromiseStatus.KEPT
        else:
            status = PromiseStatus.BROKEN if day > last else PromiseStatus.OPEN
        states.append(
            PromiseState(
                promise.promise_id,
                account_id,
                promise.amount,
                date.fromordinal(made_on),
                promise.on,
                Money(paid),
                status,
            )
        )
    return states


class _Received:
    """Payments on one account, or on all, summed up by day."""

    def __init__(self, whole: BorrowerBook, account_id: str | None) -> None:
        of_it = [p for p in whole.payments if account_id is None or p[1] == account_id]
        self._days = [on for on, _, _ in of_it]
        self._sums = [0, *accumulate(fen for _, _, fen in of_it)]

    def between(self, first: int, last: int) -> int:
        """Fen received from a day to a day, both included."""
        return (
            self._sums[bisect_right(self._days, last)] - self._sums[bisect_left(self._days, first)]
        )
