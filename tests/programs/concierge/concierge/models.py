from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Hook(BaseModel):
    """The envelope of a webhook."""

    model_config = ConfigDict(extra="ignore")

    webhook_id: str
    secret_key: str
    action: str
    payload: dict[str, Any]


class Stay(BaseModel):
    chat_id: str
    open: bool = True
    tags: list[str] = []
    staff: list[str] = []
    groups: list[int] = []
