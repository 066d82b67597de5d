"""How sessions, messages and handoffs look on the wire."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from identity.handoff import Handoff
from identity.model import Session
from identity.store.transcript import Entry, Role

# China has had one zone without summer time since 1991; a fixed offset needs no zone database.
SHANGHAI = timezone(timedelta(hours=8))


def moment(at: datetime) -> str:
    """ISO time with Shanghai's offset."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def message_json(entry: Entry) -> dict[str, Any]:
    """A message of the contract."""
    shown = {
        "seq": entry.seq,
        "from": entry.role.value,
        "at": moment(entry.at),
        "in_reply_to": entry.in_reply_to,
        "text": entry.body.get("text", ""),
        "buttons": entry.body.get("buttons") or [],
        "card": entry.body.get("card"),
    }
    if entry.role is Role.USER:
        shown["id"] = entry.client_id
    return shown


def handoff_json(handoff: Handoff | None) -> dict[str, Any] | None:
    """The open handoff, without what is meant for staff."""
    if handoff is None:
        return None
    return {
        "state": handoff.state.value,
        "position": handoff.position,
        "case_number": handoff.case_number,
    }


def borrower_json(session: Session, now: datetime) -> dict[str, Any] | None:
    """The signed-in borrower, or null. The id stays on the server."""
    identity = session.identity(now)
    if not identity.signed_in:
        return None
    return {"display_name": identity.display_name or ""}
