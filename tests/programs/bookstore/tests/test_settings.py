from inbox import settings


def test_the_settings_are_complete():
    assert settings.load().base_url.startswith("https://api.livechatinc.com/")
    assert all("action" in hook for hook in settings.webhooks()["register"])
