"""Follow-ups as shipped: every step leads somewhere, every topic is of answers that exist."""

from __future__ import annotations

import importlib
import pkgutil

import actions.topics
from actions.conversation.answering import answered_intents
from actions.conversation.follow_up_file import Stage
from actions.conversation.follow_ups import ALWAYS, ANYTHING, FollowUps
from actions.conversation.reply import Reply
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import MakeTurn


def test_every_step_leads_to_something_that_exists(
    follow_ups: FollowUps, renderer: Renderer
) -> None:
    build_all()
    steps = [
        (name, step)
        for name, topic in follow_ups.topics.all.items()
        for step in (*topic.sides.values(), *topic.values.values())
    ]
    unknown = {
        (name, step.answer or step.reply)
        for name, step in steps
        if (step.answer and step.answer not in answered_intents())
        or (step.reply and step.reply not in renderer.wording.replies)
    }
    assert unknown == set()


def test_every_topic_is_of_answers_that_exist_and_sides_that_have_words(
    follow_ups: FollowUps,
) -> None:
    build_all()
    stages = {stage.value for stage in Stage}
    for name, topic in follow_ups.topics.all.items():
        assert topic.of or topic.replies or name in stages | {ALWAYS, ANYTHING}
        assert topic.of <= answered_intents()
        assert topic.sides.keys() <= follow_ups.form_names
    spoken = [answer for topic in follow_ups.topics.all.values() for answer in topic.of]
    assert len(spoken) == len(set(spoken))


def build_all() -> None:
    """Registers every answering function, as the action server does."""
    for module in pkgutil.iter_modules(actions.topics.__path__):
        importlib.import_module(f"actions.topics.{module.name}")


def test_replies_without_figures_can_be_said_to_anybody(
    renderer: Renderer, make_turn: MakeTurn, follow_ups: FollowUps
) -> None:
    """Each fixed reply passes the guard for a visitor, so none of them can fail in a talk."""
    fixed = {
        step.reply
        for topic in follow_ups.topics.all.values()
        for step in topic.sides.values()
        if step.reply
    }
    for key in [*sorted(fixed), "wish.none", "budget.unknown", "follow_up.sure"]:
        assert renderer.render(Reply(key), make_turn("那怎么办")).text
