"""Whether an account can be used anew: every reason against it, and what has to happen first."""

from __future__ import annotations

from datetime import date
from typing import Final

from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.plans import is_running
from account_engine.domain.ledger.standing import creditor_change
from account_engine.domain.money import Money
from account_engine.domain.payloads import FacilityFrozen
from account_engine.domain.records import maker
from account_engine.domain.state import (
    FacilityReason,
    FacilityState,
    FacilityStatus,
    LinkageState,
    RecallStage,
    ReturnCondition,
)
from account_engine.domain.terms import LinkageCure, LinkageEffect, RecallEffect

_WORSE = tuple(FacilityStatus)
_RECALLING = (RecallStage.NOTICED, RecallStage.EFFECTIVE)


# Constants of the module: compiled, an enum's own lookup takes many times as long.
_NORMAL: Final = FacilityStatus.NORMAL
_FROZEN: Final = FacilityStatus.FROZEN
_CLOSED: Final = FacilityStatus.CLOSED
_SETTLED: Final = RecallStage.SETTLED
_state: Final = maker(FacilityState)


class _Found:
    """Collects reasons and conditions, the worst status first."""

    def __init__(self) -> None:
        self.status = _NORMAL
        self.reasons: list[FacilityReason] = []
        self.conditions: list[ReturnCondition] = []
        self.since: int | None = None

    def add(
        self,
        status: FacilityStatus,
        reason: FacilityReason,
        since: int | None,
        *conditions: ReturnCondition,
    ) -> None:
        """One more reason against new use."""
        if _WORSE.index(status) > _WORSE.index(self.status):
            self.status = status
        self.reasons.append(reason)
        self.conditions += [c for c in conditions if c not in self.conditions]
        if since is not None:
            self.since = since if self.since is None else min(self.since, since)


def facility(
    book: Book, day: int, dpd: int, deceased_on: int | None, linkage: list[LinkageState]
) -> FacilityState:
    """Whether the account can be used anew, why not, and what has to happen first."""
    found = _Found()
    restored = max((on for on, e in book.facility if not isinstance(e, FacilityFrozen)), default=0)
    _by_status(found, book, day, deceased_on)
    _by_recall_and_plan(found, book, restored)
    earliest = _by_lateness(found, book, day, dpd, restored)
    limit = _by_lender(found, book, restored)
    for link in linkage:
        _by_linkage(found, link)
    if found.status is _CLOSED:
        found.conditions, earliest = [], None
    elif found.reasons and ReturnCondition.LENDER_REVIEW not in found.conditions:
        found.conditions.append(ReturnCondition.LENDER_REVIEW)
    return _state(
        status=found.status,
        reasons=tuple(found.reasons),
        since=date.fromordinal(found.since) if found.since is not None else None,
        return_conditions=tuple(found.conditions),
        earliest_return=date.fromordinal(earliest) if earliest is not None else None,
        limit=Money(limit) if limit is not None else None,
    )


def _by_status(found: _Found, book: Book, day: int, deceased_on: int | None) -> None:
    closed = _CLOSED
    if deceased_on is not None:
        found.add(closed, FacilityReason.DECEASED, deceased_on)
    if book.closed_on is not None:
        found.add(closed, FacilityReason.ACCOUNT_CLOSED, book.closed_on)
    if book.written_off_on is not None:
        found.add(closed, FacilityReason.WRITTEN_OFF, book.written_off_on)
    if creditor_change(book, day) is not None:
        found.add(closed, FacilityReason.TRANSFERRED, book.transferred[-1][0])
    for opened_on, opened in book.disputes.values():
        if opened.towards is None:
            found.add(
                FacilityStatus.FROZEN,
                FacilityReason.DISPUTE,
                opened_on,
                ReturnCondition.CLOSE_DISPUTE,
            )


def _by_recall_and_plan(found: _Found, book: Book, restored: int) -> None:
    effects = book.rules.terms.recall.effects
    recall = book.recall
    frozen = _FROZEN
    if recall.stage in _RECALLING:
        status = frozen
        if recall.stage is RecallStage.EFFECTIVE and RecallEffect.CLOSE_FACILITY in effects:
            status = FacilityStatus.CLOSED
        if RecallEffect.FREEZE_FACILITY in effects or status is FacilityStatus.CLOSED:
            condition = (
                ReturnCondition.SETTLE_RECALL
                if recall.stage is RecallStage.EFFECTIVE
                else ReturnCondition.PAY_OVERDUE
            )
            found.add(status, FacilityReason.RECALL, recall.noticed_on, condition)
    elif recall.stage is _SETTLED and (recall.ended_on or 0) >= restored:
        found.add(frozen, FacilityReason.UNDER_REVIEW, recall.noticed_on)
    for plan in book.plans:
        if is_running(plan):
            found.add(
                frozen, FacilityReason.PLAN_RUNNING, plan.agreed_on, ReturnCondition.COMPLETE_PLAN
            )


def _by_lateness(found: _Found, book: Book, day: int, dpd: int, restored: int) -> int | None:
    """Freeze while overdue and while watched afterwards; the earliest day of a return, if known."""
    rule = book.rules.terms.facility
    past, since = book.late_episodes, book.oldest_unpaid(day)
    if since is not None:
        if dpd >= rule.freeze_after_days:
            found.add(
                FacilityStatus.FROZEN,
                FacilityReason.OVERDUE,
                since + rule.freeze_after_days,
                ReturnCondition.PAY_OVERDUE,
                ReturnCondition.OBSERVATION,
            )
        return None
    late = [(due, cleared) for due, cleared in past if cleared - due >= rule.freeze_after_days]
    if not late:
        return None
    cleared = max(cleared for _, cleared in late)
    longest = max(end - due for due, end in late if end == cleared)
    short = longest <= rule.short_overdue_days
    watch = rule.short_observation_days if short else rule.observation_days
    if cleared < restored or day >= cleared + watch:
        return None
    found.add(
        FacilityStatus.FROZEN, FacilityReason.UNDER_REVIEW, cleared, ReturnCondition.OBSERVATION
    )
    return cleared + watch


def _by_lender(found: _Found, book: Book, restored: int) -> int | None:
    limit = book.limit
    for on, event in book.facility:
        if isinstance(event, FacilityFrozen):
            if on < restored:
                continue
            reduced = event.limit is not None and event.limit.fen > 0
            status = FacilityStatus.REDUCED if reduced else FacilityStatus.FROZEN
            limit = event.limit.fen if event.limit is not None else limit
            found.add(status, FacilityReason.LENDER_DECISION, on)
        elif event.limit is not None:
            limit = event.limit.fen
    return limit


def _by_linkage(found: _Found, link: LinkageState) -> None:
    if link.effect is LinkageEffect.RECALL_IF_FLAGGED:
        return
    reduced = link.effect is LinkageEffect.REDUCE_LIMIT
    condition = {
        LinkageCure.SOURCE_PAID: ReturnCondition.LINKED_ACCOUNT_PAID,
        LinkageCure.SOURCE_SETTLED: ReturnCondition.LINKED_ACCOUNT_SETTLED,
        LinkageCure.LENDER_REVIEW: ReturnCondition.LENDER_REVIEW,
    }[link.cure]
    status = FacilityStatus.REDUCED if reduced else FacilityStatus.FROZEN
    found.add(status, FacilityReason.LINKAGE, None, condition)
