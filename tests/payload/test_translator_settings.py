"""How a translator is made: its versions, its table, its settings, and what it costs to import."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading

import pytest

from migrator import Translator, load_rules
from migrator.rules.table import Rules, UnknownVersion
from payload.documents import SAMPLES, TABLES

HEAVY = ("libcst", "rich", "click", "pathspec", "ahocorasick_rs")


@pytest.mark.parametrize(
    "module", ["migrator", "migrator.payload.translator", "migrator.payload.streams.translate_file"]
)
def test_translating_payloads_does_not_import_a_parser_of_code(module):
    told = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_using_a_translator_does_not_import_a_parser_of_code_either():
    told = (
        "import sys; from migrator import Translator; t = Translator('3.1', '3.2');"
        "t.webhook({'action': 'thread_closed'}); t.url('/v3.1/configuration/action/x');"
        "t.request('create_bot_agent', {}); print('libcst' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


@pytest.mark.parametrize(("source", "target"), [("3.1", "3.9"), ("2.0", "3.1"), (None, "4"), ("x", "3.1")])
def test_a_version_that_the_table_does_not_know_is_refused(source, target):
    with pytest.raises(UnknownVersion, match=r"known: 3\.0, 3\.1, 3\.2"):
        Translator(source, target)


def test_between_a_version_and_itself_everything_stays():
    same = Translator("3.1", "3.1")
    given = {"action": "thread_closed", "payload": {}}
    assert same.webhook(given).document is given
    assert same.request("create_bot_agent", given).document is given
    assert same.method("create_bot_agent").document == "create_bot_agent"


def test_loaded_rules_of_several_apis_are_told_apart_by_their_versions_or_their_name():
    both = Rules((TABLES[0], TABLES[1]))
    assert Translator("3.1", "3.2", both).table is TABLES[0]
    assert Translator("1", "3", both).table is TABLES[1]
    assert Translator("1", "3", both, api="parcelwire").table is TABLES[1]
    with pytest.raises(UnknownVersion):
        Translator("1", "3", both, api="livechat-configuration")
    with pytest.raises(ValueError, match="no API is called 'x'"):
        Translator("1", "3", both, api="x")


def test_a_table_may_be_given_alone_or_with_others():
    rules = load_rules(SAMPLES / "tables")
    assert Translator("1", "2", rules).method("find").document == "search_parcels"
    assert Translator("1", "2", TABLES[1]).method("find").document == "search_parcels"


def test_what_happens_on_a_loss_is_one_of_two_words():
    with pytest.raises(ValueError, match='"report" or "raise"'):
        Translator("3.1", "3.2", on_loss="ignore")


def test_the_way_back_has_the_same_settings():
    up = Translator("3.1", "3.2", context={"license_id": 7}, reference=["webhook-routing-status-set"], on_loss="raise")
    back = up.back()
    assert (back.source, back.target) == ("3.2", "3.1")
    given = {"action": "agent_status_changed", "payload": {}}
    assert back.webhook(up.webhook(given).document).document == given


def test_a_result_cannot_be_changed():
    translation = Translator("3.1", "3.2").method("get_bot_agents")
    with pytest.raises(AttributeError):
        translation.document = "x"


def test_a_translator_can_be_shared_between_threads():
    up = Translator("3.1", "3.2")
    found = []

    def work():
        found.extend(up.webhook({"action": "thread_closed", "n": n}).document for n in range(200))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(document["n"] for document in found) == sorted([*range(200)] * 4)
    assert {document["action"] for document in found} == {"chat_deactivated"}


@pytest.mark.parametrize("source", ["3.1", None])
def test_a_translator_that_was_pickled_translates_as_before(source):
    settings = {"on_loss": "raise", "context": {"license_id": 7}, "hosts": ["proxy.example"]}
    made = Translator(source, "3.2", **settings)
    loaded = pickle.loads(pickle.dumps(made))
    given = b'{"action": "thread_closed", "payload": {}}'
    assert loaded.webhook_bytes(given) == made.webhook_bytes(given)
    assert loaded.webhook_bytes(given).document != given
    assert loaded.__reduce__()[1] == made.__reduce__()[1]
