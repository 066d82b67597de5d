"""Turns an accepted offer into the event that binds both sides.

A plan or a settlement with a waiver becomes PLAN_AGREED; a later day EXTENSION_AGREED, one per
account; a bill spread over months BILL_INSTALMENT_BOOKED. Paying what is owed anyway agrees on
nothing new, so it is kept as a promise.
"""

from __future__ import annotations

from datetime import date, datetime

from account_engine.domain.events import Event, EventKind, EventPayload
from account_engine.domain.money import Money
from account_engine.domain.negotiation.draft import AT_ONCE
from account_engine.domain.negotiation.option import AccountSchedule, Option, PlanRow, Scope
from account_engine.domain.negotiation.policy import Charge, Tool
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    Component,
    ExtensionAgreed,
    PlanAgreed,
    PlanLeg,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    PromiseMade,
)

_PLAN_TOOLS = {
    Tool.ARREARS_INSTALMENT: PlanTool.ARREARS_INSTALMENT,
    Tool.EXTENSION: PlanTool.ARREARS_INSTALMENT,
    Tool.REAGE: PlanTool.REAGE,
    Tool.LUMP_SUM: PlanTool.LUMP_SUM,
}
_COMPONENTS = {
    Charge.PRINCIPAL: Component.PRINCIPAL,
    Charge.INTEREST: Component.INTEREST,
    Charge.FEE: Component.FEE,
    Charge.PENALTY: Component.PENALTY,
}


def agreement_events(
    option: Option, borrower_id: str, booked_at: datetime, approved_by: str | None = None
) -> tuple[Event, ...]:
    """The events of an accepted offer; the same offer always gives the same ids.

    They take effect on the day the offer was worked out for, because its figures do: a borrower
    pays exactly the rows that were shown, however long the acceptance took.
    """
    return tuple(
        Event(
            event_id=f"{option.offer_id}/{number}",
            borrower_id=borrower_id,
            account_id=account_id,
            kind=kind,
            value_date=option.as_of,
            booked_at=booked_at,
            payload=payload,
        )
        for number, (account_id, kind, payload) in enumerate(
            _payloads(option, approved_by), start=1
        )
    )


def plan_id(option: Option) -> str:
    """The id an accepted offer's plan goes by."""
    return f"plan/{option.offer_id}"


def _payloads(
    option: Option, approved_by: str | None
) -> list[tuple[str | None, EventKind, EventPayload]]:
    if option.tool in AT_ONCE and not option.waived:
        promise = PromiseMade(f"promise/{option.offer_id}", option.total, option.last_due)
        return [(_only_account(option), EventKind.PROMISE_MADE, promise)]
    if option.tool is Tool.BILL_INSTALMENT:
        booked = _booking(option, option.accounts[0])
        return [(option.accounts[0].account_id, EventKind.BILL_INSTALMENT_BOOKED, booked)]
    if option.tool is Tool.EXTENSION and not option.down_payment:
        return [
            (
                schedule.account_id,
                EventKind.EXTENSION_AGREED,
                _extension(option, schedule, approved_by),
            )
            for schedule in option.accounts
        ]
    return [(_only_account(option), EventKind.PLAN_AGREED, _plan(option, approved_by))]


def _only_account(option: Option) -> str | None:
    """The account, where there is one; the borrower as a whole where there are several."""
    return option.account_ids[0] if len(option.account_ids) == 1 else None


def _plan(option: Option, approved_by: str | None) -> PlanAgreed:
    return PlanAgreed(
        plan_id=plan_id(option),
        tool=_PLAN_TOOLS[option.tool],
        scope=PlanScope.WHOLE_BALANCE if option.scope is Scope.WHOLE_BALANCE else PlanScope.ARREARS,
        legs=tuple(_leg(option, schedule) for schedule in option.accounts),
        cure_days=option.breach_effect.cure_days,
        penalty=option.breach_effect.penalty,
        annual_rate=option.plan_rate,
        offer_id=option.offer_id,
        approved_by=approved_by,
        missed_rows=option.breach_effect.missed,
        waivers=option.breach_effect.effect,
    )


def _leg(option: Option, schedule: AccountSchedule) -> PlanLeg:
    waived = tuple(
        (_COMPONENTS[one.charge], one.amount)
        for one in option.waived
        if one.account_id == schedule.account_id
    )
    rows = tuple(_row(row) for row in schedule.rows if row.amount.fen)
    return PlanLeg(schedule.account_id, rows, waived)


def _row(row: PlanRow) -> PlanRowAgreed:
    return PlanRowAgreed(
        number=row.number,
        due=row.due,
        principal=row.principal,
        interest=row.interest,
        fee=row.fee,
        penalty=row.penalty,
        interest_owed=row.interest - row.new_interest,
        fee_owed=row.fee - row.new_fee,
    )


def _extension(
    option: Option, schedule: AccountSchedule, approved_by: str | None
) -> ExtensionAgreed:
    """The interest of the days between is a fee of the extension: it is owed on top of the row."""
    return ExtensionAgreed(
        extension_id=f"extension/{option.offer_id}",
        new_due=schedule.rows[-1].due,
        rows=() if schedule.row_key is None else (schedule.row_key,),
        fee=schedule.plan_interest,
        approved_by=approved_by,
    )


def _booking(option: Option, schedule: AccountSchedule) -> BillInstalmentBooked:
    return BillInstalmentBooked(
        booking_id=f"booking/{option.offer_id}",
        principal=Money.total(row.principal for row in schedule.rows),
        terms=option.terms,
        first_due=_first_due(schedule),
        bill_id=schedule.row_key,
        fee_rate=schedule.flat_fee,
    )


def _first_due(schedule: AccountSchedule) -> date:
    return next(row.due for row in schedule.rows if row.number)
