"""What a visitor tells of an own debt: sums, days, instalments and rates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.conversation.hearing_case import hearing_own_case, only_tells_a_case
from actions.conversation.own_case import Debt
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import read_marked
from tests.unit.actions.told_case import LOAN, debts, heard


@pytest.mark.parametrize(
    ("said", "debt"),
    [
        ("我[借呗](product:jiebei)欠[12000](amount:1200000)，逾期[30天](duration:P30D)了", LOAN),
        (
            "[花呗](product:huabei)逾期[三天](duration:P3D)了 [600块](amount:60000)",
            Debt("huabei", 60_000, 3),
        ),
        ("欠你们[八千](amount:800000)拖了[两个月](duration:P2M)", Debt(None, 800_000, 60)),
        (
            "[花呗](product:huabei)还欠[2000](amount:200000)，现在还没到期",
            Debt("huabei", 200_000, 0),
        ),
        ("[借呗](product:jiebei)逾期[一个月](duration:P1M)了", Debt("jiebei", None, 30)),
        ("本金[一万](amount:1000000)", Debt(None, 1_000_000, None)),
        (
            "我[花呗](product:huabei)[上周五](date:2026-11-13)到期的 "
            "忘还了 [2640块](amount:264000)",
            Debt("huabei", 264_000, 8),
        ),
        (
            "[花呗](product:huabei)欠了[四千多](amount:400000) 具体4380 "
            "已经[一个礼拜](duration:P7D)没还了",
            Debt("huabei", 438_000, 7),
        ),
        ("逾期那一期3200", Debt(None, 320_000, None)),
        # two bills that are both open: 1,300 + 900
        (
            "欠的是上个月[1300](amount:130000)没还，这个月又出账[900](amount:90000)",
            Debt(None, 220_000),
        ),
        # 0.05 % a day: 18.25 % a year
        (
            "[借呗](product:jiebei)日利率[万五](percentage:0.05)，逾期[12天](duration:P12D)，欠[3200](amount:320000)",
            Debt("jiebei", 320_000, 12, "0.1825"),
        ),
        ("[花呗](product:huabei)[4200块](amount:420000)，还没到呢", Debt("huabei", 420_000, 0)),
        # a month's sum with the instalments that are left; 两万一 is a sum and no "if"
        (
            "[借呗](product:jiebei)每月[2100](amount:210000)还有[8期](terms:8)",
            Debt("jiebei", None, None, None, 210_000, None, 8),
        ),
        (
            "[借呗](product:jiebei)欠[两万一](amount:2100000)，每个月要还[1960](amount:196000)",
            Debt("jiebei", 2_100_000, None, None, 196_000),
        ),
        # a day of this month that is to come
        (
            "[花呗](product:huabei)账单[2200](amount:220000)，[25号](date:2026-11-25)到期",
            Debt("huabei", 220_000, 0),
        ),
        # one sum of several is that of none alone; in words, the more of two numbers of days
        (
            "欠三家平台总共[五万](amount:5000000)，[花呗](product:huabei)[借呗](product:jiebei)都有",
            Debt(fen=5_000_000, several=True),
        ),
        ("[借呗](product:jiebei)欠[3000](amount:300000)拖了五六天", Debt("jiebei", 300_000, 6)),
        # two of one product together, a number the NLU left out; what is elsewhere is none
        (
            "两笔[借呗](product:jiebei)，一笔[2000](amount:200000)另一笔3500，拖了[7天](duration:P7D)",
            Debt("jiebei", 550_000, 7),
        ),
        (
            "[借呗](product:jiebei)欠[3000](amount:300000)逾期[8天](duration:P8D)，[微粒贷](product:weilidai)没逾期",
            Debt("jiebei", 300_000, 8),
        ),
        # what is left of a bill is told beside its minimum, which is no debt
        (
            "[花呗](product:huabei)账单[900](amount:90000)，最低[90](amount:9000)，还了最低，剩[810](amount:81000)",
            Debt("huabei", 81_000, 0, paid=0, minimum=True),
        ),
        # 12 November to 21 November; what was paid is off what was owed
        (
            "[花呗](product:huabei)欠[900](amount:90000)，[12号](date:2026-12-12)到期的",
            Debt("huabei", 90_000, 9),
        ),
        (
            "[借呗](product:jiebei)欠[5000](amount:500000)，逾期[6天](duration:P6D)，上周还了[1500](amount:150000)",
            Debt("jiebei", 350_000, 6),
        ),
        # the minimum was paid: what is left is not late
        (
            "[花呗](product:huabei)账单[1800](amount:180000)，还了最低，剩[1620](amount:162000)",
            Debt("huabei", 162_000, 0),
        ),
        # 20 October to 21 November
        (
            "[花呗](product:huabei)[3500](amount:350000)，[上个月20号](date:2026-10-20)该还的没还",
            Debt("huabei", 350_000, 32),
        ),
    ],
)
def test_a_debt_that_is_told(make_turn: MakeTurn, said: str, debt: Debt) -> None:
    turn = heard(make_turn, said)
    assert debts(turn) == (debt,)
    told = debt.late_fen is not None or debt.missed is not None or debt.several
    assert only_tells_a_case(turn) == told


@pytest.mark.parametrize(
    ("said", "parts", "debt"),
    [
        # the days stood in a question about something else, the sum comes by itself
        (
            "[借呗](product:jiebei)逾期[三天](duration:P3D) 会有人打电话吗",
            "我欠的那期是1860",
            Debt("jiebei", 186_000, 3),
        ),
        (
            "我[花呗](product:huabei)晚了[四天](duration:P4D)了，会影响房贷吗",
            "这期要还[2300](amount:230000)",
            Debt("huabei", 230_000, 4),
        ),
        (
            "[借呗](product:jiebei)逾期[8天](duration:P8D)会上门吗",
            "[两千六](amount:260000)",
            Debt("jiebei", 260_000, 8),
        ),
        # the due day by itself (9 October to 21 November); what falls due of a loan; a sum alone
        (
            "[花呗](product:huabei)欠了[三千六](amount:360000)",
            "是[上个月9号](date:2026-10-09)的",
            Debt("huabei", 360_000, 43),
        ),
        (
            "我有个[借呗](product:jiebei)一万六[16000](amount:1600000)",
            "[下周二](date:2026-11-24)到期，要还[1500](amount:150000)",
            Debt("jiebei", 150_000, 0),
        ),
        ("[借呗](product:jiebei)会上征信吗", "5000多", Debt("jiebei", 500_000)),
        # a day on which something was paid is no due day
        (
            "[花呗](product:huabei)欠了[三千六](amount:360000)",
            "[9号](date:2026-11-09)就还过了",
            Debt("huabei", 360_000),
        ),
        # only the product was named
        (
            "[借呗](product:jiebei)会上征信吗",
            "欠[5000](amount:500000)逾期[6天](duration:P6D)了",
            Debt("jiebei", 500_000, 6),
        ),
        # several instalments, told apart
        (
            "我有[两期](terms:2)[借呗](product:jiebei)没还了 [一期](terms:1)1150",
            "最早那期[40天](duration:P40D)了",
            Debt("jiebei", None, 40, None, 115_000, 2),
        ),
        (
            "现在欠[三期](terms:3)了",
            "每期[九千三](amount:930000)",
            Debt(None, None, None, None, 930_000, 3),
        ),
        (
            "[三期](terms:3)没还 每期[860](amount:86000)",
            "逾期[70天](duration:P70D)了",
            Debt(None, None, 70, None, 86_000, 3),
        ),
    ],
)
def test_parts_of_it_wait_for_each_other(
    make_turn: MakeTurn, said: str, parts: str, debt: Debt
) -> None:
    first = heard(make_turn, said)
    text, entities = read_marked(parts)
    turn = make_turn(text, "nlu_fallback", entities=entities, slots=dict(first.slots), turns=3)
    assert debts(hearing_own_case(turn)) == (debt,)


def test_days_that_were_asked_for_are_no_cry(make_turn: MakeTurn) -> None:
    first = heard(make_turn, "[花呗](product:huabei)一共欠[2850](amount:285000)")
    text, entities = read_marked("[十二天](duration:P12D)了")
    said = make_turn(text, "express_distress", entities=entities, slots=dict(first.slots), turns=2)
    faint = hearing_own_case(replace(said, confidence=0.48))
    assert (faint.intent, debts(faint)) == ("inform", (Debt("huabei", 285_000, 12),))
    assert hearing_own_case(replace(said, confidence=0.95)).intent == "express_distress"


def test_how_long_there_was_no_work_is_not_how_late_it_is(make_turn: MakeTurn) -> None:
    said = "我没上班[三个月](duration:P3M)了，[借呗](product:jiebei)欠[一万](amount:1000000)"
    assert debts(heard(make_turn, said)) == (Debt("jiebei", 1_000_000, None),)


def test_two_debts_in_one_breath(make_turn: MakeTurn) -> None:
    said = (
        "[花呗](product:huabei)欠[2000](amount:200000)[借呗](product:jiebei)欠[8000](amount:800000)"
        "都逾期[十天](duration:P10D)了"
    )
    assert debts(heard(make_turn, said)) == (
        Debt("huabei", 200_000, 10),
        Debt("jiebei", 800_000, 10),
    )


def test_days_of_two_debts_in_one_breath(make_turn: MakeTurn) -> None:
    said = (
        "[花呗](product:huabei)逾期[12天](duration:P12D)[借呗](product:jiebei)"
        "逾期[3天](duration:P3D)"
    )
    before = (Debt("huabei", 600_000), Debt("jiebei", 900_000))
    assert debts(heard(make_turn, said, *before)) == (
        Debt("huabei", 600_000, 12),
        Debt("jiebei", 900_000, 3),
    )


@pytest.mark.parametrize(
    ("said", "left", "missed"),
    [
        ("我[借呗](product:jiebei)还有[8期](terms:8)没还", 8, None),
        ("[借呗](product:jiebei)还剩[七期](terms:7)", 7, None),
        ("[借呗](product:jiebei)[三期](terms:3)没还", None, 3),
        ("[借呗](product:jiebei)还有[两期](terms:2)逾期没还", None, 2),
    ],
)
def test_instalments_to_come_are_not_missed(
    make_turn: MakeTurn, said: str, left: int | None, missed: int | None
) -> None:
    (debt,) = debts(heard(make_turn, said))
    assert (debt.left, debt.missed) == (left, missed)


def test_months_and_more_are_at_least_those(make_turn: MakeTurn) -> None:
    (debt,) = debts(heard(make_turn, "逾期两个多月了", replace(LOAN, days=None)))
    assert debt.days == 60


MISSED = Debt("jiebei", None, 70, None, 86_000, 3)


@pytest.mark.parametrize(
    ("said", "missed", "days"),
    [
        ("说错了，是[四期](terms:4)", 4, 70),
        ("不是[三期](terms:3)是[两期](terms:2)", 2, 70),
        ("最早的[一期](terms:1)晚了[75天](duration:P75D)", 3, 75),
        ("补[一期](terms:1)还算逾期吗", 3, 70),
        ("先还[两期](terms:2)呢", 3, 70),
        ("能分[12期](terms:12)吗", 3, 70),
    ],
)
def test_instalments_that_were_missed(
    make_turn: MakeTurn, said: str, missed: int, days: int
) -> None:
    (debt,) = debts(heard(make_turn, said, MISSED))
    assert (debt.missed, debt.days, debt.each) == (missed, days, 86_000)


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        ("利率年化14.6", "0.146"),
        ("合同上写年利率13.2", "0.132"),
        ("日利率是0.04", "0.1460"),
        ("利率[14.6%](percentage:14.6)", "0.146"),
        ("我年利率是[18](amount:1800)", "0.18"),
        ("年利率14.6高吗", None),
        ("罚息年化24", None),
    ],
)
def test_a_rate_that_is_told_of_it(make_turn: MakeTurn, said: str, rate: str | None) -> None:
    (debt,) = debts(heard(make_turn, said, LOAN))
    assert debt.rate == rate
    assert only_tells_a_case(heard(make_turn, said, LOAN)) == (rate is not None)


def test_a_loan_that_is_partly_paid_is_not_late_as_a_whole(make_turn: MakeTurn) -> None:
    said = (
        "[借呗](product:jiebei)[两万四](amount:2400000)分[24期](terms:24)，还了[9期](terms:9)，"
        "断了[3期](terms:3)"
    )
    assert debts(heard(make_turn, said)) == (Debt("jiebei", missed=3),)
