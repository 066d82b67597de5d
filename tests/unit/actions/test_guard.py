"""Tries to get past the guard: every way must fail."""

from __future__ import annotations

import re

import pytest

from actions.renderer.guard import Audience, Guard, GuardRefused
from actions.renderer.provenance import Origin, Provenance
from actions.renderer.renderer import Renderer
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
        ("保\u200b证给您批", "promise"),
        ("我 保 证 给您批", "promise"),
        ("我给您打包票", "promise"),
        ("我答应您免掉", "promise"),
        ("这个肯定能批", "certainty"),
        ("百分之百会通过", "certainty"),
        ("放心，三天内不上征信", "no_report_promise"),
        ("今天还了征信上不会有记录", "no_report_promise"),
        ("逾期两天上不了征信", "no_report_promise"),
        ("后果由您自行承担", "threat"),
        ("我们会联系您的领导", "threat"),
        ("明天安排专员上门", "threat"),
        ("这是最后通牒", "threat"),
        ("再不还就起诉", "threat"),
        ("我们这边代表市公安局", "false_authority"),
        ("受法院委托通知您", "false_authority"),
        ("我方将采取法律手段", "court_threat"),
        ("我们即将立案", "court_threat"),
        ("可以找朋友借一点先还上", "new_borrowing"),
        ("建议用信用卡取现周转一下", "new_borrowing"),
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
        "我不是法院、公安，也不是律师，更不代表他们",
        "这个我不能替别人打包票",
        "能不能恢复由系统综合评估，没有人能打包票",
        "没有哪条规定写明“逾期几天以内不上征信”",
        "要求停止联系您的家人的话，我可以登记",
    ],
)
def test_honest_sentences_pass(guard: Guard, text: str) -> None:
    assert refused(guard, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "一共 1,234.56 元",
        "3 天",
        "利率 18.25%",
        "打 12345",
        "一共１，２３４元",
        "第①期",
        "欠三千二百七十一元",
        "差不多两万块钱",
        "还有几千元",
        "1\u200b000 元",
    ],
)
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


@pytest.mark.parametrize(
    "text",
    [
        "您逾期了 3 天",
        "您的花呗欠款是很多",
        "您已经欠了好几千元",
        "您名下有一笔逾期",
        "您现在逾期，请尽快处理",
    ],
)
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


def test_nothing_that_is_worded_would_be_refused(guard: Guard, renderer: Renderer) -> None:
    """Every template and fact as it stands, read by a borrower who is known."""
    phrases = {
        (key, refusal)
        for key, wording in renderer.wording.replies.items()
        for text in wording.text
        for refusal in refused(guard, _spoken(text))
        if refusal != "figure_without_source"
    }
    assert phrases == set()


def _spoken(template: str) -> str:
    """A template without its expressions and conditions."""
    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", template, flags=re.DOTALL)
