"""A separate consent is a yes and nothing else; a no is heard however it is said."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.negotiation.consent import answered_consent
from actions.negotiation.hearing import hear
from tests.unit.actions.conftest import MakeTurn


def _answered(make_turn: MakeTurn, desk: Desk, text: str, intent: str) -> dict[str, Any]:
    engine: Any = SimpleNamespace(
        proof_rule=lambda kind: SimpleNamespace(separate_consent=True),
        give_consent=lambda *_: SimpleNamespace(event_id="c1"),
        declare_hardship=lambda *_, consent: SimpleNamespace(proof_due=desk.today()),
    )
    turn = make_turn(
        text,
        intent,
        borrower_id="zhang",
        active_form="instalment_form",
        requested_slot=memory.CONSENT,
        slots={memory.WISHES: {"hardship": "illness"}},
    )
    return answered_consent(turn, replace(desk, engine=engine), hear(turn))


@pytest.mark.parametrize(
    "text",
    ["同意", "可以", "好的，登记吧", "嗯 你们记吧", "可以 你们记下来吧", "行", "OK", "没问题"],
)
def test_a_plain_yes(make_turn: MakeTurn, desk: Desk, text: str) -> None:
    assert _answered(make_turn, desk, text, "affirm")[memory.CONSENT] == "given:illness"


@pytest.mark.parametrize("text", ["不用登记", "别记", "不要给我登记", "我不想你们记这个", "不同意"])
def test_a_no_whatever_it_was_taken_for(make_turn: MakeTurn, desk: Desk, text: str) -> None:
    assert _answered(make_turn, desk, text, "sign_in")[memory.CONSENT] == "refused:illness"


@pytest.mark.parametrize("text", ["那就按你说的最轻的来", "好，先告诉我每月多少", "行吧那分12期"])
def test_a_yes_to_something_else_is_none(make_turn: MakeTurn, desk: Desk, text: str) -> None:
    consent = _answered(make_turn, desk, text, "affirm").get(memory.CONSENT, "")
    assert not consent.startswith("given")
