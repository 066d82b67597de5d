"""Messages that come unasked: to an open page at once, to a closed one in its history."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import jwt
import pytest

from channels.contact_hours import PATH, InvalidContactHours, load_contact_hours
from channels.outreach import OutreachHolds
from channels.push import EventHub, Push, PushDelivery, PushKind
from identity.model import BorrowerClaim, SignInMethod
from identity.service import IdentityService
from identity.store.transcript import entries_after
from tests.unit.channels.conftest import Channel, Holds, Visitor

SHANGHAI = timezone(timedelta(hours=8))
NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=SHANGHAI)
ZHANG = BorrowerClaim("zhang", "张先生", SignInMethod.DEMO_CHOICE)


def sender_of(visitor: Visitor) -> str:
    return str(jwt.decode(str(visitor.token), options={"verify_signature": False})["sub"])


def events(body: str) -> list[tuple[str, Any, str | None]]:
    """Returns (event, data, id) of a finished stream."""
    found = []
    for block in body.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line[1:])
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"]), lines.get("id")))
    return found


async def send_push(channel: Channel, **body: Any) -> Any:
    service = channel.visitor()
    service.token = channel.service_token("push")
    return await service.call("POST", "/push", json={"id": "p1", "kind": "notice", **body})


async def test_an_open_page_gets_a_push_and_can_resume_after_it(
    make_channel: Callable[..., Channel],
) -> None:
    channel = make_channel(stream_seconds=3.0, look_seconds=0.5)
    visitor = channel.visitor()
    await visitor.open()
    await visitor.say("你好")
    stream = asyncio.ensure_future(visitor.call("GET", "/events?after=2"))
    await asyncio.sleep(0.2)
    pushed = await send_push(channel, sender_id=sender_of(visitor), text="凭证已经开好了")
    assert pushed.status == 202
    answer = await stream
    assert answer.headers["content-type"].startswith("text/event-stream")
    messages = [
        (data["text"], number) for kind, data, number in events(answer.text) if kind == "message"
    ]
    assert messages == [("凭证已经开好了", "3")]
    # The page comes back with the number it saw last: nothing twice.
    resumed = await visitor.call("GET", "/events", headers={"Last-Event-ID": "3"})
    assert [kind for kind, _, _ in events(resumed.text)] == ["handoff"]


async def test_answers_to_own_messages_do_not_come_twice(
    make_channel: Callable[..., Channel],
) -> None:
    channel = make_channel(stream_seconds=0.1, look_seconds=0.05)
    visitor = channel.visitor()
    await visitor.open()
    await visitor.say("你好")
    stream = await visitor.call("GET", "/events?after=0")
    assert [kind for kind, _, _ in events(stream.text)] == ["handoff"]


async def test_a_closed_page_finds_the_push_in_its_history(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    await send_push(channel, borrower_id="zhang", text="您的方案明天有一期")
    history = (await visitor.call("GET", "/messages")).json["messages"]
    assert [(one["from"], one["text"], one["in_reply_to"]) for one in history] == [
        ("bot", "您的方案明天有一期", None)
    ]


async def test_a_borrower_who_is_not_here_finds_it_after_the_next_sign_in(
    channel: Channel,
) -> None:
    await send_push(channel, borrower_id="zhang", text="凭证已经开好了")
    other = channel.visitor()
    await other.open(host_token=channel.host_token("li"))
    assert (await other.call("GET", "/messages")).json["messages"] == []
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    history = (await visitor.call("GET", "/messages")).json["messages"]
    assert [one["text"] for one in history] == ["凭证已经开好了"]


async def test_the_same_push_is_delivered_once(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    for _ in range(2):
        await send_push(channel, sender_id=sender_of(visitor), text="只说一次")
    assert len((await visitor.call("GET", "/messages")).json["messages"]) == 1


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        # 22:00 to 08:00 is quiet; 21:59 and 08:00 are not.
        ((21, 59), (21, 21, 59)),
        ((22, 0), (22, 8, 0)),
        ((23, 30), (22, 8, 0)),
        ((0, 0), (21, 8, 0)),
        ((7, 59), (21, 8, 0)),
        ((8, 0), (21, 8, 0)),
        ((12, 0), (21, 12, 0)),
    ],
)
def test_contact_hours(at: tuple[int, int], allowed: tuple[int, int, int]) -> None:
    now = datetime(2026, 11, 21, *at, tzinfo=SHANGHAI)
    day, hour, minute = allowed
    expected = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
    assert load_contact_hours().next_allowed(now) == expected


def test_other_hours_are_kept_and_wrong_ones_named(tmp_path: Path) -> None:
    text = PATH.read_text(encoding="utf-8")
    changed = tmp_path / "contact_hours.yml"
    changed.write_text(text.replace('quiet_from: "22:00"', 'quiet_from: "21:00"'))
    evening = datetime(2026, 11, 21, 21, 30, tzinfo=SHANGHAI)
    assert load_contact_hours(changed).next_allowed(evening) == datetime(
        2026, 11, 22, 8, 0, tzinfo=SHANGHAI
    )
    changed.write_text(text.replace('quiet_from: "22:00"', "quiet_from: evening"))
    with pytest.raises(InvalidContactHours, match=r"contact_hours.yml, line 3: quiet_from"):
        load_contact_hours(changed)


async def test_a_reminder_waits_for_the_morning_and_a_reply_does_not(
    identity: IdentityService,
) -> None:
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), Holds())
    session = identity.bind(identity.open_session("web", NIGHT).sender_id, ZHANG, NIGHT)

    def texts() -> list[str]:
        with identity.database.read() as connection:
            entries = entries_after(connection, session.sender_id, 0, 10)
        return [str(entry.body["text"]) for entry in entries]

    reminder = Push("r1", PushKind.REMINDER, "明天到期", sender_id=session.sender_id)
    reply = Push("r2", PushKind.REPLY, "我是小吴，正在看您的情况", sender_id=session.sender_id)
    assert await delivery.accept(reminder, NIGHT) == MORNING
    assert await delivery.accept(reply, NIGHT) == NIGHT
    assert texts() == ["我是小吴，正在看您的情况"]
    await delivery.deliver_due(MORNING - timedelta(seconds=1))
    assert len(texts()) == 1
    await delivery.deliver_due(MORNING)
    assert texts() == ["我是小吴，正在看您的情况", "明天到期"]


async def test_a_reminder_that_found_nobody_for_days_is_dropped_and_a_notice_is_kept(
    identity: IdentityService,
) -> None:
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), Holds())
    await delivery.accept(Push("r1", PushKind.REMINDER, "明天到期", borrower_id="zhang"), MORNING)
    await delivery.accept(Push("n1", PushKind.NOTICE, "凭证开好了", borrower_id="zhang"), MORNING)
    later = MORNING + timedelta(days=3)
    session = identity.bind(identity.open_session("web", later).sender_id, ZHANG, later)
    await delivery.deliver_to(session, later)
    with identity.database.read() as connection:
        entries = entries_after(connection, session.sender_id, 0, 10)
    assert [entry.body["text"] for entry in entries] == ["凭证开好了"]


async def test_a_person_takes_over_answers_and_gives_back(
    make_channel: Callable[..., Channel],
) -> None:
    channel = make_channel(stream_seconds=0.2, look_seconds=0.05)
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    await visitor.say("转人工")
    from identity.handoff import HandoffService

    case = (
        HandoffService(channel.identity.database)
        .request_handoff(
            sender_of(visitor), "asked_for_person", {"owed": "1,234.50 元"}, real_time()
        )
        .case_number
    )
    waiting = await visitor.say("还在吗")
    assert waiting.json["handoff"] == {"state": "waiting", "position": 1, "case_number": case}
    assert len(waiting.json["messages"]) == 1  # the assistant goes on while the person is awaited

    async def desk(method: str, path: str, **options: Any) -> Any:
        person = channel.visitor()
        person.token = channel.service_token("desk", "ms-wu")
        return await person.call(method, f"/desk{path}", **options)

    queue = (await desk("GET", "/queue")).json
    assert [(one["case_number"], one["summary"]) for one in queue] == [
        (case, {"owed": "1,234.50 元"})
    ]
    assert (await desk("POST", f"/{case}/take")).json["state"] == "active"
    channel.rasa.asked.clear()
    to_person = await visitor.say("我想延期")
    assert to_person.json["messages"] == []
    assert to_person.json["handoff"]["state"] == "active"
    assert channel.rasa.asked == []
    seen = (await desk("GET", f"/{case}/messages")).json["messages"]
    assert seen[-1]["text"] == "我想延期"
    reply = {"id": "r1", "text": "我是小吴，帮您看一下"}
    for _ in range(2):  # the console may repeat after a lost connection
        assert (await desk("POST", f"/{case}/reply", json=reply)).status == 202
    stream = await visitor.call("GET", f"/events?after={seen[-1]['seq']}")
    kinds = [(kind, data) for kind, data, _ in events(stream.text)]
    assert [data["text"] for kind, data in kinds if kind == "message"] == ["我是小吴，帮您看一下"]
    assert kinds[0][1]["from"] == "person"
    assert (await desk("POST", f"/{case}/return")).status == 200
    back = await visitor.say("好的")
    assert back.json["handoff"] is None
    assert channel.rasa.texts == ["好的"]
    gone = await desk("POST", f"/{case}/reply", json={"id": "r2", "text": "还有"})
    assert gone.status == 404


def real_time() -> datetime:
    return datetime.now(timezone.utc)


async def test_a_summary_is_for_staff_only(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    from identity.handoff import HandoffService

    HandoffService(channel.identity.database).request_handoff(
        sender_of(visitor), "suspected_fraud", {"note": "internal"}, real_time()
    )
    answer = await visitor.say("你好")
    assert "internal" not in answer.text
    assert "suspected_fraud" not in answer.text


async def test_a_stream_ends_when_its_session_does(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(stream_seconds=10, look_seconds=5)
    visitor = channel.visitor()
    await visitor.open()
    stream = asyncio.ensure_future(visitor.call("GET", "/events"))
    await asyncio.sleep(1.0)
    await visitor.call("DELETE", "/session")
    assert events((await stream).text)[-1][0] == "ended"


async def test_a_few_streams_per_conversation(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(stream_seconds=3.0, look_seconds=0.5, max_streams=2)
    visitor = channel.visitor()
    await visitor.open()
    answers = await asyncio.gather(*(visitor.call("GET", "/events") for _ in range(3)))
    assert sorted(answer.status for answer in answers) == [200, 200, 429]


@pytest.mark.parametrize("after", ["-1", "x", "9" * 20, "１", "1e3"])
async def test_a_number_that_is_none(channel: Channel, after: str) -> None:
    visitor = channel.visitor()
    await visitor.open()
    answer = await visitor.call("GET", "/messages", params={"after": after})
    assert (answer.status, answer.json["error"]["field"]) == (400, "after")


class Unreadable:
    """A record that cannot be read."""

    def held(self) -> frozenset[str]:
        raise OSError("the accounts are away")

    def for_people_only(self) -> frozenset[str]:
        raise OSError("the accounts are away")


@pytest.mark.parametrize("holds", [Holds({"zhang"}), Unreadable()])
@pytest.mark.parametrize("target", ["borrower_id", "sender_id"])
async def test_a_hold_stops_reminders_and_never_a_reply(
    identity: IdentityService, holds: OutreachHolds, target: str
) -> None:
    at = datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)
    sender = identity.bind(identity.open_session("web", at).sender_id, ZHANG, at).sender_id
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), holds)
    whose = {target: "zhang" if target == "borrower_id" else sender}
    await delivery.accept(Push("p1", PushKind.REMINDER, "后天到期", **whose), at)
    await delivery.accept(Push("p2", PushKind.NOTICE, "凭证已经开好了", **whose), at)
    await delivery.accept(Push("p3", PushKind.REPLY, "我是小吴", **whose), at)
    with identity.database.read() as connection:
        entries = entries_after(connection, sender, 0, 10)
    assert [entry.body["text"] for entry in entries] == ["凭证已经开好了", "我是小吴"]


@pytest.mark.parametrize(
    ("holds", "told"),
    [
        (Holds({"zhang"}), ["依法告知"]),  # asked for silence: the law wants this told all the same
        (Holds(by_people={"zhang"}), []),  # in danger, or a death was reported: a person tells them
        (Unreadable(), []),
        (Holds(), ["依法告知"]),
    ],
)
async def test_a_wish_for_silence_does_not_stop_a_legal_notice(
    identity: IdentityService, holds: OutreachHolds, told: list[str]
) -> None:
    at = datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)
    sender = identity.bind(identity.open_session("web", at).sender_id, ZHANG, at).sender_id
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), holds)
    notice = Push("p1", PushKind.LEGAL_NOTICE, "依法告知", borrower_id="zhang")
    await delivery.accept(notice, at)
    with identity.database.read() as connection:
        entries = entries_after(connection, sender, 0, 10)
    assert [entry.body["text"] for entry in entries] == told


async def test_a_legal_notice_waits_for_the_hours_of_contact(identity: IdentityService) -> None:
    at = datetime(2026, 11, 21, 23, 30, tzinfo=SHANGHAI)
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), Holds({"zhang"}))
    notice = Push("p1", PushKind.LEGAL_NOTICE, "依法告知", borrower_id="zhang")
    due = await delivery.accept(notice, at)
    assert due == datetime(2026, 11, 22, 8, 0, tzinfo=SHANGHAI)


async def test_what_waits_for_people_who_are_away_does_not_hold_up_who_is_here(
    identity: IdentityService,
) -> None:
    at = datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)
    delivery = PushDelivery(identity, load_contact_hours(), EventHub(), Holds())
    for number in range(250):  # more than one page of the inbox
        away = Push(f"p{number}", PushKind.REMINDER, "后天到期", borrower_id=f"away-{number}")
        await asyncio.to_thread(delivery._store, away, at, at)
    sender = identity.bind(identity.open_session("web", at).sender_id, ZHANG, at).sender_id
    await delivery.accept(Push("last", PushKind.REMINDER, "后天到期", borrower_id="zhang"), at)
    with identity.database.read() as connection:
        assert len(entries_after(connection, sender, 0, 10)) == 1
