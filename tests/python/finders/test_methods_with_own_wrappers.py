"""The user's own function that carries the name of the API's method."""

import pytest

from verbs import transformed

URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

OWN_NAMES = [
    pytest.param(
        f'''
        import requests


        class Api:
            def _call(self, method, **body):
                return requests.post(f"{URL}/{{method}}", json=body).json()

            def get_bot_agents(self):
                return self._call("«get_bot_agents→list_bots»")

            def remove_bot_agent(self, bot):
                return self._call("«remove_bot_agent→delete_bot»", bot_agent_id=bot)


        def clean(api: Api):
            for bot in api.get_bot_agents()["bot_agents"]:
                api.remove_bot_agent(bot["id"])
        ''',
        id="a method of the user's class",
    ),
    pytest.param(
        f'''
        import requests

        BASE = "{URL}/"


        def get_bot_agents():
            return requests.post(BASE + "«get_bot_agents→list_bots»", json={{}}).json()


        def main():
            print(len(get_bot_agents()["bot_agents"]))
        ''',
        id="a function of the user",
    ),
    pytest.param(
        f'''
        import requests


        class Api:
            def create_properties(self, properties):
                url = "{URL}/«create_properties→register_properties»"
                return requests.post(url, json=properties)


        class Cached(Api):
            def create_properties(self, properties):
                return super().create_properties(dict(properties))


        api = Cached()
        create_properties = api.create_properties
        create_properties({{}})
        ''',
        id="a method that the user overrides",
    ),
]


@pytest.mark.parametrize("source", OWN_NAMES)
def test_the_users_own_name_stays_and_its_callers_with_it(source):
    transformed(source)
