"""The connector's part of ``credentials.yml``."""

from __future__ import annotations

from typing import ClassVar

from channels.settings import Address, Secret, ServiceSettings


class SignedWebhookSettings(ServiceSettings):
    """What an operator sets.

    Attributes:
        secret: shared with the calling system, at least 32 bytes.
        previous_secret: still accepted while a rotation lasts.
        callback_url: where late answers, pushes and a person's words are posted; empty for none.
        window_seconds: how far a timestamp may lie from our clock.
        turn_seconds: how long a call waits for the answer before it comes by callback.
    """

    section: ClassVar[str] = "channels.signed_webhook.SignedWebhookInput"
    secret: Secret
    previous_secret: str = ""
    callback_url: Address | None = None
    turn_seconds: float = 10.0

    @property
    def secrets(self) -> list[str]:
        """The accepted secrets, the current one first."""
        return [one for one in (self.secret, self.previous_secret) if one]
