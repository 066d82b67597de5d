"""The chat page, its headers, and health."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.unit.channels.conftest import Channel


async def test_the_page_is_served_and_only_frames_of_listed_origins_may_hold_it(
    make_channel: Callable[..., Channel],
) -> None:
    channel = make_channel(frame_ancestors=["'self'", "https://www.lender.example"])
    answer = await channel.visitor().call("GET", "/")
    assert answer.status == 200
    assert "逾期助手" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self' https://www.lender.example" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"


async def test_built_files_are_kept_by_browsers_and_the_loader_is_not(channel: Channel) -> None:
    visitor = channel.visitor()
    asset = await visitor.call("GET", "/assets/a.js")
    loader = await visitor.call("GET", "/widget.js")
    assert "immutable" in asset.headers["cache-control"]
    assert loader.headers["cache-control"] == "no-cache"
    assert "javascript" in loader.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../outside.js",
        "/assets/%2e%2e/%2e%2e/outside.js",
        "/assets/",
        "/outside.js",
        "/x",
    ],
)
async def test_nothing_outside_of_the_folder_is_served(channel: Channel, path: str) -> None:
    assert (await channel.visitor().call("GET", path)).status == 404


async def test_before_the_page_is_built_it_says_so(
    make_channel: Callable[..., Channel], tmp_path: object
) -> None:
    channel = make_channel(dist=f"{tmp_path}/nothing")
    answer = await channel.visitor().call("GET", "/")
    assert (answer.status, answer.json["error"]["code"]) == (503, "page_not_built")


class Agent:
    """As much of Rasa's agent as health looks at."""

    action_endpoint = None

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def is_ready(self) -> bool:
        return True

    async def parse_message(self, text: str) -> dict[str, str]:
        self.parsed.append(text)
        return {}


async def test_health_waits_for_the_first_parse_and_parses_once(channel: Channel) -> None:
    visitor = channel.visitor()
    assert (await visitor.call("GET", "/health")).status == 503
    agent = channel.app.ctx.agent = Agent()
    assert (await visitor.call("GET", "/health")).json == {
        "status": "starting",
        "model": "warming_up",
    }
    await asyncio.sleep(0.01)  # the parse runs beside the calls
    assert (await visitor.call("GET", "/health")).status == 200
    assert (await visitor.call("GET", "/health")).status == 200
    assert agent.parsed == ["你好"]


async def test_health_fails_without_the_action_server(
    make_channel: Callable[..., Channel],
) -> None:
    # Port 9 (discard) on this machine is closed.
    channel = make_channel(action_health="http://127.0.0.1:9/health")
    channel.app.ctx.agent = Agent()
    visitor = channel.visitor()
    await visitor.call("GET", "/health")
    await asyncio.sleep(0.01)
    answer = await visitor.call("GET", "/health")
    assert answer.status == 503
    assert answer.json == {"status": "starting", "actions": "no_answer"}
