"""The lists of replies that ask for a rule name replies that there are, each of its own topic."""

from __future__ import annotations

from itertools import chain

from actions.knowledge.rules_first import rules_first
from actions.renderer.renderer import Renderer


def test_every_reply_of_the_lists_is_there(renderer: Renderer) -> None:
    lists = rules_first()
    of_use = lists.of_use.dict().values()
    named = chain(
        *lists.before_own_line.values(), *lists.asked_of.values(), *lists.no_wish.values(), *of_use
    )
    assert set(named) - set(renderer.wording.replies) == set()


def test_a_rule_stands_under_the_topic_whose_line_it_goes_before() -> None:
    for topic, keys in rules_first().before_own_line.items():
        assert {key.partition(".")[0] for key in keys} == {topic}
