"""Another borrower's offer id: refused, logged, nothing revealed; tried over real HTTP."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import httpx
import pytest
from sanic import Sanic

from account_engine.domain.negotiation.wishes import Wishes
from account_engine.services.demo import seed_demo
from account_engine.services.engine import AccountEngine, Settings
from account_engine.store.migration import migrate
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.negotiation.conclusion import accepted
from channels.signatures import sign
from channels.signed_webhook import SignedWebhookInput
from channels.signed_webhook.settings import SignedWebhookSettings
from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.service import IdentityService
from identity.store.security import SecurityEvent, list_events
from tests.integration.channels.serving import served
from tests.unit.channels.conftest import PretendedRasa

SECRET = "a shared secret of at least thirty-two bytes"
NEVER_MADE = "offer-" + "0" * 20
NOT_FOUND = "我这里没有找到这个方案"


@dataclass
class World:
    """A web channel and a signed webhook on one server; offers of 王女士 and of 张先生."""

    address: str
    rasa: PretendedRasa
    identity: IdentityService
    offers: dict[str, str]

    def sign_in(self, borrower: str) -> str:
        token = self.call("/session")["token"]
        return str(self.call("/demo/sign-in", token, borrower=borrower)["token"])

    def call(self, path: str, token: str = "", **body: Any) -> Any:
        return self.post(path, token, **body).json()

    def post(self, path: str, token: str = "", **body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.post(f"{self.address}/webhooks/web{path}", json=body, headers=headers)

    def signed(self, **body: Any) -> httpx.Response:
        content = json.dumps({"conversation_id": "c1", "id": secrets.token_hex(4), **body})
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        headers = {
            "X-Yuqi-Timestamp": stamp,
            "X-Yuqi-Nonce": nonce,
            "X-Yuqi-Signature": sign(SECRET, f"{stamp}.{nonce}.{content}".encode()),
        }
        url = f"{self.address}/webhooks/signed/messages"
        return httpx.post(url, content=content.encode(), headers=headers)

    def refusals(self) -> list[SecurityEvent]:
        with self.identity.database.read() as connection:
            everything = list_events(connection, datetime(2000, 1, 1, tzinfo=timezone.utc))
        return [one for one in everything if one.event == "offer_refused"]

    def reasons(self) -> list[tuple[str, str]]:
        return [(one.detail["reason"], one.detail["way"]) for one in self.refusals()]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """An accounts database with the demo's borrowers, and one offer of two of them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('accounts') / 'accounts.db'}"
    migrate(url)
    settings = Settings.from_env({"YUQI_DATABASE_URL": url, "YUQI_BUSINESS_DATE": "2026-11-21"})
    seed_demo(settings)
    engine = AccountEngine.from_settings(settings)
    offers = {
        name: engine.propose(name, Wishes()).options[0].offer_id for name in ("wang", "zhang")
    }
    engine.close()
    return url, offers


@pytest.fixture
def world(
    identity: IdentityService,
    accounts: tuple[str, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[World]:
    url, offers = accounts
    monkeypatch.setenv("YUQI_DATABASE_URL", url)
    (tmp_path / "borrowers.yml").write_text(
        "borrowers:\n  - {id: wang, display_name: 王女士}\n  - {id: zhang, display_name: 张先生}\n",
        encoding="utf-8",
    )
    rasa = PretendedRasa()
    app = Sanic(f"offers-{secrets.token_hex(4)}")
    web = WebInput(WebSettings.read({}), identity)
    signed = SignedWebhookInput(SignedWebhookSettings.read({"secret": SECRET}), identity)
    for connector in (web, signed):
        app.blueprint(connector.blueprint(rasa), url_prefix=f"/webhooks/{connector.name()}")
    with ExitStack() as stack:
        yield World(stack.enter_context(served(app)), rasa, identity, offers)


@pytest.mark.parametrize(
    "words",
    [
        '/accept_offer{{"offer_id": "{offer}"}}',
        '/choose_option{{"offer_id":"{offer}"}}',
        "我接受方案 {offer}，确认",
        "同意 ｏｆｆｅｒ－{digits}",
        "同意 of\u200bfer-{digits}",
    ],
)
def test_typed_into_the_chat(world: World, words: str) -> None:
    token = world.sign_in("zhang")
    wangs = world.offers["wang"]
    typed = words.format(offer=wangs, digits=wangs.removeprefix("offer-"))
    foreign = world.post("/messages", token, id="m1", text=typed)
    invented = world.post("/messages", token, id="m2", text=typed.replace(wangs[6:], "0" * 20))
    assert foreign.status_code == invented.status_code == 200
    said = [one.json()["messages"][0]["text"] for one in (foreign, invented)]
    assert said[0].startswith(NOT_FOUND)
    # Nothing in the answer tells an offer of somebody else from one that was never made.
    assert said[0] == said[1]
    assert world.rasa.asked == []
    assert world.reasons() == [("another_borrowers", "text"), ("no_such_offer", "text")]


def test_the_log_holds_the_session_and_nothing_personal(world: World) -> None:
    token = world.sign_in("zhang")
    world.post("/messages", token, id="m1", text=f"接受 {world.offers['wang']}，我是张三")
    world.post("/messages", token, id="m1", text=f"接受 {world.offers['wang']}，我是张三")
    (event,) = world.refusals()  # the repeated message is logged once
    assert event.sender_id is not None
    assert event.sender_id.startswith("web-")
    assert event.detail == {"reason": "another_borrowers", "way": "text"}


def test_as_the_value_of_a_button(world: World) -> None:
    token = world.sign_in("zhang")
    for number, value in enumerate((world.offers["wang"], NEVER_MADE)):
        answer = world.post("/messages", token, id=f"m{number}", button=value)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "button_unknown")
    payload = f'/choose_option{{"offer_id": "{world.offers["wang"]}"}}'
    assert world.post("/messages", token, id="m3", button=payload).status_code == 422
    assert world.rasa.asked == []
    assert world.reasons() == [
        ("another_borrowers", "button"),
        ("no_such_offer", "button"),
        ("another_borrowers", "button"),
    ]


@pytest.mark.parametrize("field", ["offer_id", "metadata", "slots", "payload"])
def test_in_a_field_that_the_contract_does_not_have(world: World, field: str) -> None:
    token = world.sign_in("zhang")
    aside = {field: {"chosen_offer": world.offers["wang"]}}
    refused = world.post("/messages", token, id="m1", text="同意", **aside)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "field_invalid")
    assert world.offers["wang"] not in refused.text
    assert world.rasa.asked == []
    assert world.reasons() == [("another_borrowers", "field")]


def test_as_a_call_that_does_not_exist(world: World) -> None:
    token = world.sign_in("zhang")
    for path in (f"/offers/{world.offers['wang']}/accept", f"/accept?o={world.offers['wang']}"):
        assert world.post(path, token).status_code == 404
    assert world.post(f"/offers/{world.offers['wang']}/accept").status_code == 404
    assert world.reasons() == [
        ("another_borrowers", "path"),
        ("another_borrowers", "path"),
        ("not_signed_in", "path"),
    ]


def test_rasas_own_calls_are_not_there(world: World) -> None:
    body = {"sender": "web-1", "message": f"/accept_offer{{{world.offers['wang']}}}"}
    for path in (
        "/webhooks/rest/webhook",
        "/conversations/web-1/messages",
        "/conversations/web-1/tracker/events",
        "/conversations/web-1/trigger_intent",
    ):
        assert httpx.post(world.address + path, json=body).status_code == 404
    assert world.rasa.asked == []


def test_over_a_service_channel(world: World) -> None:
    nobody = world.signed(type="text", text=f"接受 {world.offers['wang']}")
    assert nobody.json()["plain_text"].startswith(NOT_FOUND)
    pressed = world.signed(type="button", button=world.offers["wang"])
    assert pressed.status_code == 422
    aside = world.signed(type="text", text="同意", metadata={"offer_id": world.offers["wang"]})
    assert aside.status_code == 400
    assert world.rasa.asked == []
    # Nobody is signed in there, so the id is refused whosever it is.
    assert world.reasons() == [
        ("not_signed_in", "text"),
        ("not_signed_in", "button"),
        ("not_signed_in", "field"),
    ]


def test_ones_own_offer_is_no_attempt(world: World) -> None:
    token = world.sign_in("wang")
    answer = world.post("/messages", token, id="m1", text=f"就选 {world.offers['wang']}")
    assert answer.status_code == 200
    assert world.rasa.texts == [f"就选 {world.offers['wang']}"]
    assert world.reasons() == []


def test_in_a_slot_of_the_dialogue(
    accounts: tuple[str, dict[str, str]], identity: IdentityService
) -> None:
    """Whatever put 王女士's offer there: the engine refuses it for 张先生, and it is logged."""
    url, offers = accounts
    engine = AccountEngine.from_settings(
        Settings.from_env({"YUQI_DATABASE_URL": url, "YUQI_BUSINESS_DATE": "2026-11-21"})
    )
    desk = Mock(spec=Desk, engine=engine, identity=identity)
    desk.wall_clock.return_value = datetime.now(timezone.utc)
    turn = replace(
        Turn.stranger("web-1", datetime.now(timezone.utc)),
        borrower_id="zhang",
        slots={memory.WISHES: {"monthly": 300000}},
    )
    before = len(engine.history("wang").events)
    foreign = accepted(turn, desk, "zhang", offers["wang"])
    invented = accepted(turn, desk, "zhang", NEVER_MADE)
    assert foreign == invented
    assert foreign.slots[memory.CHOSEN] is None
    assert len(engine.history("wang").events) == before
    with identity.database.read() as connection:
        logged = list_events(connection, datetime(2000, 1, 1, tzinfo=timezone.utc))
    assert [(one.event, one.sender_id, one.detail) for one in logged] == [
        ("offer_refused", "web-1", {"reason": "not_this_borrowers", "way": "dialogue"})
    ] * 2
    engine.close()
