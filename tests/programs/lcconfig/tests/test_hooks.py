from lcconfig import Webhook


def test_register_and_list(client):
    client.hooks.register(Webhook.THREAD_CLOSED, "u", "s")
    (hook,) = client.hooks.list()
    assert hook.action == "thread_closed"
    assert [method for method, _ in client.transport.sent] == ["register_webhook", "get_webhooks_config"]
