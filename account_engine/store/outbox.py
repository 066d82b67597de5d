"""Reading the outbox. Whoever delivers remembers by message id what is delivered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from account_engine.ports import OutboxMessage
from account_engine.store import tables
from account_engine.store.database import open_database, reading

_BATCH = 1000


def messages_of_day(url: str, day: date, kinds: Sequence[str]) -> Iterator[OutboxMessage]:
    """Yields a business date's messages of these kinds, in a fixed order."""
    engine = open_database(url)
    try:
        last = ""
        while True:
            query = (
                select(tables.outbox)
                .where(
                    tables.outbox.c.business_date == day,
                    tables.outbox.c.kind.in_(list(kinds)),
                    tables.outbox.c.message_id > last,
                )
                .order_by(tables.outbox.c.message_id)
                .limit(_BATCH)
            )
            with reading(engine) as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            last = rows[-1].message_id
            for row in rows:
                yield OutboxMessage(
                    message_id=row.message_id,
                    business_date=row.business_date,
                    borrower_id=row.borrower_id,
                    account_id=row.account_id,
                    kind=row.kind,
                    content=json.loads(row.content),
                )
    finally:
        engine.dispose()
