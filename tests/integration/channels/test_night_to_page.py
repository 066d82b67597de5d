"""A real night: the sweep writes notices, the command makes reminders, open and closed pages get
them, and whoever must not be contacted gets none."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import datetime, time, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic

from account_engine.cli.main import main as account_engine
from account_engine.services.engine import AccountEngine, Settings
from account_engine.services.outreach import HoldReason
from channels import reminders
from channels.contact_hours import ContactHours
from channels.push import PushKind
from channels.web import WebInput
from channels.web import connector as web_connector
from channels.web.settings import WebSettings
from identity.service import IdentityService
from identity.store.tables import push_inbox
from tests.integration.channels.serving import served
from tests.unit.channels.conftest import PretendedRasa

# 陈女士's 花呗 bill of the demo is due on the 26th: three days ahead she is told.
NIGHT = "2026-11-23"
HER_REMINDER = "11月26日有一期要还，金额 1280.00 元"
# A quiet span without a minute in it: the test must not depend on the hour at which it runs.
ROUND_THE_CLOCK = ContactHours(time(0), time(0), timezone.utc)
PEOPLE = """
borrowers:
  - {id: chen, display_name: 陈女士}
  - {id: zhang, display_name: 张先生}
"""


class Page:
    """A borrower's page; ``listen`` reads its event stream as the widget does."""

    def __init__(self, address: str, borrower: str) -> None:
        self._address = f"{address}/webhooks/web"
        first = self._post("/session", "")
        self.token = self._post("/demo/sign-in", first["token"], borrower=borrower)["token"]
        self.heard: list[str] = []
        self.opened, self.told = threading.Event(), threading.Event()

    def listen(self) -> None:
        with suppress(httpx.HTTPError):  # the server stops while it listens
            self._listen()

    def _listen(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.stream("GET", f"{self._address}/events", headers=headers, timeout=30) as stream:
            for line in stream.iter_lines():
                self.opened.set()
                if line.startswith("data: {") and '"text"' in line:
                    self.heard.append(json.loads(line.removeprefix("data: "))["text"])
                    self.told.set()

    def history(self) -> list[str]:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = httpx.get(f"{self._address}/messages", headers=headers)
        return [one["text"] for one in answer.json()["messages"]]

    def _post(self, path: str, token: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.post(f"{self._address}{path}", json=body, headers=headers).json()


@pytest.fixture
def night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, identity: IdentityService
) -> Iterator[AccountEngine]:
    """The demo's accounts after the sweep of one night."""
    monkeypatch.setenv("YUQI_DATABASE_URL", f"sqlite:///{tmp_path / 'accounts.db'}")
    monkeypatch.setenv("YUQI_BUSINESS_DATE", "2026-11-21")
    identity.settings.demo_borrowers.write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setattr(reminders.IdentityService, "from_environment", lambda: identity)
    for module in (reminders, web_connector):
        monkeypatch.setattr(module, "load_contact_hours", lambda: ROUND_THE_CLOCK)
    for command in (["migrate"], ["demo"], ["sweep", "--date", NIGHT, "--workers", "0"]):
        assert account_engine(command) == 0
    engine = AccountEngine.from_settings(Settings.from_env())
    yield engine
    engine.close()


@pytest.fixture
def open_page(identity: IdentityService) -> Iterator[Callable[[str], Page]]:
    """Pages on a really served channel."""
    with ExitStack() as stack:
        settings = WebSettings.read({"look_seconds": 0.2, "stream_seconds": 20})
        app = Sanic(f"night-{uuid.uuid4().hex}")
        blueprint = WebInput(settings, identity).blueprint(PretendedRasa())
        app.blueprint(blueprint, url_prefix="/webhooks/web")
        address = stack.enter_context(served(app))
        yield lambda borrower: Page(address, borrower)


def morning() -> None:
    """The job that runs after the sweep."""
    assert reminders.main(["--date", NIGHT]) == 0


def test_an_open_page_gets_it_at_once(
    night: AccountEngine, open_page: Callable[[str], Page]
) -> None:
    page = open_page("chen")
    threading.Thread(target=page.listen, daemon=True).start()
    assert page.opened.wait(10)
    morning()
    assert page.told.wait(10)
    morning()  # the job may run twice; she is told once
    assert [HER_REMINDER in one for one in page.history()] == [True]
    assert [HER_REMINDER in one for one in page.heard] == [True]


def test_a_closed_page_finds_it_at_the_next_sign_in_and_nobody_else_does(
    night: AccountEngine, open_page: Callable[[str], Page]
) -> None:
    morning()
    assert open_page("zhang").history() == []
    (text,) = open_page("chen").history()
    assert HER_REMINDER in text


@pytest.mark.parametrize("reason", list(HoldReason))
def test_nobody_is_reminded_who_must_not_be_contacted(
    night: AccountEngine,
    open_page: Callable[[str], Page],
    identity: IdentityService,
    capsys: pytest.CaptureFixture[str],
    reason: HoldReason,
) -> None:
    page = open_page("chen")
    night.outreach.hold("chen", reason, "console", datetime.now(timezone.utc))
    morning()
    assert "0 reminders, 1 borrowers on hold" in capsys.readouterr().err
    assert page.history() == []
    with identity.database.read() as connection:
        assert connection.execute(push_inbox.select()).all() == []


def test_a_hold_that_comes_after_the_job_stops_what_waits_until_it_is_lifted(
    night: AccountEngine, open_page: Callable[[str], Page]
) -> None:
    morning()  # she is not here: it waits
    now = datetime.now(timezone.utc)
    hold = night.outreach.hold("chen", HoldReason.WELLBEING, "conversation", now)
    page = open_page("chen")
    assert page.history() == []
    night.outreach.lift(hold.case_id, "officer_lin", "spoke with her, she is well", now)
    (text,) = page.history()
    assert HER_REMINDER in text


def test_the_kinds_that_are_held_are_those_nobody_asked_for() -> None:
    # The notice before an entry in the credit register is the lender's duty; it too waits for the
    # morning. Answers and news of a request that the borrower made come at any hour.
    assert {kind.value for kind in PushKind if kind.proactive} == {"reminder", "legal_notice"}
