"""Sums that are told in a negotiation and that nobody offers."""

from __future__ import annotations

from actions.conversation.turn import Entity, Turn
from actions.negotiation.earned import CLAUSE_END
from actions.negotiation.lexicon import hearing_lexicon


def told_and_not_offered(turn: Turn, entity: Entity) -> bool:
    """Whether a sum is for somebody else, the debt or its rest, or a part spoken of once more."""
    kinds = (_goes_elsewhere, _said_of_the_first_part, _is_the_rest, _is_the_debt, _is_due_each)
    return any(is_such(turn, entity) for is_such in kinds)


def _goes_elsewhere(turn: Turn, entity: Entity) -> bool:
    """ "另外三万要给工人发工资": no income, and no offer."""
    spent = hearing_lexicon().goes_elsewhere.finditer(turn.text)
    return any(one.start() <= entity.start < one.end() for one in spent)


def _said_of_the_first_part(turn: Turn, entity: Entity) -> bool:
    """ "先付五百的那种每个月多少": the part that was wished for before, and no sum a month."""
    before = turn.wishes.get("down_payment")
    if not turn.active_form or before is None or str(before) != entity.value:
        return False
    behind = turn.text[entity.end :]
    return bool(hearing_lexicon().spoken_of_it.match(behind))


def _is_the_debt(turn: Turn, entity: Entity) -> bool:
    """ "花呗的三千多我想分开还": what is owed; "每月八百能分期还吗" is an offer."""
    words = hearing_lexicon()
    before = CLAUSE_END.split(turn.text[: entity.start])[-1]
    split = words.is_to_be_split.match(turn.text, entity.end)
    return split is not None and not words.each_month.search(before)


def _is_the_rest(turn: Turn, entity: Entity) -> bool:
    """ "剩下两万四分两年", "剩下的两千四月底补": what is left; "剩下的每月还八百" is an offer."""
    lexicon = hearing_lexicon()
    if not lexicon.rest_of_debt.search(turn.text[: entity.start]):
        return False
    if lexicon.spreads.match(turn.text, entity.end) is not None:
        return True
    return lexicon.each_month.search(CLAUSE_END.split(turn.text[entity.end :])[0]) is None


def _is_due_each(turn: Turn, entity: Entity) -> bool:
    """ "工资3800，借呗每月1500": what falls due each month, told beside the wages and no wages."""
    lexicon = hearing_lexicon()
    due = lexicon.due_each_before.search(turn.text[: entity.start])
    wages = lexicon.amount_roles["income"].search(turn.text)
    return bool(due and wages) and not lexicon.asks_if.search(turn.text[entity.end :])
