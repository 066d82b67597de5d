"""A daily penalty rate that a contract has for itself, as those of a 白条-like product have."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from account_engine.catalogue.product_checks import check_contract, check_product
from account_engine.domain.errors import InvalidTerms
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import Contract
from account_engine.services.plain_values import override
from account_engine.services.scenario import InvalidScenario, load_scenario
from account_engine.store.codec import ContractCodec
from tests.unit.engine.histories import PRODUCTS, ROOT, bill, contract, quoted, total

BAITIAO = "baitiao_like"
BILL = bill("1000", "2026-10-10", "2026-10-01", BAITIAO)


def at(rate: str | None, **fields: Any) -> Contract:
    """A 白条-like contract with a rate of its own, or without."""
    own = None if rate is None else Decimal(rate)
    return contract(BAITIAO, penalty_daily_rate=own, **fields)


@pytest.mark.parametrize(
    ("rate", "owed"),
    [
        (None, "1001.50"),  # 1000 × 0.0005 × 3
        ("0.0003", "1000.90"),  # 1000 × 0.0003 × 3
        ("0.0004", "1001.20"),
    ],
)
def test_each_contract_is_charged_its_own_rate(rate: str | None, owed: str) -> None:
    assert total([at(rate)], [BILL], "2026-10-13", QuoteKind.OVERDUE) == owed


def test_the_cap_stands_over_it_and_shows() -> None:
    # 0.07% a day is 25.55% a year: 1000 × 0.0007 × 3 = 2.10; at 24% a year 1000 × 0.24/365 × 3 is
    # 1.97, which is 0.13 less.
    quote = quoted([at("0.0007")], [BILL], "2026-10-13", QuoteKind.OVERDUE)
    assert [item.amount.yuan_text for item in quote.items] == ["1000.00", "2.10", "-0.13"]
    assert quote.items[1].formula == "1000.00 × 0.0007 × 3"


def test_two_contracts_of_one_borrower_under_the_same_terms_keep_theirs() -> None:
    other = bill("1000", "2026-10-10", "2026-10-01", "other", "b")
    both = [at("0.0003"), at("0.0006", account_id="other")]
    # 0.90 on one, 1000 × 0.0006 × 3 = 1.80 on the other.
    assert total(both, [BILL, other], "2026-10-13", QuoteKind.OVERDUE) == "2002.70"


@pytest.mark.parametrize("rate", ["0.0002", "0.0008", "-0.0003"])
def test_a_rate_outside_the_bounds_of_the_terms_is_refused(rate: str) -> None:
    with pytest.raises(InvalidTerms, match=r"penalty_daily_rate.*between 0\.0003 and 0\.0007"):
        check_contract(at(rate))
    check_contract(at("0.0007"))


def test_where_the_terms_have_one_rate_for_all_the_way_out_is_named() -> None:
    own = contract("huabei_like", penalty_daily_rate=Decimal("0.0004"))
    with pytest.raises(InvalidTerms, match=r"penalty_daily_rate.*penalty\.min_daily_rate"):
        check_contract(own)


@pytest.mark.parametrize(
    ("penalty", "field"),
    [
        ({"max_daily_rate": None}, "penalty.max_daily_rate"),
        ({"min_daily_rate": None}, "penalty.min_daily_rate"),
        ({"min_daily_rate": "0.0006"}, "penalty.min_daily_rate"),
        ({"max_daily_rate": "0.0004"}, "penalty.max_daily_rate"),
        ({"method": "contract_multiple"}, "penalty.min_daily_rate"),
    ],
)
def test_bounds_that_cannot_be_meant_are_refused(penalty: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidTerms) as caught:
        check_product(override(PRODUCTS.latest(BAITIAO), {"penalty": penalty}, "terms"))
    assert caught.value.field == field


def written(folder: Path, rate: str) -> Path:
    """A scenario file with one 白条-like account."""
    account = {"account_id": "a", "product": BAITIAO, "penalty_daily_rate": rate}
    path = folder / "scenario.json"
    path.write_text(json.dumps({"as_of": "2026-10-13", "accounts": [account]}), encoding="utf-8")
    return path


def test_a_scenario_file_names_it(tmp_path: Path) -> None:
    (read,) = load_scenario(written(tmp_path, "0.0003"), ROOT / "data").contracts
    assert read.effective_penalty_daily_rate == Decimal("0.0003")
    with pytest.raises(InvalidScenario) as caught:
        load_scenario(written(tmp_path, "0.0009"), ROOT / "data")
    assert caught.value.field == "accounts[0].penalty_daily_rate"


def test_it_is_stored_and_a_contract_without_one_has_the_text_it_always_had() -> None:
    codec = ContractCodec(PRODUCTS.terms)
    own = at("0.0003")
    assert codec.load(codec.dump(own)) == own
    assert "penalty_daily_rate" not in codec.dump(at(None))
    assert codec.load(codec.dump(at(None))) == at(None)
