"""From an offer to a plan: once, only while it holds, and only with the person it needs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.events import (
    Event,
    EventKind,
    EventPayload,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
    ScheduledRow,
    ScoreReported,
)
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.option import Proposal, ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind, PlanAgreed
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState, PlanStatus
from account_engine.domain.terms import Contract
from account_engine.errors import ConcurrentChange, UnknownBorrower, UnknownCase
from account_engine.ports import BorrowerProfile, OfferStatus, QueueStatus
from account_engine.services.decisions import Decision
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import (
    AcceptanceStatus,
    AlreadyDecided,
    DecisionIncomplete,
    NothingToWithdraw,
    UnknownOffer,
)
from tests.unit.negotiation.debts import demo_policy, yuan
from tests.unit.negotiation.memory_store import MemoryStore

BEIJING = timezone(timedelta(hours=8))
PRODUCTS = Products.load(Path(__file__).resolve().parents[3] / "data" / "products")
NOON = datetime(2026, 11, 21, 12, tzinfo=BEIJING)
HARDSHIP = HardshipKind.UNEMPLOYMENT


def event(name: str, kind: EventKind, on: date, payload: EventPayload) -> Event:
    booked = datetime(on.year, on.month, on.day, 9, tzinfo=BEIJING)
    return Event(name, "somebody", "jiebei-1", kind, on, booked, payload)


def lent(first_due: date) -> list[Event]:
    """3,000.00 in three rows of 1,000.00, interest 36.00, 24.00 and 12.00, the lender's own."""
    dues = [first_due, date(2026, 12, 11), date(2027, 1, 11)]
    rows = tuple(
        ScheduledRow(number, due, yuan(1000), yuan(interest))
        for number, (due, interest) in enumerate(zip(dues, (36, 24, 12), strict=True), start=1)
    )
    loan = LoanDisbursed(
        "loan-1", yuan(3000), 3, RepaymentMethod.EQUAL_PRINCIPAL, first_due, None, rows
    )
    return [event("loan-1", EventKind.LOAN_DISBURSED, first_due - timedelta(days=31), loan)]


def paid(name: str, amount: Money, on: date) -> Event:
    return event(name, EventKind.PAYMENT, on, Payment(amount))


@pytest.fixture
def store() -> MemoryStore:
    """The first row was due on 2026-11-11: ten days late."""
    store = MemoryStore()
    contract = Contract(
        account_id="jiebei-1",
        borrower_id="somebody",
        terms=PRODUCTS.latest("jiebei_like"),
        lender_name="示例消费金融公司",
        signed_on=date(2026, 1, 5),
    )
    profile = BorrowerProfile("somebody", "某先生", "138****0000")
    store.add(profile, [contract], lent(date(2026, 11, 11)))
    return store


@pytest.fixture
def desk(store: MemoryStore) -> Negotiation:
    return Negotiation(store, demo_policy())


def later(days: int = 0, hours: int = 0) -> datetime:
    return NOON + timedelta(days=days, hours=hours)


def state(store: MemoryStore, as_of: date = date(2026, 11, 21)) -> BorrowerState:
    with store.read() as reader:
        stream = reader.stream("somebody")
    return fold(stream.contracts, stream.events, as_of)


def extended(desk: Negotiation, now: datetime = NOON) -> Proposal:
    return desk.propose("somebody", Wishes(extension_days=10), now)


def instalments(desk: Negotiation, now: datetime = NOON) -> Proposal:
    wishes = Wishes(terms=3, first_date=date(2026, 12, 1), hardship=HARDSHIP)
    return desk.propose("somebody", wishes, now)


def events_of(store: MemoryStore) -> list[EventKind]:
    return [one.kind for one in store.tables.events["somebody"]]


def test_proposing_stores_offers_and_nothing_else(desk: Negotiation, store: MemoryStore) -> None:
    before = store.tables.events
    proposal = instalments(desk)
    assert store.tables.events == before
    assert set(store.tables.offers) == {option.offer_id for option in proposal.options}
    assert not store.tables.items
    assert instalments(desk) == proposal


def test_previewing_stores_nothing_at_all(desk: Negotiation, store: MemoryStore) -> None:
    assert desk.preview("somebody", Wishes(), date(2026, 11, 21)).options
    assert not store.tables.offers


def test_the_position_is_what_the_quotes_say(desk: Negotiation, store: MemoryStore) -> None:
    # Ten days late at 1.5 × 0.04% a day: 1000 × 0.0006 × 10 = 6.00. Owed: 1,042.00.
    overdue = quote(state(store), QuoteKind.OVERDUE).total
    assert overdue == yuan("1042.00")
    option = instalments(desk).options[0]
    # Half of the penalty is waived at the end.
    assert option.reaged + option.waived_total == overdue
    assert option.waived_total == yuan("3.00")


def test_an_accepted_plan_is_one_event_and_its_rows_are_what_was_shown(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    accepted = desk.accept("somebody", option.offer_id, later(hours=1))
    assert accepted.status is AcceptanceStatus.ACCEPTED
    assert events_of(store) == [EventKind.LOAN_DISBURSED, EventKind.PLAN_AGREED]
    plan = accepted.plan
    assert plan is not None
    assert plan.status is PlanStatus.ACTIVE
    assert [(row.due, row.amount) for row in plan.rows] == [
        (row.due, row.amount) for row in option.schedule
    ]
    # Nothing is overdue any more, and the contract's next row still stands beside the plan.
    assert quote(state(store), QuoteKind.OVERDUE).total == Money(0)
    dues = {row.due for row in state(store).accounts[0].schedule if row.outstanding}
    assert date(2026, 12, 11) in dues


def test_paying_the_rows_as_shown_ends_the_plan_and_the_waiver_stands(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    desk.accept("somebody", option.offer_id, NOON)
    plan_id = f"plan/{option.offer_id}"
    payments = [
        event(f"pay-{row.number}", EventKind.PAYMENT, row.due, Payment(row.amount, towards=plan_id))
        for row in option.schedule
    ]
    with store.write() as writer:
        writer.append("somebody", payments)
    done = state(store, date(2027, 2, 2)).accounts[0].plans[-1]
    assert done.status is PlanStatus.COMPLETED
    assert done.remaining_rows == 0


def test_a_missed_row_breaks_the_plan_after_its_cure_period_and_brings_waivers_back(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    desk.accept("somebody", option.offer_id, NOON)
    # Row 1 is due on 2026-12-01; seven days to make good, so the 8th is the last.
    curing = state(store, date(2026, 12, 8)).accounts[0].plans[-1]
    assert (curing.status, curing.cure_until) == (PlanStatus.BROKEN, date(2026, 12, 8))
    ended = state(store, date(2026, 12, 9)).accounts[0]
    assert ended.plans[-1].status is PlanStatus.REVOKED
    # The waived half of the penalty is owed again: more than the 6.00 of ten days.
    penalty = quote(state(store, date(2026, 12, 9)), QuoteKind.OVERDUE).by_component()
    assert max(penalty.values()) > Money(0)
    owed = {component.value: amount for component, amount in penalty.items()}
    assert owed["penalty"] >= yuan("6.00")


def test_accepting_twice_is_accepting_once(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    first = desk.accept("somebody", option.offer_id, NOON)
    again = desk.accept("somebody", option.offer_id, later(days=1))
    assert again.status is AcceptanceStatus.ALREADY_ACCEPTED
    assert again.plan is not None
    assert first.plan is not None
    assert again.plan.plan_id == first.plan.plan_id
    assert events_of(store).count(EventKind.PLAN_AGREED) == 1


def test_many_acceptances_at_once_book_one_plan(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(desk.accept, "somebody", option.offer_id, NOON) for _ in range(16)]
        statuses = [call.result().status for call in calls]
    assert statuses.count(AcceptanceStatus.ACCEPTED) == 1
    assert statuses.count(AcceptanceStatus.ALREADY_ACCEPTED) == 15
    assert events_of(store).count(EventKind.PLAN_AGREED) == 1


def test_an_extension_moves_the_due_date_and_costs_what_was_shown(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = extended(desk).options[0]
    assert option.tool is Tool.EXTENSION
    # 1000 × 0.0004 × 10 = 4.00; due then 1,000.00 + 36.00 + 6.00 + 4.00.
    assert option.total == yuan("1046.00")
    accepted = desk.accept("somebody", option.offer_id, NOON)
    assert accepted.status is AcceptanceStatus.ACCEPTED
    assert accepted.plan is None
    assert events_of(store)[-1] is EventKind.EXTENSION_AGREED
    today = state(store)
    assert today.accounts[0].dpd == 0
    assert today.accounts[0].extension_until == date(2026, 12, 1)
    on_the_day = state(store, date(2026, 12, 1))
    assert quote(on_the_day, QuoteKind.DUE_NOW).total == option.total


def test_a_payment_in_between_brings_a_new_offer(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    with store.write() as writer:
        writer.append("somebody", [paid("pay-1", yuan(500), date(2026, 11, 21))])
    result = desk.accept("somebody", option.offer_id, NOON)
    assert result.status is AcceptanceStatus.REPLACED
    assert EventKind.PLAN_AGREED not in events_of(store)
    assert result.proposal is not None
    fresh = result.proposal.options[0]
    # 1,042.00 − 500.00 = 542.00 are left to be spread; the penalty is paid already, no waiver.
    assert fresh.reaged + fresh.waived_total == yuan("542.00")
    # The new one can be accepted.
    assert desk.accept("somebody", fresh.offer_id, NOON).status is AcceptanceStatus.ACCEPTED


def test_a_payment_after_the_offers_day_brings_a_new_offer(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    with store.write() as writer:
        writer.append("somebody", [paid("pay-1", yuan(1), date(2026, 11, 22))])
    result = desk.accept("somebody", option.offer_id, later(days=1))
    assert result.status is AcceptanceStatus.REPLACED


def test_news_that_moves_no_money_leaves_an_offer_standing(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    score = event("s-1", EventKind.SCORE_REPORTED, date(2026, 11, 22), ScoreReported(560))
    with store.write() as writer:
        writer.append("somebody", [score])
    result = desk.accept("somebody", option.offer_id, later(days=1))
    assert result.status is AcceptanceStatus.ACCEPTED


def test_an_offer_stands_for_three_days_at_its_own_figures(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    result = desk.accept(
        "somebody", option.offer_id, datetime(2026, 11, 24, 23, 59, tzinfo=BEIJING)
    )
    assert result.status is AcceptanceStatus.ACCEPTED
    # It takes effect on the day it was made: no penalty for the days in between.
    assert result.events[0].value_date == date(2026, 11, 21)


def test_an_offer_of_an_earlier_day_is_shown_as_it_was(desk: Negotiation) -> None:
    option = instalments(desk).options[0]
    last_minute = datetime(2026, 11, 24, 23, 59, tzinfo=BEIJING)
    assert desk.still_offered("somebody", option.offer_id, last_minute) == option
    # Over, or another borrower's: it could not be accepted, so it is not shown either.
    after = datetime(2026, 11, 25, 0, 0, tzinfo=BEIJING)
    assert desk.still_offered("somebody", option.offer_id, after) is None
    assert desk.still_offered("else", option.offer_id, last_minute) is None


def test_an_expired_offer_is_answered_with_a_new_one(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    result = desk.accept("somebody", option.offer_id, datetime(2026, 11, 25, 0, 0, tzinfo=BEIJING))
    assert result.status is AcceptanceStatus.EXPIRED
    assert result.proposal is not None
    # Four more days of penalty: 1000 × 0.0006 × 14 = 8.40.
    fresh = result.proposal.options[0]
    assert fresh.reaged + fresh.waived_total == yuan("1044.40")
    assert EventKind.PLAN_AGREED not in events_of(store)


def test_a_step_down_the_ladder_in_between_brings_a_new_offer(store: MemoryStore) -> None:
    # Thirty days late on 2026-11-21 is T1; a day later T2, with other tools.
    store.tables.events["somebody"] = tuple(lent(date(2026, 10, 22)))
    desk = Negotiation(store, demo_policy())
    proposal = instalments(desk)
    assert proposal.tier == "T1"
    result = desk.accept("somebody", proposal.options[0].offer_id, later(days=1))
    assert result.status is AcceptanceStatus.REPLACED
    assert result.proposal is not None
    assert result.proposal.tier == "T2"


def test_a_second_offer_cannot_be_accepted_beside_the_first(
    desk: Negotiation, store: MemoryStore
) -> None:
    plan, extension = instalments(desk).options[0], extended(desk).options[0]
    desk.accept("somebody", plan.offer_id, NOON)
    second = desk.accept("somebody", extension.offer_id, NOON)
    assert second.status is AcceptanceStatus.REPLACED
    assert second.proposal is not None
    assert second.proposal.verdict is Verdict.HUMAN_ONLY
    assert ReasonCode.PLAN_RUNNING in [reason.code for reason in second.proposal.reasons]
    assert EventKind.EXTENSION_AGREED not in events_of(store)


def test_nobody_accepts_an_offer_made_to_somebody_else(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    store.add(BorrowerProfile("another", "另一位", "139****0000"), [], [])
    with pytest.raises(UnknownOffer):
        desk.accept("another", option.offer_id, NOON)
    with pytest.raises(UnknownOffer):
        desk.accept("somebody", "offer-made-up", NOON)
    with pytest.raises(UnknownBorrower):
        desk.propose("nobody", Wishes(), NOON)


def waiting_for_a_person(desk: Negotiation, store: MemoryStore) -> tuple[str, str]:
    profile = BorrowerProfile("somebody", "某先生", "138****0000", vulnerable=("elderly",))
    store.tables.profiles["somebody"] = profile
    wishes = Wishes(terms=3, first_date=date(2026, 12, 5), hardship=HARDSHIP)
    option = desk.propose("somebody", wishes, NOON).options[0]
    result = desk.accept("somebody", option.offer_id, NOON)
    assert result.status is AcceptanceStatus.NEEDS_APPROVAL
    assert result.request_id is not None
    return option.offer_id, result.request_id


def test_a_plan_that_needs_a_person_waits_in_the_queue(
    desk: Negotiation, store: MemoryStore
) -> None:
    offer_id, request_id = waiting_for_a_person(desk, store)
    assert EventKind.PLAN_AGREED not in events_of(store)
    (item,) = desk.approvals()
    assert (item.item_id, item.subject) == (request_id, offer_id)
    assert item.content["causes"] == ["vulnerable"]
    assert item.content["role"] == "supervisor"
    # Asking again does not queue twice.
    again = desk.accept("somebody", offer_id, later(hours=2))
    assert again.status is AcceptanceStatus.NEEDS_APPROVAL
    assert len(desk.approvals()) == 1


def test_a_request_can_be_taken_back_and_made_again(desk: Negotiation, store: MemoryStore) -> None:
    offer_id, request_id = waiting_for_a_person(desk, store)
    taken_back = desk.withdraw("somebody", offer_id, later(hours=1))
    assert taken_back.status is AcceptanceStatus.WITHDRAWN
    assert desk.approvals() == ()
    with pytest.raises(NothingToWithdraw):
        desk.withdraw("somebody", offer_id, later(hours=1))
    again = desk.accept("somebody", offer_id, later(hours=2))
    assert again.status is AcceptanceStatus.NEEDS_APPROVAL
    assert again.request_id != request_id
    assert len(desk.approvals()) == 1
    assert again.request_id is not None
    result = desk.decide(
        again.request_id, Decision.APPROVE, "supervisor_wang", "同意", later(hours=3)
    )
    assert result.status is AcceptanceStatus.ACCEPTED


def test_a_plan_that_stands_is_not_taken_back(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    desk.accept("somebody", option.offer_id, NOON)
    with pytest.raises(NothingToWithdraw):
        desk.withdraw("somebody", option.offer_id, NOON)
    with pytest.raises(UnknownOffer):
        desk.withdraw("somebody", "offer-made-up", NOON)


def test_an_approved_plan_carries_the_name_of_who_approved(
    desk: Negotiation, store: MemoryStore
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "材料属实", later(days=5))
    assert result.status is AcceptanceStatus.ACCEPTED
    payload = result.events[0].payload
    assert isinstance(payload, PlanAgreed)
    assert payload.approved_by == "supervisor_wang"
    assert desk.approvals() == ()
    (item,) = desk.approvals(QueueStatus.APPROVED)
    assert (item.decided_by, item.note) == ("supervisor_wang", "材料属实")
    again = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "材料属实", later(days=6))
    assert again.status is AcceptanceStatus.ALREADY_ACCEPTED
    assert events_of(store).count(EventKind.PLAN_AGREED) == 1
    with pytest.raises(AlreadyDecided):
        desk.decide(request_id, Decision.DECLINE, "supervisor_li", "改主意", later(days=6))


def test_a_declined_plan_stays_declined(desk: Negotiation, store: MemoryStore) -> None:
    offer_id, request_id = waiting_for_a_person(desk, store)
    result = desk.decide(request_id, Decision.DECLINE, "supervisor_wang", "资料不全", later(days=1))
    assert result.status is AcceptanceStatus.DECLINED
    again = desk.accept("somebody", offer_id, later(days=1))
    assert again.status is AcceptanceStatus.DECLINED
    assert EventKind.PLAN_AGREED not in events_of(store)


def test_a_decision_that_comes_too_late_books_nothing(
    desk: Negotiation, store: MemoryStore
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "同意", later(days=8))
    assert result.status is AcceptanceStatus.EXPIRED
    assert result.proposal is not None
    assert EventKind.PLAN_AGREED not in events_of(store)


def test_a_debt_that_moved_while_somebody_decided_is_not_booked_over(
    desk: Negotiation, store: MemoryStore
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    with store.write() as writer:
        writer.append("somebody", [paid("pay-1", yuan(100), date(2026, 11, 22))])
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "同意", later(days=2))
    assert result.status is AcceptanceStatus.REPLACED
    assert result.proposal is not None
    assert EventKind.PLAN_AGREED not in events_of(store)


@pytest.mark.parametrize(("by", "reason", "field"), [(" ", "同意", "by"), ("王", "", "reason")])
def test_a_decision_has_a_name_and_a_reason(
    desk: Negotiation, store: MemoryStore, by: str, reason: str, field: str
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    with pytest.raises(DecisionIncomplete) as error:
        desk.decide(request_id, Decision.APPROVE, by, reason, NOON)
    assert error.value.field == field


def test_deciding_on_what_nobody_asked(desk: Negotiation) -> None:
    with pytest.raises(UnknownCase):
        desk.decide("approval/none", Decision.APPROVE, "supervisor_wang", "同意", NOON)


def test_another_policy_brings_a_new_offer(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    changed = Negotiation(store, replace(demo_policy(), version="next"))
    assert changed.accept("somebody", option.offer_id, NOON).status is AcceptanceStatus.REPLACED


def test_a_lost_race_is_run_again(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    lost = iter([True, True, False])
    open_write = store.write

    def racing():  # type: ignore[no-untyped-def]
        if next(lost):
            raise ConcurrentChange("somebody was faster")
        return open_write()

    store.write = racing  # type: ignore[method-assign]
    assert desk.accept("somebody", option.offer_id, NOON).status is AcceptanceStatus.ACCEPTED


def test_paying_what_is_due_is_kept_as_a_promise(desk: Negotiation, store: MemoryStore) -> None:
    proposal = desk.propose("somebody", Wishes(), NOON)
    (now,) = [option for option in proposal.options if option.tool is Tool.PAY_NOW]
    assert desk.accept("somebody", now.offer_id, NOON).status is AcceptanceStatus.ACCEPTED
    assert events_of(store)[-1] is EventKind.PROMISE_MADE
    assert store.tables.offers[now.offer_id].status is OfferStatus.ACCEPTED


def test_a_promise_is_kept_or_broken_in_the_state(desk: Negotiation, store: MemoryStore) -> None:
    desk.promise("somebody", yuan(500), date(2026, 11, 25), NOON)
    (promise,) = state(store).promises
    assert (promise.amount, promise.status.value) == (yuan(500), "open")
    (promise,) = state(store, date(2026, 11, 26)).promises
    assert promise.status.value == "broken"
    # Said twice on one day, it is one promise.
    desk.promise("somebody", yuan(500), date(2026, 11, 25), later(hours=1))
    assert events_of(store).count(EventKind.PROMISE_MADE) == 1


@pytest.mark.parametrize(
    ("amount", "on", "field", "fault"),
    [
        (Money(0), date(2026, 11, 25), "amount", Fault.NOT_POSITIVE),
        (Money(999), date(2026, 11, 25), "amount", Fault.TOO_SMALL),
        (yuan(500), date(2026, 11, 20), "on", Fault.IN_THE_PAST),
        (yuan(500), date(2026, 12, 7), "on", Fault.TOO_FAR_AHEAD),
    ],
)
def test_promises_outside_the_window(
    desk: Negotiation, amount: Money, on: date, field: str, fault: Fault
) -> None:
    with pytest.raises(InvalidWish) as error:
        desk.promise("somebody", amount, on, NOON)
    assert (error.value.field, error.value.fault) == (field, fault)
