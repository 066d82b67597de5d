"""Random debts and wishes for the property tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from account_engine.domain.money import Money
from account_engine.domain.negotiation.position import AccountPosition, DebtPosition, Upcoming
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import TODAY


def money(least: int, most: int) -> st.SearchStrategy[Money]:
    return st.integers(min_value=least, max_value=most).map(Money)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def accounts(draw: st.DrawFn, account_id: str) -> AccountPosition:
    """A late loan, up to 500,000.00, any tier, priced up to the cap of 24% a year."""
    principal = draw(money(1, 500_000_00))
    ahead = tuple(
        Upcoming(
            due=TODAY + timedelta(days=10 + 30 * number),
            principal=draw(money(0, 5_000_00)),
            interest=draw(money(0, 500_00)),
            fee=Money(0),
        )
        for number in range(draw(st.integers(min_value=0, max_value=4)))
    )
    rate = Decimal(draw(st.integers(min_value=0, max_value=2400))) / 10_000
    return AccountPosition(
        account_id=account_id,
        product_id="jiebei_like",
        display_name="借呗",
        lender_name="lender",
        dpd=draw(st.integers(min_value=1, max_value=400)),
        annual_rate=rate,
        overdue_principal=principal,
        overdue_interest=draw(money(0, 20_000_00)),
        overdue_fee=draw(money(0, 1_000_00)),
        overdue_penalty=draw(money(0, 20_000_00)),
        unmatured_principal=Money(sum(row.principal.fen for row in ahead)),
        accrued_interest=draw(money(0, 500_00)),
        upcoming=ahead,
        penalty_base=principal,
        penalty_daily_rate=min(rate * Decimal("1.5"), Decimal("0.24")) / 365,
        charge_headroom=draw(money(0, 1_000_00)),
        minimum_due=draw(money(0, 2_000_00)),
        accelerated=draw(st.booleans()) and not ahead,
        disputed=draw(st.sampled_from([False, False, False, True])),
        waivers_used=draw(st.integers(min_value=0, max_value=1)),
        extensions_used=draw(st.integers(min_value=0, max_value=1)),
        plans_broken=draw(st.integers(min_value=0, max_value=1)),
    )


@st.composite
def positions(draw: st.DrawFn) -> DebtPosition:
    """One or two late accounts."""
    count = draw(st.integers(min_value=1, max_value=2))
    return DebtPosition(
        borrower_id="somebody",
        as_of=TODAY,
        accounts=tuple(draw(accounts(f"account-{number}")) for number in range(count)),
        vulnerable=draw(st.booleans()),
    )


def days_from(today: date) -> st.SearchStrategy[date]:
    return st.integers(min_value=0, max_value=60).map(lambda days: today + timedelta(days=days))


hardships = maybe(st.sampled_from(HardshipKind))
costs = {"income": maybe(money(0, 50_000_00)), "living_costs": maybe(money(0, 30_000_00))}
single_wishes: dict[str, st.SearchStrategy[Any]] = {
    "monthly": money(1, 50_000_00),
    "terms": st.integers(min_value=1, max_value=60),
    "first_date": days_from(TODAY),
    "day_of_month": st.integers(min_value=1, max_value=31),
    "down_payment": money(1, 100_000_00),
    "extension_days": st.integers(min_value=1, max_value=60),
    "settlement": money(1, 500_000_00),
    "waiver": st.booleans(),
    "principal_only": st.booleans(),
}

one_wish = st.one_of(
    *(
        st.builds(Wishes, hardship=hardships, **{name: wanted})
        for name, wanted in single_wishes.items()
    )
)
two_wishes = st.sampled_from(
    [(one, other) for one in single_wishes for other in single_wishes if one < other]
).flatmap(
    lambda names: st.builds(
        Wishes, hardship=hardships, **{name: single_wishes[name] for name in names}
    )
)
with_income = st.builds(
    Wishes,
    income=money(0, 50_000_00),
    living_costs=maybe(money(0, 30_000_00)),
    hardship=hardships,
    terms=maybe(single_wishes["terms"]),
)
everything = st.builds(
    Wishes,
    hardship=hardships,
    **costs,
    **{
        name: wanted if name in ("waiver", "principal_only") else maybe(wanted)
        for name, wanted in single_wishes.items()
    },
)
wishes = st.one_of(one_wish, two_wishes, with_income, everything)
