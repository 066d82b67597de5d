"""``python -m channels.reminders``: brings the night's notices to the borrowers' conversations.

Run it after ``account-engine sweep``, as often as you like: a notice is taken once, by its id. A
borrower gets at most one reminder a day; the first kind in the wording file goes before the others.
They wait for contact hours and for the borrower, like every push. Whom nobody may contact first
(``account-engine outreach``) gets none, but the notice that the law wants before an entry in the
credit register: whoever asked for silence gets that one sentence, and whoever is left alone for
another reason is named, so that a person tells them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timezone

from account_engine.ports import OutboxMessage
from account_engine.services.clock import BusinessClock
from account_engine.services.settings import Settings
from account_engine.store.outbox import messages_of_day
from channels.contact_hours import load_contact_hours
from channels.outreach import AccountHolds, OutreachHolds
from channels.push import EventHub, Push, PushDelivery, PushKind
from channels.wording import Wording, load_wording
from identity.service import IdentityService


def reminders(
    messages: Iterable[OutboxMessage],
    wording: Wording,
    held: frozenset[str] = frozenset(),
    for_people_only: frozenset[str] = frozenset(),
) -> list[Push]:
    """Chooses one notice per borrower and puts it into words.

    Args:
        held: whom nobody may contact first; theirs are left out for good, the day passes, but for
            legal notices.
        for_people_only: those of them who get not even these from a machine.
    """
    order = {kind: place for place, kind in enumerate(wording.reminders)}
    chosen: dict[str, OutboxMessage] = {}
    owed: dict[str, OutboxMessage] = {}
    for message in messages:
        if message.borrower_id in for_people_only:
            continue
        if message.kind in wording.legal_notices:
            owed.setdefault(message.borrower_id, message)
        if message.borrower_id in held:
            continue
        current = chosen.get(message.borrower_id)
        if current is None or _rank(message, order) < _rank(current, order):
            chosen[message.borrower_id] = message
    # A legal notice is not lost to a more urgent reminder of the same night.
    untold = (one for who, one in owed.items() if one.kind != _kind(chosen.get(who)))
    return [
        *(_push(message, wording) for message in chosen.values()),
        *(_legal(message, wording) for message in untold),
    ]


def _kind(message: OutboxMessage | None) -> str | None:
    return message.kind if message is not None else None


async def send(
    identity: IdentityService, pushes: Sequence[Push], holds: OutreachHolds, now: datetime
) -> int:
    """Stores the reminders. Returns how many were taken."""
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), holds)
    for push in pushes:
        await delivery.accept(push, now)
    return len(pushes)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m channels.reminders", description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, help="business date; default: today")
    options = parser.parse_args(arguments)
    settings = Settings.from_env()
    day = options.date or BusinessClock(settings.business_date).today()
    wording = load_wording()
    found = list(messages_of_day(settings.database_url, day, list(wording.reminders)))
    holds = AccountHolds()
    held, for_people = holds.held(), holds.for_people_only()
    pushes = reminders(found, wording, held, for_people)
    taken = asyncio.run(
        send(IdentityService.from_environment(), pushes, holds, datetime.now(timezone.utc))
    )
    passed_over = len({message.borrower_id for message in found} & held)
    print(f"{day}: {taken} reminders, {passed_over} borrowers on hold", file=sys.stderr)
    for borrower_id in to_be_told_by_a_person(found, wording, for_people):
        print(f"a person has to tell (legal notice): {borrower_id}", file=sys.stderr)
    return 0


def to_be_told_by_a_person(
    messages: Iterable[OutboxMessage], wording: Wording, for_people_only: frozenset[str]
) -> tuple[str, ...]:
    """The borrowers to whom a person brings a legal notice, in order."""
    owed = {one.borrower_id for one in messages if one.kind in wording.legal_notices}
    return tuple(sorted(owed & for_people_only))


def _rank(message: OutboxMessage, order: dict[str, int]) -> tuple[int, str]:
    return order[message.kind], message.message_id


def _push(message: OutboxMessage, wording: Wording) -> Push:
    # The day is in the id: one reminder a day and borrower, however often the command runs.
    return Push(
        external_id=f"reminder-{message.business_date}-{message.borrower_id}",
        kind=PushKind.REMINDER,
        text=wording.reminders[message.kind].format(**_shown(message, wording)),
        borrower_id=message.borrower_id,
    )


def _legal(message: OutboxMessage, wording: Wording) -> Push:
    return Push(
        external_id=f"legal-{message.business_date}-{message.borrower_id}",
        kind=PushKind.LEGAL_NOTICE,
        text=wording.legal_notices[message.kind].format(**_shown(message, wording)),
        borrower_id=message.borrower_id,
    )


def _shown(message: OutboxMessage, wording: Wording) -> dict[str, str]:
    """Dates as people write them; amounts come as text in yuan."""
    values = {name: str(value) for name, value in message.content.items()}
    for name in ("due", "reporting_date"):
        if name in values:
            day = date.fromisoformat(values[name])
            values[name] = wording.date.format(month=day.month, day=day.day)
    return values


if __name__ == "__main__":
    sys.exit(main())
