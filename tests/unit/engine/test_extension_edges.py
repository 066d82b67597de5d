"""Extensions: money of the same day, and what they leave as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.events import Event
from account_engine.domain.payloads import (
    ExtensionAgreed,
    InterestPaused,
    PauseScope,
    Payment,
    PaymentPurpose,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import PenaltyMethod, PenaltyRule
from tests.unit.engine.histories import (
    PRODUCTS,
    bill,
    contract,
    day,
    event,
    loan,
    pay,
    total,
    yuan,
)

HUABEI = [contract()]
# Two bills of that day; the second one is put off to the next day for 0.01.
FIRST = bill("0.15", "2026-11-21", "2026-11-12", bill_id="first")
SECOND = bill("22.22", "2026-11-21", "2026-11-12", bill_id="second")


def extended(hour: int) -> Event:
    """The second bill, one day later."""
    agreed = ExtensionAgreed("x", day("2026-11-22"), ("second",), yuan("0.01"))
    return event(agreed, "2026-11-21", hour=hour)


def test_money_that_was_there_before_does_not_pay_for_an_extension():
    # 2.37 at noon: 0.02 + 2.22 of minimum, then 0.13 of the first bill's rest … that bill is paid,
    # 22.37 − 2.37 = 20.00 stay. At three the extension is agreed: 20.01 on the 22nd.
    paid = event(Payment(yuan("2.37")), "2026-11-21", hour=12)
    assert total(HUABEI, [FIRST, SECOND, paid], "2026-11-21", QuoteKind.DUE_NOW) == "20.00"
    events = [FIRST, SECOND, extended(hour=15), paid]
    assert total(HUABEI, events, "2026-11-22", QuoteKind.DUE_NOW) == "20.01"


def test_money_that_comes_after_an_extension_pays_what_is_due_first():
    # Agreed at nine, paid at noon: 0.15 for the bill that is still due, then of the other one.
    paid = event(Payment(yuan("2.37")), "2026-11-21", hour=12)
    events = [FIRST, SECOND, extended(hour=9), paid]
    # 22.37 + 0.01 − 2.37
    assert total(HUABEI, events, "2026-11-21", QuoteKind.PAYOFF_ALL) == "20.01"


TERMS = PRODUCTS.latest("jiebei_like")
LOANS = [contract(replace(TERMS, penalty=PenaltyRule(PenaltyMethod.NONE)))]
# 36,500.00 at 10%, 10.00 a day. Principal of 12,166.67 is due on 1 February and 1 March, 12,166.66
# on 1 April; with 310.00, 186.67 and 103.33 of interest by the schedule.
DRAWN = loan(
    "36500.00", "2026-01-01", "2026-02-01", 3, RepaymentMethod.EQUAL_PRINCIPAL, rate="0.10"
)


def put_off(on: str, until: str) -> Event:
    """The row of 1 February gets a later due date."""
    return event(ExtensionAgreed("x", day(until), ("loan/1",)), on, "jiebei_like")


@pytest.mark.parametrize(
    ("extension", "as_of", "payoff"),
    [
        # 310.00, and nine days on the 24,333.33 that were not due: 60.00.
        (put_off("2026-02-10", "2026-02-25"), "2026-02-10", "36870.00"),
        # Put off beyond the next row's due date: 310.00, and twenty days at 6.66667: 133.33.
        (put_off("2026-02-21", "2026-03-08"), "2026-02-21", "36943.33"),
        # 310.00, 186.67, and four days of March on 12,166.66 at 3.33333: 13.33.
        (put_off("2026-02-21", "2026-03-08"), "2026-03-05", "37010.00"),
    ],
)
def test_an_extension_does_not_change_the_interest_of_a_payoff(extension, as_of, payoff):
    assert total(LOANS, [DRAWN, extension], as_of, QuoteKind.PAYOFF_ALL) == payoff
    assert total(LOANS, [DRAWN], as_of, QuoteKind.PAYOFF_ALL) == payoff


def test_principal_repaid_early_after_the_extended_row_is_paid():
    # 22,476.67 on 21 February: 12,476.67 for the extended row, which was billed, and 10,000.00 off
    # the 24,333.33 that were not. Interest of the period is 20 days on these, 133.33, and 8 on
    # 14,333.33, 31.42: 164.75 on 1 March, with half of the principal, 7,166.67.
    early = pay("22476.67", "2026-02-21", "jiebei_like", purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    events = [DRAWN, put_off("2026-02-20", "2026-03-08"), early]
    assert total(LOANS, events, "2026-02-21", QuoteKind.DUE_NOW) == "0.00"
    assert total(LOANS, events, "2026-03-01", QuoteKind.DUE_NOW) == "7331.42"


def test_a_pause_after_an_extended_rows_period_takes_nothing_off_it():
    # Eight of February's 28 days paused, twenty ran: 20 × 6.66667 = 133.33. January's 310.00 stay.
    stop = event(
        InterestPaused(day("2026-02-20"), (PauseScope.INTEREST,)), "2026-02-12", "jiebei_like"
    )
    events = [DRAWN, put_off("2026-02-10", "2026-02-25"), stop]
    assert total(LOANS, events, "2026-02-25", QuoteKind.DUE_NOW) == "12476.67"
    assert total(LOANS, events, "2026-03-01", QuoteKind.NEXT_BILL) == "12300.00"


@pytest.mark.parametrize(("fee", "left"), [("0.00", "26578.08"), ("5.00", "26583.08")])
def test_principal_repaid_before_a_date_that_was_put_off_bears_no_interest_any_more(fee, left):
    # 36,500.00 at 10 %: 10.00 a day. The instalment of 16 January is put off to the 30th on the
    # 2nd, and 10,000.00 of principal come on the 3rd: two days have run, 20.00. On the 11th eight
    # more days of 26,500.00: 26,500.00 × 0.1/365 × 8 = 58.08. 26,500.00 + 20.00 + 58.08, and the
    # fee that was agreed, which a payoff before the bill does not save.
    drawn = loan("36500.00", "2026-01-01", "2026-01-16", 2, rate="0.10")
    put_off = event(
        ExtensionAgreed("x", day("2026-01-30"), ("loan/1",), yuan(fee)), "2026-01-02", "jiebei_like"
    )
    early = pay("10000.00", "2026-01-03", "jiebei_like", purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    events = [drawn, put_off, early]
    assert total(LOANS, events, "2026-01-11", QuoteKind.PAYOFF_ALL) == left
