"""A method named to a wrapper of the user's own, which puts it into a URL."""

import pytest

from verbs import transformed

URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

WRAPPERS = [
    pytest.param(
        f'''
        import requests


        def call(method, **params):
            response = requests.post("{URL}/" + method, json=params, timeout=10)
            response.raise_for_status()
            return response.json()


        def bots():
            return call("«get_bot_agents→list_bots»", all=True)["bot_agents"]
        ''',
        id="a function",
    ),
    pytest.param(
        f'''
        import requests


        def bots(token):
            return call(token, "«get_bot_agents→list_bots»")


        def call(token, method, body=None):
            return requests.post(f"{URL}/{{method}}", json=body or {{}}, headers={{"Authorization": token}}).json()
        ''',
        id="a function that is defined after its use",
    ),
    pytest.param(
        f'''
        import requests


        def call(token, *, action, body):
            return requests.post("{URL}/%s" % action, json=body, headers={{"Authorization": token}})


        def remove(token, bot):
            return call(token, action="«remove_bot_agent→delete_bot»", body={{"bot_agent_id": bot}})
        ''',
        id="the name given by keyword",
    ),
    pytest.param(
        f'''
        import requests

        REMOVE = "«remove_bot_agent→delete_bot»"


        def call(action, body):
            return requests.post("{URL}/{{}}".format(action), json=body)


        def remove(bot):
            return call(REMOVE, {{"bot_agent_id": bot}})
        ''',
        id="the name given through a constant",
    ),
    pytest.param(
        f'''
        import requests


        class Configuration:
            def __init__(self, token):
                self.session = requests.Session()
                self.session.headers["Authorization"] = f"Bearer {{token}}"

            def _call(self, method, body=None):
                response = self.session.post(f"{URL}/{{method}}", json=body or {{}})
                response.raise_for_status()
                return response.json()

            def bots(self):
                return self._call("«get_bot_agents→list_bots»")["bot_agents"]

            def webhooks(self):
                return self._call(method="«get_webhooks_config→list_registered_webhooks»")
        ''',
        id="a method",
    ),
    pytest.param(
        f'''
        import requests


        class Configuration:
            BASE = "{URL}"

            def __init__(self, session: requests.Session):
                self.session = session

            def _url(self, action):
                return "/".join([self.BASE, action])

            def _send(self, action, **body):
                return self.session.post(self._url(action), json=body).json()

            def bot(self, bot):
                return self._send("«get_bot_agent_details→get_bot»", bot_agent_id=bot)
        ''',
        id="the URL built in yet another method",
    ),
    pytest.param(
        f'''
        import requests

        call = lambda method, body: requests.post("{URL}/" + method, json=body)  # noqa: E731


        def remove(bot):
            return call("«remove_bot_agent→delete_bot»", {{"bot_agent_id": bot}})
        ''',
        id="a lambda",
    ),
    pytest.param(
        f'''
        from functools import partial

        import requests


        def post(token, method, body):
            return requests.post(f"{URL}/{{method}}", json=body, headers={{"Authorization": token}})


        def main(token):
            call = partial(post, token)
            remove = partial(post, token, "«remove_bot_agent→delete_bot»")
            for bot in call("«get_bot_agents→list_bots»", {{}}).json()["bot_agents"]:
                remove({{"bot_agent_id": bot["id"]}})
        ''',
        id="a partial",
    ),
    pytest.param(
        f'''
        import requests


        class Configuration:
            @property
            def call(self):
                return lambda method, body: requests.post("{URL}/" + method, json=body)

            def remove(self, bot):
                return self.call("«remove_bot_agent→delete_bot»", {{"bot_agent_id": bot}})
        ''',
        id="a property of a class",
    ),
    pytest.param(
        f'''
        import httpx


        class Configuration:
            def __init__(self, token):
                self.http = httpx.AsyncClient(headers={{"Authorization": token}})

            @staticmethod
            def url_of(name: str) -> str:
                return f"{URL}/{{name}}"

            async def call(self, name: str, **body):
                response = await self.http.post(self.url_of(name), json=body)
                return response.json()


        async def bots(token):
            api = Configuration(token)
            return await api.call("«get_bot_agents→list_bots»", all=True)
        ''',
        id="an instance of the user's class, with an async method and a static one",
    ),
    pytest.param(
        f'''
        import requests


        def endpoint(name):
            return "{URL}/" + name


        def bots(token):
            return requests.post(endpoint("«get_bot_agents→list_bots»"), json={{}}, headers={{"Authorization": token}})
        ''',
        id="a function that only builds the URL",
    ),
    pytest.param(
        f'''
        import requests


        def call(name, body=None):
            url = "{URL}/" + name
            return requests.post(url, json=body or {{}})


        ACTIONS = {{
            "list": "«get_bot_agents→list_bots»",
            "show": "«get_bot_agent_details→get_bot»",
        }}


        def main(verb):
            return call(ACTIONS[verb])
        ''',
        id="the name looked up in a table",
    ),
    pytest.param(
        f'''
        import functools

        import requests


        def retried(function):
            @functools.wraps(function)
            def again(*args, **kwargs):
                for _ in range(2):
                    try:
                        return function(*args, **kwargs)
                    except requests.ConnectionError:
                        continue
                return function(*args, **kwargs)

            return again


        @retried
        def call(method, body):
            return requests.post(f"{URL}/{{method}}", json=body)


        def bots():
            return call("«get_bot_agents→list_bots»", {{}})
        ''',
        id="a decorated function",
    ),
]


@pytest.mark.parametrize("source", WRAPPERS)
def test_a_method_is_renamed_where_it_is_named_to_a_wrapper(source):
    transformed(source)
