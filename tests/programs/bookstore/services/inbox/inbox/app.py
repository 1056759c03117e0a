from __future__ import annotations

import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .queue import Queue


def create_app(queue: Queue) -> Starlette:
    secret = os.environ.get("HOOK_SECRET", "dev")
    open_chats: set[str] = set()

    async def receive(request: Request) -> Response:
        hook = await request.json()
        if hook["secret_key"] != secret:
            return Response(status_code=403)
        match hook:
            case {"action": "incoming_chat_thread", "payload": {"chat": {"id": chat_id}}}:
                open_chats.add(chat_id)
            case {"action": "thread_closed", "payload": {"chat_id": chat_id}}:
                open_chats.discard(chat_id)
        queue.put(hook)
        return Response(status_code=204)

    app = Starlette(routes=[Route("/hooks", receive, methods=["POST"])])
    app.state.open_chats = open_chats
    return app
