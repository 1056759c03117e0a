"""A webhook's name as the key of a handler."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, transformed

TABLES = [
    pytest.param(
        """
        def on_chat(payload):
            print(payload["chat"])


        def on_closed(payload):
            print(payload["chat_id"])


        HANDLERS = {
            "«incoming_chat_thread→incoming_chat»": on_chat,
            '«thread_closed→chat_deactivated»': on_closed,
            "incoming_event": print,
        }


        def receive(hook):
            assert hook["secret_key"]
            handler = HANDLERS.get(hook["action"])
            if handler:
                handler(hook["payload"])
        """,
        id="a dict literal read by get",
    ),
    pytest.param(
        """
        def receive(hook):
            if not hook["webhook_id"]:
                return
            {"«thread_closed→chat_deactivated»": close, "incoming_event": answer}[hook["action"]](hook["payload"])
        """,
        id="a dict literal indexed at once",
    ),
    pytest.param(
        """
        HANDLERS = dict(«incoming_chat_thread→incoming_chat»=print, «thread_closed→chat_deactivated»=print, incoming_event=print)


        def receive(hook):
            assert hook["secret_key"]
            HANDLERS[hook["action"]](hook["payload"])
        """,
        id="a call of dict",
    ),
    pytest.param(
        """
        HANDLERS = {}
        HANDLERS["«incoming_chat_thread→incoming_chat»"] = print
        HANDLERS["«thread_closed→chat_deactivated»"] = lambda payload: print(payload["chat_id"])
        HANDLERS.setdefault("«chat_thread_tagged→thread_tagged»", print)
        HANDLERS.update({"«chat_thread_untagged→thread_untagged»": print})


        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] in HANDLERS:
                HANDLERS[hook["action"]](hook["payload"])
        """,
        id="a dict that is filled key by key",
    ),
    pytest.param(
        """
        handlers = {}


        def on(name):
            def register(function):
                handlers[name] = function
                return function

            return register


        @on("«incoming_chat_thread→incoming_chat»")
        def greet(payload):
            print(payload["chat"])


        @on("«thread_closed→chat_deactivated»")
        def forget(payload):
            print(payload["chat_id"])


        def receive(hook):
            assert hook["secret_key"]
            handlers[hook["action"]](hook["payload"])
        """,
        id="a decorator",
    ),
    pytest.param(
        """
        class Bot:
            def __init__(self):
                self.handlers = {
                    "«incoming_chat_thread→incoming_chat»": self.greet,
                    "«access_set→chat_access_set»": self.audit,
                }

            def greet(self, payload):
                print(payload)

            audit = greet

            def receive(self, hook):
                if hook["secret_key"] == "s":
                    self.handlers[hook["action"]](hook["payload"])
        """,
        id="an attribute of self",
    ),
    pytest.param(
        """
        class Router:
            def __init__(self):
                self.routes = {}

            def on(self, *names):
                def register(function):
                    for name in names:
                        self.routes[name] = function
                    return function

                return register

            def dispatch(self, hook):
                if hook["secret_key"] == "s":
                    self.routes[hook["action"]](hook["payload"])


        router = Router()


        @router.on("«chat_thread_tagged→thread_tagged»", "«chat_thread_untagged→thread_untagged»")
        def tags(payload):
            print(payload["tag"])
        """,
        id="a decorator method that takes several names",
    ),
    pytest.param(
        """
        from collections import Counter

        seen = Counter()


        def receive(hook):
            if hook["secret_key"]:
                seen[hook["action"]] += 1


        def report():
            return {"closed": seen["«thread_closed→chat_deactivated»"], "opened": seen.get("«incoming_chat_thread→incoming_chat»", 0)}
        """,
        id="a counter that is read under single names",
    ),
    pytest.param(
        '''
        """Counts what LiveChat sends."""

        HANDLERS = {
            "«incoming_chat_thread→incoming_chat»": 1,
            "incoming_event": 2,
            "chat_user_added": 3,
            "«thread_closed→chat_deactivated»": 4,
        }
        ''',
        id="a closed table of three and more names in a module that speaks of LiveChat",
    ),
]


@pytest.mark.parametrize("source", TABLES)
def test_a_webhook_is_renamed_in_a_table_of_handlers(source):
    transformed(source)


BY_NAME = [
    pytest.param(
        """
        class Bot:
            def receive(self, hook):
                if hook["secret_key"] == "s":
                    getattr(self, "on_" + hook["action"])(hook["payload"])

            def on_incoming_chat_thread(self, payload):  #@ webhook-incoming-chat-thread
                print(payload)

            def on_incoming_event(self, payload):
                print(payload)
        """,
        id="by addition",
    ),
    pytest.param(
        """
        class Bot:
            def on_thread_closed(self, payload):  #@ webhook-thread-closed
                print(payload)

            def receive(self, hook):
                if hook["secret_key"] == "s":
                    handler = getattr(self, f"on_{hook['action']}", None)
                    if handler is not None:
                        handler(hook["payload"])
        """,
        id="by an f-string",
    ),
    pytest.param(
        """
        def handle_thread_closed(payload):  #@ webhook-thread-closed
            print(payload)


        def receive(hook):
            assert hook["secret_key"]
            globals()["handle_%s" % hook["action"]](hook["payload"])
        """,
        id="by the module's globals",
    ),
]


@pytest.mark.parametrize("source", BY_NAME)
def test_a_handler_that_is_found_by_its_name_is_for_a_person(source):
    manual(source)
