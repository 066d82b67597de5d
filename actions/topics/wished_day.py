"""ask_total_on_wished_day: "到那天一共多少" while a day to pay on is being bargained for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Entity, Turn
from actions.negotiation.wishes import EXTENSION_FROM


@answers("ask_total_on_wished_day")
def total_on_wished_day(turn: Turn, desk: Desk) -> Reply:
    """What is due on the day that was wished for, if nothing is paid before; else asks which."""
    on = turn.coming_date() or _wished(turn.wishes, turn.today)
    if on is not None and on > turn.today:
        named = Entity("date", on.isoformat())
        others = tuple(one for one in turn.entities if one.kind != "date")
        turn = replace(turn, entities=(*others, named))
    return the_answer("ask_later_amount")(turn, desk)


def _wished(wishes: Mapping[str, Any], today: date) -> date | None:
    """The day among the wishes: named, or so many days after the due day or today."""
    if (named := wishes.get("first_date")) is not None:
        return date.fromisoformat(str(named))
    if (days := wishes.get("extension_days")) is None:
        return None
    counted_from = wishes.get(EXTENSION_FROM)
    start = date.fromisoformat(str(counted_from)) if counted_from else today
    return start + timedelta(days=int(days))
