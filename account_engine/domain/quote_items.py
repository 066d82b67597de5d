"""The items of a quote: what each row of an account asks for, with the figures behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from account_engine.domain.formulas import charged_on, daily_rate, in_yuan, what_is_left
from account_engine.domain.ledger.rules import year_days
from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteItem, QuoteKind
from account_engine.domain.state import AccountState, RowFacts, RowOrigin, Segment
from account_engine.domain.terms import Compounding, FeeOnRecall, MinimumPart


class ItemWriter:
    """Writes the items of one account for one kind of quote."""

    def __init__(self, account: AccountState, kind: QuoteKind) -> None:
        self.account = account
        self.kind = kind
        self.items: list[QuoteItem] = []
        self._clause = account.terms.clause
        self._year = year_days(account.terms.day_count)

    def rows(self, rows: Iterable[RowFacts]) -> None:
        """Everything open on rows."""
        for row in rows:
            self._principal(row, row.open_principal)
            self._interest(row, row.open_interest + row.over_cap_interest)
            self._less(row, Component.INTEREST, row.over_cap_interest, "cap_total")
            self._fee(row, row.open_fee + row.over_cap_fee)
            self._less(row, Component.FEE, row.over_cap_fee, "cap_total")
            self._penalty(row)

    def minimum(self, rows: list[RowFacts], day: int) -> None:
        """Past unpaid minimum, what is due, and the minimum of bills issued already."""
        for row in rows:
            if row.due > day and row.statement_on > day:
                continue
            if row.due > day and row.origin is not RowOrigin.BILL and not self._bills(row):
                continue
            if row.origin is not RowOrigin.BILL or self.account.terms.minimum is None:
                self.rows([row])
            elif row.due < day and not self._counts_past():
                continue
            else:
                self._minimum_of(row)

    def _bills(self, row: RowFacts) -> bool:
        return row.origin is RowOrigin.BILL_INSTALMENT and self._includes(
            MinimumPart.INSTALMENTS_DUE
        )

    def _counts_past(self) -> bool:
        return self._includes(MinimumPart.PAST_UNPAID_MINIMUM)

    def _includes(self, part: MinimumPart) -> bool:
        rule = self.account.terms.minimum
        return rule is not None and part in rule.parts

    def _minimum_of(self, row: RowFacts) -> None:
        rule = self.account.terms.minimum
        if rule is None:
            return
        interest = row.open_interest if MinimumPart.INTEREST in rule.parts else 0
        fee = row.open_fee if MinimumPart.FEES in rule.parts else 0
        missing = row.minimum_open
        interest = min(interest, missing)
        fee = min(fee, missing - interest)
        share = missing - interest - fee
        self._interest(row, interest)
        self._fee(row, fee)
        if share:
            paid = row.principal - row.open_principal - row.waived_principal
            self._add(
                row,
                Component.PRINCIPAL,
                share,
                "minimum",
                base=row.open_principal,
                rate=rule.ratio,
                formula=f"({in_yuan(row.open_principal)} + {in_yuan(paid)}) × {rule.ratio} → "
                f"{in_yuan(share)}",
            )
        self._penalty(row)

    def payoff(self, rows: list[RowFacts], day: int) -> None:
        """Everything: rows due in full, the rest with what is earned up to the day."""
        keep_fees = (
            self.kind is QuoteKind.PAYOFF_IF_RECALLED
            and self.account.terms.recall.fees is FeeOnRecall.KEEP
        )
        for row in rows:
            if row.due <= day:
                self.rows([row])
                continue
            self._principal(row, row.open_principal)
            self._interest(row, row.earned_interest + row.giving_way_interest)
            self._less(row, Component.INTEREST, row.giving_way_interest, "cap_total")
            if keep_fees:
                self._fee(row, row.open_fee)
            else:
                self._fee(row, row.earned_fee + row.giving_way_fee)
                self._less(row, Component.FEE, row.giving_way_fee, "cap_total")
            self._penalty(row)
        unearned = self.account.unearned_interest.fen
        if unearned:
            self._add(None, Component.INTEREST, -unearned, "prepayment")
        fee = self.account.prepayment_fee.fen
        if fee and self.kind is QuoteKind.PAYOFF_ALL:
            rate = self.account.terms.prepayment.fee_rate
            self._add(None, Component.PREPAYMENT_FEE, fee, "prepayment", rate=rate)

    def _principal(self, row: RowFacts, amount: int) -> None:
        if not amount:
            return
        formula = what_is_left(row.principal, row.paid_principal, row.waived_principal, amount)
        self._add(row, Component.PRINCIPAL, amount, "principal", row.principal, formula=formula)

    def _interest(self, row: RowFacts, amount: int) -> None:
        if not amount:
            return
        carried = sum(segment.amount for segment in row.carried)
        if carried and amount == row.open_interest and amount == carried:
            for segment in row.carried:
                self._segment(
                    row, Component.INTEREST, segment, segment.amount,
                    self.account.carry_daily_rate, "minimum",
                )  # fmt: skip
            return
        formula = what_is_left(row.interest, row.paid_interest, row.waived_interest, amount)
        self._add(row, Component.INTEREST, amount, "interest", row.interest, formula=formula)

    def _fee(self, row: RowFacts, amount: int) -> None:
        if not amount:
            return
        formula = what_is_left(row.fee, row.paid_fee, row.waived_fee, amount)
        self._add(row, Component.FEE, amount, "fee", row.fee, formula=formula)

    def _penalty(self, row: RowFacts) -> None:
        """Each stretch at the contract's rate, what the caps take off, what was paid or waived."""
        if not row.open_penalty and not row.cap_cut:
            return
        if row.posted_penalty:
            self._add(row, Component.PENALTY, row.posted_penalty, "late_fee", row.posted_penalty)
        for segment in row.segments:
            if not segment.uncapped:
                continue
            self._segment(
                row, Component.PENALTY, segment, segment.uncapped,
                self.account.uncapped_daily_rate, self._penalty_clause(segment),
            )  # fmt: skip
            if segment.amount != segment.uncapped:
                self._cap_on_rate(row, segment)
        self._less(row, Component.CAP, row.cap_cut, "cap_total")
        self._less(row, Component.WAIVER, row.waived_penalty, "waiver")
        self._less(row, Component.PENALTY, row.moved_penalty, "plan")
        self._less(row, Component.PENALTY, row.paid_penalty, "payment")

    def _penalty_clause(self, segment: Segment) -> str:
        compounds = self.account.terms.penalty.compounding is not Compounding.OFF
        return "compounding" if compounds and segment.interest else "penalty"

    def _cap_on_rate(self, row: RowFacts, segment: Segment) -> None:
        base, rate = charged_on(segment), daily_rate(self.account.penalty_daily_rate, self._year)
        self._add(
            row,
            Component.CAP,
            segment.amount - segment.uncapped,
            "cap",
            segment.base,
            rate=self.account.penalty_daily_rate,
            stretch=segment,
            formula=f"{base} × {rate} × {segment.days} − {in_yuan(segment.uncapped)}",
        )

    def _less(self, row: RowFacts, component: Component, amount: int, clause: str) -> None:
        if amount:
            self._add(row, component, -amount, clause, formula=f"−{in_yuan(amount)}")

    def _segment(
        self,
        row: RowFacts,
        component: Component,
        segment: Segment,
        amount: int,
        rate: Decimal,
        clause: str,
    ) -> None:
        formula = f"{charged_on(segment)} × {daily_rate(rate, self._year)} × {segment.days}"
        self._add(
            row, component, amount, clause, segment.base, rate=rate, stretch=segment,
            formula=formula,
        )  # fmt: skip

    def _add(
        self,
        row: RowFacts | None,
        component: Component,
        amount: int,
        clause: str,
        base: int | None = None,
        rate: Decimal | None = None,
        stretch: Segment | None = None,
        formula: str | None = None,
    ) -> None:
        self.items.append(
            QuoteItem(
                account_id=self.account.account_id,
                component=component,
                base=Money(base) if base is not None else None,
                rate=rate,
                rate_per="day" if stretch is not None else None,
                start=date.fromordinal(stretch.start) if stretch is not None else None,
                end=date.fromordinal(stretch.end) if stretch is not None else None,
                days=stretch.days if stretch is not None else None,
                formula=formula if formula is not None else in_yuan(amount),
                amount=Money(amount),
                clause=self._clause(clause),
                event_ids=row.event_ids if row is not None else (),
                row=row.key if row is not None else None,
                due=date.fromordinal(row.due) if row is not None else None,
            )
        )
