"""What a talk does to the debt a visitor told of: what changes it, what leaves it, what is none."""

from __future__ import annotations

import pytest

from actions.conversation.hearing_case import only_tells_a_case
from actions.conversation.memory import LAST_QUESTION
from actions.conversation.own_case import Debt, OwnCase, holding
from actions.conversation.situations import Situations
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.told_case import LOAN, debts, heard


@pytest.mark.parametrize(
    "said",
    [
        "每个月能还[800](amount:80000)",
        "我工资[5000](amount:500000)",
        "先还[5000](amount:500000)行吗",
        "要是晚[三天](duration:P3D)还呢",
        "昨天还了[2000](amount:200000)",
        "[借呗](product:jiebei)能借[20000](amount:2000000)吗",
        "可以延期[10天](duration:P10D)吗",
        "信用卡欠了[30000](amount:3000000)",
        "[借呗](product:jiebei)借了[六万](amount:6000000)",
        "[500](amount:50000)逾期[三天](duration:P3D)罚多少",
    ],
)
def test_what_is_no_debt_of_ours(make_turn: MakeTurn, said: str) -> None:
    assert debts(heard(make_turn, said)) == ()


@pytest.mark.parametrize(
    ("said", "after"),
    [
        # a value corrected
        (
            "不是[12000](amount:1200000)是[8000](amount:800000)，记错了",
            (Debt("jiebei", 800_000, 30),),
        ),
        ("说错了，逾期[40天](duration:P40D)", (Debt("jiebei", 1_200_000, 40),)),
        ("不对，应该是[9000](amount:900000)", (Debt("jiebei", 900_000, 30),)),
        ("不是[借呗](product:jiebei)是[花呗](product:huabei)", (Debt("huabei", 1_200_000, 30),)),
        # another one beside it, as late as the first where its days are not told
        (
            "[花呗](product:huabei)也有[3000](amount:300000)逾期了",
            (LOAN, Debt("huabei", 300_000, 30)),
        ),
        (
            "还有[花呗](product:huabei)[3000](amount:300000)，逾期[5天](duration:P5D)",
            (LOAN, Debt("huabei", 300_000, 5)),
        ),
    ],
)
def test_what_changes_it(make_turn: MakeTurn, said: str, after: tuple[Debt, ...]) -> None:
    turn = heard(make_turn, said, LOAN)
    assert debts(turn) == after
    assert only_tells_a_case(turn)


@pytest.mark.parametrize(
    "said",
    [
        "再拖[一个月](duration:P1M)呢",
        "剩下的[1140](amount:114000)[下个月10号](date:2026-12-10)给",
        "要是先还[5000](amount:500000)呢",
        "那[花呗](product:huabei)呢",
        "[十天](duration:P10D)呢",
        "那一共要还多少",
        "会上征信吗",
    ],
)
def test_a_question_about_it_leaves_it(make_turn: MakeTurn, said: str) -> None:
    turn = heard(make_turn, said, LOAN)
    assert debts(turn) == (LOAN,)
    assert not only_tells_a_case(turn)


def test_a_question_beside_it_is_not_only_told(make_turn: MakeTurn) -> None:
    said = "我[借呗](product:jiebei)欠[12000](amount:1200000)逾期[30天](duration:P30D)会被起诉吗"
    turn = heard(make_turn, said)
    assert debts(turn) == (LOAN,)
    assert not only_tells_a_case(turn)


@pytest.mark.parametrize(
    "said",
    [
        "[花呗](product:huabei)账单[3000](amount:300000)，还了[200](amount:20000)，算逾期不",
        "为啥[昨天](date:2026-11-20)要还[800](amount:80000)，[今天](date:2026-11-21)变了",
        "[花呗](product:huabei)一共还有[七千六](amount:760000)，停用还是接着用好",
        "[借呗](product:jiebei)[下个月15号](date:2026-12-15)那期[2600](amount:260000)还不上，"
        "提前讲有用吗",
    ],
)
def test_what_asks_is_not_only_told(make_turn: MakeTurn, situations: Situations, said: str) -> None:
    turn = heard(make_turn, said)
    meaning = situations.meaning(turn) or ""
    assert not only_tells_a_case(turn) or (meaning and not meaning.startswith("ask_case"))
    assert not meaning.startswith("ask_case")


def test_a_promise_that_is_claimed_is_no_debt(make_turn: MakeTurn) -> None:
    said = "你刚才说只要还[三万](amount:3000000)就结清，现在给我开证明"
    assert debts(heard(make_turn, said)) == ()


def test_two_debts_in_one_message_are_as_late(make_turn: MakeTurn) -> None:
    said = (
        "我[花呗](product:huabei)[4000](amount:400000)，[借呗](product:jiebei)"
        "[8000](amount:800000)，都晚了[一个星期](duration:P7D)，加一块得多还多少"
    )
    both = (Debt("huabei", 400_000, 7), Debt("jiebei", 800_000, 7))
    assert debts(heard(make_turn, said)) == both


def test_a_debt_that_falls_due_later_is_not_late(make_turn: MakeTurn) -> None:
    said = "我[借呗](product:jiebei)也有一笔 [下周三](date:2026-11-25)到期 [1700](amount:170000)"
    turn = heard(make_turn, said, Debt("huabei", 240_000, 1))
    assert debts(turn) == (Debt("huabei", 240_000, 1), Debt("jiebei", 170_000, 0))


def test_unpaid_wages_are_no_days_late(make_turn: MakeTurn) -> None:
    said = (
        "老板拖了[俩月](duration:P2M)工资，[花呗](product:huabei)欠了[四千三](amount:430000)，"
        "已经晚了[九天](duration:P9D)，要多掏多少"
    )
    assert debts(heard(make_turn, said)) == (Debt("huabei", 430_000, 9),)


def test_a_number_of_months_is_no_sum(make_turn: MakeTurn) -> None:
    held = Debt("huabei", 1_200_000, 20)
    assert debts(heard(make_turn, "我想分12个月还", held)) == (held,)


def test_it_is_a_visitors_and_is_forgotten_in_time(make_turn: MakeTurn) -> None:
    turn = holding(make_turn("那呢", "nlu_fallback", turns=21), OwnCase((LOAN,), 1))
    assert debts(turn) == (LOAN,)
    later = make_turn("那呢", "nlu_fallback", turns=22, slots=dict(turn.slots))
    assert debts(later) == ()
    signed_in = make_turn(
        "那呢", "nlu_fallback", turns=2, slots=dict(turn.slots), borrower_id="wang"
    )
    assert debts(signed_in) == ()
    assert LAST_QUESTION in turn.slots


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("昨天还了[700](amount:70000)", Debt("jiebei", 330_000, 4)),
        ("已经还了[1000](amount:100000)，又还了[500](amount:50000)", Debt("jiebei", 250_000, 4)),
        # what is left is told, asked about or in dispute; another debt; more than there was
        ("还了[1500](amount:150000)，还欠[2600](amount:260000)", Debt("jiebei", 260_000, 4)),
        ("还了[1500](amount:150000)怎么还显示没还", Debt("jiebei", 400_000, 4)),
        ("信用卡我还了[1500](amount:150000)", Debt("jiebei", 400_000, 4)),
        ("还了[9000](amount:900000)", Debt("jiebei", 400_000, 4)),
    ],
)
def test_what_was_paid_is_off_the_debt(make_turn: MakeTurn, said: str, left: Debt) -> None:
    assert debts(heard(make_turn, said, Debt("jiebei", 400_000, 4))) == (left,)


def test_a_sum_of_several_gives_way_to_each_of_them(make_turn: MakeTurn) -> None:
    all_of_them = Debt(fen=5_000_000, days=20, several=True)
    turn = heard(
        make_turn,
        "[花呗](product:huabei)[8000](amount:800000)，[借呗](product:jiebei)[两万](amount:2000000)",
        all_of_them,
    )
    assert debts(turn) == (Debt("huabei", 800_000, 20), Debt("jiebei", 2_000_000, 20))
    asked = heard(
        make_turn, "[借呗](product:jiebei)逾期[一个月](duration:P1M)会被告吗", all_of_them
    )
    assert debts(asked) == (all_of_them,)


def test_the_due_day_is_no_wish(make_turn: MakeTurn) -> None:
    turn = heard(
        make_turn,
        "[花呗](product:huabei)[900](amount:90000)[12号](date:2026-12-12)到期的，[28号](date:2026-11-28)才有钱还",
    )
    assert [one.value for one in turn.entities if one.kind == "date"] == ["2026-11-28"]


def test_the_rest_of_a_total_is_the_other_product_s(make_turn: MakeTurn) -> None:
    turn = heard(
        make_turn,
        "一共欠[一万](amount:1000000)，[花呗](product:huabei)[3500](amount:350000)，"
        "剩下的都是[借呗](product:jiebei)",
    )
    assert debts(turn) == (Debt("huabei", 350_000), Debt("jiebei", 650_000))


def test_a_due_day_is_corrected(make_turn: MakeTurn) -> None:
    # 11 November to 21 November
    told = Debt("huabei", 90_000, 6)
    turn = heard(make_turn, "不是[15号](date:2026-12-15)，是[11号](date:2026-12-11)", told)
    assert debts(turn) == (Debt("huabei", 90_000, 10),)


def test_the_least_of_a_bill_is_no_debt(make_turn: MakeTurn) -> None:
    turn = heard(
        make_turn, "[花呗](product:huabei)最低还款要[260](amount:26000)，我只有[100](amount:10000)"
    )
    assert debts(turn) == ()


@pytest.mark.parametrize(
    ("said", "late"),
    [
        ("想提前还借呗 剩[一万八](amount:1800000)", 0),
        ("借呗还剩[两万](amount:2000000) 想提前结清", 0),
        ("借呗欠[两万](amount:2000000)逾期[20天](duration:P20D)，想提前还清", 20),
    ],
)
def test_who_wants_to_pay_early_is_late_only_where_it_is_said(
    make_turn: MakeTurn, said: str, late: int
) -> None:
    assert [one.days for one in debts(heard(make_turn, said))] == [late]


def test_the_time_that_is_left_is_not_how_late_it_is(make_turn: MakeTurn) -> None:
    on_time = Debt("jiebei", 1_800_000, 0)
    turn = heard(make_turn, "还有[十个月](duration:P10M)", on_time)
    assert all(not one.days for one in debts(turn))
