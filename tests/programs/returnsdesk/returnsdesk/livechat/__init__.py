from .api import LiveChatAPI

__all__ = ["LiveChatAPI"]
