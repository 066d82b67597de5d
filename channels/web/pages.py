"""The built chat page, with the headers that keep it to itself."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from sanic import response
from sanic.response import HTTPResponse

from channels.refusal import Refusal
from channels.web.settings import WebSettings

_LOADER = "widget.js"


class Pages:
    """Serves files of one folder and nothing outside of it."""

    def __init__(self, settings: WebSettings) -> None:
        self._root = settings.dist.resolve()
        self._ancestors = " ".join(settings.frame_ancestors)

    async def index(self) -> HTTPResponse:
        """The full-page chat."""
        return await self._file("index.html", "no-cache")

    async def named(self, name: str) -> HTTPResponse:
        """A file beside the page: the loader, an icon, a manifest."""
        return await self._file(name, "no-cache")

    async def asset(self, name: str) -> HTTPResponse:
        """A built file; its name carries a hash of its content, so it never changes."""
        return await self._file(f"assets/{name}", "public, max-age=31536000, immutable")

    def content_policy(self) -> str:
        """The Content-Security-Policy of everything this channel serves."""
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "font-src 'self' data:",
                "connect-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                f"frame-ancestors {self._ancestors}",
            )
        )

    async def _file(self, name: str, caching: str) -> HTTPResponse:
        path = (self._root / name).resolve()
        if self._root not in path.parents or not path.is_file():
            raise Refusal("page_not_built" if name == "index.html" else "not_found")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind in ("application/javascript", "application/json"):
            kind += "; charset=utf-8"
        return await response.file(path, mime_type=kind, headers={"Cache-Control": caching})


def secure(answer: HTTPResponse, policy: str) -> None:
    """Adds the security headers to one answer."""
    answer.headers.setdefault("Content-Security-Policy", policy)
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "no-referrer")
    answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    answer.headers.setdefault(
        "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"
    )
    answer.headers.setdefault("Cache-Control", "no-store")
    # Rasa's `--cors` would open this to other origins; the page is served from here instead.


def loader_headers(answer: HTTPResponse) -> HTTPResponse:
    """The loader script may be used by any page; what it opens is protected by itself."""
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def is_loader(name: str) -> bool:
    """Whether a file is the loader that host pages include."""
    return Path(name).name == _LOADER
