"""Where the bot runs and whom it talks to; everything can be set from the environment."""

from __future__ import annotations

import os

# The Configuration API and the Agent Chat API share the host; each call names its own API and version.
API_URL = os.environ.get("LIVECHAT_API_URL", "https://api.livechatinc.com")
ACCESS_TOKEN = os.environ.get("LIVECHAT_ACCESS_TOKEN", "")

PUBLIC_URL = os.environ.get("SUPPORT_BOT_URL", "https://bot.example.com")
SECRET_KEY = os.environ.get("SUPPORT_BOT_SECRET", "change me")

# Named after the first webhook we ever had; by now every webhook comes in here.
CALLBACK_PATH = "/incoming_chat_thread"
CALLBACK_URL = PUBLIC_URL + CALLBACK_PATH

GROUPS = [int(group) for group in os.environ.get("SUPPORT_BOT_GROUPS", "0,4").split(",")]
