"""What collection may and may not do."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, general


class ActionCollection(TopicAction):
    """ask_collection."""

    topic = "collection"


answers("ask_collection")(general("collection.general"))
