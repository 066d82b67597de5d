"""Interest of a loan is that of the principal that ran, day by day, paused days left out.

Reckoned here from the principal of each day alone: what was paid and what a payoff still asks are
the principal drawn and that interest, whatever was repaid early, missed, paused or put off. Every
stretch and every row is rounded once, so that a few fen may lie between.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.payloads import (
    Component,
    ExtensionAgreed,
    InterestPaused,
    PauseScope,
    PaymentPurpose,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.terms import (
    CapRule,
    Contract,
    InterestBasis,
    PenaltyMethod,
    PenaltyRule,
)
from tests.unit.engine.histories import PRODUCTS, contract, event, loan, pay

ACCOUNT = "jiebei_like"
DRAWN_FEN = 3_650_000
DAILY = Fraction(1, 3650)  # 10% a year
TERMS = replace(
    PRODUCTS.latest(ACCOUNT), penalty=PenaltyRule(PenaltyMethod.NONE), cap=CapRule(None)
)
BY_BALANCE = replace(TERMS, interest=replace(TERMS.interest, basis=InterestBasis.ACTUAL_BALANCE))
METHODS = (
    RepaymentMethod.EQUAL_INSTALMENT,
    RepaymentMethod.EQUAL_PRINCIPAL,
    RepaymentMethod.INTEREST_FIRST,
)
FEN_OF_ROUNDING = 10


@dataclass(frozen=True)
class LoanStory:
    """A loan, what happened to it and a day not after its last row."""

    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]
    pauses: tuple[tuple[date, date], ...]
    drawn_on: date
    as_of: date


@st.composite
def loans(draw: st.DrawFn) -> LoanStory:
    """Payments before, on and after due dates, several on a day; pauses of interest, an extension.

    By schedule a row that is paid ahead bears its whole interest, so there only repayments of
    principal and payments of what is due are drawn; on the actual balance any amount is.
    """
    drawn_on = date(2026, 1, draw(st.integers(1, 28)))
    to_first, terms = draw(st.integers(15, 45)), draw(st.integers(2, 6))
    method = draw(st.sampled_from(METHODS))
    first = drawn_on + timedelta(days=to_first)
    terms_of_loan = draw(st.sampled_from([TERMS, BY_BALANCE, BY_BALANCE]))
    contracts = (contract(terms_of_loan),)
    events = [loan("36500.00", str(drawn_on), str(first), terms, method, rate="0.10")]
    pauses = []
    for number in range(draw(st.integers(0, 2))):
        start = drawn_on + timedelta(days=draw(st.integers(1, 90)))
        end = start + timedelta(days=draw(st.integers(1, 40)))
        pauses.append((start, end))
        payload = InterestPaused(end, (PauseScope.INTEREST,))
        events.append(event(payload, str(start), ACCOUNT, f"pause{number}"))
    if draw(st.booleans()):
        agreed = drawn_on + timedelta(days=draw(st.integers(1, 120)))
        until = agreed + timedelta(days=draw(st.integers(1, 40)))
        rows = draw(st.sampled_from([(), ("loan/1",), ("loan/2",)]))
        events.append(event(ExtensionAgreed("later", until, rows), str(agreed), ACCOUNT))
    early, ahead = draw(st.booleans()), terms_of_loan is BY_BALANCE and draw(st.booleans())
    for number, days in enumerate(sorted(draw(st.lists(st.integers(0, 150), max_size=4)))):
        on = drawn_on + timedelta(days=days)
        fen = draw(st.integers(1, 600_000) | st.integers(1, DRAWN_FEN))
        purpose = PaymentPurpose.PREPAY_PRINCIPAL
        if not early or (ahead and draw(st.booleans())):
            purpose = PaymentPurpose.ORDINARY
        if purpose is PaymentPurpose.ORDINARY and not ahead:
            fen = min(fen, quote(fold(contracts, events, on), QuoteKind.DUE_NOW).total.fen)
        if fen:
            amount, event_id = f"{fen // 100}.{fen % 100:02}", f"payment{number}"
            events.append(pay(amount, str(on), ACCOUNT, purpose=purpose, event_id=event_id))
    last = to_first + 28 * (terms - 1)
    as_of = drawn_on + timedelta(days=draw(st.integers(1, last)))
    return LoanStory(contracts, tuple(events), tuple(pauses), drawn_on, as_of)


def bearing(story: LoanStory, day: date) -> int:
    """Fen of principal that bears interest on a day: all, or what was not due yet by the schedule.

    An extension leaves the schedule's periods as they are.
    """
    by_balance = story.contracts[0].terms is BY_BALANCE
    state = fold(story.contracts, story.events, day)
    periods = {row.key: row.original_due for row in state.account(ACCOUNT).facts}
    return sum(
        item.amount.fen
        for item in quote(state, QuoteKind.PAYOFF_ALL).items
        if item.component is Component.PRINCIPAL
        and (by_balance or item.row is None or periods[item.row] > day.toordinal())
    )


@given(loans())
def test_a_payoff_asks_for_the_interest_of_the_days_that_ran(story: LoanStory):
    interest = Fraction(0)
    day = story.drawn_on
    while day < story.as_of:
        if not any(start <= day < end for start, end in story.pauses):
            interest += bearing(story, day) * DAILY
        day += timedelta(days=1)
    state = fold(story.contracts, story.events, story.as_of)
    left = quote(state, QuoteKind.PAYOFF_ALL).total.fen - state.account(ACCOUNT).credit.fen
    paid = sum(
        one.payload.amount.fen
        for one in story.events
        if one.kind.value == "payment" and one.value_date <= story.as_of
    )
    assert abs(paid + left - DRAWN_FEN - interest) <= FEN_OF_ROUNDING
    rows = state.account(ACCOUNT).facts
    assert sum(row.principal for row in rows) == DRAWN_FEN
    for row in rows:
        assert row.interest == row.open_interest + row.paid_interest + row.waived_interest
        assert row.principal == row.open_principal + row.paid_principal


@given(st.sampled_from(METHODS), st.integers(2, 6), st.data())
def test_an_instalment_paid_ahead_is_never_asked_for_again(
    method: RepaymentMethod, terms: int, data: st.DataObject
):
    # Whoever pays the next instalment as quoted, some days early each month, is never late, and
    # pays no more than the schedule; a last payment of what is quoted then settles the loan.
    contracts = (contract(BY_BALANCE),)
    drawn = loan("36500.00", "2026-01-31", "2026-02-28", terms, method, rate="0.10")
    planned = fold(contracts, [drawn], drawn.value_date).account(ACCOUNT).schedule
    events = [drawn]
    for number, row in enumerate(planned):
        due = row.due
        on = due - timedelta(days=data.draw(st.integers(0, 27)))
        state = fold(contracts, events, on)
        asked = quote(state, QuoteKind.NEXT_BILL if on < due else QuoteKind.DUE_NOW).total
        assert asked.fen <= (row.principal + row.interest).fen
        events.append(pay(asked.yuan_text, str(on), ACCOUNT, event_id=f"payment{number}"))
        assert not quote(fold(contracts, events, due), QuoteKind.DUE_NOW).total
        assert not fold(contracts, events, due + timedelta(days=1)).account(ACCOUNT).dpd
    assert not quote(fold(contracts, events, due), QuoteKind.PAYOFF_ALL).total
