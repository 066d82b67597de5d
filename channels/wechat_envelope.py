"""The sealed and signed envelope of WeChat's servers: 公众号 in AES mode, and 企业微信.

The signature covers the sealed text, so nothing is parsed, not even as XML, before it is checked.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from xml.etree import ElementTree

from sanic.request import Request
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException
from wechatpy.utils import WeChatSigner

from channels.signatures import SignatureRefused, check_fresh, same

_SEALED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=\s]+?)(?:\]\]>)?\s*</Encrypt>")
_MOST_BYTES = 64 * 1024


def argument(request: Request, name: str) -> str:
    """Returns an argument of the address, or nothing."""
    value = request.args.get(name)
    return value if isinstance(value, str) else ""


def signed_arguments(request: Request) -> tuple[str, str, str]:
    """Returns signature, timestamp and nonce of a sealed call."""
    return (
        argument(request, "msg_signature"),
        argument(request, "timestamp"),
        argument(request, "nonce"),
    )


class Envelope:
    """Opens and seals messages of one account.

    Args:
        token: the token typed into the platform's console.
        aes_key: the 43-character EncodingAESKey.
        receiver: our id (AppID or CorpID); sealed into every message.
        window: how far a timestamp may lie from our clock.
    """

    def __init__(self, token: str, aes_key: str, receiver: str, window: timedelta) -> None:
        self._token = token
        self._receiver = receiver
        self._window = window
        self._crypto = WeChatCrypto(token, aes_key, receiver)

    def check_plain(self, signature: str, timestamp: str, nonce: str, now: datetime) -> None:
        """Checks the signature over token, timestamp and nonce only (公众号's own parameter).

        Raises:
            SignatureRefused.
        """
        self._check(signature, timestamp, nonce, None, now)

    def open_text(
        self, sealed: str, signature: str, timestamp: str, nonce: str, now: datetime
    ) -> str:
        """Checks and unseals one text.

        Raises:
            SignatureRefused.
        """
        self._check(signature, timestamp, nonce, sealed, now)
        try:
            text: str = PrpCrypto(self._crypto.key).decrypt(sealed, self._receiver)
        except InvalidAppIdException as error:
            raise SignatureRefused("wrong_receiver") from error
        except Exception as error:  # the library fails in many ways on text that was not sealed
            raise SignatureRefused("not_sealed") from error
        return text

    def open_message(
        self, body: bytes, signature: str, timestamp: str, nonce: str, now: datetime
    ) -> dict[str, str]:
        """Checks and unseals a posted message; returns its elements by name.

        Raises:
            SignatureRefused.
        """
        found = _SEALED.search(body) if len(body) <= _MOST_BYTES else None
        if found is None:
            raise SignatureRefused("not_sealed")
        sealed = found.group(1).decode("ascii")
        return _elements(self.open_text(sealed, signature, timestamp, nonce, now))

    def seal(self, text: str, now: datetime) -> str:
        """Returns the envelope of an answer."""
        envelope: str = self._crypto.encrypt_message(
            text, secrets.token_hex(8), str(int(now.timestamp()))
        )
        return envelope

    def _check(
        self, signature: str, timestamp: str, nonce: str, sealed: str | None, now: datetime
    ) -> None:
        parts = [self._token, timestamp, nonce, *([sealed] if sealed is not None else [])]
        signer = WeChatSigner()
        signer.add_data(*parts)
        if not same(str(signer.signature), signature):
            raise SignatureRefused("wrong_signature")
        check_fresh(timestamp, now, self._window)


def _elements(text: str) -> dict[str, str]:
    # Authentic, but a parser of entities is still no place for text that people write.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise SignatureRefused("not_sealed")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - signed, and without declarations
    except ElementTree.ParseError as error:
        raise SignatureRefused("not_sealed") from error
    return {child.tag: child.text or "" for child in root}
