"""Questions for figures of one's own books, and about paying safely: found by what is in them.

Each kind is put in several orders and dialects; beside them stand questions that look alike and
mean something else.
"""

from __future__ import annotations

from datetime import date

import pytest

from actions.conversation.situations import Situations
from actions.conversation.spans import a_month_on, days_ahead, days_behind
from actions.topics.sum_to_pay import sum_to_pay
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.conftest import entity as heard

KINDS = {
    "ask_why_sum": [
        "这个34211是咋算出来的",
        "三万四千块到底是怎么来的",
        "3271.67是怎么得出来的",
        "两千一百多块怎么冒出来的",
        "二十九万由什么组成",
    ],
    "ask_parts": ["本金罚息利息各是多少", "拆开给我讲讲，罚息跟本金", "多少本金，多少罚息"],
    "ask_to_come": [
        "26号要划走多少",
        "下个月一共得还几多",
        "12月1号扣我多少钱",
        "12月份的账单是多少钱",
        "月底要交多少",
    ],
    "ask_paid_in": ["上个月划走了多少钱", "十月份我还了几笔", "昨天扣了我几块", "九月付了多少"],
    "ask_interest_share": [
        "每月还的里头有多少是利息",
        "月供里面利息占几成",
        "下一期有多少利息",
        "每期里利息多少钱",
        "借呗下一期多少钱，哪天",
    ],
    "ask_settle_then": [
        "今天结清跟下个月结清差几多",
        "下个月再还清会比今天还清贵多少",
        "现在清掉和12月15号清掉，差多少",
    ],
    "query_overdue_status": ["从哪天起算我逾期的", "是从什么时候开始算逾期的"],
    "ask_down_payment": ["首付最少多少", "谈的话头款至少几成", "先交多少才能谈"],
    "ask_use_of_part": ["我只有三百块，有没有意义", "就剩80块，还了有啥用", "才500还不还"],
    "ask_due_soon": ["还款日是明天", "明天就到期了咋办", "今天是我的还款日"],
    "ask_minimum_in_a_row": ["连续三个月都还最低行吗", "我老是只还最低，要紧不"],
    "ask_price": ["0.05%是日息吗", "万五是按天还是按月"],
    "ask_borrow_to_repay": [
        "拿借呗的钱填花呗行吗",
        "从网贷弄点钱先还上你们这个",
        "花呗不够还，可以用借呗吗",
    ],
    "ask_paid_proxy": [
        "网上有代还的，收几个点",
        "群里有个大哥说先帮我垫上，收点服务费",
        "有公司说帮我还清，靠谱吗",
    ],
    "ask_paying_code": ["还款码发我一个", "有没有对公账号我转过去", "给个收款码我扫"],
    "ask_living_debited": ["孩子学费被划走了能退吗", "看病的钱给我扣光了，退给我"],
    "ask_debit_off": ["自动扣款关了会咋样", "不开自动还款有影响吗"],
    "ask_debit_emptied": ["我把钱转走就扣不到了吧", "卡里清空是不是就划不走了"],
    "ask_debit_after_minimum": ["最低还了怎么又扣我一笔", "还了最低以后还会再扣吗"],
    "ask_debit_please": ["麻烦现在再扣一下", "能不能马上重新扣款"],
    "ask_has_money": ["卡里有钱，怎么还不进去", "余额够的，还款一直失败"],
    "ask_no_choice_of_bank": ["只有一个银行可选", "没有别的银行卡可以选"],
    "ask_proxy_paid": ["不是朋友帮我付了吗", "代付成功了怎么还要还"],
    "ask_failed_and_taken": ["还款没成功，卡里的钱扣走了", "还款失败钱却没了"],
    "ask_where_paid": ["我还的钱都去哪了"],
    "ask_arrears": ["补上借呗要多少", "只补逾期的明天要多少", "12月1号补齐得几多"],
    "ask_penalty_by": ["到月底的罚息一共多少", "罚息到12月5号要几块钱"],
    "ask_part_saves": ["今天还一万，一天罚息变多少", "还5000每天能少多少罚息"],
    "ask_told_late": ["借呗显示我逾期了", "提示有逾期"],
    "ask_debited_too_early": ["没到时间就把我的钱扣走了", "日子还没到怎么划了我的款"],
    "ask_paid_wrong_person": ["花呗还错了，还到别人那去了"],
    "ask_password": ["还款密码忘了还不了"],
    "ask_half_settles": ["我还一半是不是就结清了"],
    "ask_payments": ["最近一次还款是哪天，还了多少", "上一笔扣了多少"],
    "explain_amount": ["三千二百七十一里面有多少是利息", "为啥子越还越多"],
    "ask_own_penalty": ["罚息是按本金算的不", "罚的钱怎么算的"],
    "ask_own_rate": ["年利率是不是超了24%", "借呗利率合法不"],
    "ask_is_enough": ["花呗只还128可以不，会不会逾期", "先还330够不够"],
    "ask_least_to_pay": ["我每个月最少要准备多少钱"],
    "ask_who_debited": ["卡上少了几百，是你们扣的吗"],
    "ask_debit_when_late": ["逾期了还会自动从余额宝扣不"],
    "ask_debit_failed_free": ["代扣失败收不收手续费"],
    "ask_money_ahead": ["提前一天存钱进去行吗", "我出差，先把钱放够可以不"],
    "ask_any_sum": ["好多钱起还", "一天分三次还可以吗", "五十块能还吗"],
    "ask_overpaid": ["还多了五百怎么办", "输错了多还了两百"],
    "ask_wallet_restricted": ["支付宝被限制了怎么还款"],
    "ask_less_than_minimum": ["少于最低的能还吗", "不到最低可以还吗"],
    "ask_small_sum_late": ["就差三块钱没还，也要罚息吗"],
    "ask_due_date_changed": ["还款日怎么变成20号了"],
    "ask_one_of_two": ["两个产品能不能只还一个"],
    "ask_how_to_pay": ["花呗钱啷个还嘛", "教我怎么还", "这个款咋还"],
}

LOOK_ALIKE = [
    ("我没开过借呗，哪来的三千块", "ask_why_sum"),  # not theirs at all
    ("5000逾期10天利息怎么算出来的", "ask_why_sum"),  # figures somebody thinks of
    ("到12月15号要还多少", "ask_to_come"),  # all that has come together by then
    ("12月8号再还，总共要给多少", "ask_to_come"),
    ("26号还的话能减多少", "ask_to_come"),
    ("上个月的账单要还多少", "ask_paid_in"),
    ("借一万每月利息多少", "ask_interest_share"),
    ("还款日是明天，能不能晚两天", "ask_due_soon"),
    ("今天还款日，怎么还没扣", "ask_due_soon"),
    ("先还最低，剩的能分三个月吗", "ask_minimum_in_a_row"),
    ("借了1000，借呗第一期还多少", "ask_borrow_to_repay"),
    ("我妈帮我代还要收钱吗", "ask_paid_proxy"),
    ("让我转到一个对公账户，是真的吗", "ask_paying_code"),
    ("我的收款码怎么收花呗", "ask_paying_code"),
    ("自动扣款在哪里关", "ask_debit_off"),
    ("卡里有钱怎么没扣", "ask_debit_emptied"),
    ("还款失败钱扣了，花呗还用不了", "ask_failed_and_taken"),
    ("买房首付还差多少", "ask_down_payment"),
    ("下个月一起还行吗", "ask_any_sum"),
    ("把借呗两期补上，花呗那边会怎样", "ask_arrears"),
    ("怎么显示我逾期了，我明明还了", "ask_told_late"),
    ("下一期还款日几号", "ask_interest_share"),
    ("明天比今天要多出多少", "ask_own_penalty"),
    ("19号没还，现在要多少", "ask_to_come"),
    ("先还一千行不行，还完还逾期吗", "ask_is_enough"),
    ("可以先还一个月的款吗", "ask_one_of_two"),
    ("能比最低多还一点吗", "ask_less_than_minimum"),
    ("没钱了怎么还嘛", "ask_how_to_pay"),
    ("罚息是按天算的吗", "ask_own_penalty"),
    ("逾期会扣固定的滞纳费么", "ask_debit_when_late"),
]


@pytest.mark.parametrize(
    ("text", "answer"), [(text, name) for name, texts in KINDS.items() for text in texts]
)
def test_the_question_is_found_by_what_is_in_it(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str
) -> None:
    turn = make_turn(text, "out_of_scope", borrower_id="li")
    assert situations.meaning(turn) == answer


@pytest.mark.parametrize(("text", "answer"), LOOK_ALIKE)
def test_what_looks_alike_is_left_alone(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str
) -> None:
    turn = make_turn(text, "out_of_scope", borrower_id="li")
    assert situations.meaning(turn) != answer


# The business date of these turns is 21 November 2026.
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("下个月要还多少", date(2026, 12, 1), date(2026, 12, 31)),
        ("12月要还多少", date(2026, 12, 1), date(2026, 12, 31)),
        ("二月要还多少", date(2027, 2, 1), date(2027, 2, 28)),
        ("这个月还要还多少", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_month_to_come(make_turn: MakeTurn, text: str, first: date, last: date) -> None:
    span = days_ahead(make_turn(text))
    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("上个月扣了多少", date(2026, 10, 1), date(2026, 10, 31)),
        ("十月份还了多少", date(2026, 10, 1), date(2026, 10, 31)),
        ("12月还了多少", date(2025, 12, 1), date(2025, 12, 31)),
        ("这个月还了多少", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_month_gone_by(make_turn: MakeTurn, text: str, first: date, last: date) -> None:
    span = days_behind(make_turn(text))
    assert span is not None
    assert (span.first, span.last) == (first, last)


def test_the_end_of_the_month_is_what_is_left_of_it(make_turn: MakeTurn) -> None:
    text = "月底要扣多少"
    span = days_ahead(make_turn(text, entities=(heard("date", "2026-11-30", text, "月底"),)))
    assert span is not None
    assert span.holds(date(2026, 11, 26))


def test_no_day_and_no_month(make_turn: MakeTurn) -> None:
    assert days_ahead(make_turn("要还多少")) is None
    assert days_behind(make_turn("还了多少")) is None


def test_a_month_on_ends_with_a_shorter_month() -> None:
    assert a_month_on(date(2027, 1, 31)) == date(2027, 2, 28)
    assert a_month_on(date(2026, 12, 21)) == date(2027, 1, 21)


@pytest.mark.parametrize(
    ("text", "amounts", "fen"),
    [
        ("花呗二十万先还十万行吗", [("二十万", 20_000_000), ("十万行", 10_000_000)], 10_000_000),
        ("那四万五能先还一半吗", [("四万五", 4_500_000)], 2_250_000),
        ("先还一万再还五千", [("一万", 1_000_000), ("五千", 500_000)], 1_000_000),
        ("先还一千", [("一千", 100_000)], 100_000),
        ("先还一半", [], None),
    ],
)
def test_of_several_amounts_the_one_that_is_paid(
    make_turn: MakeTurn, text: str, amounts: list[tuple[str, int]], fen: int | None
) -> None:
    found = tuple(heard("amount", value, text, words) for words, value in amounts)
    assert sum_to_pay(make_turn(text, entities=found)) == fen
