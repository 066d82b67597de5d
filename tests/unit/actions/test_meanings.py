"""What words mean where the talk stands, whatever the classifier made of them.

The rows are in `meanings/`, in a file by topic: words of our own and the answer they call for,
`nothing` where they are left to the classifier, or `not` the answers that they only look like.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.conversation.situations import Situations
from actions.knowledge.yaml_files import Entry, joined, read_folder
from tests.unit.actions.conftest import MakeTurn

FORM = "instalment_form"
BORROWER = "zhang"
NOTHING, NOT = "nothing", "not "


class Group(Entry):
    """Rows said in one situation.

    Attributes:
        intent: what the classifier made of them.
        asked_for: the slots that the open form may ask for; outside of a form where it is empty.
        rows: the answer by the words.
    """

    intent: str | None = "out_of_scope"
    signed_in: bool = False
    asked_for: tuple[str, ...] = ()
    rows: dict[str, str]


class GroupFile(Entry):
    """The content of a file of `meanings/`: groups by name."""

    __root__: dict[str, Group]


def said() -> Iterator[tuple[Group, str | None, str, str]]:
    groups = joined(read_folder(Path(__file__).parent / "meanings", GroupFile))
    for group in groups.values():
        for slot in group.asked_for or (None,):
            yield from ((group, slot, text, answer) for text, answer in group.rows.items())


@pytest.mark.parametrize(("group", "slot", "text", "answer"), said())
def test_words_mean_what_they_say(
    situations: Situations,
    make_turn: MakeTurn,
    group: Group,
    slot: str | None,
    text: str,
    answer: str,
) -> None:
    turn = make_turn(
        text,
        group.intent,
        active_form=FORM if slot else None,
        requested_slot=slot,
        borrower_id=BORROWER if group.signed_in else None,
    )
    found = situations.meaning(turn)
    if answer.startswith(NOT):
        assert found not in answer.removeprefix(NOT).split(", ")
    else:
        assert (found or NOTHING) == answer
