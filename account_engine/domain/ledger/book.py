"""The books of one account while its events are folded in order of value date."""

from __future__ import annotations

from bisect import insort
from operator import attrgetter

from account_engine.domain import payloads as p
from account_engine.domain.ledger.accrual import penalty_owed
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.pauses import Pause
from account_engine.domain.ledger.row import Line, Row
from account_engine.domain.ledger.rules import Step, rules_of
from account_engine.domain.ledger.undertakings import (
    PendingWaiver,
    PlanBook,
    RecallBook,
    Revocation,
)
from account_engine.domain.state import RecallStage, RowOrigin
from account_engine.domain.terms import Contract

NEVER = 10**9


AllocationEntry = tuple[str, int, int, int, int, int, int, int, int]


_BY_DUE = attrgetter("due")
_NOT_EARNED_OVER_TIME = (RowOrigin.BILL, RowOrigin.CHARGE)


class Book:
    """Rows, lines and marks of one account.

    Attributes:
        open: rows that still owe anything, oldest due date first.
        open_principal: fen of principal not paid yet, all rows.
        paid_ahead: fen of interest that was paid before it was due, ever.
        alarm: the first day on which time alone may change something.
        pauses: stretches without penalty for the whole account, made from `pause_causes`, which
            also say what each is for.
        late_episodes: every time a row was late, as (due, cleared).
        to_judge: rows whose due date was not judged yet, in order.
        may_cure: whether a payment since may have met a late row's minimum.
        penalty_ahead: whether rows that are not due yet may owe penalty, because they were given
            a later date or took penalty over.
        lead: days from statement to due date of every row; `mixed` when rows differ in it.
    """

    def __init__(self, contract: Contract, revoked: dict[str, Revocation]) -> None:
        self.contract = contract
        self.account_id = contract.account_id
        self.rules = rules_of(contract)
        self.rows: list[Row] = []
        self.open: list[Row] = []
        self.lines: dict[str, Line] = {}
        self._earning: list[Line] = []
        self.bills: dict[str, list[Row]] = {}
        self.open_principal = 0
        self.credit = 0
        self.paid_ahead = 0
        self.projected_on = 0
        self.alarm = NEVER
        self.pauses: tuple[Pause, ...] = ()
        self.pause_causes: list[tuple[int, int, str]] = []
        self.late_episodes: list[tuple[int, int]] = []
        self.to_judge: list[Row] = []
        self.may_cure = False
        self.lead: int | None = None
        self.mixed = False
        self.penalty_ahead = False
        self.delinquency_pauses: tuple[Pause, ...] = ()
        self.recall = RecallBook()
        self.recall_source: Book | None = None
        self.plans: list[PlanBook] = []
        self.revoked = revoked
        self.cured_plans: dict[str, int] = {}
        self.notices: set[str] = set()
        self.void_notices: dict[str, tuple[RecallStage, int]] = {}
        self.pending_waivers: list[PendingWaiver] = []
        self.allocations: list[AllocationEntry] = []
        self.disputes: dict[str, tuple[int, p.DisputeOpened]] = {}
        self.facility: list[tuple[int, p.FacilityFrozen | p.FacilityRestored]] = []
        self.extension_until: int | None = None
        self.extensions: list[int] = []
        self.waivers: list[int] = []
        self.breaches: list[tuple[int, str]] = []
        self.scores: list[tuple[int, int, str]] = []
        self.warned_on: int | None = None
        self.warning_events: list[str] = []
        self.warning_trigger: p.RecallTrigger | None = None
        self.opened_on = contract.signed_on.toordinal()
        self.written_off_on: int | None = None
        self.transferred: list[tuple[int, str]] = []
        self.closed_on: int | None = None
        self.limit = contract.credit_limit.fen if contract.credit_limit else None
        self.steps_day = 0
        self.steps_today: tuple[Step, ...] = self.rules.steps

    def line(self, line_id: str, origin: RowOrigin, day: int, event_id: str) -> Line:
        """The line with an id, made when it is new."""
        line = self.lines.get(line_id)
        if line is None:
            line = self.lines[line_id] = Line(line_id, origin, day, event_id)
            if origin not in _NOT_EARNED_OVER_TIME:
                self._earning.append(line)
        return line

    def earning_lines(self) -> list[Line]:
        """Lines whose interest and fees are earned over time and that still owe principal."""
        self._earning = [line for line in self._earning if line.principal]
        return self._earning

    def add_row(self, row: Row, day: int) -> None:
        """Enter a new row that begins on a day."""
        line, due, principal = row.line, row.due, row.open_principal
        row.seq = len(self.rows)
        line.rows.append(row)
        self.rows.append(row)
        if principal:
            line.change(principal, day)
            self.open_principal += principal
        rows = self.open
        if not rows:
            rows.append(row)
        else:
            if self.alarm >= due > day and (row.open_interest or row.open_fee):
                self.alarm = due - 1  # its charges may have to give way to penalty
            if due >= rows[-1].due:
                rows.append(row)
            else:
                # The new row is the last of its due date, so its place follows from the date alone.
                insort(rows, row, key=_BY_DUE)
        if row.posted:
            self.penalty_ahead = True
        if row.statement_lead != self.lead:
            self.mixed |= self.lead is not None
            self.lead = row.statement_lead
        if self.rules.judges_all_rows or row.takes_minimum:
            self._judge_later(row)

    def _judge_later(self, row: Row) -> None:
        if not self.to_judge or row.due >= self.to_judge[-1].due:
            self.to_judge.append(row)
        else:
            insort(self.to_judge, row)
        self.ring(row.due + self.rules.grace)

    def ring(self, day: int) -> None:
        """Make sure the book wakes up on the first day after `day`."""
        if day < self.alarm:
            self.alarm = day

    def settle(self, row: Row, day: int) -> None:
        """Take a row that owes nothing any more off the open rows."""
        row.settled_on = day
        if day > row.due + self.rules.grace:
            self.late_episodes.append((row.due, day))
        self.open.remove(row)

    def move_due(self, row: Row, due: int) -> None:
        """Give an open row another due date."""
        self.open.remove(row)
        row.due = due
        row.accrued_to = due + self.rules.grace_lag
        self.penalty_ahead = True
        row.judged = False
        insort(self.open, row)
        self.ring(due - 1)
        if self.rules.judges_all_rows or row.takes_minimum:
            self.to_judge = [other for other in self.to_judge if other is not row]
            self._judge_later(row)

    def oldest_unpaid(self, day: int) -> int | None:
        """Due date of the oldest row whose due date has passed unpaid, or None.

        Penalty alone does not keep a row overdue.
        """
        for row in self.open:
            if row.due >= day:
                return None
            if row.open_principal or row.open_interest or row.open_fee:
                return row.due
        return None

    def dpd(self, day: int) -> int:
        """Days past due: `day - oldest unpaid due date`, zero on the due date itself."""
        due = self.oldest_unpaid(day)
        return 0 if due is None else day - due

    def steps_on(self, day: int) -> tuple[Step, ...]:
        """The order of allocation on a day, decided once by how late the day began."""
        rules = self.rules
        if rules.late_from is None:
            return rules.steps
        if self.steps_day != day:
            self.steps_day = day
            late = self.dpd(day) >= rules.late_from
            self.steps_today = rules.late_steps if late else rules.steps
        return self.steps_today

    def arrears(self, day: int) -> int:
        """Everything past its due date in fen, penalty included."""
        late: list[Row] = []
        total = 0
        for row in self.open:
            if row.due >= day:
                break
            late.append(row)
            total += row.open_principal + row.open_interest + row.open_fee
            total += penalty_owed(row, day, self.rules, self.pauses)
        if not total:
            return 0
        cuts = reductions(self, day)
        return total - sum(cuts.get(row, 0) for row in late)

    def due_today(self, day: int) -> int:
        """Principal, interest and fee whose due date is the day itself, in fen."""
        total = 0
        for row in self.open:
            if row.due > day:
                break
            if row.due == day:
                total += row.open_principal + row.open_interest + row.open_fee
        return total

    def missed_instalments(self, day: int) -> int:
        """How many rows are past due and unpaid."""
        count = 0
        for row in self.open:
            if row.due >= day:
                break
            count += bool(row.open_principal or row.open_interest or row.open_fee)
        return count

    def held_penalty(self, day: int) -> int:
        """Penalty that is not collected while a promised waiver of it can still be earned."""
        held = 0
        for pending in self.pending_waivers:
            if pending.waiver.component is p.Component.PENALTY and not pending.lapsed(day):
                amount = pending.waiver.amount
                held += NEVER if amount is None else amount.fen
        return held
