"""`resource` that is read in another module than the one that receives webhooks."""

import pytest

from trees import tree

TASKS = """
    def sync(payload):
        if payload["resource"] != "chat":  #@ access-resource
            return


    def close(payload):
        print(payload["chat_id"])
    """
CALLS = {
    "called directly": """
        from shop.tasks import sync


        def receive(event):
            assert event["secret_key"]
            if event["action"] == "«access_set→chat_access_set»":
                sync(event["payload"])
        """,
    "called through a table": """
        from shop import tasks

        ROUTES = {"«access_set→chat_access_set»": tasks.sync, "«thread_closed→chat_deactivated»": tasks.close}


        def receive(event):
            assert event["secret_key"]
            ROUTES[event["action"]](event["payload"])
        """,
    "handed to a queue": """
        from shop.tasks import sync


        def receive(event, pool):
            assert event["secret_key"]
            if event["action"] == "«access_set→chat_access_set»":
                pool.submit(sync, event["payload"])
        """,
}


@pytest.mark.parametrize("receiver", CALLS.values(), ids=CALLS)
def test_a_resource_is_found_in_a_module_that_holds_no_word_of_the_api(receiver):
    tree({"shop/views.py": receiver, "shop/tasks.py": TASKS})


def test_a_resource_is_found_two_modules_on():
    tree(
        {
            "views.py": """
                from relay import relay


                def receive(event):
                    assert event["secret_key"]
                    if event["action"] == "«access_revoked→chat_access_revoked»":
                        relay(event["payload"])
                """,
            "relay.py": "from tasks import sync\n\n\ndef relay(body):\n    sync(body)\n",
            "tasks.py": TASKS,
        }
    )


def test_a_resource_is_found_in_a_method_that_is_looked_up_by_the_name_of_the_webhook():
    tree(
        {
            "views.py": """
                from handlers import Handlers


                def receive(event):
                    assert event["secret_key"]
                    getattr(Handlers(), "on_" + event["action"])(event["payload"])
                """,
            "handlers.py": """
                class Handlers:
                    def on_access_set(self, payload):  #@ webhook-access-set
                        print(payload["resource"])  #@ access-resource
                """,
        }
    )


def test_a_resource_of_something_else_in_such_a_module_is_not_shown():
    tree(
        {
            "views.py": """
                from tasks import close, label


                def receive(event):
                    assert event["secret_key"]
                    if event["action"] == "«thread_closed→chat_deactivated»":
                        close(event["payload"])
                        label({"resource": "bucket"})
                """,
            "tasks.py": """
                def close(payload):
                    print(payload["chat_id"])


                def label(bucket):
                    print(bucket["resource"])
                """,
        }
    )
