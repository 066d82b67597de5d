"""What must hold for every history."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from account_engine.domain.events import event_from_json, event_hash, event_to_json
from account_engine.domain.fold import fold
from account_engine.domain.ledger import credits as money_in
from account_engine.domain.money import Money
from account_engine.domain.payloads import Payment, Reversal
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState, RowOrigin, RowState
from tests.property.histories import BILLS, LOAN, Story, make_event, money, stories


def figures(state: BorrowerState) -> list[tuple[object, ...]]:
    """Every amount and date of a state, without the names of the events behind them."""
    found = []
    for account in state.accounts:
        for row in account.facts:
            found.append((account.account_id, *row._replace(event_ids=())))
        found.append((account.account_id, account.dpd, account.credit, account.recall.stage))
    return found


def owed(state: BorrowerState, kind: QuoteKind) -> int:
    """A quote's total in fen."""
    return quote(state, kind).total.fen


def folded(story: Story) -> BorrowerState:
    """Fold a story."""
    return fold(story.contracts, story.events, story.as_of)


@given(stories())
def test_what_a_payment_was_split_into_sums_to_the_payment(story: Story):
    state = folded(story)
    received = sum(
        event.payload.amount.fen
        for event in story.events
        if isinstance(event.payload, Payment) and event.value_date <= story.as_of
    )
    allocated = 0
    for account in state.accounts:
        for entry in account.payments:
            parts = (entry.principal, entry.interest, entry.fee, entry.penalty)
            assert Money.total(parts) + entry.prepayment_fee + entry.credit == entry.amount
        by_event = {e.event_id: e.kind.value for e in story.events}
        allocated += sum(
            entry.amount.fen
            for entry in account.payments
            if by_event.get(entry.event_id) == "payment"
        )
    assert allocated == received


@given(stories())
def test_a_usual_payment_goes_where_the_order_of_the_terms_sends_it(story: Story):
    # The short way for usual payments against the cells of the terms, one by one.
    quick = folded(story)
    with patch.object(money_in, "take_usual", lambda *_: False):
        slow = folded(story)
    assert quick == slow


@given(stories())
def test_no_amount_is_negative(story: Story):
    for account in folded(story).accounts:
        assert account.credit.fen >= 0
        for row in account.facts:
            amounts = (row.open_principal, row.open_interest, row.open_fee, row.open_penalty)
            assert min(amounts) >= 0, row
            assert min(row.paid_principal, row.paid_interest, row.paid_fee, row.paid_penalty) >= 0


@given(stories())
def test_principal_is_neither_made_nor_lost(story: Story):
    state = folded(story)
    for account in state.accounts:
        drawn = 0
        for event in story.events:
            if event.account_id != account.account_id or event.value_date > story.as_of:
                continue
            payload = event.payload
            drawn += getattr(payload, "revolving_principal", Money(0)).fen
            if type(payload).__name__ == "LoanDisbursed":
                drawn += payload.principal.fen
        kept = sum(
            row.open_principal + row.paid_principal + row.waived_principal for row in account.facts
        )
        assert kept == drawn


@given(stories(), st.sampled_from(list(QuoteKind)))
def test_a_quote_is_the_sum_of_its_items(story: Story, kind: QuoteKind):
    asked = quote(folded(story), kind)
    assert asked.total.fen == sum(item.amount.fen for item in asked.items)
    assert asked.total == Money.total(asked.by_account().values())
    assert asked.total == Money.total(asked.by_component().values())
    assert all(item.event_ids for item in asked.items if item.row is not None)


@given(stories())
def test_quotes_are_ordered(story: Story):
    state = folded(story)
    assert 0 <= owed(state, QuoteKind.OVERDUE) <= owed(state, QuoteKind.DUE_NOW)
    assert owed(state, QuoteKind.DUE_NOW) <= owed(state, QuoteKind.PAYOFF_ALL)
    assert owed(state, QuoteKind.MINIMUM) <= owed(state, QuoteKind.PAYOFF_ALL)


@given(stories())
def test_penalty_is_zero_on_or_before_the_due_date(story: Story):
    day = story.as_of.toordinal()
    for account in folded(story).accounts:
        for row in account.facts:
            for segment in row.segments:
                assert segment.start >= row.original_due
                assert segment.end <= day
            if row.due >= day and not row.late_before(day):
                assert row.open_penalty == 0


@given(stories(), st.integers(1, 40))
def test_penalty_never_decreases_with_days(story: Story, later: int):
    quiet = replace(story, events=tuple(e for e in story.events if e.value_date <= story.as_of))
    before = folded(quiet)
    after = fold(quiet.contracts, quiet.events, quiet.as_of + timedelta(days=later))
    for old, new in zip(before.accounts, after.accounts, strict=True):
        assert sum(r.open_penalty for r in old.facts) <= sum(r.open_penalty for r in new.facts)


@given(stories(), st.integers(1, 40))
def test_what_is_due_never_decreases_while_nothing_is_paid(story: Story, later: int):
    quiet = tuple(e for e in story.events if e.value_date <= story.as_of)
    before = fold(story.contracts, quiet, story.as_of)
    after = fold(story.contracts, quiet, story.as_of + timedelta(days=later))
    assert owed(before, QuoteKind.OVERDUE) <= owed(after, QuoteKind.OVERDUE)
    assert owed(before, QuoteKind.PAYOFF_ALL) <= owed(after, QuoteKind.PAYOFF_ALL)


@given(stories(), money, money, st.integers(0, 240), st.sampled_from([BILLS, LOAN]))
def test_two_payments_on_one_day_are_worth_their_sum(
    story: Story, one: Money, two: Money, after: int, account: str
):
    on = story.contracts[0].signed_on + timedelta(days=after)
    apart = (
        make_event(800, account, on, Payment(one)),
        make_event(801, account, on, Payment(two)),
    )
    together = (make_event(800, account, on, Payment(one + two)),)
    first = fold(story.contracts, story.events + apart, story.as_of)
    second = fold(story.contracts, story.events + together, story.as_of)
    assert figures(first) == figures(second)


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(story: Story, chance: random.Random):
    shuffled = list(story.events)
    chance.shuffle(shuffled)
    assert folded(story) == fold(story.contracts, shuffled, story.as_of)


@given(stories())
def test_an_event_that_comes_twice_counts_once(story: Story):
    again = [event_from_json(event_to_json(event)) for event in story.events]
    assert folded(story) == fold(story.contracts, [*story.events, *again], story.as_of)


@given(stories(), money, st.integers(0, 240), st.sampled_from([BILLS, LOAN, None]))
def test_a_reversal_restores_the_earlier_state(
    story: Story, amount: Money, after: int, account: str | None
):
    on = story.contracts[0].signed_on + timedelta(days=after)
    assume(on <= story.as_of)
    paid = make_event(800, account, on, Payment(amount))
    undone = make_event(801, account, story.as_of, Reversal(paid.event_id))
    assert folded(story) == fold(story.contracts, [*story.events, paid, undone], story.as_of)


@given(stories(), money, st.integers(0, 240))
def test_a_reversed_reversal_lets_the_payment_stand(story: Story, amount: Money, after: int):
    on = story.contracts[0].signed_on + timedelta(days=after)
    assume(on <= story.as_of)
    paid = make_event(800, LOAN, on, Payment(amount))
    undone = make_event(801, LOAN, story.as_of, Reversal(paid.event_id))
    redone = make_event(802, LOAN, story.as_of, Reversal(undone.event_id))
    with_payment = fold(story.contracts, [*story.events, paid], story.as_of)
    assert with_payment == fold(story.contracts, [*story.events, paid, undone, redone], story.as_of)


@given(stories())
def test_paying_the_payoff_quote_leaves_nothing(story: Story):
    for account_id in (BILLS, LOAN):
        state = folded(story)
        amount = quote(state, QuoteKind.PAYOFF_ALL, [account_id]).total
        if amount.fen <= 0:
            continue
        paid = make_event(850, account_id, story.as_of, Payment(amount))
        after = fold(story.contracts, [*story.events, paid], story.as_of)
        assert quote(after, QuoteKind.PAYOFF_ALL, [account_id]).total.fen == 0
        assert after.account(account_id).credit == state.account(account_id).credit
        assert after.account(account_id).dpd == 0


@given(stories())
def test_paying_what_is_overdue_makes_the_account_current(story: Story):
    state = folded(story)
    for account in state.accounts:
        amount = quote(state, QuoteKind.OVERDUE, [account.account_id]).total
        if amount.fen <= 0:
            continue
        paid = make_event(850, account.account_id, story.as_of, Payment(amount))
        after = fold(story.contracts, [*story.events, paid], story.as_of)
        assert after.account(account.account_id).dpd == 0
        assert quote(after, QuoteKind.OVERDUE, [account.account_id]).total.fen == 0


@given(stories())
def test_paying_the_minimum_makes_a_bill_account_current(story: Story):
    state = folded(story)
    amount = quote(state, QuoteKind.MINIMUM, [BILLS]).total
    assume(amount.fen > 0)
    paid = make_event(850, BILLS, story.as_of, Payment(amount))
    after = fold(story.contracts, [*story.events, paid], story.as_of)
    assert after.account(BILLS).dpd == 0


@given(stories())
def test_the_cap_on_the_total_holds(story: Story):
    # All charges together stay within 24% a year on the principal drawn, counted by days from the
    # first statement or drawing; where interest and fees as agreed are more than that by
    # themselves, nothing comes on top of them. (Principal drawn, not open: an upper bound that
    # needs no engine.)
    state = folded(story)
    day = story.as_of.toordinal()
    begun = min(story.events, key=lambda event: event.value_date).value_date.toordinal()
    for account in state.accounts:
        for line in {row.line for row in account.facts}:
            rows = [row for row in account.facts if row.line == line]
            due = [row for row in rows if row.due <= day]
            # What is paid ahead of its due date (by a credit, say) is asked for on that date.
            asked = sum(row.paid_penalty + row.open_penalty for row in rows)
            asked += sum(row.paid_interest + row.paid_fee for row in due)
            asked += sum(row.open_interest + row.open_fee for row in due)
            agreed = sum(row.interest + row.fee for row in due)
            drawn = sum(row.principal for row in rows)
            assert asked <= max(agreed, drawn * 24 * (day - begun) // 36500)


@given(stories())
def test_the_daily_penalty_rate_is_capped(story: Story):
    for account in folded(story).accounts:
        for row in account.facts:
            for segment in row.segments:
                # Half a fen of rounding per item at most.
                assert segment.amount * 36500 * 2 <= segment.base * 24 * segment.days * 2 + 36500
                assert segment.amount <= segment.uncapped


@given(stories())
def test_days_past_due_follow_the_oldest_unpaid_due_date(story: Story):
    for account in folded(story).accounts:
        late = [
            row.due
            for row in account.facts
            if row.state in (RowState.OVERDUE, RowState.IN_GRACE)
            and (row.open_principal or row.open_interest or row.open_fee)
        ]
        assert account.dpd == (story.as_of.toordinal() - min(late) if late else 0)


@given(stories())
def test_every_open_amount_is_in_one_bucket(story: Story):
    for account in folded(story).accounts:
        total = sum(amount.fen for amount in account.buckets.values()) - account.credit.fen
        cut = sum(
            row.open_principal + row.open_interest + row.open_fee + row.open_penalty
            for row in account.facts
            if row.state not in (RowState.PAID, RowState.MOVED_TO_PLAN, RowState.RECALLED)
        )
        assert total == cut


@given(stories())
def test_events_survive_json(story: Story):
    for event in story.events:
        copy = event_from_json(event_to_json(event))
        assert copy == event
        assert event_hash(copy) == event_hash(event)


@given(stories())
def test_schedules_repay_the_loan(story: Story):
    for account in folded(story).accounts:
        rows = [row for row in account.facts if row.origin is RowOrigin.LOAN]
        assert all(row.principal >= 0 for row in rows)


@given(stories())
def test_leaving_out_paid_rows_changes_nothing_else(story: Story):
    whole = fold(story.contracts, story.events, story.as_of)
    unpaid_only = fold(story.contracts, story.events, story.as_of, paid_rows=False)
    unpaid = [
        replace(one, facts=tuple(row for row in one.facts if row.state is not RowState.PAID))
        for one in whole.accounts
    ]
    assert unpaid_only == replace(whole, accounts=tuple(unpaid))
