"""WSGI middleware that translates the webhooks which a server receives."""

from migrator.payload.adapters.wsgi_middleware import WsgiWebhookMiddleware

__all__ = ["WsgiWebhookMiddleware"]
