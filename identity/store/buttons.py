"""Rows of ``offered_buttons``: what a conversation may press, under values nobody can guess."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from identity.store.tables import offered_buttons


@dataclass(frozen=True)
class OfferedButton:
    """A button as the server knows it.

    Attributes:
        value: what the browser sends back; random, says nothing.
        sender_id: the only conversation that may press it.
        payload: what Rasa gets.
        title: what the borrower read.
    """

    value: str
    sender_id: str
    payload: str
    title: str


def offer_button(
    connection: Connection, sender_id: str, payload: str, title: str, now: datetime
) -> OfferedButton:
    """Stores a button for this conversation and returns it with its value."""
    button = OfferedButton(f"b-{secrets.token_hex(16)}", sender_id, payload, title)
    connection.execute(
        insert(offered_buttons).values(
            value=button.value,
            sender_id=sender_id,
            payload=payload,
            title=title,
            offered_at=now,
        )
    )
    return button


def find_button(connection: Connection, value: str) -> OfferedButton | None:
    """Returns the button whoever it belongs to; the caller compares the conversation."""
    query = select(offered_buttons).where(offered_buttons.c.value == value)
    row = connection.execute(query).first()
    return None if row is None else OfferedButton(row.value, row.sender_id, row.payload, row.title)


def number_menu(connection: Connection, sender_id: str, values: tuple[str, ...]) -> None:
    """Makes ``values`` the conversation's current number menu, counted from 1."""
    connection.execute(
        update(offered_buttons)
        .where(offered_buttons.c.sender_id == sender_id, offered_buttons.c.menu.is_not(None))
        .values(menu=None)
    )
    for position, value in enumerate(values, start=1):
        connection.execute(
            update(offered_buttons).where(offered_buttons.c.value == value).values(menu=position)
        )


def menu_choice(connection: Connection, sender_id: str, number: int) -> OfferedButton | None:
    """Returns the button at this place of the conversation's current number menu."""
    query = select(offered_buttons).where(
        offered_buttons.c.sender_id == sender_id, offered_buttons.c.menu == number
    )
    row = connection.execute(query).first()
    return None if row is None else OfferedButton(row.value, row.sender_id, row.payload, row.title)
