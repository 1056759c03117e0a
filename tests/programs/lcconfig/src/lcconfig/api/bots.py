from __future__ import annotations

from ..enums import Method
from ..models import Bot, BotDraft
from ..transport import Transport


class BotApi:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, draft: BotDraft) -> str:
        return self._transport.send(Method.CREATE_BOT, draft.to_json())["bot_agent_id"]

    def update(self, bot_id: str, *, name: str | None = None, max_chats_count: int | None = None) -> None:
        body = {"id": bot_id}
        if name is not None:
            body["name"] = name
        if max_chats_count is not None:
            body["max_chats_count"] = max_chats_count
        self._transport.send(Method.UPDATE_BOT, body)

    def get(self, bot_id: str) -> Bot:
        return Bot.from_json(self._transport.send(Method.GET_BOT, {"bot_agent_id": bot_id})["bot_agent"])

    def list(self, *, everybody: bool = False) -> list[Bot]:
        answer = self._transport.send(Method.LIST_BOTS, {"all": everybody})
        return [Bot.from_json(bot) for bot in answer["bot_agents"]]

    def remove(self, bot_id: str) -> None:
        self._transport.send(Method.REMOVE_BOT, {"bot_agent_id": bot_id})
