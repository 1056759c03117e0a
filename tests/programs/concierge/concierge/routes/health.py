from __future__ import annotations

from fastapi import APIRouter, Request

router = APIRouter()


@router.get("/health")
def health(request: Request) -> dict[str, object]:
    stays = request.app.state.store.all()
    return {"status": "ok", "open": sum(stay.open for stay in stays)}
