"""`make run` and `make shell` as a person meets them: real processes, a real terminal, Ctrl-C."""

from __future__ import annotations

import os
import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from launcher.settings import ROOT
from tests.running import free_port

START_SECONDS = 420  # trains first when nobody has


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "YUQI_VAR_DIR": str(tmp_path),
        "YUQI_PORT": str(free_port()),
        "YUQI_ACTIONS_PORT": str(free_port()),
        "YUQI_BUSINESS_DATE": "2026-11-21",
        "TERM": "dumb",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }


def _terminal(command: str, environment: dict[str, str]) -> pexpect.spawn:
    return pexpect.spawn(
        str(ROOT / ".venv/bin/python"),
        ["-m", "launcher", command],
        cwd=str(ROOT),
        env=environment,
        encoding="utf-8",
        timeout=START_SECONDS,
        dimensions=(60, 200),
    )


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def _runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_run_prints_a_page_that_answers_and_ctrl_c_stops_everything(
    environment: dict[str, str],
) -> None:
    terminal = _terminal("run", environment)
    terminal.expect(r"(http://127\.0\.0\.1:\d+/webhooks/web/)")
    address = terminal.match.group(1)
    terminal.expect("Ctrl-C")
    with urllib.request.urlopen(address, timeout=10) as page:
        assert page.status == 200
        assert "逾期助手" in page.read().decode()
    started = _children(terminal.pid)
    assert len(started) == 2, "Rasa and the action server"
    terminal.sendintr()
    terminal.expect(pexpect.EOF, timeout=60)
    assert not [pid for pid in started if _runs(pid)]


@pytest.fixture
def shell(environment: dict[str, str]) -> Iterator[pexpect.spawn]:
    terminal = _terminal("shell", environment)
    yield terminal
    terminal.close(force=True)


def test_shell_signs_in_and_tells_the_sum(shell: pexpect.spawn) -> None:
    """王女士 owes the same in the shell as on the page; the sum is asserted in conversations."""
    shell.expect(r"登录 (\S+)")
    token = shell.match.group(1)
    shell.expect("Your input ->")
    shell.sendline("逾期一两天有影响吗")
    answer = _until_prompt(shell)
    assert "逾期" in answer
    shell.sendline(f"登录 {token}")
    assert "张先生" in _until_prompt(shell)
    shell.sendline("我现在一共要还多少")
    assert re.search(r"\d[\d,]*\.\d{2}\s*元", _until_prompt(shell))


def test_a_closed_terminal_leaves_nothing_running(environment: dict[str, str]) -> None:
    terminal = _terminal("shell", environment)
    terminal.expect("Your input ->")
    started = _children(terminal.pid)
    assert len(started) == 2, "Rasa and the action server"
    terminal.close(force=True)
    for _ in range(50):
        if not [pid for pid in started if _runs(pid)]:
            break
        time.sleep(0.2)
    assert not [pid for pid in started if _runs(pid)]


def _until_prompt(terminal: pexpect.spawn) -> str:
    """The reply; a menu of buttons is left by choosing to type freely (its last entry)."""
    index = terminal.expect([r"Your input -> +\Z", r"Type out your own message"], timeout=60)
    said = str(terminal.before)
    if index == 1:
        terminal.send("\x1b[A\r")  # up from the first entry wraps to the last: free text
        terminal.expect(r"Your input ->", timeout=30)
    return said
