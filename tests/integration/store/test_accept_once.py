"""However a plan is accepted, it is booked once: twice, by many at once, or killed half-way."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from account_engine.domain.events import EventKind
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.services.engine import AccountEngine
from tests.integration.store.engines import demo_engine, expect_killed, finish, settings, start

SCRIPT = "tests/integration/store/accept_once.py"


@pytest.fixture
def offer(migrated: str) -> tuple[str, str]:
    """The database and an offer that 赵先生 may accept without anybody's approval."""
    with demo_engine(migrated) as engine:
        proposal = engine.propose("zhao", Wishes(terms=3))
        option = next(one for one in proposal.options if not one.needs_approval)
        return migrated, option.offer_id


def plans(url: str) -> int:
    engine = AccountEngine.from_settings(settings(url))
    events = engine.history("zhao").events
    engine.close()
    return sum(event.kind is EventKind.PLAN_AGREED for event in events)


def test_accepting_twice_books_once(offer: tuple[str, str]) -> None:
    url, offer_id = offer
    with demo_engine(url) as engine:
        assert engine.accept("zhao", offer_id).status.value == "accepted"
        assert engine.accept("zhao", offer_id).status.value == "already_accepted"
        assert [plan.status.value for plan in engine.plan_status("zhao")] == ["active"]
    assert plans(url) == 1


def test_four_processes_at_once_book_once(offer: tuple[str, str], tmp_path: Path) -> None:
    url, offer_id = offer
    go = tmp_path / "go"
    racers = [start(url, SCRIPT, "zhao", offer_id, str(go)) for _ in range(4)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    go.touch()
    answers = sorted(finish(racer).strip() for racer in racers)
    assert answers == ["accepted", "already_accepted", "already_accepted", "already_accepted"]
    assert plans(url) == 1


@pytest.mark.parametrize(
    ("failpoint", "kept", "then"),
    [("store-before-commit", 0, "accepted"), ("store-after-commit", 1, "already_accepted")],
)
def test_killed_while_accepting(
    offer: tuple[str, str], failpoint: str, kept: int, then: str
) -> None:
    # Killed before the commit nothing has happened; killed after it everything has. In both
    # cases the borrower presses the button again and has one plan.
    url, offer_id = offer
    expect_killed(start(url, SCRIPT, "zhao", offer_id, failpoint=failpoint))
    assert plans(url) == kept
    assert finish(start(url, SCRIPT, "zhao", offer_id)).strip() == then
    assert plans(url) == 1


def test_killed_at_any_moment(offer: tuple[str, str], tmp_path: Path) -> None:
    url, offer_id = offer
    moments = random.Random(7)
    for attempt in range(6):
        go = tmp_path / f"go-{attempt}"
        process = start(url, SCRIPT, "zhao", offer_id, str(go))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        go.touch()
        time.sleep(moments.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert plans(url) <= 1
    assert finish(start(url, SCRIPT, "zhao", offer_id)).strip() in ("accepted", "already_accepted")
    assert plans(url) == 1
