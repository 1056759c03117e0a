import json

from django.test import Client

from chatlog.models import Entry


def post(action, payload, secret="dev-secret"):
    event = {"webhook_id": "w1", "secret_key": secret, "action": action, "payload": payload}
    return Client().post("/chatlog/hook/", json.dumps(event), content_type="application/json").status_code


def test_history():
    assert post("incoming_chat_thread", {"chat": {"id": "C1"}}) == 204
    assert post("chat_thread_tagged", {"chat_id": "C1", "tag": "billing"}) == 204
    assert post("thread_closed", {"chat_id": "C1"}) == 204
    assert Client().get("/chatlog/C1/").json() == {"entries": ["C1 started", "C1 tagged", "C1 closed"], "closed": True}


def test_others_leave_no_entry():
    assert post("chat_user_added", {"chat_id": "C1"}) == 204
    assert not Entry.objects.exists()


def test_forbidden():
    assert post("thread_closed", {"chat_id": "C1"}, secret="x") == 403
