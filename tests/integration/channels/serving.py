"""Serving an app for real, and what fuzz tests of every channel share."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st
from sanic import Sanic

# What an answer to a stranger must never hold: traces, the database, where we live.
LEAKS = ("Traceback", "sqlalchemy", "sqlite", "/work", "site-packages")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@contextmanager
def served(app: Sanic) -> Iterator[str]:
    """Serves an app from a thread of its own; yields its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    loop = asyncio.new_event_loop()

    async def start() -> None:
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.before_start()
        await server.after_start()
        await server.start_serving()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield address
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=5)
