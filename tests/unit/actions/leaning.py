"""Turns that lean on a question before; values stand as `[借呗](product:jiebei)`."""

from __future__ import annotations

import re
from typing import Any

from actions.conversation.last_question import LastQuestion
from actions.conversation.led_to import FollowUp
from actions.conversation.memory import LAST_QUESTION
from actions.conversation.turn import Entity, Turn
from tests.unit.actions.conftest import MakeTurn

_MARKED = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<kind>\w+):(?P<value>[^)]+)\)")


def read_marked(marked: str) -> tuple[str, tuple[Entity, ...]]:
    """Plain words, and the entities with the offsets they have there."""
    text, found, place = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[place : match.start()]
        end = len(text) + len(match["words"])
        found.append(Entity(match["kind"], match["value"], len(text), end))
        text, place = text + match["words"], match.end()
    return text + marked[place:], tuple(found)


def after(make_turn: MakeTurn, answer: str, asked: str, said: str, **changes: Any) -> Turn:
    """The turn of `said`, when `asked` was answered by `answer` one message before."""
    words, values = read_marked(asked)
    last = LastQuestion(answer, words, values, turn=1)
    text, entities = read_marked(said)
    slots = {LAST_QUESTION: last.slot()}
    return make_turn(text, "nlu_fallback", entities=entities, slots=slots, turns=2, **changes)


def meant(found: FollowUp | None) -> str | None:
    return None if found is None else found.answer or found.reply


# A question, by the function that answered it.
DUE = ("query_amount_due", "我一共要还多少")
CREDIT = ("ask_credit_impact", "会影响征信吗")
PENALTY = ("ask_penalty", "[花呗](product:huabei)逾期利息怎么算")
SUPPOSED = ("ask_penalty", "[500](amount:50000)逾期[三天](duration:P3D)罚多少")
STATUS = ("query_overdue_status", "我想问下我[花呗](product:huabei)逾期了没")
RECALL = ("ask_full_recall", "什么是全额回收")
ACCESS = ("ask_account_restricted", "我的[借呗](product:jiebei)怎么用不了")
LEGAL = ("ask_legal_risk", "会被起诉吗")
COLLECTION = ("ask_collection", "他们一天打我十几个电话")
MINIMUM = ("ask_minimum_payment", "最低还款是多少")
PART = ("ask_partial_payment", "我先还[500](amount:50000)")
PROMISE = ("promise_to_pay", "我[明天](date:2026-11-22)还[5000](amount:500000)")
REPAIR = ("ask_credit_repair", "逾期记录多久消除")
OVERDUE = ("ask_overdue_consequences", "逾期会怎么样")
PLAN = ("plan", "")
EARLY = ("ask_early_settlement", "我想提前把[借呗](product:jiebei)还了")
APPROVAL = ("ask_approval", "谁来审批")
DISPUTE = ("dispute_payment", "我明明还了")
COMPLAINT = ("complaint", "")
DEATH = ("death", "")
WISH = ("request_instalment", "能分期吗")
