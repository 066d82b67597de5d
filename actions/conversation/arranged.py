"""What is arranged about a debt, known to every answer about what being late leads to.

A plan that is kept, one in its cure period, a later day, a request that waits for a person: each
changes what is true of the credit record, of calls, of courts, of a recall, of the use. No
answering function looks for them: its reply passes through `as_arranged`, which puts a text of
`data/wording/replies/arranged.yml` in its place or beside it, as `data/wording/arranged.yml` says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, PlanStatus
from account_engine.ports import QueueStatus
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.arranged_words import arranged_words

_RUNNING = frozenset({PlanStatus.ACTIVE, PlanStatus.BROKEN})
_WAITING = "arranged.waiting"
_OWN_LINE = "brief."


class Stands(str, Enum):
    """How an arrangement stands; the last part of the names of its texts."""

    PLAN = "plan"  # kept so far
    MISSED = "missed"  # kept so far, and the words suppose that a payment of it does not come
    BROKEN = "broken"  # a payment did not come and may still be made up for
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is agreed about the accounts of a question.

    Attributes:
        accounts: those it covers.
        until: the day of the next payment, or the last one to make up for a missing one.
        amount: what is to be paid by then.
    """

    stands: Stands
    accounts: tuple[AccountState, ...]
    until: date | None
    amount: Money


def as_arranged(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """`reply`, or what takes its place or stands beside it because of what is arranged."""
    topic = arranged_words().topic_of(reply.key)
    if topic is None or turn.borrower_id is None or desk.situations.about_somebody_else(turn):
        return reply
    chosen = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    found = _agreed(turn, desk, turn.borrower_id, chosen)
    if found is None:
        return _with_the_request(reply, desk, turn.borrower_id, chosen)
    key = f"arranged.{topic}_{found.stands.value}"
    if key not in desk.renderer.wording.replies:
        return reply
    return _told(reply, key, found, desk, chosen)


def _told(
    reply: Reply, key: str, found: Arrangement, desk: Desk, chosen: Iterable[AccountState]
) -> Reply:
    """The text in the place of the reply; where that answers with a rule, a line after it."""
    values: dict[str, Any] = {
        **reply.values,
        "arranged": found,
        "cure_days": desk.engine.negotiation.policy.breach.cure_days,
        "others": tuple(
            one for one in chosen if one.dpd and one.account_id not in _ids(found.accounts)
        ),
    }
    if arranged_words().goes_whole(reply.key):
        return Reply(key, values, details=f"quote:{QuoteKind.DUE_NOW.value}")
    lead = None if (reply.lead or "").startswith(_OWN_LINE) else reply.lead
    stands = Stands.PLAN if found.stands is Stands.MISSED else found.stands
    return reply.changed(values=values, lead=lead, coda=f"arranged.beside_{stands.value}")


def _agreed(
    turn: Turn, desk: Desk, borrower_id: str, chosen: Iterable[AccountState]
) -> Arrangement | None:
    """The plan that runs for these accounts, else a later day; None where nothing is agreed."""
    planned = tuple(one for one in chosen if one.plan and one.plan.status in _RUNNING)
    if planned:
        return _plan(turn, desk, borrower_id, planned)
    later = tuple(
        one for one in chosen if one.extension_until and one.extension_until >= turn.today
    )
    if not later:
        return None
    until = max(one.extension_until for one in later if one.extension_until)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, until, account_ids=_ids(later))
    return Arrangement(Stands.EXTENSION, later, until, due.total)


def _plan(
    turn: Turn, desk: Desk, borrower_id: str, planned: tuple[AccountState, ...]
) -> Arrangement:
    """The plan of these accounts: its next payment, or what makes up for the missing one."""
    plans = [one.plan for one in planned if one.plan]
    broken = [one for one in plans if one.status is PlanStatus.BROKEN]
    if broken:
        due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=_ids(planned)).total
        last = min((one.cure_until for one in broken if one.cure_until), default=None)
        return Arrangement(Stands.BROKEN, planned, last, due)
    coming = min((one.next_due for one in plans if one.next_due), default=None)
    amount = sum((one.next_amount for one in plans if one.next_due == coming), Money.zero)
    supposed = arranged_words().missing.search(turn.text)
    return Arrangement(Stands.MISSED if supposed else Stands.PLAN, planned, coming, amount)


def _with_the_request(
    reply: Reply, desk: Desk, borrower_id: str, chosen: Iterable[AccountState]
) -> Reply:
    """`reply`, and that nothing of a request changes anything before a person has decided on it."""
    asked = set(_ids(chosen))
    waits = any(
        item.borrower_id == borrower_id and asked & set(item.content["offer"]["account_ids"])
        for item in desk.engine.approvals(QueueStatus.WAITING)
    )
    if not waits or not (reply.coda or _OWN_LINE).startswith(_OWN_LINE):
        return reply
    return reply.changed(coda=_WAITING)


def _ids(found: Iterable[AccountState]) -> tuple[str, ...]:
    return tuple(one.account_id for one in found)
