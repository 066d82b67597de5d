"""The order in which events count, whatever the order in which they arrived.

By value date; within a day debts come before waivers and waivers before money; money booked
after a plan or an extension of that day comes after it. A reversed event is left out from the
reversal's value date on, as if it had never happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.events import PAYLOADS, Event, event_hash

_ORDER_WITHIN_A_DAY: tuple[tuple[type, ...], ...] = (
    (p.AccountOpened, p.Transferred, p.BorrowerDeceased),
    (p.InterestPaused, p.DisputeOpened, p.DisputeClosed),
    (p.BillIssued, p.LoanDisbursed),
    (p.BillInstalmentBooked, p.ChargePosted),
    (p.Waiver,),
    (p.Refund, p.Payment),
    (p.ExtensionAgreed,),
    (p.BreachReported, p.ScoreReported, p.RiskWarned),
    (p.RecallNoticed,),
    (p.PlanAgreed,),
)
_LAST_PHASE = 99
_MONEY = (p.Payment, p.Refund)
_AGREEMENTS = frozenset({p.PlanAgreed, p.ExtensionAgreed})
Keyed = tuple[int, datetime, str, Event]
"""Day × 100 + phase, when it was booked, the id, and the event."""
_PHASES: dict[type, int] = dict.fromkeys(PAYLOADS.values(), _LAST_PHASE) | {
    payload: phase for phase, kinds in enumerate(_ORDER_WITHIN_A_DAY) for payload in kinds
}


def in_order(events: Iterable[Event], as_of: date) -> list[tuple[int, Event]]:
    """Events in force at `as_of` with their day, by value date, phase, booking time and id."""
    events = list(events)
    valued = [event for event in events if event.value_date <= as_of]
    known = {event.event_id: event for event in valued}
    if len(known) != len(valued):
        valued = _each_once(valued)
    kinds = {type(event.payload) for event in valued}
    if kinds.isdisjoint(_AGREEMENTS):
        ordered = _by_day_and_phase(valued)
    else:
        keyed = _money_after_agreements(_keyed(valued))
        ordered = [(key // 100, event) for key, _, _, event in keyed]
    if p.Reversal in kinds:
        return _without_reversed(ordered, {event.event_id for event in events})
    return ordered


def _keyed(events: list[Event]) -> list[Keyed]:
    phases = _PHASES
    keyed = [
        (
            event.value_date.toordinal() * 100 + phases[type(event.payload)],
            event.booked_at,
            event.event_id,
            event,
        )
        for event in events
    ]
    keyed.sort()  # ids differ, so two events themselves are never compared
    return keyed


def _by_day_and_phase(events: list[Event]) -> list[tuple[int, Event]]:
    """Sort by numbers alone, unless two events share their day and phase: then by all keys."""
    phases, count = _PHASES, len(events)
    numbers = [
        (event.value_date.toordinal() * 100 + phases[type(event.payload)]) * count + place
        for place, event in enumerate(events)
    ]
    numbers.sort()
    ordered = []
    before = -1
    for number in numbers:
        key = number // count
        if key == before:
            return [(key // 100, event) for key, _, _, event in _keyed(events)]
        ordered.append((key // 100, events[number % count]))
        before = key
    return ordered


def _money_after_agreements(keyed: list[Keyed]) -> list[Keyed]:
    """Let money booked after an agreement of the same day come after it: a down payment, say.

    What was booked before was known when it was agreed.
    """
    agreed: dict[tuple[int, str | None], list[tuple[datetime, int]]] = {}
    for key, booked, _, event in keyed:
        payload = event.payload
        if type(payload) in _AGREEMENTS:
            accounts = {None, event.account_id}
            if isinstance(payload, p.PlanAgreed):
                accounts |= {leg.account_id for leg in payload.legs}
            for account_id in accounts:
                agreed.setdefault((key // 100, account_id), []).append((booked, key))
    moved = []
    for key, booked, event_id, event in keyed:
        if type(event.payload) in _MONEY:
            known = agreed.get((key // 100, event.account_id), ())
            key = max((later for when, later in known if when < booked), default=key)
        moved.append((key, booked, event_id, event))
    moved.sort()
    return moved


def _each_once(events: list[Event]) -> list[Event]:
    """Leave out events that came again; the same id with other content is a mistake."""
    first: dict[str, Event] = {}
    for event in events:
        _refuse_other_content(first.setdefault(event.event_id, event), event)
    return list(first.values())


def _refuse_other_content(first: Event, second: Event) -> None:
    """The same event twice is one event; two events with one id are a mistake of the source."""
    if first is not second and event_hash(first) != event_hash(second):
        raise InvalidHistory(second.event_id, "two events have this id and differ")


def _without_reversed(events: list[tuple[int, Event]], known: set[str]) -> list[tuple[int, Event]]:
    """Leave out reversed events; the latest reversal is decided first, so it may undo another."""
    dropped: set[str] = set()
    for _, event in reversed(events):
        if isinstance(event.payload, p.Reversal) and event.event_id not in dropped:
            if event.payload.reverses not in known:
                raise InvalidHistory(event.event_id, "reverses an event that is not there")
            dropped.add(event.payload.reverses)
    return [
        entry
        for entry in events
        if entry[1].event_id not in dropped and type(entry[1].payload) is not p.Reversal
    ]
