class Board:
    """What the screen in the office shows."""

    def __init__(self):
        self.chats = {}
        self.agents = {}
        self.withdrawn = []

    def snapshot(self):
        return {
            "open": sorted(chat for chat, is_open in self.chats.items() if is_open),
            "agents": self.agents,
            "withdrawn": self.withdrawn,
        }
