"""What must hold for every recall, plan, pause and waiver."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from account_engine.domain.amortisation import split
from account_engine.domain.calendar import add_months
from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    Component,
    InterestPaused,
    Payment,
    PlanAgreed,
    PlanLeg,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    RecallNoticed,
    RecallReinstated,
    RecallTrigger,
    RecallWithdrawn,
    Waiver,
    WaiversOnBreach,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, PlanStatus, RecallStage, RowOrigin, RowState
from tests.property.histories import BILLS, LOAN, START, Story, make_event, prepaid_stories, stories
from tests.property.test_fold_properties import figures, owed

OPEN = (RowState.PAID, RowState.MOVED_TO_PLAN, RowState.RECALLED)


def recalled(story: Story, account: str) -> list[Event]:
    """The story before its day with a notice that took effect on that day.

    A recall takes effect at the start of its day; a bill of the day itself keeps its due date.
    """
    known = [event for event in story.events if event.value_date < story.as_of]
    served = story.as_of - timedelta(days=7)
    notice = RecallNoticed(
        "n", RecallTrigger.RISK_OFFICER, story.as_of, "risk", approved_by="officer"
    )
    return [*known, make_event(950, account, served, notice)]


def principal_of(account: AccountState) -> int:
    """Open principal in fen."""
    return account.outstanding.fen


@given(stories(), st.sampled_from([BILLS, LOAN]), st.booleans())
def test_a_recall_taken_back_restores_the_account(story: Story, account: str, agreed: bool):
    events = recalled(story, account)
    later = story.as_of + timedelta(days=20)
    payload = RecallReinstated("n") if agreed else RecallWithdrawn("n")
    back = make_event(951, account, later, payload)
    restored = fold(story.contracts, [*events, back], later)
    never = fold(story.contracts, events[:-1], later)
    assert [a.facts for a in restored.accounts] == [a.facts for a in never.accounts]


@given(stories(), st.sampled_from([BILLS, LOAN]))
def test_a_recall_makes_all_principal_due_and_none_of_it_disappears(story: Story, account: str):
    events = recalled(story, account)
    state = fold(story.contracts, events, story.as_of).account(account)
    never = fold(story.contracts, events[:-1], story.as_of).account(account)
    assume(state.recall.stage in (RecallStage.EFFECTIVE, RecallStage.SETTLED))
    # Interest that was paid ahead of time and not earned by then repays principal; what is more
    # than the principal is the borrower's.
    left = principal_of(never) - never.unearned_interest.fen
    assert principal_of(state) == max(0, left)
    assert state.credit.fen == never.credit.fen + max(0, -left)
    day = story.as_of.toordinal()
    assert all(row.due <= day for row in state.facts if row.open_principal)
    # Penalty that was paid or given up before is not taken off what is called in.
    assert all(row.posted_penalty >= 0 and row.cap_cut >= 0 for row in state.facts)


@given(stories(), st.sampled_from([BILLS, LOAN]))
def test_a_recall_never_costs_more_than_the_payoff_it_replaces(story: Story, account: str):
    events = recalled(story, account)
    state = fold(story.contracts, events, story.as_of)
    assume(state.account(account).recall.stage is RecallStage.EFFECTIVE)
    never = fold(story.contracts, events[:-1], story.as_of)
    due = quote(state, QuoteKind.DUE_NOW, [account]).total
    # Interest that became due narrows the room under the cap, so it may cost a little less.
    assert due <= quote(never, QuoteKind.PAYOFF_IF_RECALLED, [account]).total


@given(stories(), st.sampled_from([BILLS, LOAN]))
def test_rows_already_overdue_keep_their_due_dates(story: Story, account: str):
    events = recalled(story, account)
    state = fold(story.contracts, events, story.as_of).account(account)
    never = fold(story.contracts, events[:-1], story.as_of).account(account)
    assert state.dpd == never.dpd
    late = {row.key: row.due for row in never.facts if row.state is RowState.OVERDUE}
    assert late.items() <= {row.key: row.due for row in state.facts}.items()


def plan_for(account: AccountState, rows: int, waive: bool) -> PlanAgreed:
    """A plan over everything the account owes today, in equal rows by the last-row rule."""
    day = account.as_of
    principal = sum(row.open_principal for row in account.facts if row.state not in OPEN)
    interest = sum(row.earned_interest for row in account.facts if row.state not in OPEN)
    fee = sum(row.earned_fee for row in account.facts if row.state not in OPEN)
    penalty = sum(row.open_penalty for row in account.facts if row.state not in OPEN)
    principal -= account.unearned_interest.fen
    parts = [split(amount, rows) for amount in (principal, interest, fee, 0 if waive else penalty)]
    schedule = tuple(
        PlanRowAgreed(i + 1, add_months(day, i + 1), *(Money(part[i]) for part in parts))
        for i in range(rows)
    )
    waived = ((Component.PENALTY, Money(penalty)),) if waive else ()
    leg = PlanLeg(account.account_id, schedule, waived)
    return PlanAgreed("plan", PlanTool.REAGE, PlanScope.WHOLE_BALANCE, (leg,))


def without_interest(plan: PlanAgreed) -> PlanAgreed:
    """The same plan with all interest that was earned waived as well, due or not."""
    (leg,) = plan.legs
    interest = Money.total(row.interest for row in leg.rows)
    rows = tuple(replace(row, interest=Money(0)) for row in leg.rows)
    waived = (*leg.waived, (Component.INTEREST, interest))
    return replace(plan, legs=(replace(leg, rows=rows, waived=waived),))


@given(stories(), st.sampled_from([BILLS, LOAN]), st.integers(1, 12), st.booleans())
def test_a_plan_schedule_sums_to_what_it_re_ages(
    story: Story, account: str, rows: int, waive: bool
):
    known = [event for event in story.events if event.value_date <= story.as_of]
    before = fold(story.contracts, known, story.as_of)
    assume(principal_of(before.account(account)) > before.account(account).unearned_interest.fen)
    plan = plan_for(before.account(account), rows, waive)
    agreed = make_event(960, account, story.as_of, plan)
    state = fold(story.contracts, [*known, agreed], story.as_of).account(account)
    assert state.dpd == 0
    plan_rows = [row for row in state.facts if row.origin is RowOrigin.PLAN]
    assert sum(row.open_principal for row in plan_rows) == principal_of(state)
    owed_before = quote(before, QuoteKind.PAYOFF_IF_RECALLED, [account]).total.fen
    waived = sum(amount.fen for _, amount in plan.legs[0].waived)
    assert sum(row.open_total for row in plan_rows) == owed_before - waived
    others = [row for row in state.facts if row.origin is not RowOrigin.PLAN]
    assert sum(row.open_total for row in others if row.state not in OPEN) == 0


@given(stories(), st.sampled_from([BILLS, LOAN]), st.integers(1, 6))
def test_a_plan_kept_to_the_end_leaves_nothing(story: Story, account: str, rows: int):
    known = [event for event in story.events if event.value_date <= story.as_of]
    before = fold(story.contracts, known, story.as_of)
    assume(principal_of(before.account(account)) > before.account(account).unearned_interest.fen)
    plan = plan_for(before.account(account), rows, waive=True)
    events = [*known, make_event(960, account, story.as_of, plan)]
    for number, row in enumerate(plan.legs[0].rows):
        amount = row.principal + row.interest + row.fee + row.penalty
        if amount:
            events.append(make_event(970 + number, account, row.due, Payment(amount)))
    end = add_months(story.as_of, rows + 2)
    state = fold(story.contracts, events, end)
    assert quote(state, QuoteKind.PAYOFF_ALL, [account]).total.fen == 0
    plan_state = state.account(account).plan
    assert plan_state is not None
    assert plan_state.status is PlanStatus.COMPLETED


def charges_of(account: AccountState) -> int:
    """Interest, fees and penalty that are open, in fen."""
    return sum(row.open_interest + row.open_fee + row.open_penalty for row in account.facts)


@given(stories(), st.sampled_from([BILLS, LOAN]), st.integers(2, 6))
def test_a_revoked_plan_leaves_the_debt_as_if_it_had_not_been_agreed(
    story: Story, account: str, rows: int
):
    # Nothing is paid; the first row that asks for something is missed and not cured. Principal is
    # what it was, and nothing is asked for the time the plan was kept. All charges are taken
    # together: under the cap, what one of them leaves another takes. A stretch that is split by the
    # plan is rounded twice, half a fen each.
    known = [event for event in story.events if event.value_date <= story.as_of]
    before = fold(story.contracts, known, story.as_of)
    assume(principal_of(before.account(account)) > before.account(account).unearned_interest.fen)
    plan = plan_for(before.account(account), rows, waive=True)
    events = [*known, make_event(960, account, story.as_of, plan)]
    asked = [r for r in plan.legs[0].rows if r.principal + r.interest + r.fee + r.penalty]
    later = asked[0].due + timedelta(days=plan.cure_days + 1)
    state = fold(story.contracts, events, later).account(account)
    never = fold(story.contracts, known, later).account(account)
    assume(any(row.open_total for row in never.facts))
    assert state.plan is not None
    if state.plan.status is PlanStatus.COMPLETED:
        return
    assert state.plan.status is PlanStatus.REVOKED
    assert principal_of(state) == principal_of(never)
    assert state.dpd == never.dpd
    assert charges_of(state) <= charges_of(never) + len(never.facts)


@given(stories(), st.sampled_from([BILLS, LOAN]), st.integers(3, 6), st.integers(1, 3))
def test_a_plan_is_in_breach_with_as_many_late_rows_as_it_says(
    story: Story, account: str, rows: int, allowed: int
):
    # Nothing is paid. The row that puts it in breach begins the cure period; not one before it.
    known = [event for event in story.events if event.value_date <= story.as_of]
    before = fold(story.contracts, known, story.as_of)
    plan = replace(plan_for(before.account(account), rows, waive=True), missed_rows=allowed)
    asked = [r for r in plan.legs[0].rows if r.principal + r.interest + r.fee + r.penalty]
    assume(len(asked) == rows)
    events = [*known, make_event(960, account, story.as_of, plan)]
    last = asked[allowed - 1].due
    expected = (
        (last, PlanStatus.ACTIVE),
        (last + timedelta(days=1), PlanStatus.BROKEN),
        (last + timedelta(days=plan.cure_days), PlanStatus.BROKEN),
        (last + timedelta(days=plan.cure_days + 1), PlanStatus.REVOKED),
    )
    for day, status in expected:
        state = fold(story.contracts, events, day).account(account).plan
        assert state is not None
        assert (day, state.status) == (day, status)


@given(
    stories(), st.sampled_from([BILLS, LOAN]), st.integers(2, 6), st.integers(0, 5), st.booleans()
)
def test_keeping_what_was_earned_of_a_waiver_is_never_dearer_and_gives_no_more_than_it(
    story: Story, account: str, rows: int, paid: int, with_interest: bool
):
    # Some rows are paid on their due dates, the next is missed and not cured.
    assume(paid < rows)
    known = [event for event in story.events if event.value_date <= story.as_of]
    before = fold(story.contracts, known, story.as_of)
    plan = plan_for(before.account(account), rows, waive=True)
    if with_interest:
        plan = without_interest(plan)
    asked = plan.legs[0].rows
    amounts = [row.principal + row.interest + row.fee + row.penalty for row in asked]
    assume(all(amounts))
    payments = [
        make_event(970 + number, account, asked[number].due, Payment(amounts[number]))
        for number in range(paid)
    ]
    later = asked[paid].due + timedelta(days=plan.cure_days + 1)

    def owed_with(effect: WaiversOnBreach) -> int:
        agreed = make_event(960, account, story.as_of, replace(plan, waivers=effect))
        return owed(fold(story.contracts, [*known, agreed, *payments], later), QuoteKind.PAYOFF_ALL)

    kept, revoked = owed_with(WaiversOnBreach.EARNED_KEPT), owed_with(WaiversOnBreach.REVOKED)
    if not paid:
        assert kept == revoked
    # What stays waived pays principal instead, and that bears nothing any more: a tenth of a
    # percent a day at most, for the days since.
    waived = sum(amount.fen for _, amount in plan.legs[0].waived)
    days = (later - story.as_of).days
    assert kept <= revoked + len(before.account(account).facts)
    assert revoked - kept <= waived + waived * days // 1000 + len(before.account(account).facts)


@given(stories(), st.integers(0, 200), st.integers(1, 90), st.sampled_from([BILLS, LOAN]))
def test_a_pause_never_makes_anything_dearer(story: Story, start: int, length: int, account: str):
    on = START + timedelta(days=start)
    quiet = [e for e in story.events if not isinstance(e.payload, Payment)]
    paused = make_event(940, account, on, InterestPaused(on + timedelta(days=length)))
    without = fold(story.contracts, quiet, story.as_of)
    with_pause = fold(story.contracts, [*quiet, paused], story.as_of)
    # A pause may split a stretch in two, each rounded: half a fen each. And where a fee is more
    # than the cap by itself, less of it gives way to the smaller penalty, and terms that charge
    # penalty on fees (0.09% a day at most, here) then charge it on that much more.
    rows = sum(len(account_.facts) for account_ in without.accounts)
    gave_way = sum(row.over_cap_fee for account_ in without.accounts for row in account_.facts)
    on_fees = gave_way * 9 * (story.as_of - START).days // 10_000
    dearest = owed(without, QuoteKind.PAYOFF_ALL) + rows + on_fees
    assert owed(with_pause, QuoteKind.PAYOFF_ALL) <= dearest


@given(stories(), st.integers(1, 90), st.sampled_from([BILLS, LOAN]))
def test_a_pause_before_anything_was_late_changes_nothing(story: Story, length: int, account: str):
    first = min((row for row in story.events), key=lambda event: event.value_date).value_date
    early = first - timedelta(days=length)
    paused = make_event(940, account, early, InterestPaused(first))
    with_pause = fold(story.contracts, [*story.events, paused], story.as_of)
    assert figures(with_pause) == figures(fold(story.contracts, story.events, story.as_of))


@given(stories(), st.sampled_from([BILLS, LOAN]), st.integers(1, 100000))
def test_a_waiver_takes_off_what_it_says_or_all_there_is(story: Story, account: str, amount: int):
    known = [event for event in story.events if event.value_date <= story.as_of]
    before = fold(story.contracts, known, story.as_of).account(account)
    waiver = make_event(945, account, story.as_of, Waiver("w", Component.PENALTY, Money(amount)))
    after = fold(story.contracts, [*known, waiver], story.as_of).account(account)
    had = sum(row.open_penalty for row in before.facts)
    left = sum(row.open_penalty for row in after.facts)
    assert had - left == min(had, amount)


@given(prepaid_stories())
def test_early_repayment_keeps_principal_whole(story: Story):
    state = fold(story.contracts, story.events, story.as_of)
    for account in state.accounts:
        drawn = 0
        for event in story.events:
            if event.account_id != account.account_id or event.value_date > story.as_of:
                continue
            drawn += getattr(event.payload, "revolving_principal", Money(0)).fen
            if type(event.payload).__name__ == "LoanDisbursed":
                drawn += getattr(event.payload, "principal", Money(0)).fen
        assert sum(r.open_principal + r.paid_principal for r in account.facts) == drawn


@given(prepaid_stories())
def test_early_repayment_never_makes_the_payoff_dearer(story: Story):
    last = story.events[-1]
    assume(last.value_date <= story.as_of)
    with_it = fold(story.contracts, story.events, story.as_of)
    without = fold(story.contracts, story.events[:-1], story.as_of)
    assert owed(with_it, QuoteKind.PAYOFF_ALL) <= owed(without, QuoteKind.PAYOFF_ALL) + 1
