from __future__ import annotations

from .api.bots import BotApi
from .api.hooks import HookApi
from .api.properties import PropertyApi
from .transport import HttpTransport, Transport


class Client:
    def __init__(self, token: str = "", *, transport: Transport | None = None) -> None:
        transport = transport or HttpTransport(token)
        self.bots = BotApi(transport)
        self.hooks = HookApi(transport)
        self.properties = PropertyApi(transport)
