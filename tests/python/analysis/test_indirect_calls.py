"""Calls that are not written as calls: what threads, queues, map and stand-ins for methods make of a name."""

import pytest

from trees import tree
from verbs import transformed

BASE = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"
HEAD = f"""
import requests

BASE = "{BASE}/"


def call(name, body=None):
    return requests.post(BASE + name, json=body or {{}}, timeout=10).json()
"""

HANDED = [
    pytest.param(
        """
from concurrent.futures import ThreadPoolExecutor

NAMES = ["«get_bot_agents→list_bots»", "«get_webhooks_config→list_registered_webhooks»"]
with ThreadPoolExecutor() as pool:
    print(list(pool.map(call, NAMES)))
""",
        id="a pool maps the function over a list",
    ),
    pytest.param(
        """
print([*map(call, ("«get_bot_agents→list_bots»", "register_webhook"))])
""",
        id="map",
    ),
    pytest.param(
        """
from multiprocessing import Pool

with Pool() as pool:
    pool.starmap(call, [("«remove_bot_agent→delete_bot»", {"bot_agent_id": "b"})])
""",
        id="starmap",
    ),
    pytest.param(
        """
from threading import Thread

Thread(target=call, args=("«get_bot_agents→list_bots»",)).start()
Thread(target=call, kwargs={"name": "«get_webhooks_config→list_registered_webhooks»"}).start()
""",
        id="a thread",
    ),
    pytest.param(
        """
from operator import attrgetter, itemgetter

JOBS = [{"title": "bots", "method": "«get_bot_agents→list_bots»"}]
for method in map(itemgetter("method"), JOBS):
    call(method)
""",
        id="names that a getter picks",
    ),
    pytest.param(
        """
def route(background):
    background.add_task(call, "«remove_bot_agent→delete_bot»", {"bot_agent_id": "b"})
""",
        id="a task in the background",
    ),
    pytest.param(
        """
from functools import partial

BUTTONS = {"Bots": partial(call, "«get_bot_agents→list_bots»")}
""",
        id="a partial that a library calls",
    ),
]


@pytest.mark.parametrize("source", HANDED)
def test_a_function_that_is_handed_on_is_called(source: str) -> None:
    transformed(HEAD + source)


def test_a_partial_method_names_its_method_without_a_call() -> None:
    transformed(
        f"""
        from functools import partialmethod

        import requests


        class Api:
            def _call(self, action, **params):
                return requests.post(f"{BASE}/{{action}}", json=params, timeout=10).json()

            bots = partialmethod(_call, "«get_bot_agents→list_bots»", all=True)
            bot = partialmethod(_call, action="«get_bot_agent_details→get_bot»")
        """
    )


TASKS = """
from celery import shared_task
import requests


@shared_task(bind=True, max_retries=3)
def call(self, method, body):
    return requests.post("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/" + method, json=body).json()
"""


def test_a_task_is_given_what_it_is_queued_with() -> None:
    tree(
        {
            "tasks.py": TASKS,
            "beat.py": """
                from tasks import call


                def nightly():
                    call.delay("«get_bot_agents→list_bots»", {"all": True})
                    call.apply_async(args=("«get_webhooks_config→list_registered_webhooks»", {}))
                    call.apply_async(kwargs={"method": "«remove_bot_agent→delete_bot»", "body": {}})
                    call.s("«get_property_configs→list_registered_properties»", {}).apply_async()
                """,
        }
    )


def test_a_session_that_says_how_a_request_is_sent_is_given_those_of_its_verbs() -> None:
    tree(
        {
            "session.py": """
                from urllib.parse import urljoin

                import requests


                class BaseSession(requests.Session):
                    def __init__(self, base):
                        super().__init__()
                        self.base = base

                    def request(self, method, url, *args, **kwargs):
                        return super().request(method, urljoin(self.base, url), *args, **kwargs)
                """,
            "jobs.py": f"""
                from session import BaseSession

                chat = BaseSession("{BASE}/")
                crm = BaseSession("https://crm.example.com/v3.1/configuration/action/")


                def register():
                    chat.post("«create_properties→register_properties»", json={{}})
                    crm.post("create_properties", json={{}})
                """,
        }
    )


ANSWERS = [
    pytest.param(
        """
            def __getattr__(self, name):
                def call(**params):
                    return requests.post(f"{self._base}/{name}", json=params, timeout=10).json()

                return call
        """,
        id="a function inside",
    ),
    pytest.param(
        """
            def _call(self, method, **params):
                return requests.post(f"{self._base}/{method}", json=params, timeout=10).json()

            def __getattr__(self, name):
                return functools.partial(self._call, name)
        """,
        id="a partial",
    ),
    pytest.param(
        """
            def request(self, method, params):
                return requests.post(f"{self._base}/{method}", json=params, timeout=10).json()

            def __getattr__(self, name):
                return Method(self, name)


        class Method:
            def __init__(self, api, name):
                self._api, self._name = api, name

            def __call__(self, **params):
                return self._api.request(self._name, params)
        """,
        id="an object",
    ),
]
API = """
        import functools
        import requests


        class Api:
            def __init__(self, base):
                self._base = base
"""
CHAT = f"""
from api import Api

chat = Api("{BASE}")
chat.«create_properties→register_properties»(color={{"type": "string"}})


def bots():
    return chat.«get_bot_agents→list_bots»(all=True)
"""
CRM = """
crm = Api("https://crm.example.com/v3.1/configuration/action")
crm.create_properties(color={"type": "string"})
object().create_properties()
"""


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_attribute_that_an_object_makes_a_method_of_is_a_name(answer: str) -> None:
    tree({"api.py": API + answer, "main.py": CHAT})


@pytest.mark.parametrize("answer", ANSWERS[:2])
def test_the_attributes_of_an_object_that_speaks_to_another_host_stay(answer: str) -> None:
    tree({"api.py": API + answer, "main.py": CHAT + CRM})


RPC = f"""
import requests


class Rpc:
    def __getattr__(self, name):
        def call(**params):
            return requests.post(f"{BASE}/{{name}}", json=params, timeout=10).json()

        return call


rpc = Rpc()
"""


def test_a_status_that_such_a_method_is_given_goes() -> None:
    after = """# TODO(migrator update-bot-status): ...
rpc.update_bot(id="b")
"""
    transformed(RPC + 'rpc.update_bot_agent(id="b", status="offline")\n', RPC.replace("3.1→", "3.2→") + after)


def test_a_method_that_the_class_defines_is_not_asked_for() -> None:
    tree(
        {
            "proxy.py": """
                class Lazy:
                    def __init__(self, make):
                        self._make = make

                    def __getattr__(self, name):
                        return getattr(self._make(), name)
                """,
            "bots.py": f"""
                import requests

                from proxy import Lazy


                class Bots:
                    def get_bot_agents(self):
                        return requests.post("{BASE}/«get_bot_agents→list_bots»", json={{}}).json()


                bots = Lazy(Bots)
                bots.get_bot_agents()
                """,
        }
    )
