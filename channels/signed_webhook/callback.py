"""Answers that come later than a call waits: posted back, signed the same way."""

from __future__ import annotations

import json
import secrets
import time

from channels.outgoing import post_json
from channels.plain import plain_text
from channels.presentation import message_json
from channels.signatures import sign
from channels.signed_webhook.settings import SignedWebhookSettings
from channels.wording import Wording
from identity.model import Session
from identity.store.transcript import Entry

_SECONDS = 5.0


class Callback:
    """Posts to the other system; anything but a 2xx answer is tried again later."""

    def __init__(self, address: str, settings: SignedWebhookSettings, wording: Wording) -> None:
        self._address = address
        self._settings = settings
        self._wording = wording

    async def send(self, session: Session, entries: tuple[Entry, ...]) -> None:
        """Posts the messages of one conversation.

        Raises:
            DeliveryFailed: they stay to be delivered.
        """
        body = json.dumps(
            {
                "conversation_id": session.external_ref,
                "messages": [message_json(entry) for entry in entries],
                "plain_text": plain_text(entries, self._wording),
            },
            ensure_ascii=False,
        ).encode()
        stamp, nonce = str(int(time.time())), secrets.token_hex(16)
        headers = {
            "X-Yuqi-Timestamp": stamp,
            "X-Yuqi-Nonce": nonce,
            "X-Yuqi-Signature": sign(self._settings.secret, f"{stamp}.{nonce}.".encode() + body),
        }
        await post_json(self._address, body, headers=headers, seconds=_SECONDS)
