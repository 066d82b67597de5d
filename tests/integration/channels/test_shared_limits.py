"""What protects identity is counted once for all worker processes: two apps on one database."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from sanic import Sanic

from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.service import IdentityService
from tests.integration.channels.conftest import events_of
from tests.integration.channels.serving import served
from tests.unit.channels.conftest import PretendedRasa

Workers = Callable[..., tuple[str, str]]
# Numbers of the documentation network: callers who are not on this machine.
CALLER, ANOTHER = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def workers(identity: IdentityService) -> Iterator[Workers]:
    """Starts two apps over one database, each with connections and memory of its own."""
    with ExitStack() as stack:

        def start(**settings: Any) -> tuple[str, str]:
            first = stack.enter_context(served(worker(identity, settings)))
            return first, stack.enter_context(served(worker(identity, settings)))

        yield start


def worker(identity: IdentityService, settings: dict[str, Any]) -> Sanic:
    own = IdentityService.from_environment(identity.settings)
    connector = WebInput(WebSettings.read({"trusted_proxies": 1, **settings}), own)
    app = Sanic(f"worker-{uuid.uuid4().hex}")
    app.blueprint(connector.blueprint(PretendedRasa()), url_prefix="/webhooks/web")
    return app


def post(worker_: str, path: str, *, token: str = "", caller: str = CALLER, **body: Any) -> Any:
    headers = {"X-Forwarded-For": caller}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return httpx.post(f"{worker_}/webhooks/web{path}", json=body, headers=headers, timeout=20)


def test_sessions_opened_at_either_worker_are_counted_together(
    workers: Workers, identity: IdentityService
) -> None:
    first, second = workers(session_burst=3, sessions_per_minute=1)
    # Three at once, whichever worker; the fourth is refused by both.
    assert [post(one, "/session").status_code for one in (first, second, first)] == [201] * 3
    for one in (first, second):
        refused = post(one, "/session")
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "too_many_requests"
        assert 0 < int(refused.headers["Retry-After"]) <= 60  # one a minute
    assert post(second, "/session", caller=ANOTHER).status_code == 201
    assert events_of(identity) == ["too_many_requests"] * 2


def test_codes_asked_for_at_either_worker_are_counted_together(workers: Workers) -> None:
    first, second = workers(code_burst=2, codes_per_minute=1)
    token = post(first, "/session").json()["token"]
    asked = [
        post(one, "/verify/start", token=token, phone=f"1380000000{number}").status_code
        for number, one in enumerate((first, second, second, first))
    ]
    assert asked == [200, 200, 429, 429]


def test_wrong_codes_tried_at_both_workers_lock_the_phone_at_both(workers: Workers) -> None:
    first, second = workers()
    token = post(first, "/session").json()["token"]
    started = post(first, "/verify/start", token=token, phone="13800000001").json()
    wrong = "000000" if started["demo_code"] != "000000" else "111111"
    answers = [
        post(one, "/verify/finish", token=token, challenge=started["challenge"], code=wrong)
        for one in (first, second, first, second, first)
    ]
    # Five tries over both: four are counted down, the fifth locks.
    assert [one.status_code for one in answers] == [422, 422, 422, 422, 429]
    assert [one.json()["error"]["details"]["tries_left"] for one in answers[:4]] == [4, 3, 2, 1]
    for one in (first, second):
        again = post(one, "/verify/start", token=token, phone="13800000001")
        assert (again.status_code, again.json()["error"]["code"]) == (429, "locked")


def test_callers_at_the_same_moment_get_no_more_than_the_burst(workers: Workers) -> None:
    both = workers(session_burst=5, sessions_per_minute=0.1)
    statuses: list[int] = []

    def call(number: int) -> None:
        statuses.append(post(both[number % 2], "/session").status_code)

    callers = [threading.Thread(target=call, args=(number,)) for number in range(12)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    # Twelve at once, five allowed, the next in ten minutes.
    assert sorted(statuses) == [201] * 5 + [429] * 7
