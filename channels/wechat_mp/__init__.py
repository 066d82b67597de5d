"""微信公众号: the account's followers talk to the assistant. Set-up: ``docs/channels.md``."""

from channels.wechat_mp.connector import WechatMpInput

__all__ = ["WechatMpInput"]
