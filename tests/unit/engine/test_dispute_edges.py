"""Disputes: what is upheld was never owed, and what else stops penalty goes on doing so."""

from __future__ import annotations

from account_engine.domain.events import Event
from account_engine.domain.payloads import (
    BorrowerDeceased,
    DisputeClosed,
    DisputeOpened,
    DisputeOutcome,
    DisputeReason,
    InterestPaused,
    RepaymentMethod,
)
from account_engine.domain.quote import Component, QuoteKind
from tests.unit.engine.histories import (
    bill,
    contract,
    day,
    event,
    loan,
    parts,
    pay,
    quoted,
    state_of,
    total,
    yuan,
)

BILLS = "huabei_like"
HUABEI = [contract()]
SEPTEMBER = bill("500.00", "2026-09-10", "2026-09-01", bill_id="sep")
OCTOBER = bill("1000.00", "2026-10-10", "2026-10-01", bill_id="oct")


def objection(on: str, towards: str | None, account: str = BILLS) -> Event:
    """The borrower objects."""
    return event(DisputeOpened("d", DisputeReason.WRONG_AMOUNT, None, towards), on, account)


def upheld(on: str, amount: str, account: str = BILLS) -> Event:
    """The borrower was right."""
    return event(DisputeClosed("d", DisputeOutcome.UPHELD, yuan(amount)), on, account)


def rejected(on: str) -> Event:
    """The borrower was wrong."""
    return event(DisputeClosed("d", DisputeOutcome.REJECTED), on)


def test_what_is_upheld_comes_off_the_disputed_bill_with_its_penalty():
    # On 9 November: September 500 × 0.0005 × 60 = 15.00. October was 700.00 all the time:
    # 700 × 0.0005 × 30 = 10.50, so 4.50 of the 15.00 charged are taken off.
    events = [SEPTEMBER, OCTOBER, objection("2026-10-20", "oct"), upheld("2026-11-09", "300.00")]
    owed = quoted(HUABEI, events, "2026-11-09", QuoteKind.OVERDUE)
    assert [(item.row, item.amount.yuan_text) for item in owed.items] == [
        ("sep", "500.00"),
        ("sep", "15.00"),
        ("oct", "700.00"),
        ("oct", "15.00"),
        ("oct", "-4.50"),
    ]
    assert owed.total == yuan("1225.50")
    assert state_of(HUABEI, events, "2026-11-09").account(BILLS).waivers_used == 0


def test_what_was_paid_of_a_disputed_bill_is_there_for_the_next_one():
    # The bill of 1,000.00 was paid. 300.00 of it are upheld: they pay part of November's bill.
    paid = pay("1000.00", "2026-10-10")
    events = [OCTOBER, paid, objection("2026-10-20", "oct"), upheld("2026-10-25", "300.00")]
    assert state_of(HUABEI, events, "2026-10-25").account(BILLS).credit == yuan("300.00")
    november = bill("1000.00", "2026-11-10", "2026-11-01")
    assert total(HUABEI, [*events, november], "2026-11-10", QuoteKind.DUE_NOW) == "700.00"


def test_nothing_is_left_of_a_loan_that_was_somebody_elses():
    # 10,000.00, interest first, all of it upheld: neither principal nor interest nor penalty.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    jiebei = [contract("jiebei_like")]
    opened = objection("2026-02-20", None, "jiebei_like")
    closed = upheld("2026-04-20", "10000.00", "jiebei_like")
    assert total(jiebei, [drawn, opened], "2026-04-20", QuoteKind.PAYOFF_ALL) != "0.00"
    events = [drawn, opened, closed]
    assert total(jiebei, events, "2026-04-20", QuoteKind.PAYOFF_ALL) == "0.00"
    assert state_of(jiebei, events, "2026-05-20").account("jiebei_like").dpd == 0


def test_half_a_loan_upheld_halves_the_interest_to_come():
    # 124.00 on 10 February and 112.00 on 10 March for 10,000.00; half of it from 20 January on.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    jiebei = [contract("jiebei_like")]
    events = [
        drawn,
        objection("2026-01-15", "loan", "jiebei_like"),
        upheld("2026-01-20", "5000.00", "jiebei_like"),
    ]
    assert total(jiebei, events, "2026-02-10", QuoteKind.DUE_NOW) == "62.00"


def test_a_pause_that_was_agreed_goes_on_after_a_dispute():
    # Penalty 10 to 13 October, 1000 × 0.0005 × 3 = 1.50; an agreed pause to 1 December, within
    # it a dispute that is rejected on the 20th; on 3 December two days more: 1.00.
    paused = event(InterestPaused(day("2026-12-01")), "2026-10-13")
    events = [OCTOBER, paused, objection("2026-10-15", None), rejected("2026-10-20")]
    assert parts(quoted(HUABEI, events, "2026-11-30", QuoteKind.OVERDUE)) == {
        Component.PRINCIPAL: "1000.00",
        Component.PENALTY: "1.50",
    }
    assert total(HUABEI, events, "2026-12-03", QuoteKind.OVERDUE) == "1002.50"


def test_penalty_stays_still_when_a_dispute_ends_after_the_borrowers_death():
    # 3 days before the dispute: 1.50. Then the dispute, then death: nothing more, ever.
    died = event(BorrowerDeceased(), "2026-10-15", None)
    events = [OCTOBER, objection("2026-10-13", None), died, rejected("2026-10-20")]
    assert total(HUABEI, events, "2027-03-01", QuoteKind.OVERDUE) == "1001.50"


def test_of_two_disputes_the_second_goes_on_holding_penalty():
    # 10 to 13 October 1.50; one dispute to the 20th, another from the 15th to the 25th; from then
    # to the 27th two days: 1.00.
    other = event(DisputeOpened("e", DisputeReason.OTHER), "2026-10-15")
    ended = event(DisputeClosed("e", DisputeOutcome.WITHDRAWN), "2026-10-25")
    events = [OCTOBER, objection("2026-10-13", None), other, rejected("2026-10-20"), ended]
    assert total(HUABEI, events, "2026-10-25", QuoteKind.OVERDUE) == "1001.50"
    assert total(HUABEI, events, "2026-10-27", QuoteKind.OVERDUE) == "1002.50"
