from functools import lru_cache

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="CONCIERGE_", env_file=".env", extra="ignore")

    livechat_url: str = "https://api.livechatinc.com/v3.1/configuration/action"
    livechat_token: SecretStr = SecretStr("")
    hook_secret: SecretStr = SecretStr("")
    public_url: str = "http://localhost:8000"
    bot_name: str = "Night porter"
    timeout: float = 10.0


@lru_cache
def get_settings() -> Settings:
    return Settings()
