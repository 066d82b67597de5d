"""冷静期: an agreed plan may be taken back for three days; then the debt is as if never agreed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from account_engine.domain.events import EventKind
from account_engine.domain.negotiation.policy import CoolingOffRule, Tool
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.negotiation.withdrawal import WithdrawalRefusal
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import PlanStatus
from account_engine.ports import OfferStatus
from account_engine.services.decisions import Decision
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import AcceptanceStatus, UnknownOffer
from account_engine.services.withdrawal import WithdrawalRefused, WithdrawalStatus
from tests.unit.negotiation.debts import demo_policy, yuan
from tests.unit.negotiation.late_loan import (
    BORROWER,
    NOON,
    at,
    kinds,
    late_loan,
    paid,
    state_of,
    state_without,
    store_event,
    three_rows,
)
from tests.unit.negotiation.memory_store import MemoryStore

DAY_AFTER = date(2026, 11, 22)
SECOND_DAY = date(2026, 11, 23)
LAST_DAY = date(2026, 11, 24)  # accepted on the 21st, and three days more
TOO_LATE = date(2026, 11, 25)


@pytest.fixture
def store() -> MemoryStore:
    return late_loan()


@pytest.fixture
def desk(store: MemoryStore) -> Negotiation:
    return Negotiation(store, demo_policy())


@pytest.fixture
def offer_id(desk: Negotiation) -> str:
    """An accepted plan of three rows."""
    option = three_rows(desk)
    assert option.waived_total == yuan("3.00")
    result = desk.accept(BORROWER, option.offer_id, NOON)
    assert result.status is AcceptanceStatus.ACCEPTED
    return option.offer_id


def refusal(desk: Negotiation, offer_id: str, on: date) -> WithdrawalRefused:
    with pytest.raises(WithdrawalRefused) as refused:
        desk.withdraw_agreement(BORROWER, offer_id, at(on))
    return refused.value


def test_what_was_paid_stays_and_what_was_waived_is_owed_again(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    store_event(store, paid("pay-1", "300.00", DAY_AFTER))
    assert state_of(store, SECOND_DAY).accounts[0].dpd == 0
    result = desk.withdraw_agreement(BORROWER, offer_id, at(SECOND_DAY))
    assert result.status is WithdrawalStatus.WITHDRAWN
    # Due 11-11, 1,000.00 + 36.00. On 11-22 eleven days: 1000 × 0.0006 × 11 = 6.60 penalty.
    # 300.00 pays 6.60 penalty, 36.00 interest and 257.40 principal; 742.60 stay.
    # On 11-23 one day more: 742.60 × 0.0006 = 0.45. Due: 743.05.
    assert result.due_now.total == yuan("743.05")
    state = state_of(store, SECOND_DAY)
    (account,) = state.accounts
    assert quote(state, QuoteKind.DUE_NOW).total == yuan("743.05")
    assert (account.dpd, account.plans, account.plans_broken) == (12, (), 0)
    assert account.waivers_used == 0


def test_the_state_is_that_of_a_history_without_the_plan(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    store_event(store, paid("pay-1", "300.00", DAY_AFTER))
    result = desk.withdraw_agreement(BORROWER, offer_id, at(SECOND_DAY))
    gone = {f"{offer_id}/1", *(one.event_id for one in result.events)}
    for later in (SECOND_DAY, date(2026, 12, 31), date(2027, 6, 30)):
        assert state_of(store, later) == state_without(store, gone, later)
    # What was true before the withdrawal is not rewritten.
    (plan,) = state_of(store, DAY_AFTER).accounts[0].plans
    assert plan.status is PlanStatus.ACTIVE


def test_a_payment_for_the_plan_itself_is_kept_as_well(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    store_event(store, paid("pay-1", "300.00", DAY_AFTER, towards=f"plan/{offer_id}"))
    # The same figures as above: without the plan it goes to what is oldest.
    result = desk.withdraw_agreement(BORROWER, offer_id, at(SECOND_DAY))
    assert result.due_now.total == yuan("743.05")


def test_withdrawing_twice_is_withdrawing_once(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    first = desk.withdraw_agreement(BORROWER, offer_id, at(DAY_AFTER))
    again = desk.withdraw_agreement(BORROWER, offer_id, at(date(2027, 3, 1)))
    assert again.status is WithdrawalStatus.ALREADY_WITHDRAWN
    assert again.events == first.events
    assert kinds(store).count(EventKind.REVERSAL) == 1
    assert ("agreement_withdrawn", offer_id) in store.tables.audit


def test_two_withdrawals_at_once_are_one(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: desk.withdraw_agreement(BORROWER, offer_id, at(DAY_AFTER)), range(8))
        )
    assert [one.status for one in answers].count(WithdrawalStatus.WITHDRAWN) == 1
    assert kinds(store).count(EventKind.REVERSAL) == 1


def test_the_last_day_counts_to_midnight(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    error = refusal(desk, offer_id, TOO_LATE)
    assert (error.reason, error.until) == (WithdrawalRefusal.COOLING_OFF_OVER, LAST_DAY)
    result = desk.withdraw_agreement(BORROWER, offer_id, at(LAST_DAY, 23, 59))
    assert result.status is WithdrawalStatus.WITHDRAWN


def test_the_days_count_from_the_acceptance_not_from_the_offer(
    desk: Negotiation, store: MemoryStore
) -> None:
    # Offered on the 21st, accepted on the 24th: until the 27th.
    option = three_rows(desk)
    desk.accept(BORROWER, option.offer_id, at(date(2026, 11, 24)))
    (standing,) = desk.withdrawable(BORROWER, at(date(2026, 11, 24)))
    assert (standing.agreed_on, standing.until) == (date(2026, 11, 24), date(2026, 11, 27))


def test_a_lender_may_have_no_cooling_off(store: MemoryStore) -> None:
    policy = replace(demo_policy(), cooling_off=CoolingOffRule(days=0))
    desk = Negotiation(store, policy)
    option = three_rows(desk)
    desk.accept(BORROWER, option.offer_id, NOON)
    error = refusal(desk, option.offer_id, DAY_AFTER)
    assert error.reason is WithdrawalRefusal.COOLING_OFF_OVER


def test_before_withdrawing_one_sees_what_it_means(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    before = store.tables.events
    (standing,) = desk.withdrawable(BORROWER, at(DAY_AFTER))
    assert standing.refusal is None
    assert standing.agreement_id == f"plan/{offer_id}"
    # With the plan nothing is due before 12-01. Without: 1000 + 36 + 1000 × 0.0006 × 11 = 1,042.60.
    assert standing.due_now.total == yuan(0)
    assert standing.due_now_after is not None
    assert standing.due_now_after.total == yuan("1042.60")
    assert store.tables.events == before
    (late,) = desk.withdrawable(BORROWER, at(TOO_LATE))
    assert late.refusal is WithdrawalRefusal.COOLING_OFF_OVER
    assert late.due_now_after is None
    desk.withdraw_agreement(BORROWER, offer_id, at(DAY_AFTER))
    assert desk.withdrawable(BORROWER, at(DAY_AFTER)) == ()


def test_what_was_never_agreed_cannot_be_taken_back(desk: Negotiation, store: MemoryStore) -> None:
    option = three_rows(desk)
    error = refusal(desk, option.offer_id, DAY_AFTER)
    assert error.reason is WithdrawalRefusal.NEVER_AGREED
    proposal = desk.propose(BORROWER, Wishes(), NOON)
    (now,) = [one for one in proposal.options if one.tool is Tool.PAY_NOW]
    desk.accept(BORROWER, now.offer_id, NOON)  # a promise to pay binds nobody
    assert refusal(desk, now.offer_id, DAY_AFTER).reason is WithdrawalRefusal.NEVER_AGREED
    with pytest.raises(UnknownOffer):
        desk.withdraw_agreement(BORROWER, "offer-made-up", NOON)
    with pytest.raises(UnknownOffer):
        desk.withdraw_agreement("somebody-else", option.offer_id, NOON)


def test_a_fulfilled_plan_stays(store: MemoryStore) -> None:
    desk = Negotiation(store, replace(demo_policy(), cooling_off=CoolingOffRule(days=90)))
    option = three_rows(desk)
    desk.accept(BORROWER, option.offer_id, NOON)
    for row in option.schedule:
        payment = paid(
            f"pay-{row.number}", row.amount.yuan_text, row.due, towards=f"plan/{option.offer_id}"
        )
        store_event(store, payment)
    error = refusal(desk, option.offer_id, option.last_due)
    assert error.reason is WithdrawalRefusal.FULFILLED


def test_a_plan_that_was_broken_for_good_has_ended(store: MemoryStore) -> None:
    desk = Negotiation(store, replace(demo_policy(), cooling_off=CoolingOffRule(days=30)))
    option = three_rows(desk)
    desk.accept(BORROWER, option.offer_id, NOON)
    # Missed on 12-01, seven days to cure, ended with 12-08.
    assert refusal(desk, option.offer_id, date(2026, 12, 9)).reason is WithdrawalRefusal.ENDED


def test_an_extension_can_be_taken_back(desk: Negotiation, store: MemoryStore) -> None:
    proposal = desk.propose(BORROWER, Wishes(extension_days=10), NOON)
    option = next(one for one in proposal.options if one.tool is Tool.EXTENSION)
    desk.accept(BORROWER, option.offer_id, NOON)
    assert state_of(store, DAY_AFTER).accounts[0].dpd == 0
    result = desk.withdraw_agreement(BORROWER, option.offer_id, at(DAY_AFTER))
    # As if there were none: 1000 + 36 + 1000 × 0.0006 × 11 = 1,042.60, eleven days late.
    assert result.due_now.total == yuan("1042.60")
    (account,) = state_of(store, DAY_AFTER).accounts
    assert (account.dpd, account.extensions_used, account.extension_until) == (11, 0, None)


def test_afterwards_one_can_agree_on_something_anew(
    desk: Negotiation, store: MemoryStore, offer_id: str
) -> None:
    desk.withdraw_agreement(BORROWER, offer_id, at(NOON.date(), 13))
    assert store.tables.offers[offer_id].status is OfferStatus.WITHDRAWN
    # A second press on the old button does not agree again.
    answer = desk.accept(BORROWER, offer_id, at(NOON.date(), 14))
    assert answer.status is AcceptanceStatus.WITHDRAWN
    assert answer.proposal is not None
    assert kinds(store).count(EventKind.PLAN_AGREED) == 1
    # The same figures on the same day are another offer, and that one can be accepted.
    anew = three_rows(desk, at(NOON.date(), 15))
    assert anew.offer_id != offer_id
    result = desk.accept(BORROWER, anew.offer_id, at(NOON.date(), 16))
    assert result.status is AcceptanceStatus.ACCEPTED
    assert kinds(store).count(EventKind.PLAN_AGREED) == 2


def test_an_approved_plan_can_be_taken_back_as_well() -> None:
    store = late_loan(vulnerable=("elderly",))
    desk = Negotiation(store, demo_policy())
    option = three_rows(desk)
    request_id = desk.accept(BORROWER, option.offer_id, NOON).request_id
    assert request_id is not None
    assert refusal(desk, option.offer_id, NOON.date()).reason is WithdrawalRefusal.NEVER_AGREED
    ruling = (request_id, Decision.APPROVE, "supervisor_wang", "材料属实")
    desk.decide(*ruling, at(DAY_AFTER))
    desk.withdraw_agreement(BORROWER, option.offer_id, at(TOO_LATE))  # decided on the 22nd
    again = desk.decide(*ruling, at(TOO_LATE))
    assert again.status is AcceptanceStatus.WITHDRAWN
