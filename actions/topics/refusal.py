"""Requests that are declined, each with a legal way out."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, general


class ActionRefusal(TopicAction):
    """ask_forged_proof, prompt_game."""

    topic = "refusal"


answers("ask_forged_proof")(general("refusal.forgery"))
answers("prompt_game")(general("refusal.game"))
