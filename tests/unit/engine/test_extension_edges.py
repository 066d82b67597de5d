"""Extensions agreed on a day on which money came in as well."""

from __future__ import annotations

from account_engine.domain.events import Event
from account_engine.domain.payloads import ExtensionAgreed, Payment
from account_engine.domain.quote import QuoteKind
from tests.unit.engine.histories import bill, contract, day, event, total, yuan

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
