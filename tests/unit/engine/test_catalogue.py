"""Product files: what they say, and how a mistake in one is reported."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from account_engine.catalogue.product_checks import (
    PARAMETERS,
    check_contract,
    instalment_annual_rate,
)
from account_engine.catalogue.products import InvalidProduct, Products, UnknownProduct, load_product
from account_engine.domain.errors import InvalidTerms
from account_engine.domain.terms import Confidence, PenaltyMethod, ProductTerms
from tests.unit.engine.histories import PRODUCTS, ROOT, contract

FOLDER = ROOT / "data" / "products"
HUABEI = (FOLDER / "huabei_like.yml").read_text(encoding="utf-8")


def test_the_products_of_the_issue_are_there():
    assert set(PRODUCTS.product_ids()) == {
        "huabei_like",
        "jiebei_like",
        "xinyonggou",
        "xinyongdai",
        "weilidai_like",
        "baitiao_like",
        "credit_card_like",
    }


@pytest.mark.parametrize("product_id", PRODUCTS.product_ids())
def test_every_parameter_has_a_source_and_a_mark(product_id: str):
    terms = PRODUCTS.latest(product_id)
    for name in PARAMETERS:
        found = terms.provenance_of(name)
        assert found is not None, name
        assert found.source


@pytest.mark.parametrize("product_id", PRODUCTS.product_ids())
def test_every_product_stays_within_24_percent(product_id: str):
    terms = PRODUCTS.latest(product_id)
    assert terms.cap.annual == Decimal("0.24")
    assert terms.interest.annual_rate <= Decimal("0.24")
    for count, fee in terms.bill_instalments.items():
        assert instalment_annual_rate(fee, count) <= Decimal("0.24")


def test_confidence_of_a_part_comes_from_its_nearest_entry():
    terms = PRODUCTS.latest("huabei_like")
    base, rate = terms.provenance_of("penalty.base"), terms.provenance_of("penalty.daily_rate")
    assert base is not None
    assert rate is not None
    assert (base.confidence, rate.confidence) == (Confidence.X, Confidence.C)
    assert terms.provenance_of("nothing") is None


def test_funded_by_a_bank_the_products_have_other_names():
    assert PRODUCTS.latest("xinyonggou").display_name == "信用购"
    assert PRODUCTS.latest("xinyongdai").display_name == "信用贷"
    assert (
        PRODUCTS.latest("xinyonggou").default_lender
        != PRODUCTS.latest("huabei_like").default_lender
    )


def test_unknown_products_are_refused():
    with pytest.raises(UnknownProduct):
        PRODUCTS.latest("nothing")
    with pytest.raises(UnknownProduct):
        PRODUCTS.terms("huabei_like", 99)


def wrong(tmp_path: Path, old: str, new: str) -> InvalidProduct:
    """Load 花呗-like terms with one mistake and return the complaint."""
    assert old in HUABEI
    path = tmp_path / "huabei_like.yml"
    path.write_text(HUABEI.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidProduct) as caught:
        load_product(path)
    return caught.value


def line(of: str) -> int:
    """The number of the first line that contains a text."""
    return next(n for n, text in enumerate(HUABEI.splitlines(), start=1) if of in text)


@pytest.mark.parametrize(
    ("old", "new", "field", "at"),
    [
        (
            'daily_rate: "0.0005"',
            "daily_rate: 0.0005",
            "penalty.daily_rate",
            'daily_rate: "0.0005"',
        ),
        ("method: fixed_daily", "method: sometimes", "penalty.method", "method: fixed_daily"),
        ('ratio: "0.10"', 'ratio: "1.10"', "minimum.ratio", 'ratio: "0.10"'),
        ("notice_days: 7", "notice_days: 0", "recall.notice_days", "notice_days: 7"),
        ("notice_days: 7", "notices: 7", "recall.notices", "notice_days: 7"),
        ('12: "0.088"', '12: "0.188"', "bill_instalments.12", "bill_instalments:"),
        ("brand: 花呗\n", "", "brand", "#"),
        ("trigger: breach", "trigger: mood", "recall.triggers[3].trigger", "trigger: breach"),
        ("dpd, threshold: 30", "dpd", "recall.triggers[0].threshold", "dpd, threshold: 30"),
        ("dpd, threshold: 1,", "dpd, threshold: 0,", "linkage[0].threshold", "dpd, threshold: 1,"),
        ("plan: {cure_days: 7", "plan: {cure_days: -7", "plan.cure_days", "plan: {cure_days: 7"),
        ("compounding: off", "compounding: daily", "penalty.compounding", "compounding: off"),
        (
            'compounding: off\n  daily_rate: "0.0005"\n  base: principal',
            'compounding: unpaid_interest\n  daily_rate: "0.0005"\n  base: principal+fee+interest',
            "penalty.compounding",
            "compounding: off",
        ),
        (
            "compounding: off",
            "compounding: unpaid_interest",
            "clauses.compounding",
            "clauses:",
        ),
        (
            "debtor_designation: true",
            "debtor_designation: perhaps",
            "allocation.debtor_designation",
            "debtor_designation: true",
        ),
        (
            "promise_no_report_days: 0",
            "promise_no_report_days: -1",
            "credit_report.promise_no_report_days",
            "promise_no_report_days: 0",
        ),
        ('cutoff: "24:00"', 'cutoff: "22:00"', "statement.cutoff", 'cutoff: "24:00"'),
    ],
)
def test_a_mistake_is_reported_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, at: str
):
    error = wrong(tmp_path, old, new)
    assert error.file == "huabei_like.yml"
    assert error.field == field
    assert error.line == line(at)
    assert error.reason


def test_broken_yaml_is_reported_with_its_line(tmp_path: Path):
    error = wrong(tmp_path, "brand: 花呗", "brand: [花呗")
    assert error.line > 1


def test_a_parameter_without_a_source_is_refused(tmp_path: Path):
    source = next(text for text in HUABEI.splitlines() if text.startswith("  cap: {source"))
    assert wrong(tmp_path, source, "").field == "provenance"


def test_a_product_without_any_source_is_refused(tmp_path: Path):
    sources = HUABEI[HUABEI.index("provenance:") :]
    assert wrong(tmp_path, sources, "").field == "provenance"


def test_a_price_outside_the_products_range_is_refused():
    # 借呗-like: from 5.475% to 21.9% a year.
    for rate in ("0.05", "0.22"):
        with pytest.raises(InvalidTerms):
            check_contract(contract("jiebei_like", annual_rate=Decimal(rate)))
    check_contract(contract("jiebei_like", annual_rate=Decimal("0.219")))


def test_two_files_with_one_version_are_refused(tmp_path: Path):
    for name in ("huabei_like.yml", "huabei_like_2.yml"):
        (tmp_path / name).write_text(HUABEI, encoding="utf-8")
    with pytest.raises(InvalidProduct):
        Products.load(tmp_path)


def test_versions_live_side_by_side(tmp_path: Path):
    (tmp_path / "huabei_like.v1.yml").write_text(HUABEI, encoding="utf-8")
    second = HUABEI.replace("version: 1", "version: 2").replace('ratio: "0.10"', 'ratio: "0.20"')
    (tmp_path / "huabei_like.v2.yml").write_text(second, encoding="utf-8")
    products = Products.load(tmp_path)
    old, new = products.terms("huabei_like", 1), products.latest("huabei_like")
    assert _ratio(old) == Decimal("0.10")
    assert _ratio(new) == Decimal("0.20")
    assert new.clause("penalty") == "huabei_like@2#penalty"


def _ratio(terms: ProductTerms) -> Decimal:
    assert terms.minimum is not None
    return terms.minimum.ratio


def test_a_card_charges_interest_and_a_late_fee_instead_of_penalty_interest():
    assert PRODUCTS.latest("credit_card_like").penalty.method is PenaltyMethod.NONE
    assert PRODUCTS.latest("credit_card_like").penalty.late_fee is not None
