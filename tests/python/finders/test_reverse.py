"""The same rows, read from the newer version to the older."""

import pytest

from migrator.findings.finding import Applicability
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files, migrate_source
from migrator.rules.reverse_chain import reverse_chain
from migrator.rules.rule import Kind
from verbs import shipped

BACK = Options(tuple(reverse_chain(chain) for chain in shipped().chains("3.1", "3.2")))
MODULE = """
import requests

BASE = "https://api.livechatinc.com/v{version}/configuration/action"


def call(method, body):
    return requests.post(f"{{BASE}}/{{method}}", json=body)


def receive(hook):
    if hook["secret_key"] == "s" and hook["action"] == "{webhook}":
        call("{method}", {{}})
"""
RENAMED = [rule for rule in shipped().all_rules() if rule.kind is Kind.RENAME_METHOD]
WEBHOOKS = [rule for rule in shipped().all_rules() if rule.kind is Kind.RENAME_WEBHOOK and rule.active]


@pytest.mark.parametrize("rule", RENAMED, ids=lambda rule: rule.id)
@pytest.mark.parametrize("webhook", WEBHOOKS, ids=lambda rule: rule.id)
def test_what_goes_up_comes_down_again(rule, webhook):
    before = MODULE.format(version="3.1", method=rule.old, webhook=webhook.old)
    after = MODULE.format(version="3.2", method=rule.new, webhook=webhook.new)
    assert migrate_source(before, shipped(), "3.1", "3.2").after == after
    (back,) = migrate_files({"a.py": after.encode()}, BACK)
    assert back.error is None
    assert back.after.decode() == before


def test_a_key_that_the_older_version_requires_is_shown_where_it_is_missing():
    url = "https://api.livechatinc.com/v3.2/configuration/action/create_bot"
    source = f'import requests\nrequests.post("{url}", json={{"name": "b"}})\n'.encode()
    (back,) = migrate_files({"a.py": source}, BACK)
    shown = {finding.rule: finding.applicability for finding in back.findings}
    assert shown["create-bot-status"] is Applicability.MANUAL


def test_a_row_without_a_way_back_is_only_shown(tmp_path):
    from migrator import load_rules

    (tmp_path / "api.toml").write_text(
        '[api]\nid = "lamps"\ntitle = "Lamps"\nhosts = ["lamps.test"]\npath = "/v{version}/lamp/{method}"\n'
    )
    row = (
        '[[rule]]\nid = "{id}"\nkind = "rename_method"\nold = "{old}"\nnew = "{new}"\nback = "{back}"\n'
        'advice = "look"\n'
        'source = {{ document = "changelog", version = "2.0", item = "1" }}\n'
    )
    rows = [("one", "dim", "set_level", "impossible"), ("two", "burn", "light", "lossless")]
    (tmp_path / "step.toml").write_text(
        'api = "lamps"\nfrom = "1.0"\nto = "2.0"\n'
        + "".join(row.format(id=i, old=o, new=n, back=b) for i, o, n, b in rows)
    )
    chains = load_rules(tmp_path, shipped=False).chains()
    source = b'call("https://lamps.test/v2.0/lamp/set_level")\ncall("https://lamps.test/v2.0/lamp/light")\n'
    (back,) = migrate_files({"a.py": source}, Options(tuple(map(reverse_chain, chains))))
    assert back.after == source.replace(b"light", b"burn")
    assert [(finding.rule, finding.applicability) for finding in back.remaining] == [("one", Applicability.MANUAL)]


REMOVED = """
import requests

URL = "https://api.livechatinc.com/v3.1/configuration/action/{method}"


def save(name, now):
    return requests.post(URL, json={{
        "name": name,
        {entry}
    }})
"""


@pytest.mark.parametrize("method", ["create_bot_agent", "update_bot_agent"])
@pytest.mark.parametrize(
    ("entry", "comment"),
    [
        ('"status": now,', ""),
        ('"status": "accepting chats",  # from the first day on', "    # from the first day on\n"),
    ],
)
def test_the_todos_of_the_way_up_are_taken_back_and_the_comments_in_them_restored(method, entry, comment):
    before = REMOVED.format(method=method, entry=entry)
    up = migrate_source(before, shipped(), "3.1", "3.2").after
    assert "# TODO(migrator" in up
    (back,) = migrate_files({"a.py": up.encode()}, BACK)
    (finding,) = [each for each in back.applied if each.old and each.old.startswith("# TODO(migrator")]
    assert finding.message == "this TODO comment is about a newer version"
    without = before.replace(f"        {entry}\n", "").replace("    return", f"{comment}    return")
    assert back.after.decode() == without


def test_a_todo_of_a_row_that_is_left_out_is_not_taken_back():
    text = "# TODO(migrator update-bot-status): call it\nget_bot_agents = 1\n"
    (back,) = migrate_files({"a.py": text.encode()}, Options(BACK.chains, ignore=("update-bot-status",)))
    assert (back.after, back.findings) == (text.encode(), ())
