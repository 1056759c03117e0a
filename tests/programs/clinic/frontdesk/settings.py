"""Django settings of the front desk."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ.get("SECRET_KEY", "insecure")
DEBUG = False
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "chatlog",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "frontdesk.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DATABASE", BASE_DIR / "db.sqlite3"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

# LiveChat
LIVECHAT_API = "https://api.livechatinc.com/v3.1/configuration/action"
LIVECHAT_TOKEN = os.environ.get("LIVECHAT_TOKEN", "dal:dev")
LIVECHAT_SECRET = os.environ.get("LIVECHAT_SECRET", "dev-secret")
LIVECHAT_CALLBACK = "https://frontdesk.clinic.example/chatlog/hook/"
LIVECHAT_BOTS = {
    "Reception": {"max_chats_count": 6},
    "After hours": {"max_chats_count": 50},
}
