"""A client for LiveChat's Configuration API."""

from .client import Client
from .enums import BotStatus, Priority, Webhook
from .errors import ApiError
from .models import Bot, BotDraft, HookConfig

__all__ = ["ApiError", "Bot", "BotDraft", "BotStatus", "Client", "HookConfig", "Priority", "Webhook"]
