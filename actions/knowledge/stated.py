"""Answers that are one reply, whatever the intent (`data/wording/stated.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.knowledge.folder import data_folder
from actions.knowledge.yaml_files import Entry, read_checked


class StatedReplies(Entry):
    """The content of the file, where both parts are explained: replies by the answer's name."""

    with_own_line: dict[str, str]
    alone: dict[str, str]


@lru_cache(maxsize=1)
def stated_replies() -> StatedReplies:
    """The replies of this process. Raises DataError with file, line and field."""
    return read_checked(data_folder() / "wording" / "stated.yml", StatedReplies)
