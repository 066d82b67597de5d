"""Signing in on service channels: the message that asks for it gets a link, a code comes back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from channels.clock import wall_clock
from channels.outbound import BotOutput
from channels.records import HIDDEN_CODE, Inbound, Records
from channels.wording import Wording
from identity.errors import IdentityError, VerificationLocked
from identity.links import SignInLinks, TooManyLinks
from identity.model import Session
from identity.service import IdentityService

_CODE = re.compile(r":?\s*([0-9]{3})\s?([0-9]{3})")


class SignInByLink:
    """What a service channel does about signing in.

    Args:
        page: address of the chat page; without one the borrower is sent to the lender's app.
    """

    def __init__(
        self, identity: IdentityService, records: Records, wording: Wording, page: str | None
    ) -> None:
        self._identity = identity
        self._records = records
        self._wording = wording
        self._page = page.rstrip("/") if page else None
        self._links = SignInLinks(identity)

    def complete(self, session: Session, outputs: tuple[BotOutput, ...]) -> tuple[BotOutput, ...]:
        """Adds the way to sign in to the message that asks for it."""
        return tuple(
            replace(output, text=f"{output.text}\n\n{self._way(session)}")
            if (output.card or {}).get("type") == "sign_in"
            else output
            for output in outputs
        )

    def read(self, session: Session, message: Inbound) -> Inbound:
        """Takes a code that came back out of the conversation and answers it.

        The code is not kept; the question that led to the sign-in is asked again after it.
        """
        code = self._typed_code(message)
        if code is None or not self._links.awaits_code(session.sender_id, wall_clock()):
            return message
        hidden = replace(message, text=HIDDEN_CODE, menus=False)
        if self._records.known(session.sender_id, message.client_id):
            return hidden  # repeated by the platform; it is answered from memory
        question = self._records.question_before_sign_in(session.sender_id)
        try:
            name = self._sign_in(session, code)
        except IdentityError as error:
            return replace(hidden, reply=self._refusal(session, error))
        done = self._wording.sign_in.done.format(name=name)
        return replace(hidden, reply=done, then=question)

    def _sign_in(self, session: Session, code: str) -> str:
        now = wall_clock()
        claim = self._links.redeem(session.sender_id, code, now)
        return self._identity.bind(session.sender_id, claim, now).display_name or ""

    def _way(self, session: Session) -> str:
        texts = self._wording.sign_in
        if self._page is None:
            return texts.without_link
        try:
            link = self._links.make(session.sender_id, wall_clock())
        except TooManyLinks:
            return texts.too_many
        minutes = int(self._links.rule.link_life.total_seconds() // 60)
        # After the hash: a fragment stays in the browser, out of every server's log.
        return texts.link.format(url=f"{self._page}/#sign-in={link}", minutes=minutes)

    def _refusal(self, session: Session, error: IdentityError) -> str:
        self._identity.record(
            f"link_{error.code}", wall_clock(), sender_id=session.sender_id, way="sign_in_link"
        )
        if isinstance(error, VerificationLocked):
            return self._wording.sign_in.locked
        if error.code == "code_wrong":
            return self._wording.sign_in.wrong
        return self._wording.error(error.code)

    def _typed_code(self, message: Inbound) -> str | None:
        """Returns the six digits of a message that is nothing but a code."""
        if message.text is None or message.substitute is not None:
            return None
        typed = unicodedata.normalize("NFKC", message.text).strip()
        names = self._wording.sign_in.code_names
        name = next((one for one in names if typed.startswith(one)), "")
        found = _CODE.fullmatch(typed.removeprefix(name))
        return "".join(found.groups()) if found else None
