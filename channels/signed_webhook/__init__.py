"""A signed webhook for any customer-service system. Contract: ``docs/channels.md``."""

from channels.signed_webhook.connector import SignedWebhookInput

__all__ = ["SignedWebhookInput"]
