from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONFIG = Path(os.environ.get("CONFIG_DIR", Path(__file__).resolve().parents[3] / "config"))


@dataclass(frozen=True)
class LiveChatSettings:
    base_url: str
    timeout: float
    token: str


def load() -> LiveChatSettings:
    section = yaml.safe_load((CONFIG / "livechat.yaml").read_text())["livechat"]
    return LiveChatSettings(section["base_url"], section["timeout"], os.environ.get("LIVECHAT_TOKEN", ""))


def webhooks() -> dict[str, Any]:
    return json.loads((CONFIG / "webhooks.json").read_text())
