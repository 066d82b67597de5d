"""Courts, lists, time limits, and whether the family has to pay."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, fixed, general, ruled


class ActionLegal(TopicAction):
    """ask_legal_risk, ask_family_liability."""

    topic = "legal"


answers("ask_legal_risk")(ruled("legal.general"))
answers("ask_children")(fixed("legal.children"))
answers("ask_family_liability")(general("family.general"))
