from concierge import webhooks


def test_all_webhooks_are_registered(client, settings, calls):
    assert webhooks.register_missing(client, settings) == list(webhooks.WEBHOOKS)
    bodies = [body for method, body in calls if method == "register_webhook"]
    assert bodies[1]["action"] == "thread_closed"
    assert {body["url"] for body in bodies} == {"http://localhost:8000/hooks"}
