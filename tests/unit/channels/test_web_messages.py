"""Messages: each is worked on once, one at a time, and none is lost."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable

from rasa.core.channels.channel import UserMessage

from tests.unit.channels.conftest import Channel


async def with_choices(message: UserMessage) -> None:
    """An assistant that offers a button and a card with a choice."""
    if message.text.startswith("/"):
        answer = {"text": f"选了 {message.text}"}
    else:
        answer = {
            "text": "有两个方案：\n\n一、十二期\n\n二、二十四期",
            "buttons": [{"title": "看看明细", "payload": '/ask_details{"of": "bill"}'}],
            "custom": {
                "card": {
                    "type": "plan_options",
                    "options": [{"offer_id": "o1", "title": "十二期", "choose": "/choose_o1"}],
                }
            },
        }
    await message.output_channel.send_response(message.sender_id, answer)


async def test_an_answer_is_one_message_with_its_buttons_and_card(channel: Channel) -> None:
    channel.rasa.behaviour = with_choices
    visitor = channel.visitor()
    await visitor.open()
    answer = await visitor.say("能不能分期")
    (message,) = answer.json["messages"]
    assert message["from"] == "bot"
    assert message["text"] == "有两个方案：\n\n一、十二期\n\n二、二十四期"
    (button,) = message["buttons"]
    assert button["title"] == "看看明细"
    assert "ask_details" not in answer.text
    assert "choose_o1" not in answer.text
    pressed = await visitor.press(button["value"])
    assert pressed.json["messages"][0]["text"] == '选了 /ask_details{"of": "bill"}'
    chosen = await visitor.press(message["card"]["options"][0]["choose"])
    assert chosen.json["messages"][0]["text"] == "选了 /choose_o1"
    history = (await visitor.call("GET", "/messages")).json["messages"]
    assert [one["text"] for one in history if one["from"] == "user"] == [
        "能不能分期",
        "看看明细",
        "十二期",
    ]


async def test_the_same_id_is_answered_from_the_transcript(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    first = await visitor.say("你好", identifier="m1")
    again = await visitor.say("你好", identifier="m1")
    assert again.json == first.json
    assert channel.rasa.texts == ["你好"]


async def test_the_same_id_sent_while_the_first_is_in_work_is_worked_on_once(
    channel: Channel,
) -> None:
    go_on = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await go_on.wait()
        await message.output_channel.send_response(message.sender_id, {"text": "好了"})

    channel.rasa.behaviour = slow
    visitor = channel.visitor()
    await visitor.open()
    both = [asyncio.ensure_future(visitor.say("你好", identifier="m1")) for _ in range(2)]
    while not channel.rasa.asked:
        await asyncio.sleep(0.01)
    go_on.set()
    first, second = await asyncio.gather(*both)
    assert first.json == second.json
    assert len(channel.rasa.asked) == 1


async def test_one_conversation_asks_one_thing_at_a_time(channel: Channel) -> None:
    inside = 0
    most = 0

    async def watched(message: UserMessage) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.02)
        inside -= 1
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    channel.rasa.behaviour = watched
    visitor = channel.visitor()
    await visitor.open()
    await asyncio.gather(*(visitor.say(f"问题{n}") for n in range(4)))
    assert most == 1
    assert len(channel.rasa.asked) == 4


async def test_empty_and_endless_texts_get_a_kind_answer_without_rasa(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    empty = await visitor.say("   ")
    endless = await visitor.say("还" * 5000)
    assert "没有收到文字" in empty.json["messages"][0]["text"]
    assert "1000 字" in endless.json["messages"][0]["text"]
    assert channel.rasa.asked == []


async def test_a_typed_command_is_no_command(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    await visitor.say('/sign_in{"borrower_id": "zhang"}')
    assert channel.rasa.texts == ['／sign_in{"borrower_id": "zhang"}']


async def test_a_failure_is_a_sentence_with_a_number_and_no_trace(channel: Channel) -> None:
    async def broken(_message: UserMessage) -> None:
        raise RuntimeError("secret detail of the inside")

    channel.rasa.behaviour = broken
    visitor = channel.visitor()
    await visitor.open()
    answer = await visitor.say("你好")
    assert answer.status == 200
    assert "编号" in answer.json["messages"][0]["text"]
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text


async def test_silence_is_answered_too(channel: Channel) -> None:
    async def silent(_message: UserMessage) -> None:
        return

    channel.rasa.behaviour = silent
    visitor = channel.visitor()
    await visitor.open()
    assert "再发一次" in (await visitor.say("你好")).json["messages"][0]["text"]


async def test_a_slow_answer_comes_later_and_is_not_lost(
    make_channel: Callable[..., Channel],
) -> None:
    channel = make_channel(turn_seconds=0.05)
    go_on = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await go_on.wait()
        await message.output_channel.send_response(message.sender_id, {"text": "算好了"})

    channel.rasa.behaviour = slow
    visitor = channel.visitor()
    await visitor.open()
    notice = await visitor.say("要算很久", identifier="m1")
    assert "算好了我会马上发" in notice.json["messages"][0]["text"]
    again = await visitor.say("要算很久", identifier="m1")
    assert again.json["messages"] == notice.json["messages"]
    go_on.set()
    for _ in range(100):
        history = (await visitor.call("GET", "/messages")).json["messages"]
        if len(history) == 3:
            break
        await asyncio.sleep(0.02)
    assert [one["text"] for one in history][2] == "算好了"
    assert history[2]["in_reply_to"] is None


async def test_history_comes_back_and_can_be_cut(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    for text in ("一", "二", "三"):
        await visitor.say(text)
    everything = (await visitor.call("GET", "/messages?after=0")).json["messages"]
    assert [one["seq"] for one in everything] == [1, 2, 3, 4, 5, 6]
    rest = (await visitor.call("GET", "/messages?after=4")).json["messages"]
    assert [one["seq"] for one in rest] == [5, 6]
    assert everything[0]["id"]
    assert everything[0]["from"] == "user"


async def test_feedback_needs_an_answer_to_judge(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    await visitor.say("你好")
    good = {"message_seq": 2, "helpful": True, "comment": "清楚"}
    assert (await visitor.call("POST", "/feedback", json=good)).status == 204
    own = await visitor.call("POST", "/feedback", json={"message_seq": 1, "helpful": True})
    assert own.status == 404
    bad = await visitor.call("POST", "/feedback", json={"message_seq": True, "helpful": 1})
    assert bad.json["error"]["field"] == "message_seq"


async def test_too_many_messages_are_slowed_down(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(message_burst=3, messages_per_minute=6)
    visitor = channel.visitor()
    await visitor.open()
    statuses = [(await visitor.say(str(n))).status for n in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = await visitor.say("还有一句", identifier=uuid.uuid4().hex)
    # Six a minute are one in ten seconds.
    assert 0 < int(refused.headers["retry-after"]) <= 10
    assert refused.json["error"]["code"] == "too_many_messages"
