"""Run the management commands of the front desk, and let a patient write."""

from __future__ import annotations

import io
import json
import os

CHAT = "PJ0MRSHTDG"
SECRET = "dev-secret"
DELIVERIES = [
    ("incoming_chat_thread", {"chat": {"id": CHAT, "users": [], "properties": {}, "thread": {"id": "T1"}}}),
    ("thread_closed", {"chat_id": CHAT, "thread_id": "T1", "user_id": "a@example.com"}),
]


def test_the_front_desk_runs(service):
    os.environ.update(DJANGO_SETTINGS_MODULE="frontdesk.settings", DATABASE=":memory:")
    import django

    django.setup()
    from chatlog.livechat import LiveChatError
    from django.core.management import call_command
    from django.test import Client

    def run(name, **options):
        out = io.StringIO()
        call_command(name, stdout=out, **options)
        return out.getvalue().splitlines()

    call_command("migrate", verbosity=0)
    assert run("check_properties", fix=True) == ["registered insurance"]
    assert run("check_properties") == ["complete"]
    assert run("sync_bots") == ["created Reception as bot-1", "created After hours as bot-2"]
    assert run("sync_bots") == []
    try:
        assert len(run("register_webhooks")) == 3
    except LiveChatError:
        assert "register_webhook" in service.refused
    else:
        assert len(run("register_webhooks", again=True)) == 3
        for action, payload in DELIVERIES:
            body = json.dumps(service.hook(action, payload, SECRET))
            assert Client().post("/chatlog/hook/", body, content_type="application/json").status_code == 204
        assert Client().get(f"/chatlog/{CHAT}/").json()["closed"]
    service.check()
