"""Programs of other kinds that use the same names."""

import pytest

from trees import tree
from verbs import noop

OTHERS = [
    pytest.param(
        '''
        """Moderation of the forum."""
        from flask import Blueprint, request

        bp = Blueprint("mod", __name__)


        @bp.post("/incoming_chat_thread")
        def mod():
            event = request.get_json()
            if event["type"] == "access_granted":
                return {}
            return {"status": event["status"], "resource": event["resource"]}
        ''',
        id="a forum",
    ),
    pytest.param(
        """
        class TurkLikeAgent:
            @staticmethod
            def get_bot_agents(opt, active):
                return {name: opt for name in active}


        shared = TurkLikeAgent.get_bot_agents({}, [])
        """,
        id="agents of a research framework",
    ),
    pytest.param(
        """
        from telegram_bot.agents.agent import create_bot_agent

        agent = create_bot_agent(model="m", tools=[], status="offline")
        """,
        id="a factory of a language model's agent",
    ),
    pytest.param(
        """
        import requests

        URL = "https://bots.example/v3.1/agent_bots"
        requests.post(URL + "/create_bot_agent", json={"name": "x", "status": "offline"})
        requests.post("https://vendor.example/v3.1/configuration/action/get_bot_agents", json={})
        requests.post("https://vendor.example/restapi/v3.1/configuration-checkpoints/get_bot_agents", json={})
        """,
        id="URLs of other vendors",
    ),
    pytest.param(
        """
        def receive(body):
            if body["token"] != "x":
                return None
            if body["event"]["type"] == "thread_closed":
                return body["event"]
            return {"access_granted": 1, "access_revoked": 2, "access_set": 3}.get(body["kind"])
        """,
        id="a webhook of another product",
    ),
    pytest.param(
        """
        import enum


        class Access(enum.Enum):
            SET = "access_set"
            GRANTED = "access_granted"
            REVOKED = "access_revoked"


        def log(entry):
            return entry["kind"] == Access.GRANTED.value and entry["resource"] == "bucket"
        """,
        id="an audit of access rights",
    ),
    pytest.param(
        """
        from fastapi import FastAPI

        app = FastAPI()


        @app.post("/create_properties")
        async def create_properties(body: dict, status: str = "new"):
            return {"status": status, **body}
        """,
        id="a route of its own",
    ),
]


@pytest.mark.parametrize("source", OTHERS)
def test_a_program_of_another_kind_is_left_alone(source: str) -> None:
    noop(source)


def test_an_own_service_between_two_modules_is_left_alone() -> None:
    tree(
        {
            "shop/__init__.py": "",
            "shop/agents.py": """
                class AgentStore:
                    async def remove_bot_agent(self, platform, bot_id):
                        await self.db.execute("DELETE FROM bot_agent_map")

                    def create_bot_agent(self, name, status):
                        return {"name": name, "status": status}
                """,
            "shop/cli.py": """
                from shop.agents import AgentStore

                store = AgentStore()
                store.create_bot_agent("x", status="offline")
                print(getattr(store, "remove_bot_agent"))
                """,
        }
    )
