"""Every answer leaves something to lean on: its function or its reply belongs to a topic.

What is left out is listed here with its reason, so that a new answer without a topic is seen.
"""

from __future__ import annotations

import pytest

from actions.conversation.follow_ups import FollowUps
from actions.renderer.renderer import Renderer

# Said beside or instead of an answer: what was spoken of before stays what is spoken of.
SMALL_TALK = frozenset(
    {"affirm", "back", "bot", "correct", "deny", "feedback", "goodbye", "greet", "guard", "help"}
    | {"inform", "restart", "service", "session", "sign_in", "sign_out", "stop", "thank", "unclear"}
    | {"anger", "handoff"}  # a complaint opens its own topic; a person is an act
)
# Parts of other answers, and the words of an open form, which its stages speak for.
PARTS = frozenset(
    {
        "act",
        "arranged",
        "brief",
        "choose",
        "consent",
        "evidence",
        "follow_up",
        "note",
        "offer",
        "offers",
    }
    | {"reason", "own_case"}
)
# Danger is answered and leaves the talk of money as it stood.
# Answers that nothing was understood: what was spoken of before stays.
NOT_UNDERSTOOD = frozenset({"out_of_scope", "out_of_scope.chat"})
DANGER = frozenset({"danger", "safety"})


def test_every_reply_belongs_to_a_topic(follow_ups: FollowUps, renderer: Renderer) -> None:
    without = {
        key
        for key in renderer.wording.replies
        if not follow_ups.topics.of_reply(key)
        and follow_ups.topics.opened_by(key) is None
        and key not in NOT_UNDERSTOOD
        and key.partition(".")[0] not in SMALL_TALK | PARTS | DANGER
    }
    assert without == set()


def test_a_topic_names_replies_that_exist(follow_ups: FollowUps, renderer: Renderer) -> None:
    keys = renderer.wording.replies
    named = {one for topic in follow_ups.topics.all.values() for one in topic.replies}
    unknown = {
        one for one in named if one not in keys and not any(k.startswith(one + ".") for k in keys)
    }
    assert unknown == set()


@pytest.mark.parametrize(
    ("reply", "topic"),
    [
        ("legal.payment_order", "legal"),
        ("collection.record", "collection"),
        ("out_of_scope.card_change", "elsewhere"),
        ("authenticity.me", "trust"),
        ("term.lpr", "word"),
    ],
)
def test_the_beginning_of_a_reply_names_the_topic(
    follow_ups: FollowUps, reply: str, topic: str
) -> None:
    assert follow_ups.topics.of_reply(reply) == topic
