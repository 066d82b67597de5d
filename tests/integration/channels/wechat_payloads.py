"""What WeChat's servers send, sealed as they seal it."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

from sanic import Sanic
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.utils import WeChatSigner

TOKEN = "the-token-of-the-console"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"  # 43 characters, as in the console


def mp_text(number: int, content: str, follower: str = "o-follower-1") -> str:
    """A follower's text message."""
    return (
        "<xml><ToUserName><![CDATA[gh_account]]></ToUserName>"
        f"<FromUserName><![CDATA[{follower}]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>{number}</MsgId></xml>"
    )


def mp_kind(number: int, kind: str, extra: str = "") -> str:
    """A follower's image, voice and so on."""
    return (
        "<xml><ToUserName><![CDATA[gh_account]]></ToUserName>"
        "<FromUserName><![CDATA[o-follower-1]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>"
        f"{extra}<MsgId>{number}</MsgId></xml>"
    )


def mp_event(event: str) -> str:
    """An event; it has no MsgId."""
    return (
        "<xml><ToUserName><![CDATA[gh_account]]></ToUserName>"
        "<FromUserName><![CDATA[o-follower-1]]></FromUserName>"
        f"<CreateTime>1795219200</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[{event}]]></Event></xml>"
    )


def kf_notice(account: str = "wk1") -> str:
    """微信客服's notice that something is in the log."""
    return (
        "<xml><ToUserName><![CDATA[ww]]></ToUserName><CreateTime>1795219200</CreateTime>"
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event>"
        f"<Token><![CDATA[ENCtoken]]></Token><OpenKfId><![CDATA[{account}]]></OpenKfId></xml>"
    )


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts, as WeChat signs."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


async def post(
    app: Sanic,
    path: str,
    text: str,
    receiver: str,
    *,
    age: int = 0,
    token: str = TOKEN,
    body: bytes | None = None,
) -> Any:
    """Posts a sealed message. `body` replaces what is sent but not what is signed."""
    stamp, nonce = str(int(time.time()) - age), secrets.token_hex(6)
    crypto = WeChatCrypto(token, AES_KEY, receiver)
    sealed = PrpCrypto(crypto.key).encrypt(text, receiver).decode()
    envelope = (
        f"<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    )
    query = {
        "signature": signature(token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature(token, stamp, nonce, sealed),
    }
    _, answer = await app.asgi_client.post(
        path, params=query, content=envelope.encode() if body is None else body
    )
    return answer


def opened(answer: Any, receiver: str) -> dict[str, str]:
    """Opens a sealed reply and returns its elements."""
    stamp = re.search(r"<TimeStamp>(\d+)", answer.text)
    nonce = re.search(r"<Nonce><!\[CDATA\[(.+?)\]\]", answer.text)
    signed = re.search(r"<MsgSignature><!\[CDATA\[(.+?)\]\]", answer.text)
    assert stamp is not None
    assert nonce is not None
    assert signed is not None
    crypto = WeChatCrypto(TOKEN, AES_KEY, receiver)
    text = crypto.decrypt_message(answer.text, signed[1], stamp[1], nonce[1])
    import xmltodict

    return dict(xmltodict.parse(text)["xml"])
