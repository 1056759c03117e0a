import os

import pytest

os.environ["DATABASE"] = ":memory:"
os.environ["DJANGO_SETTINGS_MODULE"] = "frontdesk.settings"

import django  # noqa: E402

django.setup()


@pytest.fixture(scope="session", autouse=True)
def database():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@pytest.fixture(autouse=True)
def clean():
    from chatlog.models import Entry

    Entry.objects.all().delete()


@pytest.fixture
def livechat(monkeypatch):
    """Answers of LiveChat by method, and a record of the calls."""
    from chatlog import livechat

    class LiveChat:
        answers = {}
        calls = []

        def post(self, url, json, headers, timeout):
            self.calls.append((url.removeprefix("https://api.livechatinc.com/v3.1/configuration/action/"), json))
            return Answer(self.answers.get(url.rpartition("/")[2]))

    class Answer:
        status_code = 200

        def __init__(self, document):
            self.document = document
            self.content = document

        def json(self):
            return self.document

    fake = LiveChat()
    fake.answers, fake.calls = {}, []
    monkeypatch.setattr(livechat, "requests", fake)
    return fake
