from __future__ import annotations

import hmac

from fastapi import APIRouter, HTTPException, Request, Response

from ..handlers import dispatch
from ..models import Hook

router = APIRouter(prefix="/hooks")


@router.post("", status_code=204)
def receive(hook: Hook, request: Request) -> Response:
    secret = request.app.state.settings.hook_secret.get_secret_value()
    if not hmac.compare_digest(hook.secret_key, secret):
        raise HTTPException(403)
    dispatch(hook, request.app.state.store)
    return Response(status_code=204)


@router.post("/bot", status_code=204)
def receive_for_bot(hook: Hook, request: Request) -> Response:
    if hook.action == "incoming_chat_thread":
        request.app.state.store.stay(hook.payload["chat"]["id"]).staff.append("bot")
    return Response(status_code=204)
