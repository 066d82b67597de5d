"""Rows (one bill, instalment or charge) and the lines of debt they belong to."""

from __future__ import annotations

from account_engine.domain.amortisation import Price
from account_engine.domain.ledger.pauses import Pause, stretches
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.state import RowOrigin, Segment

KEPT, IN_PLAN, RECALLED = range(3)


class Row:
    """One obligation with a due date. Amounts in fen, days as ordinals.

    `principal`, `interest`, `fee` are what was charged; `open_*` what is still owed; `over_cap_*`
    what gave way to penalty under the cap on the total when it came due. Penalty owed
    is `posted + Σ segments + running segment - paid - waived - moved - capped`, where `capped` is
    what the cap on the total took off for good when everything else of the row was paid.
    `forgiven_ahead` is waived interest that was earned but not due then, as if it had been paid.
    `ahead` is principal that a payment repaid in place of interest of the row that had not run yet;
    only for lines on their actual balance.
    `minimum_met`: a payment met the month's minimum; interest since then belongs to the next one.
    `paused_interest` is the part of `interest` and `waived_interest` that a pause of interest kept
    from running.
    """

    __slots__ = (
        "accrued_to",
        "ahead",
        "capped",
        "carried",
        "carry_from",
        "cycle_principal",
        "due",
        "events",
        "fate",
        "fee",
        "forgiven_ahead",
        "interest",
        "judged",
        "key",
        "line",
        "minimum_met",
        "moved_penalty",
        "number",
        "open_fee",
        "open_interest",
        "open_principal",
        "origin",
        "original_due",
        "over_cap_fee",
        "over_cap_interest",
        "owed_fee",
        "owed_interest",
        "paid_fee",
        "paid_interest",
        "paid_penalty",
        "paid_principal",
        "paused_interest",
        "pauses",
        "period_start",
        "posted",
        "posted_on",
        "principal",
        "revolving",
        "segments",
        "segments_total",
        "seq",
        "settled_on",
        "statement_lead",
        "statement_on",
        "takes_minimum",
        "waived_fee",
        "waived_interest",
        "waived_penalty",
        "waived_principal",
    )

    def __init__(
        self,
        key: str,
        number: int,
        origin: RowOrigin,
        line: Line,
        due: int,
        statement_on: int,
        principal: int,
        interest: int,
        fee: int,
        event_id: str,
        lag: int,
    ) -> None:
        self.key = key
        self.number = number
        self.origin = origin
        self.line = line
        self.due = self.original_due = due
        self.statement_on = statement_on
        self.statement_lead = due - statement_on
        self.principal = self.open_principal = principal
        self.interest = self.open_interest = interest
        self.fee = self.open_fee = fee
        self.events = [event_id]
        self.accrued_to = due + lag
        self.paid_principal = self.paid_interest = self.paid_fee = self.paid_penalty = 0
        self.waived_principal = self.waived_interest = self.waived_fee = self.waived_penalty = 0
        self.posted = self.segments_total = self.moved_penalty = self.capped = 0
        self.owed_interest = self.owed_fee = 0
        self.over_cap_interest = self.over_cap_fee = 0
        self.forgiven_ahead = self.paused_interest = self.ahead = 0
        self.segments: tuple[Segment, ...] = ()
        self.carried: tuple[Segment, ...] = ()
        self.carry_from = 0
        self.cycle_principal = 0
        self.judged = False
        self.fate = KEPT
        self.revolving = 0
        self.takes_minimum = self.minimum_met = False
        self.pauses: tuple[tuple[int, int], ...] = ()
        self.settled_on: int | None = None
        self.posted_on = statement_on
        self.period_start = statement_on
        self.seq = 0

    def __lt__(self, other: Row) -> bool:
        return (self.due, self.seq) < (other.due, other.seq)

    @property
    def settled_interest(self) -> int:
        """Interest that ran and is not asked any more: paid, given up, or given way to penalty."""
        settled = self.paid_interest + self.waived_interest + self.over_cap_interest
        return settled - self.paused_interest

    def keep_given_way(self, interest: int, fee: int) -> tuple[int, int]:
        """Keep at most this much of what gave way to penalty, since the rest is asked no more.

        Args:
            interest: fen of interest that may have given way.
            fee: fen of fee that may have given way.

        Returns:
            Fen of interest and of fee that no longer count as given way.
        """
        gone_interest = max(0, self.over_cap_interest - interest)
        gone_fee = max(0, self.over_cap_fee - fee)
        self.over_cap_interest -= gone_interest
        self.over_cap_fee -= gone_fee
        self.line.given_way -= gone_interest + gone_fee
        return gone_interest, gone_fee

    def __hash__(self) -> int:
        # A row is equal to itself only. Said aloud because a compiled class that has an order
        # but no hash cannot be a key.
        return id(self)


class Line:
    """A debt that was drawn once: a loan, an instalment booking, a plan, or all revolving bills.

    Attributes:
        principal: open principal now.
        principal_days: fen·days of principal since it was drawn, up to `counted_to`.
        price, method, level: how a loan's interest is computed, for re-projection.
        paid_charges: interest, fees and penalty paid or waived so far; a waiver does not make
            room under the cap for other charges.
        carried_charges: charges a plan took over, which the cap allowed where they arose.
        paid_penalty: penalty among `paid_charges`.
        given_way: interest and fees that gave way to penalty under the cap on the total.
        carried_interest, carried_days: interest posted on carried remainders, in fen, and the
            fen·days it was charged on.
        by_balance: whether interest runs on the actual balance; `projection` keeps its rows.
        keeps_level: whether such a line's rows keep the size of an equal instalment.
        accrued: interest of the running period from stretches already closed.
        accrued_to: up to where.
        put_off: interest of earlier periods whose rows were paid ahead, asked with the last row.
        pauses: stretches [start, end) of days on which no interest runs.
    """

    __slots__ = (
        "accrued",
        "accrued_to",
        "by_balance",
        "carried_charges",
        "carried_days",
        "carried_interest",
        "counted_to",
        "event_id",
        "given_way",
        "keeps_level",
        "level",
        "line_id",
        "method",
        "origin",
        "paid_charges",
        "paid_penalty",
        "pauses",
        "price",
        "principal",
        "principal_days",
        "put_off",
        "rows",
    )

    def __init__(self, line_id: str, origin: RowOrigin, day: int, event_id: str) -> None:
        self.line_id = line_id
        self.origin = origin
        self.rows: list[Row] = []
        self.principal = 0
        self.principal_days = 0
        self.counted_to = day
        self.price: Price | None = None
        self.method: RepaymentMethod | None = None
        self.level = 0
        self.by_balance = self.keeps_level = False
        self.accrued = self.put_off = 0
        self.accrued_to = day
        self.paid_charges = 0
        self.carried_charges = 0
        self.carried_interest = self.carried_days = 0
        self.paid_penalty = 0
        self.given_way = 0
        self.pauses: tuple[Pause, ...] = ()
        self.event_id = event_id

    def earning_days(self, start: int, end: int) -> int:
        """Days of [start, end) on which interest runs: those outside every pause of interest."""
        if not self.pauses:
            return max(0, end - start)
        return sum(max(0, last - first) for first, last in stretches(start, end, self.pauses))

    def change(self, amount: int, day: int) -> None:
        """Add principal (negative: repay) on a day and keep the fen·days."""
        if day != self.counted_to:
            self.principal_days += self.principal * (day - self.counted_to)
            self.counted_to = day
        self.principal += amount

    def principal_days_at(self, day: int) -> int:
        """Fen·days of principal from drawing to a day."""
        return self.principal_days + self.principal * (day - self.counted_to)
