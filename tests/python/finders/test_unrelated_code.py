"""Code that has never heard of this API and uses its names for other things: nothing moves, and nothing is said."""

import pytest

from trees import tree
from verbs import noop

METHODS = {
    "an agents library whose class has a method of the same name": """
        from parlai.core.agents import create_agent_from_shared

        class TurkLikeAgent:
            def get_bot_agents(self, opt, active_models):
                return {name: create_agent_from_shared(model) for name, model in active_models.items()}

        def run(opt, models, world: TurkLikeAgent):
            bots = world.get_bot_agents(opt, models)
            return getattr(world, "get_bot_agents")(opt, bots)
        """,
    "a subclass that calls the method of an unknown base": """
        from world.turk import TurkLikeAgent

        class Blended(TurkLikeAgent):
            def get_bot_agents(self):
                return super().get_bot_agents() + [self.get_bot_agent_details()]
        """,
    "a route of FastAPI": """
        from fastapi import APIRouter, FastAPI

        app = FastAPI()
        router = APIRouter(prefix="/v3.1/estate")

        @router.post("/create_properties", name="create_properties")
        async def create_properties(payload: dict, action: str = "create_properties"):
            return {"url": app.url_path_for("create_properties"), "payload": payload, "action": action}
        """,
    "a library for real estate": """
        from estate import Client

        client = Client("https://api.estate.example/v3.1")
        client.create_properties([{"status": "offline", "name": "Villa"}])
        client.get_property_configs(all=True)
        """,
    "a graph library that makes properties of nodes": """
        import neo4j

        def migrate(tx: neo4j.Transaction):
            tx.create_properties("Person", status="offline")
            return tx.run("CALL create_properties($a)", a=1)
        """,
    "a mock of somebody else's method": """
        from unittest import mock

        @mock.patch("estate.models.Listing.create_properties")
        @mock.patch.object(__import__("estate"), "get_property_configs")
        def test_listing(configs, create_properties):
            create_properties.assert_called_once_with(status="offline")
        """,
    "an RPC server that dispatches by name": """
        METHODS = {"get_bot_agents": None, "remove_bot_agent": None, "create_bot_agent": None}

        def rpc(request):
            if request["method"] == "remove_bot_agent":
                return METHODS[request["method"]](**request["params"])
        """,
    "a game whose bots have agents": """
        class Arena:
            def __init__(self, transport):
                self.transport = transport

            def _call(self, method, **params):
                return self.transport.send(f"arena/{method}", params)

            def create_bot_agent(self, name, status="offline"):
                return self._call("create_bot_agent", name=name, status=status)
        """,
    "a client of somebody else that is called ConfigurationApi": """
        from opsgenie.configuration import ConfigurationApi

        api = ConfigurationApi(version="3.1")
        api.create_properties({"a": 1})
        api.create_bot_agent(name="x", status="offline")
        """,
    "another package with a factory called get_client": """
        from vault.configuration import get_client

        client = get_client(token="t", version="3.1")
        client.get_webhooks_config()
        client.create_properties(status="offline")
        """,
}

URLS = {
    "another vendor's configuration checkpoints": """
        import requests

        BASE = "https://console.vendor.example/restapi/v3.1/configuration-checkpoints/"

        def checkpoint(name):
            return requests.post(BASE + name, json={"action": "create_properties", "payload": {}})
        """,
    "the same path on an internal host": """
        import requests

        def restart(node):
            requests.post("https://config.corp.example/v3.1/configuration/action/restart", json={"node": node})
            requests.post("https://config.corp.example/v3.1/configuration/action/create_properties", json={"status": 1})
        """,
    "the same path on a host that only ends like one of the API's": """
        import requests

        requests.get("https://livechatinc.com.evil.example/v3.1/configuration/action/get_bot_agents")
        requests.get("https://notlivechatinc.com/v3.1/configuration/action/get_bot_agents")
        requests.get("https://evil.example/api.livechatinc.com/v3.1/configuration/action/get_bot_agents")
        requests.get("https://evil.example/?next=https://x/v3.1/configuration/action/get_bot_agents")
        """,
    "the same path with a user name that looks like the host": """
        import requests

        requests.get("https://api.livechatinc.com@evil.example/v3.1/configuration/action/get_bot_agents")
        """,
    "the same path without any host": """
        import requests

        def call(host, action):
            return requests.post(f"{host}/v3.1/configuration/action/{action}", json={"status": "offline"})

        call("https://config.corp.example", "restart")
        call("https://config.corp.example", "create_properties")
        """,
    "a client with a base URL of its own": """
        import httpx

        client = httpx.Client(base_url="https://config.corp.example")
        client.post("/v3.1/configuration/action/get_bot_agents", json={"all": True})
        """,
    "a Django URL configuration": """
        from django.urls import path

        from . import views

        urlpatterns = [
            path("v3.1/configuration/action/<slug:name>/", views.action, name="create_properties"),
            path("configuration/properties/<slug:name>/", views.properties, name="get_property_configs"),
        ]
        """,
    "a server of one's own with the same path": """
        from flask import Flask, request

        app = Flask(__name__)

        @app.post("/v3.1/configuration/action/create_properties")
        def create_properties():
            return {"action": request.json["action"]}
        """,
    "a file path": """
        from pathlib import Path

        CONFIG = Path("/etc/agent/v3.1/configuration/action/get_bot_agents")
        print(open("fixtures/configuration/agents/create_bot_agent.json").read(), CONFIG)
        """,
    "the same version in another service's URL": """
        import requests

        BASE = "https://api.example.com/v3.1"
        requests.get(f"{BASE}/configuration")
        requests.get("https://api.example.com/v3.1/agents", params={"version": "3.1"})
        """,
}

WEBHOOKS = {
    "a forum's moderation log": """
        def label(action, entry):
            if action == "thread_closed":
                return f"closed by {entry.user}"
            return {"access_granted": "let in", "access_revoked": "sent away"}.get(entry.action, entry.action)
        """,
    "a forum's log that has a payload": """
        def render(entry):
            action, payload = entry["action"], entry["payload"]
            if action == "thread_closed":
                return payload["thread"]
            return payload.get("resource")
        """,
    "an access-control score": """
        SCORES = {"access_granted": 1.0, "access_revoked": -1.0, "access_set": 0.0}

        def score(log):
            return sum(SCORES[line["action"]] for line in log if line["action"] in ("access_granted", "access_set"))
        """,
    "an audit table with an enum": """
        from enum import Enum

        class Action(str, Enum):
            ACCESS_GRANTED = "access_granted"
            ACCESS_REVOKED = "access_revoked"
            ACCESS_SET = "access_set"
            THREAD_CLOSED = "thread_closed"

        def record(row):
            return Action(row["action"]) is Action.ACCESS_GRANTED
        """,
    "webhooks of GitHub": """
        import hmac

        from flask import Flask, request

        app = Flask(__name__)

        @app.post("/github")
        def github():
            payload = request.get_json()
            if payload["action"] == "thread_closed" and payload["sender"]["type"] == "Bot":
                return payload["repository"]["full_name"]
            event = {"action": payload["action"], "payload": payload}
            return {"access_granted": 1}.get(event["action"], "")
        """,
    "webhooks of Shopify with a secret key": """
        import hmac

        def verify(headers, body, config):
            digest = hmac.new(config["secret_key"].encode(), body, "sha256").hexdigest()
            return hmac.compare_digest(digest, headers["X-Shopify-Hmac-Sha256"])

        def handle(topic, data):
            if topic == "access_granted":
                return data["resource"]
        """,
    "webhooks of Stripe with a secret key and a type": """
        import stripe

        def receive(payload, settings):
            event = stripe.Webhook.construct_event(payload, "sig", settings.secret_key)
            if event["type"] == "access_granted":
                return event["data"]["object"]
        """,
    "events of Slack": """
        def on_event(body):
            event = body["event"]
            if body["type"] == "event_callback" and event["action"] == "thread_closed":
                return event["payload"]
        """,
    "a reducer in the manner of redux": """
        def reducer(state, action):
            match action["type"]:
                case "thread_closed":
                    return {**state, "closed": action["payload"]["resource"]}
                case "access_granted" | "access_revoked":
                    return {**state, "access": action["data"]}
            return state
        """,
    "a reducer that matches the whole action": """
        def reducer(state, event):
            match event:
                case {"action": "thread_closed", "resource": thread}:
                    return {**state, "closed": thread}
                case {"action": "access_set", "data": {"status": status}}:
                    return {**state, "access": status}
            return state
        """,
    "messages of a socket of one's own": """
        async def serve(socket):
            async for message in socket:
                if message["action"] == "thread_closed":
                    await socket.send({"action": "access_set", "data": message["data"]})
        """,
    "names of signals": """
        from blinker import signal

        thread_closed = signal("thread_closed")
        signal("access_granted").send(None, resource="chat", status="offline")
        """,
    "columns of a data frame": """
        import pandas as pd

        frame = pd.read_csv("log.csv")
        frame[frame["action"] == "access_granted"]["resource"].value_counts()
        frame.loc[frame.action.isin(["access_set", "access_revoked"]), "data"] = None
        """,
    "choices of a Django model": """
        from django.db import models

        class LogEntry(models.Model):
            ACTIONS = [("access_granted", "Granted"), ("access_revoked", "Revoked"), ("thread_closed", "Closed")]
            action = models.CharField(choices=ACTIONS, max_length=30)
            payload = models.JSONField()
            resource = models.CharField(max_length=30)

            def closed(self):
                return self.action == "thread_closed"
        """,
    "options of a command line": """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument("action", choices=["access_set", "access_granted", "thread_closed"])
        args = parser.parse_args()
        if args.action == "thread_closed":
            print(args.payload)
        """,
    "a subscription to topics of a broker": """
        import paho.mqtt.client as mqtt

        client = mqtt.Client()
        client.subscribe("thread_closed")
        client.on("access_granted", lambda hook: hook.payload)
        client.register_webhook({"action": "thread_closed", "url": "https://x.example"})
        """,
    "permissions": """
        PERMISSIONS = ["agents-bot--all:rw", "access_set"]

        def allowed(user):
            return "agents-bot--all:rw" in user.scopes
        """,
}

OTHERS = {
    "a parameter status of other calls": """
        import requests

        def create_bot(session, name):
            session.post("https://bots.example/api/create_bot_agent", json={"name": name, "status": "offline"})
            requests.post("https://bots.example/api/update_bot_agent", json={"id": 1, "status": "accepting"})
        """,
    "comments and docstrings that name a few": '''
        """About thread_closed and get_bot_agents of https://api.example.com/v3.1/configuration/action/."""

        def thread_closed():
            """get_bot_agents"""
            # create_properties, then access_granted: /v3.1/configuration/action/get_bot_agents
            return None
        ''',
    "a word that only contains one": """
        def get_bot_agents_for_type(access_granted_at, thread_closed_by):
            return {"my_thread_closed": access_granted_at, "get_property_configs_2": thread_closed_by}
        """,
}


def sources(cases: dict[str, str]) -> list:
    return [pytest.param(source, id=name) for name, source in cases.items()]


@pytest.mark.parametrize("source", sources(METHODS))
def test_a_method_of_the_same_name_is_somebody_elses(source):
    noop(source)


@pytest.mark.parametrize("source", sources(URLS))
def test_a_url_that_only_looks_alike_is_somebody_elses(source):
    noop(source)


@pytest.mark.parametrize("source", sources(WEBHOOKS))
def test_an_action_of_the_same_name_is_somebody_elses(source):
    noop(source)


@pytest.mark.parametrize("source", sources(OTHERS))
def test_a_word_of_the_same_spelling_is_somebody_elses(source):
    noop(source)


RELAYS = {
    "a relay of webhooks that stores any vendor's": """
        from django.db import models

        class Delivery(models.Model):
            webhook_id = models.CharField(max_length=40)
            action = models.CharField(max_length=40)
            payload = models.JSONField()

            def is_final(self):
                return self.action in ("delivered", "failed")
        """,
    "a relay that passes the action on without reading it": """
        def relay(hook, send):
            send(hook["webhook_id"], hook["action"], hook["payload"], key=hook["secret_key"])
        """,
    "a relay that compares with names of its own": """
        def relay(hook, send):
            if hook["webhook_id"] and hook["action"] == "thread_archived":
                send(hook["payload"])
        """,
}


@pytest.mark.parametrize("source", sources(RELAYS))
def test_an_envelope_of_the_same_keys_without_a_name_of_the_api_is_left_alone(source):
    noop(source)


def test_names_from_a_module_of_ones_own_are_not_those_of_the_api():
    tree(
        {
            "forum/names.py": 'THREAD_CLOSED = "thread_closed"\nACCESS = ("access_granted", "access_revoked")\n',
            "forum/client.py": "class Client:\n    def get_bot_agents(self):\n        return []\n",
            "forum/app.py": (
                "from forum.client import Client\n"
                "from forum.names import ACCESS, THREAD_CLOSED\n\n\n"
                "def handle(entry):\n"
                "    if entry['action'] == THREAD_CLOSED or entry['action'] in ACCESS:\n"
                "        return Client().get_bot_agents()\n"
            ),
        },
        unsafe=True,
    )
