"""Courts, lists, time limits, and whether the family has to pay."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, general


class ActionLegal(TopicAction):
    """ask_legal_risk, ask_family_liability."""

    topic = "legal"


answers("ask_legal_risk")(general("legal.general"))
answers("ask_family_liability")(general("family.general"))
