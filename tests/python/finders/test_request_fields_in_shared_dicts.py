"""A `status` in a dict that something else holds too."""

import pytest

from verbs import transformed

URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

HELD = [
    pytest.param(
        """
        def defaults():
            return {"name": "x", "status": "offline"}  #@ create-bot-status


        def make():
            body = defaults()
            send(body)


        def show():
            return defaults()["status"]
        """,
        id="by what made it",
    ),
    pytest.param(
        """
        class Bot:
            def __init__(self):
                self.body = {"name": "x", "status": "offline"}  #@ create-bot-status

            def make(self):
                body = self.body
                send(body)

            def show(self):
                return self.body["status"]
        """,
        id="by an object",
    ),
    pytest.param(
        """
        class Body:
            def __init__(self):
                self.made = {"name": "x"}

            def with_status(self, status):
                self.made["status"] = status  #@ create-bot-status
                return self


        def make():
            body = Body().with_status("accepting chats").made
            send(body)
        """,
        id="by an object that builds it",
    ),
    pytest.param(
        """
        BOTS = [{"name": "x", "status": "offline"}]  #@ create-bot-status


        def make():
            for body in BOTS:
                send(body)


        def show():
            return [bot["status"] for bot in BOTS]
        """,
        id="by a list",
    ),
    pytest.param(
        """
        BOTS = {"a": {"name": "x", "status": "offline"}}  #@ create-bot-status


        def make(name):
            body = BOTS[name]
            send(body)


        def show():
            return BOTS["a"]["status"]
        """,
        id="by a dict of dicts",
    ),
    pytest.param(
        """
        from copy import deepcopy

        BASE = {"name": "x"}


        def make():
            body = BASE.copy()
            body["status"] = "accepting chats"  #@ create-bot-status
            send(body)


        def make_another():
            body = deepcopy(BASE)
            body.update({"status": "accepting chats"})  #@ create-bot-status
            send(body)
        """,
        id="by the dict that it was copied from",
    ),
]


@pytest.mark.parametrize("source", HELD)
def test_a_status_stays_in_a_dict_that_is_held_elsewhere_too(source):
    send = f"""
        import requests


        def send(bot):
            requests.post("{URL}/«create_bot_agent→create_bot»", json=bot)

        """
    transformed(send + source)
