"""How many rows a plan may have: by the policy, and by product whatever a tier lists."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from account_engine.domain.negotiation.policy import Policy, Tool
from account_engine.domain.negotiation.position import AccountPosition
from tests.unit.negotiation.debts import ask, debt, demo_policy, loan, yuan

LATE = loan(200, overdue_principal=yuan("60000"), penalty_base=yuan("60000"))
CARD = replace(LATE, product_id="credit_card_like")


def five_years() -> Policy:
    """The shipped policy with a last tier that lists 12 and 60 rows."""
    policy = demo_policy()
    (*tiers, last) = policy.tiers
    return replace(policy, tiers=(*tiers, replace(last, reage_terms=(12, 60))))


def terms_of(policy: Policy, *accounts: AccountPosition) -> set[int]:
    """The numbers of rows on offer for a whole balance."""
    found = ask(debt(*accounts), policy, terms=60).options
    return {len(one.schedule) for one in found if one.tool is Tool.REAGE}


def test_five_years_are_for_credit_cards_only() -> None:
    assert max(terms_of(five_years(), CARD)) >= 60
    assert max(terms_of(five_years(), LATE)) < 60


def test_several_accounts_have_the_least_of_theirs() -> None:
    other = replace(LATE, account_id="other")
    shape = five_years().shape
    assert shape.most_terms(["credit_card_like"]) == 60
    assert shape.most_terms(["credit_card_like", other.product_id]) == 36


@pytest.mark.parametrize(("most", "offered"), [(60, True), (12, False)])
def test_another_limit_is_kept(most: int, offered: bool) -> None:
    policy = five_years()
    by_product = MappingProxyType({LATE.product_id: most})
    shape = replace(policy.shape, max_terms_by_product=by_product)
    found = terms_of(replace(policy, shape=shape), LATE)
    assert (max(found) >= 60) is offered
