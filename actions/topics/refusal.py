"""Requests that are declined, each with a legal way out."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, fixed, general


class ActionRefusal(TopicAction):
    """ask_forged_proof, prompt_game."""

    topic = "refusal"


answers("ask_forged_proof")(general("refusal.forgery"))
answers("ask_hiding")(fixed("refusal.hiding"))
answers("ask_guarantee")(fixed("refusal.guarantee"))
answers("ask_authority")(fixed("bot.no_authority"))
answers("prompt_game")(general("refusal.game"))
