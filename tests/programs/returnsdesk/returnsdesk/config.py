import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Config:
    LIVECHAT_HOST = "https://api.livechatinc.com"
    LIVECHAT_VERSION = os.environ.get("LIVECHAT_VERSION", "3.1")
    LIVECHAT_TOKEN = os.environ.get("LIVECHAT_TOKEN", "dal:dev")
    LIVECHAT_SECRET = os.environ.get("LIVECHAT_SECRET", "dev")
    PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:5000")
    WEBHOOKS_FILE = ROOT / "config" / "webhooks.yaml"


class TestConfig(Config):
    TESTING = True
    LIVECHAT_SECRET = "test"
