"""What a payment leaves that was supposed ("先还五百"): how much, by when, at what price.

Every figure is the engine's: its state with the payment folded in, seen on the day asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, BorrowerState, RecallStage, RowState
from account_engine.domain.terms import ProductKind
from account_engine.domain.what_if import WhatIf
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn

_ONE_DAY = timedelta(days=1)
_OPEN = frozenset({RowState.UPCOMING, RowState.BILLED, RowState.DUE_TODAY})


@dataclass(frozen=True, slots=True)
class After:
    """The borrower's accounts after a payment that was supposed, on the day of it or later."""

    desk: Desk
    borrower_id: str
    supposed: Supposed

    def on(self, day: date | None = None) -> WhatIf:
        """With the payment and without it, seen on a day; else on the one that settles it."""
        return self._seen(day or self.settled)

    @property
    def settled(self) -> date:
        """The day of the payment; the next one for a minimum paid on the due day itself.

        Only then is the rest of the bill carried on to the next due date.
        """
        paid_on = self.supposed.last_on
        found = self._seen(paid_on).after
        due = quote(found, QuoteKind.DUE_NOW).total.fen > 0
        covered = quote(found, QuoteKind.MINIMUM).total.fen <= 0
        carried = due and covered and not accounts.overdue(found.accounts)
        return paid_on + _ONE_DAY if carried else paid_on

    def _seen(self, day: date) -> WhatIf:
        said = self.supposed
        return self.desk.engine.what_if_payment(
            self.borrower_id,
            Money(said.fen),
            said.on,
            said.account_id,
            seen_on=day,
            further=tuple((Money(fen), on) for fen, on in said.further),
        )

    def due_only(self) -> Money:
        """What is still due at once on the account that is paid on; on all where none was named."""
        return quote(self.meant(self._seen(self.supposed.last_on).after), QuoteKind.DUE_NOW).total

    def a_day(self, *, paid: bool = True) -> Money:
        """What a day's delay costs, with the payment or without it."""
        now, then = self.on(), self.on(self.settled + _ONE_DAY)
        if paid:
            return self.price(now.after, then.after)
        return self.price(now.before, then.before)

    def price(self, now: BorrowerState, then: BorrowerState) -> Money:
        """Interest and penalty between two days; what became overdue itself is none of it."""
        now, then = self.meant(now), self.meant(then)
        called = {one.account_id for one in called_in_between(now, then)}
        others = replace(
            now, accounts=tuple(one for one in now.accounts if one.account_id not in called)
        )
        became_late = of_loans(others, lambda due: now.as_of <= due < then.as_of)
        return _running(then) - _running(now) - became_late - _principal_ahead(now, called)

    def meant(self, state: BorrowerState) -> BorrowerState:
        """The account that is paid on alone; all of them where none was named."""
        if self.supposed.account_id is None:
            return state
        return replace(state, accounts=tuple(filter(self._paid_on, state.accounts)))

    def spared_by_all(self, day: date) -> Money:
        """What paying everything today spares, beside these payments and the rest on `day`."""
        paid = Money(self.supposed.sum_paid)
        then = self.on(max(day, self.supposed.last_on)).after_quotes[QuoteKind.PAYOFF_ALL].total
        return paid + then - self.all_today()

    def all_today(self) -> Money:
        """Everything that is owed, settled today."""
        return self.desk.engine.quote(self.borrower_id, QuoteKind.PAYOFF_ALL).total

    def next_due(self) -> date | None:
        """The next due day after the payments."""
        to_come = [one.next_due for one in self.on().after.accounts if one.next_due]
        return min(to_come, default=None)

    def values(self, turn: Turn) -> dict[str, Any]:
        """What every answer about the rest needs."""
        found = self.on()
        paid_on = self._seen(self.supposed.last_on)
        at_once = paid_on if self.settled == self.supposed.last_on else None
        only = next((one for one in found.after.accounts if self._paid_on(one)), None)
        left = paid_on.after_quotes[QuoteKind.PAYOFF_ALL]
        return {
            "amount": self.supposed.fen,
            "on": self.supposed.on,
            "further": self.supposed.further,
            "due": at_once.after_quotes[QuoteKind.DUE_NOW].total if at_once else Money.zero,
            "left": left.total,
            "only": only,
            "left_only": left.by_account().get(only.account_id, Money.zero) if only else None,
            "still_late": accounts.overdue(found.after.accounts),
            "was_late": accounts.overdue(self._seen(self.supposed.on).before.accounts),
            "ahead": self.ahead(accounts.asked(turn, found.after)),
            "a_day": self.a_day(),
            **self._notices(found.after),
        }

    def _notices(self, then: BorrowerState) -> dict[str, list[Any]]:
        """The notices that run today: those that still do after the payments, and those ended."""
        stands = accounts.by_id(then.accounts)
        now = self.desk.engine.state(self.borrower_id).accounts
        running = [one for one in now if one.recall.stage is RecallStage.NOTICED]
        ended = [one for one in running if not _is_recalled(stands[one.account_id])]
        return {
            "notified": [(one, self._missing(one)) for one in running if one not in ended],
            "stopped": ended,
        }

    def _missing(self, noticed: AccountState) -> Money:
        """What of its arrears is unpaid at the end of the last day before its notice takes effect.

        Payments of a later day are too late to count against it.
        """
        last = (noticed.recall.effective_on or self.supposed.on) - _ONE_DAY
        every = ((self.supposed.fen, self.supposed.on), *self.supposed.further)
        paid = [(fen, on) for fen, on in every if on <= last]
        if not paid:
            found = self.desk.engine.quote(self.borrower_id, QuoteKind.OVERDUE, last)
            return found.by_account().get(noticed.account_id, Money.zero)
        (fen, on), *further = paid
        in_time = replace(
            self, supposed=replace(self.supposed, fen=fen, on=on, further=tuple(further))
        )
        arrears = in_time._seen(last).after_quotes[QuoteKind.OVERDUE].by_account()
        return arrears.get(noticed.account_id, Money.zero)

    def ahead(self, found: Iterable[AccountState]) -> list[tuple[AccountState, Money]]:
        """The accounts that have a due day to come, and what is to be paid on it."""
        then = (self._then(one) for one in found if one.next_due)
        return [(account, to_pay) for account, to_pay in then if to_pay.fen > 0]

    def _paid_on(self, account: AccountState) -> bool:
        return account.account_id == self.supposed.account_id

    def _then(self, account: AccountState) -> tuple[AccountState, Money]:
        """The account and what is to be paid on its next due day, by then."""
        to_pay = quote(self.on(account.next_due).after, QuoteKind.NEXT_BILL).by_account()
        return account, to_pay.get(account.account_id, Money.zero)


def _is_recalled(account: AccountState) -> bool:
    return account.recall.stage in (RecallStage.NOTICED, RecallStage.EFFECTIVE)


def called_in_between(now: BorrowerState, then: BorrowerState) -> tuple[AccountState, ...]:
    """The accounts whose running notice takes effect between the two days, as they are then."""
    before = accounts.by_id(now.accounts)
    return tuple(
        one
        for one in then.accounts
        if one.recall.stage is RecallStage.EFFECTIVE
        and before[one.account_id].recall.stage is RecallStage.NOTICED
    )


def _principal_ahead(now: BorrowerState, called: Collection[str]) -> Money:
    """The principal that is not due yet and that a notice makes due: it is no price of waiting."""
    rows = (
        row.principal - row.paid_principal
        for one in now.accounts
        if one.account_id in called
        for row in one.schedule
        if row.state in _OPEN
    )
    return sum(rows, Money.zero)


def _running(state: BorrowerState) -> Money:
    """What grows by the day: what is overdue, and a revolving bill that is carried on."""
    overdue = quote(state, QuoteKind.OVERDUE).total
    whole = quote(state, QuoteKind.PAYOFF_ALL).by_account()
    carried = (whole.get(one.account_id, Money.zero) for one in state.accounts if _carried(one))
    return overdue + sum(carried, Money.zero)


def _carried(account: AccountState) -> bool:
    return revolves(account) and not account.dpd


def of_loans(state: BorrowerState, due: Callable[[date], bool]) -> Money:
    """Open instalments of loans with such a due date; a revolving bill is the rest itself."""
    rows = (
        row.outstanding
        for one in state.accounts
        if not revolves(one)
        for row in one.schedule
        if row.state in _OPEN and due(row.due)
    )
    return sum(rows, Money.zero)


def revolves(account: AccountState) -> bool:
    return account.terms.kind is ProductKind.REVOLVING
