"""Which topic an answer belongs to: by its function, or by its reply."""

from __future__ import annotations

from collections.abc import Mapping

from actions.conversation.follow_up_file import Topic
from actions.conversation.last_question import LastQuestion


class SpokenTopics:
    """The topics of `data/wording/follow_ups/topics/`, found by what was said."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self._topics = topics
        pairs = topics.items()
        self._by_answer = {one: name for name, topic in pairs for one in (name, *topic.of)}
        self._silent = frozenset(one for topic in topics.values() for one in topic.no_replies)
        self._by_reply = {one: name for name, topic in pairs for one in topic.replies}

    def __getitem__(self, name: str) -> Topic:
        return self._topics[name]

    @property
    def all(self) -> Mapping[str, Topic]:
        return self._topics

    def name_of(self, last: LastQuestion | None) -> str:
        """The topic of a question that was answered; empty where there is none."""
        return (self._by_answer.get(last.answer) or last.topic) if last else ""

    def of(self, last: LastQuestion | None) -> Topic | None:
        return self._topics.get(self.name_of(last))

    def of_answer(self, answer: str) -> str:
        """The topic that lists this answering function."""
        return self._by_answer.get(answer, "")

    def of_reply(self, key: str) -> str:
        """The topic by the reply's key, or by the longest beginning of it; empty for small talk."""
        if key in self._silent:
            return ""
        while key:
            if key in self._by_reply:
                return self._by_reply[key]
            key = key.rpartition(".")[0]
        return ""

    def opened_by(self, reply: str) -> str | None:
        """The topic that a reply opens by itself, whatever was asked ("a plan now stands")."""
        return next((name for name, one in self._topics.items() if reply in one.said), None)
