"""What a sum of every month is beside: earned, needed to live, or offered."""

from __future__ import annotations

import re

from actions.conversation.turn import Entity, Turn
from actions.negotiation.lexicon import Lexicon

LIVING = "living_costs"
CLAUSE_END = re.compile(r"[,，。.;；!！?？\s]")


def cost_of_the_month(clause: str, lexicon: Lexicon) -> str | None:
    """ "学费一个月600": so much a month for a cost of living, beside no word of paying."""
    cost = lexicon.amount_roles[LIVING].search(clause)
    return cost.group() if cost and not lexicon.pays.search(clause) else None


def is_earned(turn: Turn, entity: Entity, word: str, lexicon: Lexicon) -> bool:
    """ "打零工一个月七百": so much a month beside words of earning or needs, none of paying."""
    spoken_of = turn.text[_clause_start(turn, entity) :]
    if lexicon.pays.search(lexicon.asks_each.sub("", spoken_of)):
        return False  # "送外卖一个月四千多，每月能还多少" asks what can be paid
    if lexicon.earns.search(clause_of(turn, entity)):
        return True
    if not lexicon.each_month.fullmatch(word) or lexicon.asks_if.search(turn.text[entity.end :]):
        return False
    needs = lexicon.amount_roles[LIVING]
    return bool(lexicon.earns.search(turn.text) or needs.search(turn.text))


def _clause_start(turn: Turn, entity: Entity) -> int:
    """Where the clause begins: "能不能分期还" before it is no word about the amount."""
    ends_before = [one.end() for one in CLAUSE_END.finditer(turn.text, 0, entity.start)]
    return ends_before[-1] if ends_before else 0


def clause_of(turn: Turn, entity: Entity) -> str:
    before = CLAUSE_END.split(turn.text[: entity.start])[-1]
    return (
        before + turn.text[entity.start : entity.end] + CLAUSE_END.split(turn.text[entity.end :])[0]
    )


def paid_each_month(before: str, word: str, lexicon: Lexicon) -> bool:
    """ "每个月15号之前能还八百", "每个月先给一万五": no part that is paid once."""
    in_clause = lexicon.each_month.search(before)
    first_of_all = in_clause and lexicon.pays_first.fullmatch(word)
    return bool(first_of_all or lexicon.by_then.search(word))
