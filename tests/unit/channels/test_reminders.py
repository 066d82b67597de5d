"""The night's notices become one kind sentence per borrower, once a day, in contact hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from account_engine.ports import OutboxMessage
from channels.push import PushKind
from channels.reminders import reminders, send, to_be_told_by_a_person
from channels.wording import load_wording
from identity.model import BorrowerClaim, SignInMethod
from identity.service import IdentityService
from identity.store.transcript import entries_after
from tests.unit.channels.conftest import Holds

DAY = date(2026, 11, 21)
# 10:00 in Shanghai.
MORNING = datetime(2026, 11, 21, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def notice(number: int, borrower: str, kind: str, **content: Any) -> OutboxMessage:
    return OutboxMessage(f"m{number}", DAY, borrower, "a1", kind, content)


def test_a_borrower_gets_the_most_urgent_notice_only() -> None:
    found = reminders(
        [
            notice(1, "zhang", "credit_report_ahead", reporting_date="2026-11-26"),
            notice(2, "zhang", "payment_due_soon", due="2026-11-24", amount="1234.50"),
            notice(3, "li", "plan_broken", plan_id="p1", row=2),
        ],
        load_wording(),
    )
    texts = {push.borrower_id: push.text for push in found if push.kind is PushKind.REMINDER}
    assert "11月24日有一期要还，金额 1234.50 元" in texts["zhang"]
    assert "p1" not in texts["li"]
    # What the law wants told before an entry (征信业管理条例 15) is no choice.
    (legal,) = (push for push in found if push.kind is PushKind.LEGAL_NOTICE)
    assert legal.borrower_id == "zhang"
    assert "11月26日前后报送征信" in legal.text
    assert len(found) == 3


def test_whoever_must_not_be_contacted_is_left_out() -> None:
    due = {"due": "2026-11-24", "amount": "1234.50"}
    found = [notice(number, who, "payment_due_soon", **due) for number, who in enumerate("ab")]
    (push,) = reminders(found, load_wording(), frozenset({"a"}))
    assert push.borrower_id == "b"


def test_a_wish_for_silence_leaves_the_legal_notice_alone() -> None:
    """`a` asked for no reminders; `b` may be in danger: a person brings it."""
    due = {"due": "2026-11-24", "amount": "1234.50"}
    ahead = {"reporting_date": "2026-11-30"}
    found = [
        notice(1, "a", "payment_due_soon", **due),
        notice(2, "a", "credit_report_ahead", **ahead),
        notice(3, "b", "credit_report_ahead", **ahead),
    ]
    wording = load_wording()
    (push,) = reminders(found, wording, frozenset("ab"), frozenset("b"))
    assert (push.borrower_id, push.kind) == ("a", PushKind.LEGAL_NOTICE)
    assert "11月30日前后报送征信" in push.text
    assert "1234.50" not in push.text  # the fact, and nothing to pay
    assert to_be_told_by_a_person(found, wording, frozenset("b")) == ("b",)


async def test_the_command_may_run_as_often_as_it_likes(identity: IdentityService) -> None:
    claim = BorrowerClaim("zhang", "张先生", SignInMethod.DEMO_CHOICE)
    session = identity.bind(identity.open_session("web", MORNING).sender_id, claim, MORNING)
    due = notice(1, "zhang", "payment_due_soon", due="2026-11-24", amount="1234.50")
    for _ in range(3):
        await send(identity, reminders([due], load_wording()), Holds(), MORNING)
    with identity.database.read() as connection:
        entries = entries_after(connection, session.sender_id, 0, 10)
    assert len(entries) == 1
