"""Refused calls: one exception, one shape, one place where codes become statuses."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from sanic import Blueprint, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.presentation import SHANGHAI
from channels.wording import Wording
from identity.errors import CodeWrong, IdentityError, VerificationLocked

logger = logging.getLogger(__name__)
_STATUS = {
    "bad_request": 400,
    "field_missing": 400,
    "field_invalid": 400,
    "session_unknown": 401,
    "session_expired": 401,
    "token_malformed": 401,
    "token_forged": 401,
    "token_expired": 401,
    "token_replayed": 401,
    "wrong_audience": 401,
    "service_refused": 401,
    "other_borrower": 409,
    "in_progress": 409,
    "borrower_unknown": 404,
    "case_unknown": 404,
    "message_unknown": 404,
    "not_found": 404,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "button_unknown": 422,
    "challenge_unknown": 422,
    "link_unknown": 422,
    "sign_in_needed": 403,
    "code_wrong": 422,
    "too_many_messages": 429,
    "too_many_requests": 429,
    "too_many_streams": 429,
    "locked": 429,
    "unavailable": 503,
    "page_not_built": 503,
    "code_not_sent": 503,
}


class Refusal(Exception):
    """Ends a call with an error answer.

    Attributes:
        code: key of the sentence in the wording file and of the status.
        field: the request's field that is meant, if any.
        retry_after: seconds, for 409, 429 and 503.
        values: what the sentence is filled with; also given to the page as ``details``.
    """

    def __init__(
        self,
        code: str,
        *,
        field: str | None = None,
        retry_after: int | None = None,
        **values: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.retry_after = retry_after
        self.values = values

    def answer(self, wording: Wording) -> HTTPResponse:
        """Returns the response."""
        error: dict[str, Any] = {
            "code": self.code,
            "message": wording.error(self.code, **self.values),
            "field": self.field,
        }
        if self.values:
            error["details"] = self.values
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        return response.json(
            {"error": error},
            status=_STATUS.get(self.code, 500),
            headers=headers,
            ensure_ascii=False,
        )


def refusal_of(error: IdentityError, seconds_until: int | None = None) -> Refusal:
    """Turns a refusal of the identity package into an answer."""
    if isinstance(error, CodeWrong):
        return Refusal(error.code, tries_left=error.tries_left)
    if isinstance(error, VerificationLocked):
        local = error.until.astimezone(SHANGHAI)
        return Refusal(error.code, retry_after=seconds_until, until=f"{local:%H:%M}")
    return Refusal(error.code)


def add_refusals(blueprint: Blueprint, wording: Wording) -> None:
    """Lets a blueprint answer every failure in this shape; what broke is logged, not shown."""

    async def refused(_request: Request, error: Refusal) -> HTTPResponse:
        return error.answer(wording)

    async def framework(_request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        known = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
        code = known.get(status, "bad_request" if 400 <= status < 500 else "internal")
        return Refusal(code).answer(wording)

    async def broken(request: Request, _error: Exception) -> HTTPResponse:
        incident = secrets.token_hex(4)
        logger.exception("channels.failed incident=%s path=%s", incident, request.path)
        return Refusal("internal").answer(wording)

    blueprint.exception(Refusal)(refused)
    blueprint.exception(SanicException)(framework)
    blueprint.exception(Exception)(broken)
