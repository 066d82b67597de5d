"""An answer that is one reply needs nothing but its words: it is said to anybody, at any time."""

from __future__ import annotations

import pytest

from actions.conversation.reply import Reply
from actions.knowledge.stated import stated_replies
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import MakeTurn

_STATED = stated_replies()


@pytest.mark.parametrize("key", sorted({*_STATED.with_own_line.values(), *_STATED.alone.values()}))
@pytest.mark.parametrize("borrower", [None, "zhang"])
def test_a_stated_reply_can_be_said_to_anybody(
    renderer: Renderer, make_turn: MakeTurn, key: str, borrower: str | None
) -> None:
    said = renderer.render(Reply(key), make_turn("您好", borrower_id=borrower))
    assert said.text.strip()
