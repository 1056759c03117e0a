"""ASGI middleware that translates the webhooks which a server receives."""

from migrator.payload.adapters.asgi_middleware import AsgiWebhookMiddleware

__all__ = ["AsgiWebhookMiddleware"]
