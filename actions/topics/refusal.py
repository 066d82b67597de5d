"""Requests that are declined, each with a legal way out."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, fixed


class ActionRefusal(TopicAction):
    """ask_forged_proof, prompt_game."""

    topic = "refusal"


answers("ask_forged_proof")(fixed("refusal.forgery"))
answers("ask_hiding")(fixed("refusal.hiding"))
answers("ask_guarantee")(fixed("refusal.guarantee"))
answers("ask_authority")(fixed("bot.no_authority"))
answers("ask_threat")(fixed("refusal.threat"))
answers("ask_new_borrowing")(fixed("out_of_scope.borrow_to_repay"))
answers("prompt_game")(fixed("refusal.game"))
answers("ask_inside")(fixed("bot.inside"))
answers("play_a_role")(fixed("refusal.role"))
