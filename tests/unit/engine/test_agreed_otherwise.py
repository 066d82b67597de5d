"""What a contract may agree otherwise: charges on interest, named debts, days unreported."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from account_engine.catalogue.products import terms_from_mapping
from account_engine.domain.designation import set_aside
from account_engine.domain.errors import InvalidEvent
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import RowState
from account_engine.domain.stress import ThresholdCode, stress
from account_engine.domain.terms import Compounding, Contract
from tests.unit.engine.histories import PRODUCTS, bill, contract, day, loan, pay, quoted, state_of


def agreed(product: str, rule: str, **fields: Any) -> Contract:
    """A contract whose terms differ in some fields of one rule."""
    terms = PRODUCTS.latest(product)
    return contract(replace(terms, **{rule: replace(getattr(terms, rule), **fields)}))


COMPOUNDING = agreed("jiebei_like", "penalty", compounding=Compounding.UNPAID_INTEREST)


class TestChargesOnUnpaidInterest:
    def test_interest_left_unpaid_bears_the_penalty_rate(self):
        # 10,000.00 at 14.6% a year, interest only: 10000 × 0.146 × 30/365 = 120.00 due 10-10.
        # Three days late at 1.5 × 0.0004 = 0.0006 a day: 120 × 0.0006 × 3 = 0.216, so 0.22.
        events = [loan("10000", "2026-09-10", "2026-10-10", 12, RepaymentMethod.INTEREST_FIRST)]
        quote = quoted([COMPOUNDING], events, "2026-10-13", QuoteKind.OVERDUE)
        assert quote.total.yuan_text == "120.22"
        assert quote.items[-1].formula == "120.00 × 0.0006 × 3"
        assert quote.items[-1].clause == "jiebei_like@1#compounding"

    def test_without_it_only_late_principal_does(self):
        events = [loan("10000", "2026-09-10", "2026-10-10", 12, RepaymentMethod.INTEREST_FIRST)]
        quote = quoted([contract("jiebei_like")], events, "2026-10-13", QuoteKind.OVERDUE)
        assert quote.total.yuan_text == "120.00"

    def test_one_item_names_both_parts_of_its_base_and_the_cap_on_the_rate(self):
        # 900.00 in three equal parts at 18.25%: 300.00 and 900 × 0.1825 × 30/365 = 13.50 due 10-10.
        # Ten days late on 313.50: at 1.5 × 0.0005 it is 2.35125, so 2.35; at the cap
        # 313.5 × 0.24/365 × 10 = 2.0614, so 2.06, which is 0.29 less.
        events = [
            loan(
                "900", "2026-09-10", "2026-10-10", 3, RepaymentMethod.EQUAL_PRINCIPAL, rate="0.1825"
            )
        ]
        terms = replace(COMPOUNDING, annual_rate=Decimal("0.1825"))
        quote = quoted([terms], events, "2026-10-20", QuoteKind.OVERDUE)
        assert [item.amount.yuan_text for item in quote.items] == [
            "300.00",
            "13.50",
            "2.35",
            "-0.29",
        ]
        assert quote.items[2].formula == "(300.00 + 13.50) × 0.00075 × 10"

    def test_the_cap_on_all_charges_stands_over_it(self):
        # 1,000.00 at 24% for a year: 240.00 of interest. Thirty days late on 1240.00:
        # 1240 × 0.24/365 × 30 = 24.46, the rate being capped at 24%. All charges may be
        # 1000 × 0.24 × 395/365 = 259.72 (rounded down), so 240 + 24.46 − 259.72 = 4.74 comes
        # off. Without charges on interest 1000 × 0.24/365 × 30 = 19.73 leaves 0.01 to come off:
        # the same 1259.72.
        events = [loan("1000", "2025-10-10", "2026-10-10", 1, RepaymentMethod.BULLET, rate="0.24")]
        rate = Decimal("0.24")
        terms = replace(COMPOUNDING, annual_rate=rate)
        compounded = quoted([terms], events, "2026-11-09", QuoteKind.OVERDUE)
        plain = contract("jiebei_like", annual_rate=rate)
        simple = quoted([plain], events, "2026-11-09", QuoteKind.OVERDUE)
        assert [one.items[-1].clause for one in (compounded, simple)] == [
            "jiebei_like@1#cap_total"
        ] * 2
        assert compounded.items[-1].amount.yuan_text == "-4.74"
        assert simple.items[-1].amount.yuan_text == "-0.01"
        assert compounded.total.yuan_text == simple.total.yuan_text == "1259.72"

    def test_interest_on_a_carried_rest_bears_it_from_the_day_it_was_due(self):
        # Bill 1000.00 due 05-10, minimum 100.00 paid: 900.00 carried at 0.0005 a day to 06-10,
        # 31 days: 13.95. Nothing paid then: ten days on 913.95 × 0.0005 = 4.56975, so 4.57.
        # A payment of 1.00 on 06-15 changes nothing before it, wherever it went: it pays penalty.
        terms = agreed("huabei_like", "penalty", compounding=Compounding.UNPAID_INTEREST)
        events = [bill("1000", "2026-05-10", "2026-05-01"), pay("100", "2026-05-10")]
        quote = quoted([terms], events, "2026-06-20", QuoteKind.OVERDUE)
        assert quote.by_component()[Component.PENALTY].yuan_text == "4.57"
        assert quote.total.yuan_text == "918.52"
        later = quoted([terms], [*events, pay("1", "2026-06-15")], "2026-06-20", QuoteKind.OVERDUE)
        assert later.total.yuan_text == "917.52"

    @pytest.mark.parametrize("mode", ["daily", "monthly"])
    def test_penalty_on_penalty_is_refused_with_the_way_out(self, mode: str):
        with pytest.raises(InvalidEvent, match=r"penalty\.compounding: .*charge_posted"):
            terms_from_mapping({**_MAPPING, "penalty": {"compounding": mode}})


_MAPPING = {
    "product_id": "x",
    "version": 1,
    "brand": "x",
    "display_name": "x",
    "kind": "instalment_loan",
    "default_lender": "x",
}


class TestWhatAPaymentNames:
    # 1,000.00 due 09-10 and 500.00 due 10-10 at 0.0005 a day, no minimum. On 10-12 the first owes
    # 1000 × 0.0005 × 32 = 16.00 of penalty, the second 500 × 0.0005 × 2 = 0.50.
    events = (
        bill("1000", "2026-09-10", "2026-09-01", "baitiao_like"),
        bill("500", "2026-10-10", "2026-10-01", "baitiao_like"),
        pay("500.50", "2026-10-12", "baitiao_like", towards="bill-2026-10-10", event_id="p"),
    )

    def open_rows(self, terms: Contract) -> list[str]:
        (account,) = state_of([terms], self.events, "2026-10-12").accounts
        return [row.outstanding.yuan_text for row in account.schedule if row.state != RowState.PAID]

    def test_it_goes_where_it_was_named(self):
        # All of the second: 500.00 + 0.50. The first still owes 1000.00 + 16.00.
        assert self.open_rows(contract("baitiao_like")) == ["1016.00"]

    def test_agreed_otherwise_it_goes_the_order_of_the_terms(self):
        # Penalty of both first, 16.50; the rest, 484.00, on the oldest: 516.00 and 500.00 stay.
        strict = agreed("baitiao_like", "allocation", debtor_designation=False)
        assert self.open_rows(strict) == ["516.00", "500.00"]

    def test_what_was_named_is_on_record_and_explained(self):
        strict = agreed("baitiao_like", "allocation", debtor_designation=False)
        (found,) = set_aside([strict], self.events, day("2026-10-12"))
        assert (found.event_id, found.named) == ("p", "bill-2026-10-10")
        assert found.clause == "baitiao_like@1#designation"
        assert not set_aside([contract("baitiao_like")], self.events, day("2026-10-12"))
        assert not set_aside([strict], self.events, day("2026-10-11"))

    def test_naming_an_account_is_naming_a_debt(self):
        # 304.50 for the account of 500.00. As named: 500 + 0 − 304.50 = 195.50 stay there. Agreed
        # otherwise, the older account takes it: 300 × 0.0005 × 30 = 4.50 of penalty and 300.00.
        def left(**fields: Any) -> dict[str, str]:
            named = agreed("baitiao_like", "allocation", **fields)
            older = replace(contract("baitiao_like"), account_id="older")
            events = [
                bill("300", "2026-09-10", "2026-09-01", "older", "a"),
                bill("500", "2026-10-10", "2026-10-01", "baitiao_like", "b"),
                pay("304.50", "2026-10-10", None, designated_account="baitiao_like"),
            ]
            found = state_of([named, older], events, "2026-10-10")
            return {one.account_id: one.outstanding.yuan_text for one in found.accounts}

        assert left() == {"baitiao_like": "195.50", "older": "300.00"}
        assert left(debtor_designation=False) == {"baitiao_like": "500.00", "older": "0.00"}


class TestDaysWithoutAReport:
    # Due 2026-10-28, reports on the last day of each month: on 10-31 the bill is three days late.
    events = (bill("1000", "2026-10-28", "2026-10-20"),)

    def terms(self, days: int) -> Contract:
        return agreed("huabei_like", "credit_report", promise_no_report_days=days)

    @pytest.mark.parametrize(("days", "reported"), [(0, True), (2, True), (3, False), (30, False)])
    def test_no_longer_late_than_agreed_is_not_reported(self, days: int, reported: bool):
        (account,) = state_of([self.terms(days)], self.events, "2026-10-31").accounts
        assert account.dpd == 3
        assert account.credit_report.has_overdue_record is reported

    def test_later_lateness_is_reported_all_the_same(self):
        # On the next reporting date, 11-30, it is 33 days late: more than 30, not more than 33.
        (account,) = state_of([self.terms(30)], self.events, "2026-11-30").accounts
        assert account.credit_report.has_overdue_record
        (account,) = state_of([self.terms(33)], self.events, "2026-11-30").accounts
        assert not account.credit_report.has_overdue_record

    def test_a_record_that_never_was_does_not_end(self):
        # Paid on 11-03 with 1000 × 0.0005 × 6 = 3.00 of penalty: reported on 10-31 or never.
        paid = [*self.events, pay("1003", "2026-11-03")]
        (short,) = state_of([self.terms(3)], paid, "2026-11-10").accounts
        (longer,) = state_of([self.terms(2)], paid, "2026-11-10").accounts
        assert short.credit_report.record_ends_on is None
        assert longer.credit_report.record_ends_on == day("2031-11-03")

    def test_whether_the_next_report_would_show_it(self):
        # On 10-29 it is one day late; on the reporting date, two days later, it would be three.
        (three,) = state_of([self.terms(3)], self.events, "2026-10-29").accounts
        (two,) = state_of([self.terms(2)], self.events, "2026-10-29").accounts
        assert (three.reported_next, two.reported_next) == (False, True)
        (current,) = state_of([self.terms(0)], self.events, "2026-10-28").accounts
        assert not current.reported_next

    @pytest.mark.parametrize(("days", "first"), [(0, "2026-10-31"), (3, "2026-11-30")])
    def test_the_stress_view_crosses_it_on_the_first_report_that_shows_it(
        self, days: int, first: str
    ):
        found = [
            threshold.value
            for one in stress([self.terms(days)], self.events, day("2026-10-29"), 40)
            for threshold in one.thresholds
            if threshold.code is ThresholdCode.CREDIT_REPORTING
        ]
        assert found[0] == first


def test_the_products_agree_nothing_otherwise():
    for product_id in PRODUCTS.product_ids():
        terms = PRODUCTS.latest(product_id)
        assert terms.penalty.compounding is Compounding.OFF
        assert terms.allocation.debtor_designation
        assert terms.credit_report.promise_no_report_days == 0
        for path in (
            "penalty.compounding",
            "allocation.debtor_designation",
            "credit_report.promise_no_report_days",
        ):
            assert path in terms.provenance
