"""Messages to a follower outside of the five seconds (客服消息; verified accounts only)."""

from __future__ import annotations

from channels.access_token import AccessToken
from channels.plain import pieces, plain_text
from channels.wechat_mp.replies import MOST_BYTES
from channels.wechat_mp.settings import WechatMpSettings
from channels.wording import Wording
from identity.model import Session
from identity.store.transcript import Entry


class LateMessages:
    """Sends texts by the account's customer-service interface (within 48 hours of a message)."""

    def __init__(self, settings: WechatMpSettings, wording: Wording) -> None:
        self._address = f"{settings.api_url}/cgi-bin/message/custom/send"
        self._wording = wording
        self._token = AccessToken(
            f"{settings.api_url}/cgi-bin/token",
            {
                "grant_type": "client_credential",
                "appid": settings.app_id,
                "secret": settings.app_secret,
            },
        )

    async def send(self, session: Session, entries: tuple[Entry, ...]) -> None:
        """Sends what came unasked.

        Raises:
            DeliveryFailed: it stays to be delivered.
        """
        for piece in pieces(plain_text(entries, self._wording), MOST_BYTES):
            body = {
                "touser": session.external_ref,
                "msgtype": "text",
                "text": {"content": piece},
            }
            await self._token.call(self._address, body)
