"""The running assistant over HTTP: time to ready, one message, many visitors at once, memory.

Starts its own servers with databases in a temporary folder; the load is bounded and ends by itself.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conversations.runner.client import ChatClient
from tests.running import RunningAssistant

GENERAL = "借呗逾期会导致花呗全额还款吗"
PERSONAL = "我现在一共要还多少"
ROUNDS = 100
VISITORS = 8
EACH = 25


def resident_megabytes(pid: int) -> float:
    """Resident memory of one process, from /proc."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def timed(chat: ChatClient, text: str, rounds: int) -> list[float]:
    """Milliseconds of each message."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        reply = chat.say(text)
        times.append((time.perf_counter() - started) * 1000)
        assert reply.status == 200, reply.body
    return times


def line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    return f"{name:<42} median {statistics.median(ordered):7.1f} ms   p95 {p95:7.1f} ms"


def signed_in(running: RunningAssistant) -> ChatClient:
    chat = ChatClient(running.base)
    chat.open(running.host_token(running.new_borrower(like="wang")))
    return chat


def visit(running: RunningAssistant) -> int:
    chat = ChatClient(running.base)
    chat.open()
    timed(chat, GENERAL, EACH)
    return EACH


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        running = RunningAssistant.start(Path(folder))
        try:
            print(
                f"{'start until the chat page answers':<42} {time.perf_counter() - started:.1f} s"
            )
            chat = signed_in(running)
            timed(chat, GENERAL, 5)
            print(line("general question, one visitor", timed(chat, GENERAL, ROUNDS)))
            print(line("own account's total, one visitor", timed(chat, PERSONAL, ROUNDS)))
            started = time.perf_counter()
            with ThreadPoolExecutor(VISITORS) as pool:
                done = sum(pool.map(lambda _: visit(running), range(VISITORS)))
            rate = done / (time.perf_counter() - started)
            print(f"{f'{VISITORS} visitors at once':<42} {rate:.0f} messages/s")
            assert running.processes is not None
            for service in (running.processes.rasa, running.processes.actions):
                assert service.process is not None
                size = resident_megabytes(service.process.pid)
                print(f"{'memory of ' + service.name:<42} {size:.0f} MB")
        finally:
            running.stop()


if __name__ == "__main__":
    main()
