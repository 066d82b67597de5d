"""Answers that differ while a plan, a later day or a request stands: file and texts agree."""

from __future__ import annotations

import pytest

from actions.conversation.arranged import Stands
from actions.knowledge.arranged_words import arranged_words
from actions.renderer.renderer import Renderer


def test_every_reply_and_text_of_the_file_is_there(renderer: Renderer) -> None:
    words, replies = arranged_words(), renderer.wording.replies
    for topic, told in words.topics.items():
        assert told.whole | told.beside <= set(replies), topic
        assert not told.whole & told.beside, topic
        for stands in (Stands.PLAN, Stands.MISSED, Stands.BROKEN):
            assert f"arranged.{topic}_{stands.value}" in replies
    for stands in set(Stands) - {Stands.MISSED}:
        assert f"arranged.beside_{stands.value}" in replies


@pytest.mark.parametrize(
    "supposed", ["下个月没钱付会怎样", "断一期会上征信吗", "要是晚了几天呢", "还不上会起诉吗"]
)
def test_a_payment_that_may_not_come_is_heard(supposed: str) -> None:
    assert arranged_words().missing.search(supposed)


@pytest.mark.parametrize(
    "past", ["之前逾期的会上征信吗", "会不会起诉我", "已经逾期的记录怎么办", "还会打电话吗"]
)
def test_what_was_late_before_the_plan_is_no_such_payment(past: str) -> None:
    assert arranged_words().missing.search(past) is None
