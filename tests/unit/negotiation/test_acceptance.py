"""From an offer to a plan: once, only while it holds, and only with the person it needs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pytest

from account_engine.domain.events import (
    EventKind,
    Payment,
    ScoreReported,
)
from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import PlanStatus
from account_engine.errors import UnknownBorrower
from account_engine.ports import BorrowerProfile
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import (
    AcceptanceStatus,
    UnknownOffer,
)
from tests.unit.negotiation.debts import demo_policy, yuan
from tests.unit.negotiation.late_loan import (
    BEIJING,
    NOON,
    event,
    extended,
    instalments,
    kinds,
    later,
    lent,
    paid,
    state_of,
)
from tests.unit.negotiation.memory_store import MemoryStore


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
    overdue = quote(state_of(store), QuoteKind.OVERDUE).total
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
    assert kinds(store) == [EventKind.LOAN_DISBURSED, EventKind.PLAN_AGREED]
    plan = accepted.plan
    assert plan is not None
    assert plan.status is PlanStatus.ACTIVE
    assert [(row.due, row.amount) for row in plan.rows] == [
        (row.due, row.amount) for row in option.schedule
    ]
    # Nothing is overdue any more, and the contract's next row still stands beside the plan.
    assert quote(state_of(store), QuoteKind.OVERDUE).total == Money(0)
    dues = {row.due for row in state_of(store).accounts[0].schedule if row.outstanding}
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
    done = state_of(store, date(2027, 2, 2)).accounts[0].plans[-1]
    assert done.status is PlanStatus.COMPLETED
    assert done.remaining_rows == 0


def test_a_missed_row_breaks_the_plan_after_its_cure_period_and_brings_waivers_back(
    desk: Negotiation, store: MemoryStore
) -> None:
    option = instalments(desk).options[0]
    desk.accept("somebody", option.offer_id, NOON)
    # Row 1 is due on 2026-12-01; seven days to make good, so the 8th is the last.
    curing = state_of(store, date(2026, 12, 8)).accounts[0].plans[-1]
    assert (curing.status, curing.cure_until) == (PlanStatus.BROKEN, date(2026, 12, 8))
    ended = state_of(store, date(2026, 12, 9)).accounts[0]
    assert ended.plans[-1].status is PlanStatus.REVOKED
    # The waived half of the penalty is owed again: more than the 6.00 of ten days.
    penalty = quote(state_of(store, date(2026, 12, 9)), QuoteKind.OVERDUE).by_component()
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
    assert kinds(store).count(EventKind.PLAN_AGREED) == 1


def test_many_acceptances_at_once_book_one_plan(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(desk.accept, "somebody", option.offer_id, NOON) for _ in range(16)]
        statuses = [call.result().status for call in calls]
    assert statuses.count(AcceptanceStatus.ACCEPTED) == 1
    assert statuses.count(AcceptanceStatus.ALREADY_ACCEPTED) == 15
    assert kinds(store).count(EventKind.PLAN_AGREED) == 1


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
    assert kinds(store)[-1] is EventKind.EXTENSION_AGREED
    today = state_of(store)
    assert today.accounts[0].dpd == 0
    assert today.accounts[0].extension_until == date(2026, 12, 1)
    on_the_day = state_of(store, date(2026, 12, 1))
    assert quote(on_the_day, QuoteKind.DUE_NOW).total == option.total


def test_a_payment_in_between_brings_a_new_offer(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    with store.write() as writer:
        writer.append("somebody", [paid("pay-1", "500.00", date(2026, 11, 21))])
    result = desk.accept("somebody", option.offer_id, NOON)
    assert result.status is AcceptanceStatus.REPLACED
    assert EventKind.PLAN_AGREED not in kinds(store)
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
        writer.append("somebody", [paid("pay-1", "1.00", date(2026, 11, 22))])
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
    assert EventKind.PLAN_AGREED not in kinds(store)


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
    assert EventKind.EXTENSION_AGREED not in kinds(store)


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


def test_another_policy_brings_a_new_offer(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    changed = Negotiation(store, replace(demo_policy(), version="next"))
    assert changed.accept("somebody", option.offer_id, NOON).status is AcceptanceStatus.REPLACED


def test_a_lost_race_is_run_again(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    store.lost_races = 2
    assert desk.accept("somebody", option.offer_id, NOON).status is AcceptanceStatus.ACCEPTED
