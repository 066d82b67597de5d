"""Interest or a fee that comes due later gives way to penalty that the cap let through before."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BillIssued,
    ChargePosted,
    Component,
    ExtensionAgreed,
    PaymentPurpose,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RowOrigin
from account_engine.domain.terms import PenaltyBase, PenaltyRule
from tests.unit.engine.histories import (
    PRODUCTS,
    bill,
    contract,
    day,
    event,
    loan,
    parts,
    pay,
    quoted,
    replace,
    state_of,
    total,
    yuan,
)


def _bills(daily_rate: str) -> list:
    terms = PRODUCTS.latest("huabei_like")
    penalty = replace(terms.penalty, daily_rate=Decimal(daily_rate))
    return [contract(replace(terms, penalty=penalty))]


def _with_fee(amount: str, fee: str, due: str, statement: str):
    payload = BillIssued(f"bill-{due}", day(statement), day(due), yuan(amount), fee=yuan(fee))
    return event(payload, statement)


def test_penalty_does_not_shrink_when_a_fee_comes_due():
    # 0.67 × 0.0003 × 25 days = 0.005025: one fen of penalty by 2025-02-04, and not less later.
    # 24% a year on 0.67 since 1 January allow 0.01 by then. A fee of 12.34 on 0.01 comes due on
    # the 10th. It is more than the cap by itself, and that was agreed: 12.34 stay what is asked
    # for in all, so the fee gives way by the fen that the penalty has.
    events = [
        bill("0.67", "2025-01-10", "2025-01-01"),
        _with_fee("0.01", "12.34", "2025-02-10", "2025-02-01"),
    ]
    for on in ("2025-02-04", "2025-02-09", "2025-02-10", "2025-02-20"):
        state = state_of(_bills("0.0003"), events, on)
        assert sum(row.open_penalty for one in state.accounts for row in one.facts) == 1, on
    asked = quoted(_bills("0.0003"), events, "2025-02-10", QuoteKind.DUE_NOW)
    assert parts(asked) == {
        Component.PRINCIPAL: "0.68",
        Component.FEE: "12.33",
        Component.PENALTY: "0.01",
    }
    (cut,) = [item for item in asked.items if item.clause == "huabei_like@1#cap_total"]
    assert (cut.component, str(cut.amount), cut.row) == (Component.FEE, "-0.01", "bill-2025-02-10")


def test_a_fee_takes_the_room_that_penalty_has_left():
    # 1,000.00 due 10 January, 0.05% a day; a second bill of 100.00 with a fee of 20.00 is due on
    # 10 February. On that day:
    #   allowed  (1000 × 40 + 100 × 9) days × 0.24 / 365 = 26.89 (26.8931)
    #   penalty  1000 × 0.0005 × 31 = 15.50
    #   left for the fee 11.39, so 8.61 of it give way; 26.89 are asked for in all.
    events = [
        bill("1000.00", "2025-01-10", "2025-01-01"),
        _with_fee("100.00", "20.00", "2025-02-10", "2025-02-01"),
    ]
    asked = quoted(_bills("0.0005"), events, "2025-02-10", QuoteKind.DUE_NOW)
    assert parts(asked) == {
        Component.PRINCIPAL: "1100.00",
        Component.FEE: "11.39",
        Component.PENALTY: "15.50",
    }
    # The day before, nobody who pays everything pays more than is allowed on that day either:
    # (1000 × 39 + 100 × 8) × 0.24 / 365 = 26.16 (26.1698), of which 15.00 penalty.
    ahead = quoted(_bills("0.0005"), events, "2025-02-09", QuoteKind.PAYOFF_ALL)
    assert parts(ahead) == {
        Component.PRINCIPAL: "1100.00",
        Component.FEE: "11.16",
        Component.PENALTY: "15.00",
    }
    paid = [*events, pay("1126.16", "2025-02-09")]
    assert total(_bills("0.0005"), paid, "2025-03-31", QuoteKind.PAYOFF_ALL) == "0.00"
    # Ten days after the second bill was due, penalty goes on in the room that grows:
    # 1000 × 0.0005 × 41 = 20.50 and 100 × 0.0005 × 10 = 0.50, with 11.39 of fee 32.39, and
    # (1000 × 50 + 100 × 19) × 0.24 / 365 = 34.12 are allowed.
    later = quoted(_bills("0.0005"), events, "2025-02-20", QuoteKind.DUE_NOW)
    assert parts(later)[Component.PENALTY] == "21.00"
    assert parts(later)[Component.FEE] == "11.39"


def test_a_fee_leaves_room_to_penalty_that_was_paid_already():
    # The same two bills; 15.50 are paid on 9 February: 15.00 of penalty, 0.50 of principal. The
    # next day 0.50 × 24% less were drawn for a day, which is no fen: 26.89 are allowed. Penalty of
    # that day 999.50 × 0.0005 = 0.50 (0.49975), so the fee gets 26.89 − 15.00 − 0.50 = 11.39.
    events = [
        bill("1000.00", "2025-01-10", "2025-01-01"),
        _with_fee("100.00", "20.00", "2025-02-10", "2025-02-01"),
        pay("15.50", "2025-02-09"),
    ]
    asked = quoted(_bills("0.0005"), events, "2025-02-10", QuoteKind.DUE_NOW)
    assert parts(asked) == {
        Component.PRINCIPAL: "1099.50",
        Component.FEE: "11.39",
        Component.PENALTY: "0.50",
    }


def test_interest_that_comes_due_gives_way_where_penalty_is_charged_on_interest():
    # 10,000.00 at 24%, interest first: 1 February 31 days × 0.24 / 365 × 10,000 = 203.84. Nothing
    # is paid; penalty at 24% on that interest: by 1 March 203.84 × 0.24 / 365 × 28 = 3.75.
    # Interest of the second month, 28 days, is 184.11. Allowed by 1 March in 59 days: 387.94
    # (387.945). Interest alone is 387.95, so nothing comes on top: 3.75 of it give way. (Shown: the
    # contract's 0.09% a day, 203.84 × 0.0009 × 27 = 4.95 and × 28 = 5.14, less what is above 24%.)
    terms = PRODUCTS.latest("jiebei_like")
    rule = PenaltyRule(daily_rate=Decimal("0.0009"), base=PenaltyBase.PRINCIPAL_FEE_INTEREST)
    dear = [contract(replace(terms, penalty=rule))]
    first = RepaymentMethod.INTEREST_FIRST
    events = [loan("10000.00", "2025-01-01", "2025-02-01", 6, first, rate="0.24")]
    before = quoted(dear, events, "2025-02-28", QuoteKind.DUE_NOW)
    assert parts(before)[Component.PENALTY] == "4.95"
    assert parts(before)[Component.CAP] == "-1.33"
    after = quoted(dear, events, "2025-03-01", QuoteKind.DUE_NOW)
    assert parts(after)[Component.INTEREST] == "384.20"
    assert parts(after)[Component.PENALTY] == "5.14"
    assert parts(after)[Component.CAP] == "-1.39"


def test_a_penalty_the_lender_posted_by_itself_is_asked_for():
    # It has no principal of its own that a cap could be worked out on.
    charge = ChargePosted("c", Component.PENALTY, yuan("5.00"), day("2026-10-10"))
    events = [event(charge, "2026-10-10")]
    assert total([contract()], events, "2026-10-20", QuoteKind.OVERDUE) == "5.00"


def test_penalty_from_before_an_extension_is_paid_with_its_row():
    # 1,000.00 due 10 October, put off on the 14th to the 30th: 4 days of penalty, 2.00, stay owed.
    # 1,000.00 on the 30th pay the penalty first, so 2.00 of principal are left.
    moved = event(ExtensionAgreed("x", day("2026-10-30")), "2026-10-14")
    events = [bill("1000.00", "2026-10-10", "2026-10-01"), moved, pay("1000.00", "2026-10-30")]
    assert total([contract()], events, "2026-10-30", QuoteKind.PAYOFF_ALL) == "2.00"


def test_what_gave_way_stays_so_when_principal_is_repaid_early():
    # 10,748.76 at 14.6% in five instalments of 2,227.93. The first (2,094.65 of principal) is two
    # days late: 2,094.65 × 0.06% × 2 = 2.51 of penalty. 4,479.62 pays that, two instalments
    # (4,455.86) and 21.25 of the third one's interest of 80.89. So much interest within 33 days
    # is more than the cap allows, and 2.51 of the third one's gives way: 80.89 − 21.25 − 2.51 =
    # 57.13 are left. Repaying one fen of principal early must not ask for the 2.51 again.
    events = [
        loan("10748.76", "2025-01-01", "2025-02-01", 5, rate="0.146"),
        pay("4479.62", "2025-02-03", "jiebei_like"),
    ]
    early = pay(
        "0.01", "2025-02-03", "jiebei_like",
        purpose=PaymentPurpose.PREPAY_PRINCIPAL, event_id="pay:the later one",
    )  # fmt: skip
    agreed = [contract("jiebei_like")]
    for history in (events, [*events, early]):
        asked = quoted(agreed, history, "2025-04-01", QuoteKind.DUE_NOW)
        shown = asked.by_component()
        assert shown[Component.INTEREST].fen + shown.get(Component.CAP, yuan("0")).fen == 5713
    # 2,147.04 + 2,175.42 + 2,200.65 of principal and 57.13 of interest.
    assert total(agreed, events, "2025-04-01", QuoteKind.PAYOFF_ALL) == "6580.24"
    assert total(agreed, [*events, early], "2025-04-01", QuoteKind.PAYOFF_ALL) == "6580.23"


def test_what_gave_way_of_a_fee_goes_with_the_fee():
    # 100.01 and twice 0.01 are late, 100.00 of it in 12 instalments of 8.33 (the last 8.37) with a
    # fee of 0.73 (0.77) each. On the third day after the first instalment was due its penalty is
    # 8.33 × 0.03% × 3 = 0.0075, one fen. To pay everything costs 100.03 + 0.73 + 0.01 = 100.77:
    # fees of instalments that are not billed yet are dropped. Whether it is paid in one go or in
    # two, nothing is left over, and no instalment shows a fee that nobody was asked for.
    spread = BillInstalmentBooked(
        "spread", yuan("100.00"), 12, day("2025-04-10"), "bill-2025-03-10"
    )
    events = [
        bill("0.01", "2025-01-10", "2025-01-01"),
        bill("0.01", "2025-02-10", "2025-02-01"),
        bill("100.01", "2025-03-10", "2025-03-01"),
        event(spread, "2025-03-01"),
    ]
    for paid in (["100.77"], ["27.23", "73.54"]):
        payments = [pay(amount, "2025-04-13") for amount in paid]
        (account,) = state_of(_bills("0.0003"), [*events, *payments], "2025-04-13").accounts
        assert (sum(row.paid_principal for row in account.facts), account.credit.fen) == (10003, 0)
        assert [row.fee for row in account.facts if row.origin is RowOrigin.BILL_INSTALMENT] == [
            73, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ]  # fmt: skip
