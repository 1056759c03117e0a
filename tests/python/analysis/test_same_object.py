"""Classes with one base and objects from one factory: what is said of one of them does not hold for the other."""

import pytest

from trees import tree
from verbs import transformed

CHAT = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"
CRM = "https://crm.example.com/v3.1/configuration/action"

BASES = [
    pytest.param(
        """
        import requests


        class Base:
            base_url = ""

            def post(self, path, **kw):
                return requests.post(f"{self.base_url}/{path}", json=kw, timeout=10).json()
        """,
        """
            base_url = "{url}"
        """,
        id="an attribute of the class",
    ),
    pytest.param(
        """
        import requests


        class Base:
            def __init__(self, base_url):
                self.base_url = base_url.rstrip("/")

            def post(self, path, **kw):
                return requests.post(self.base_url + "/" + path, json=kw, timeout=10).json()
        """,
        """
            def __init__(self):
                super().__init__("{url}")
        """,
        id="an argument for the constructor of the base",
    ),
    pytest.param(
        """
        import httpx


        class Base:
            def __init__(self, base_url):
                self._http = httpx.Client(base_url=base_url)

            def post(self, path, **kw):
                return self._http.post(path, json=kw).json()
        """,
        """
            def __init__(self):
                super().__init__("{url}")
        """,
        id="a client that the constructor of the base makes",
    ),
    pytest.param(
        """
        import requests


        class Base:
            def url(self):
                raise NotImplementedError

            def post(self, path, **kw):
                return requests.post(self.url() + "/" + path, json=kw, timeout=10).json()
        """,
        """
            def url(self):
                return "{url}"
        """,
        id="a method",
    ),
]


@pytest.mark.parametrize(("base", "says"), BASES)
def test_a_class_speaks_to_the_host_that_it_says_and_not_to_that_of_its_sister(base: str, says: str) -> None:
    def derived(name: str, url: str, method: str) -> str:
        return f"""
        from base import Base


        class {name}(Base):{says.replace("{url}", url)}
            def properties(self):
                return self.post("{method}")
        """

    tree(
        {
            "base.py": base,
            "chat.py": derived("Chat", CHAT, "«create_properties→register_properties»"),
            "crm.py": derived("Crm", CRM, "create_properties"),
        }
    )


def test_what_two_sisters_say_is_not_put_together() -> None:
    transformed(
        f"""
        import requests


        class Command:
            base = ""
            name = ""

            def run(self):
                return requests.post(f"{{self.base}}/{{self.name}}", json={{}}, timeout=10)


        class Bots(Command):
            base = "{CHAT}"
            name = "«get_bot_agents→list_bots»"


        class Properties(Command):
            base = "{CRM}"
            name = "create_properties"
        """
    )


FACTORIES = [
    pytest.param(
        """
        import httpx


        def make(base):
            return httpx.Client(base_url=base)
        """,
        id="a client of httpx",
    ),
    pytest.param(
        """
        import requests


        class Client:
            def __init__(self, base):
                self.base = base

            def post(self, path, json):
                return requests.post(self.base + path, json=json, timeout=10)


        def make(base):
            return Client(base)
        """,
        id="an object of a class",
    ),
    pytest.param(
        """
        import requests


        class Client:
            def __init__(self, base):
                self.base = base

            def post(self, path, json):
                return requests.post(self.base + path, json=json, timeout=10)


        def inner(base, cls=Client):
            return Client(base)


        def make(root):
            return inner(root)
        """,
        id="an object from a factory in a factory",
    ),
]


@pytest.mark.parametrize("factory", FACTORIES)
def test_an_object_speaks_to_the_host_that_its_factory_was_given(factory: str) -> None:
    tree(
        {
            "net.py": factory,
            "main.py": f"""
                from net import make

                chat = make("{CHAT}")
                crm = make("{CRM}")
                chat.post("/«create_properties→register_properties»", json={{}})
                crm.post("/create_properties", json={{}})
                """,
        }
    )
