from __future__ import annotations

from fastapi import FastAPI

from .config import Settings, get_settings
from .routes import health, hooks
from .store import Store


def create_app(settings: Settings | None = None) -> FastAPI:
    app = FastAPI(title="concierge")
    app.state.settings = settings or get_settings()
    app.state.store = Store()
    app.include_router(hooks.router)
    app.include_router(health.router)
    return app
