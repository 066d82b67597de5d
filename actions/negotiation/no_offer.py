"""Sums that are told in a negotiation and that nobody offers."""

from __future__ import annotations

from actions.conversation.turn import Entity, Turn
from actions.negotiation.earned import CLAUSE_END
from actions.negotiation.lexicon import hearing_lexicon


def goes_elsewhere(turn: Turn, entity: Entity) -> bool:
    """ "另外三万要给工人发工资": no income, and no offer."""
    spent = hearing_lexicon().goes_elsewhere.finditer(turn.text)
    return any(one.start() <= entity.start < one.end() for one in spent)


def said_of_the_first_part(turn: Turn, entity: Entity) -> bool:
    """ "先付五百的那种每个月多少": the part that was wished for before, and no sum a month."""
    before = turn.wishes.get("down_payment")
    if not turn.active_form or before is None or str(before) != entity.value:
        return False
    behind = turn.text[entity.end :]
    return bool(hearing_lexicon().spoken_of_it.match(behind))


def is_the_rest(turn: Turn, entity: Entity) -> bool:
    """ "剩下两万四分两年", "剩下的两千四月底补": what is left; "剩下的每月还八百" is an offer."""
    lexicon = hearing_lexicon()
    if not lexicon.rest_of_debt.search(turn.text[: entity.start]):
        return False
    if lexicon.spreads.match(turn.text, entity.end) is not None:
        return True
    return lexicon.each_month.search(CLAUSE_END.split(turn.text[entity.end :])[0]) is None
