class LiveChatError(Exception):
    """An answer that is no success."""

    def __init__(self, method: str, status: int, text: str) -> None:
        super().__init__(f"{method} failed with {status}: {text}")
        self.method = method
        self.status = status


class BotNotFound(LookupError):
    pass
