"""Messages of a visitor who tells of an own debt, for the tests of what is heard of it."""

from __future__ import annotations

from actions.conversation.hearing_case import hearing_own_case
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
    return case.debts if case and case.stated else ()
