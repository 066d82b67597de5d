"""企业微信·微信客服: customers write in WeChat, staff in WeCom. See ``docs/channels.md``."""

from channels.wecom_kf.connector import WecomKfInput

__all__ = ["WecomKfInput"]
