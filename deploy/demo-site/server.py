"""A small lender's site that embeds the assistant: what an integrator's own server has to do.

Run it beside a running assistant and open the address it prints::

    python deploy/demo-site/server.py --assistant http://127.0.0.1:5005/webhooks/web

It stands alone on purpose (standard library and PyJWT): everything a host needs is in this file.
The lender is invented, and so are its users.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import html
import json
import os
import secrets
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, urlsplit

import jwt

PAGES = Path(__file__).resolve().parent / "pages"
COOKIE = "lender_session"
TOKEN_SECONDS = 300
_LONGEST_FORM = 1024
_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}

# Who may sign in here: the id is the borrower's in the assistant's ledger.
USERS = {"zhang": "张先生", "li": "李先生", "wang": "王女士", "chen": "陈女士"}


@dataclass(frozen=True)
class Site:
    """The settings of the site and the users who are signed in to it.

    Attributes:
        assistant: address of the chat page, without a slash at the end.
        key: secret shared with the assistant (its ``YUQI_HOST_TOKEN_KEY``).
        audience: ``aud`` that the assistant expects.
        issuer: ``iss`` that the assistant expects.
    """

    assistant: str
    key: str
    audience: str
    issuer: str
    sessions: dict[str, str] = field(default_factory=dict)
    user_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def assistant_origin(self) -> str:
        """Scheme and host of the assistant: the one foreign source the policy allows."""
        parts = urlsplit(self.assistant)
        return f"{parts.scheme}://{parts.netloc}"

    def content_policy(self) -> str:
        """A strict policy; the two mentions of the assistant are all that embedding needs."""
        return (
            f"default-src 'none'; script-src {self.assistant_origin}; "
            f"frame-src {self.assistant_origin}; connect-src 'self'; style-src 'self'; "
            "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )

    def opaque_user(self, borrower: str | None) -> str:
        """A key for ``data-user`` that changes with the user and tells the browser nothing."""
        if borrower is None:
            return ""
        return hmac.new(self.user_key, borrower.encode(), hashlib.sha256).hexdigest()[:16]

    def token_for(self, borrower: str) -> str:
        """A host token: one borrower, one use (``jti``), a few minutes."""
        now = int(time.time())
        claims = {
            "sub": borrower,
            "name": USERS[borrower],
            "aud": self.audience,
            "iss": self.issuer,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "jti": uuid.uuid4().hex,
        }
        return jwt.encode(claims, self.key, algorithm="HS256")


class Handler(BaseHTTPRequestHandler):
    """The pages, signing in and out, and the token for the widget."""

    site: Site
    server_version = "demo-lender"

    def do_GET(self) -> None:
        """Serves the page and its style."""
        path = urlsplit(self.path).path
        if path == "/":
            self._send(HTTPStatus.OK, "text/html", self._page().encode())
        elif path == "/style.css":
            self._send(HTTPStatus.OK, _TYPES[".css"], (PAGES / "style.css").read_bytes())
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "没有这个页面".encode())

    def do_POST(self) -> None:
        """Signs in, signs out, or makes a token."""
        if not self._from_own_page():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"")
        elif self.path == "/sign-in":
            self._sign_in()
        elif self.path == "/sign-out":
            self.site.sessions.pop(self._cookie(), None)
            self._back(f"{COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
        elif self.path == "/chat-token":
            self._token()
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")

    def log_message(self, *_arguments: object) -> None:
        """Keeps quiet: this is a demo in somebody's terminal."""

    def _sign_in(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _LONGEST_FORM)
        form = parse_qs(self.rfile.read(length).decode())
        borrower = form.get("user", [""])[0]
        if borrower not in USERS:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", "没有这个用户".encode())
            return
        session = secrets.token_urlsafe(24)
        self.site.sessions[session] = borrower
        self._back(f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax")

    def _token(self) -> None:
        borrower = self._user()
        if borrower is None:
            self._send(HTTPStatus.UNAUTHORIZED, "application/json", b'{"token": null}')
            return
        body = json.dumps({"token": self.site.token_for(borrower)}).encode()
        self._send(HTTPStatus.OK, "application/json", body)

    def _from_own_page(self) -> bool:
        origin = self.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == self.headers.get("Host")

    def _cookie(self) -> str:
        morsel = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        return morsel.value if morsel else ""

    def _user(self) -> str | None:
        return self.site.sessions.get(self._cookie())

    def _page(self) -> str:
        borrower = self._user()
        account = "signed-in.html" if borrower else "signed-out.html"
        options = "".join(
            f'<option value="{html.escape(each)}">{html.escape(name)}</option>'
            for each, name in USERS.items()
        )
        values = {
            "name": html.escape(USERS[borrower]) if borrower else "",
            "options": options,
            "widget": html.escape(f"{self.site.assistant}/widget.js"),
            "user": self.site.opaque_user(borrower),
        }
        values["account"] = Template((PAGES / account).read_text("utf-8")).substitute(values)
        return Template((PAGES / "index.html").read_text("utf-8")).substitute(values)

    def _back(self, cookie: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.site.content_policy())
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "strict-origin-when-cross-origin")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def read_key(given: str | None) -> str:
    """The shared secret: from the option or ``YUQI_HOST_TOKEN_KEY``; ``@path`` names a file.

    Without either, the key that a local demo assistant made for itself under ``var/secrets``.
    """
    value = given or os.environ.get("YUQI_HOST_TOKEN_KEY")
    if value and not value.startswith("@"):
        return value
    local = Path(__file__).resolve().parents[2] / "var" / "secrets" / "host.key"
    path = Path(value[1:]) if value else local
    if not path.exists():
        raise SystemExit(f"no key at {path}: start the assistant once, or pass --key")
    return path.read_text().strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until interrupted. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--assistant", default="http://127.0.0.1:5005/webhooks/web")
    parser.add_argument("--port", type=int, default=8090, help="0 picks a free one")
    parser.add_argument("--key", help="shared secret, or @file")
    audience = os.environ.get("YUQI_HOST_AUDIENCE", "yuqi-assistant")
    issuer = os.environ.get("YUQI_HOST_ISSUER", "demo-lender")
    parser.add_argument("--audience", default=audience)
    parser.add_argument("--issuer", default=issuer)
    options = parser.parse_args(arguments)
    site = Site(
        assistant=options.assistant.rstrip("/"),
        key=read_key(options.key),
        audience=options.audience,
        issuer=options.issuer,
    )
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    print(f"http://127.0.0.1:{server.server_address[1]}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
