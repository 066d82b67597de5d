"""What a visitor tells of an own debt: what is heard of it, what is corrected, what is none."""

from __future__ import annotations

import pytest

from actions.conversation.hearing_case import hearing_own_case, only_tells_a_case
from actions.conversation.memory import LAST_QUESTION
from actions.conversation.own_case import Debt, OwnCase, holding
from actions.conversation.turn import Turn
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import read_marked

LOAN = Debt("jiebei", 1_200_000, 30)


def heard(make_turn: MakeTurn, said: str, *before: Debt) -> Turn:
    text, entities = read_marked(said)
    turn = make_turn(text, "nlu_fallback", entities=entities, turns=2)
    return hearing_own_case(holding(turn, OwnCase(before, 1)) if before else turn)


def debts(turn: Turn) -> tuple[Debt, ...]:
    case = OwnCase.of(turn)
    return case.debts if case else ()


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
        ("逾期那一期3200", Debt(None, 320_000, None)),
        # 0.05 % a day: 18.25 % a year
        (
            "[借呗](product:jiebei)日利率[万五](percentage:0.05)，逾期[12天](duration:P12D)，欠[3200](amount:320000)",
            Debt("jiebei", 320_000, 12, "0.1825"),
        ),
        ("[花呗](product:huabei)[4200块](amount:420000)，还没到呢", Debt("huabei", 420_000, 0)),
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
    assert only_tells_a_case(turn) == (debt.fen is not None and debt.rate is None)


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


def test_it_is_a_visitors_and_is_forgotten_in_time(make_turn: MakeTurn) -> None:
    turn = holding(make_turn("那呢", "nlu_fallback", turns=11), OwnCase((LOAN,), 1))
    assert debts(turn) == (LOAN,)
    later = make_turn("那呢", "nlu_fallback", turns=12, slots=dict(turn.slots))
    assert debts(later) == ()
    signed_in = make_turn(
        "那呢", "nlu_fallback", turns=2, slots=dict(turn.slots), borrower_id="wang"
    )
    assert debts(signed_in) == ()
    assert LAST_QUESTION in turn.slots
