"""An answer's buttons and choices become random values that only its conversation may send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from channels.outbound import BotOutput
from identity.store.buttons import offer_button


def offered_body(
    connection: Connection, sender_id: str, output: BotOutput, now: datetime
) -> dict[str, Any]:
    """Returns the stored form of an answer; what Rasa is to get stays on the server."""
    buttons = []
    for one in output.buttons:
        offered = offer_button(connection, sender_id, one.payload, one.title, now)
        buttons.append({"title": one.title, "value": offered.value, "style": one.style})
    card = _with_offered_choices(connection, sender_id, output.card, now)
    return {"text": output.text, "buttons": buttons, "card": card}


def _with_offered_choices(connection: Connection, sender_id: str, part: Any, now: datetime) -> Any:
    """Replaces each ``choose`` (a Rasa payload) in a card by a value for the browser."""
    if isinstance(part, Mapping):
        swapped = {
            key: _with_offered_choices(connection, sender_id, value, now)
            for key, value in part.items()
        }
        if isinstance(part.get("choose"), str):
            title = str(part.get("title") or "")
            swapped["choose"] = offer_button(
                connection, sender_id, part["choose"], title, now
            ).value
        return swapped
    if isinstance(part, list):
        return [_with_offered_choices(connection, sender_id, one, now) for one in part]
    return part
