"""A danger that somebody tells of: its own help first, then the help lines.

After words of self-harm nothing is said of the debt, but a fraud, blackmail, violence or an
illness needs another help than the line that was given already. Which words tell of which danger
is data (`where: held` in `data/wording/situations/`). Violence at home, blackmail and somebody held
against their will need that help at any time (`08_danger_first.yml`).
"""

from __future__ import annotations

from actions.conversation.answering import Answer, answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.topics.handoff import hand_over


def _helped(reason: str) -> Answer:
    """The help of `danger.<reason>`; the reason joins the open case, which stays urgent."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        called = hand_over(turn, desk, f"danger_{reason}")
        place = {"ahead": called.values["ahead"]} if "ahead" in called.values else {}
        return Reply(f"danger.{reason}", place, slots=called.slots, form=Form.LEAVE)

    return answer


_REASONS = (
    *("fraud", "blackmail", "violence", "home", "emergency"),
    *("illness", "bereavement", "line_busy", "hunger", "held"),
)
for _reason in _REASONS:
    answers(f"danger:{_reason}")(_helped(_reason))
# Whoever is close to the person is threatened: it is not the person who would do harm.
answers("threatened_by_others")(_helped("violence"))
