"""Tries to get past the guard: every way must fail."""

from __future__ import annotations

import pytest

from actions.renderer.guard import Audience, Guard, GuardRefused
from actions.renderer.provenance import Origin, Provenance
from tests.unit.actions.conftest import DATA


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard.load(DATA / "wording" / "guard.yml")


def refused(guard: Guard, text: str, audience: Audience = Audience.BORROWER) -> set[str]:
    try:
        guard.check(text, [], Provenance(), audience)
    except GuardRefused as error:
        return {refusal.code for refusal in error.refusals}
    return set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我保证给您减免", "promise"),
        ("这样一定会通过", "certainty"),
        ("今天还了就不会上征信", "no_report_promise"),
        ("放心，不会影响征信的", "no_report_promise"),
        ("请马上还款，否则将承担后果", "threat"),
        ("再不还就通知您的家人", "threat"),
        ("我们是法院", "false_authority"),
        ("我们将起诉您", "court_threat"),
        ("可以再借一笔来周转", "new_borrowing"),
        ("建议先申请贷款", "new_borrowing"),
        ("您有权改回分期", "entitlement"),
        ("出错了 Traceback (most recent call last)", "internals"),
        ("您好，None", "internals"),
    ],
)
def test_forbidden_phrases_are_refused(guard: Guard, text: str, code: str) -> None:
    assert code in refused(guard, text)


@pytest.mark.parametrize(
    "text",
    [
        "这个不能保证，由贷款机构决定",
        "凡是要交保证金的都是诈骗",
        "没有规定欠多少就一定起诉",
        "冒充法院的都是骗子",
        "不建议用新的借款去还旧的",
    ],
)
def test_honest_sentences_pass(guard: Guard, text: str) -> None:
    assert refused(guard, text) == set()


@pytest.mark.parametrize("text", ["一共 1,234.56 元", "3 天", "利率 18.25%", "打 12345"])
def test_a_figure_that_nobody_recorded_is_refused(guard: Guard, text: str) -> None:
    assert "figure_without_source" in refused(guard, text)


def test_a_recorded_figure_passes_with_and_without_separators(guard: Guard) -> None:
    book = Provenance()
    book.record("1,234.56 元", Origin.ACCOUNT)
    guard.check("一共 1,234.56 元，也就是 1234.56 元", [], book, Audience.BORROWER)


def test_figures_cannot_be_put_together_of_recorded_ones(guard: Guard) -> None:
    book = Provenance()
    book.record("12", Origin.ACCOUNT)
    book.record("34", Origin.ACCOUNT)
    with pytest.raises(GuardRefused):
        guard.check("1234", [], book, Audience.BORROWER)


def test_no_account_figure_reaches_a_stranger(guard: Guard) -> None:
    book = Provenance()
    book.record("3,271.67 元", Origin.ACCOUNT)
    with pytest.raises(GuardRefused) as error:
        guard.check("一共 3,271.67 元", [], book, Audience.ANYONE)
    assert "account_figure_to_stranger" in {one.code for one in error.value.refusals}


@pytest.mark.parametrize("text", ["您逾期了 3 天", "您的花呗欠款是很多", "您已经欠了好几千元"])
def test_no_debt_is_mentioned_before_identity_is_known(guard: Guard, text: str) -> None:
    assert "debt_to_stranger" in refused(guard, text, Audience.ANYONE)
    assert "debt_to_stranger" not in refused(guard, text, Audience.BORROWER)


def test_button_titles_are_looked_at_too(guard: Guard) -> None:
    with pytest.raises(GuardRefused):
        guard.check("好的", ["再借一笔，可以借一笔"], Provenance(), Audience.BORROWER)


def test_a_refusal_names_no_figure_and_no_text(guard: Guard) -> None:
    with pytest.raises(GuardRefused) as error:
        guard.check("张先生欠 998.00 元", [], Provenance(), Audience.BORROWER)
    assert "998" not in str(error.value)
    assert "张先生" not in str(error.value)
