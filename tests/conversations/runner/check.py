"""Compares a reply with what a step expects; a failure shows the whole reply."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.conversations.runner.case import Step
from tests.conversations.runner.client import Reply

# Nothing of the machinery may ever reach a borrower.
NEVER = (
    "Traceback",
    "Exception",
    "sqlalchemy",
    "None",
    "{{",
    "}}",
    "utter_",
    "action_",
    "Undefined",
)
_MONEY = re.compile(r"[,，]")


def check(step: Step, reply: Reply, before: Reply | None) -> None:
    """Raises AssertionError with the reply when an expectation does not hold."""
    text = reply.text
    problems = [f"says {want!r} is missing" for want in step.says if want not in text]
    if step.says_any and not any(want in text for want in step.says_any):
        problems.append(f"none of {step.says_any} is said")
    problems += [f"{bad!r} must not be said" for bad in (*step.never, *NEVER) if bad in text]
    problems += _buttons(step, reply) + _card(step, reply) + _figures(step, reply)
    if step.messages is not None and len(reply.messages) != step.messages:
        problems.append(f"{step.messages} messages expected, {len(reply.messages)} came")
    if step.handoff is not None and (reply.body.get("handoff") or {}).get("state") != step.handoff:
        problems.append(f"handoff {step.handoff!r} expected, got {reply.body.get('handoff')}")
    if step.differs_from_last and before is not None and before.text == text:
        problems.append("the same sentence twice in a row")
    if _is_message(step) and not text.strip() and step.messages != 0:
        problems.append("the reply is empty: a dead end")
    assert not problems, "\n".join(
        [*problems, "", "The reply was:", text or "(nothing)", _rest(reply)]
    )


def _is_message(step: Step) -> bool:
    return step.user is not None or step.button is not None


def _buttons(step: Step, reply: Reply) -> list[str]:
    titles = [button["title"] for button in reply.buttons]
    return [f"button {want!r} is missing" for want in step.buttons if want not in titles]


def _card(step: Step, reply: Reply) -> list[str]:
    types = [card.get("type") for card in reply.cards]
    if step.card is not None and step.card not in types:
        return [f"card {step.card!r} is missing, there are {types}"]
    return []


def _figures(step: Step, reply: Reply) -> list[str]:
    problems = []
    text = _MONEY.sub("", reply.text)
    for key, amount in step.figures.items():
        if not re.search(rf"(?<![\d.]){re.escape(amount)}(?!\d)", text):
            problems.append(f"figure {key} = {amount} is not in the text")
        in_cards = [card[key] for card in reply.cards if key in card]
        if in_cards and amount not in in_cards:
            problems.append(f"figure {key} = {amount}, but the card says {in_cards}")
    return problems


def _rest(reply: Reply) -> str:
    shown: dict[str, Any] = {
        "status": reply.status,
        "buttons": [button["title"] for button in reply.buttons],
        "cards": reply.cards,
        "handoff": reply.body.get("handoff"),
    }
    return json.dumps(shown, ensure_ascii=False, indent=1)[:3000]
