"""The servers that browser tests talk to: the mock of the channel and the demo lender's site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
# Of the mock alone; the real assistant has a key of its own.
MOCK_HOST_KEY = "a-key-for-tests-only-0123456789abcdef"


@dataclass
class Served:
    """A server process and the address it printed."""

    process: subprocess.Popen[str]
    address: str

    @classmethod
    def start(cls, command: list[str], environ: dict[str, str] | None = None) -> Served:
        """Starts a server that prints its address as the first word it says."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **(environ or {})},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("http://"):
            process.kill()
            raise RuntimeError(f"{command[0]} did not start: {line!r}")
        return cls(process, line.split()[0])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


@dataclass
class Mock:
    """The mock of the channel, and how to break it."""

    served: Served

    @classmethod
    def start(cls) -> Mock:
        """Builds the page where it was not built yet, then serves it."""
        if not (WIDGET / "dist" / "index.html").exists():
            subprocess.run(["bash", "deploy/build-widget.sh"], cwd=ROOT, check=True)
        environ = {
            "PORT": "0",
            "MOCK_HOST_KEY": MOCK_HOST_KEY,
            "MOCK_FRAME_ANCESTORS": "'self' http://127.0.0.1:*",
        }
        return cls(Served.start(["node", str(WIDGET / "mock" / "server.mjs")], environ))

    @property
    def page(self) -> str:
        return self.served.address

    def control(self, name: str, **body: Any) -> Any:
        """Calls one of the mock's own switches."""
        origin = self.page.split("/webhooks")[0]
        request = urllib.request.Request(
            f"{origin}/__mock/{name}", json.dumps(body).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def state(self) -> Any:
        """What the newest session said and chose, as the server knows it."""
        return self.control("state")

    def heal(self) -> None:
        """Ends every fault."""
        self.control("faults", status=0, times=0, drop=0, delay=0, retryAfter="")


def demo_site(assistant: str, key: str) -> Served:
    """The lender's site, embedding the assistant at this address."""
    server = ROOT / "deploy" / "demo-site" / "server.py"
    command = [sys.executable, str(server), "--port", "0", "--key", key, "--assistant", assistant]
    return Served.start(command)
