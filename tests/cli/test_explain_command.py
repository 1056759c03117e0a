"""``migrator explain``: a line with the reasons for what is and what is not done, or a rule with an example."""

import pytest

from calls import BEFORE, BROKEN, LEFT
from migrator import load_rules
from migrator.cli.exit_codes import Exit
from planted import plant

ROWS = [rule for table in load_rules().tables for step in table.steps for rule in step.rules]
CLIENT = (
    "import requests\n\n\nclass Client:\n    def call(self, method, body=None):\n"
    '        url = "https://api.livechatinc.com/v3.1/configuration/action/"\n'
    "        return requests.post(url + method, json=body)\n\n"
    '    def get_bot_agents(self):\n        return self.call("get_bot_agents")\n'
)
USE = (
    "from .client import Client\n\n\ndef hire(client: Client):\n"
    '    client.call("create_bot_agent", {"name": "Ada", "status": "accepting chats"})\n'
    "    return client.get_bot_agents()  # or thread_closed\n"
)


@pytest.fixture
def app(here):
    """A project whose caller and client stand in two modules, and the folder in which it lies."""
    return plant(here, {"pyproject.toml": "", "app/__init__.py": "", "app/client.py": CLIENT, "app/use.py": USE})


def explained(result):
    """What was printed, by paragraph; each paragraph's rows by their titles."""
    assert result.exit_code == Exit.CLEAN, result.output
    head, *paragraphs = result.stdout.split("\n\n")
    found = []
    for paragraph in paragraphs:
        first, *rows = paragraph.splitlines()
        titled, title = {}, ""
        for row in rows:
            title = row[2:14].strip() or title
            titled.setdefault(title, []).append(row[14:])
        found.append((first, titled))
    return head.strip(), found


@pytest.mark.usefixtures("app")
def test_an_edit_is_shown_with_its_rule_its_evidence_and_what_it_makes_of_the_line(run):
    head, paragraphs = explained(run("explain", "app/use.py:5"))
    assert head == f"app/use.py:5: {USE.splitlines()[4].strip()}"
    first, rows = next(each for each in paragraphs if "method-create-bot-agent" in each[1]["rule"][0])
    assert first == "5:18 create_bot_agent: edited by `migrator codemod --write` [safe]"
    assert rows["what"] == ["method `create_bot_agent` was renamed to `create_bot` in 3.2"]
    assert rows["advice"] == ["Call `create_bot`."]
    assert any("app/client.py:" in step for step in rows["because"]), "evidence is followed into the other module"
    assert rows["edit"] == [
        '-    client.call("create_bot_agent", {"name": "Ada", "status": "accepting chats"})',
        '+    client.call("create_bot", {"name": "Ada", "status": "accepting chats"})',
    ]


@pytest.mark.usefixtures("app")
def test_every_finding_of_the_line_is_shown(run):
    _, paragraphs = explained(run("explain", "app/use.py:5"))
    rules = {rows["rule"][0].split()[0] for _, rows in paragraphs}
    assert rules == {"method-create-bot-agent", "create-bot-status"}


def test_a_finding_without_an_edit_is_shown_as_left(here, run):
    plant(here, {"a.py": BEFORE.replace("get_bot_agents", "create_bot_agent")})
    _, paragraphs = explained(run("explain", "a.py:3"))
    manual = next(first for first, rows in paragraphs if rows["rule"][0].startswith("bot-starts-offline"))
    assert manual.endswith("to edit by hand [manual]")


@pytest.mark.usefixtures("app")
def test_what_is_not_changed_is_shown_with_the_reason_and_what_would_be_evidence(run):
    _, paragraphs = explained(run("explain", "app/use.py:6"))
    (call, called), (comment, commented) = paragraphs
    assert call == "6:19 get_bot_agents: not changed [proven other]"
    assert called["why"] == ["a member of the class `Client` of this program, from app/client.py:9"]
    assert called["evidence"][0].startswith("Evidence would be a URL of *.livechatinc.com")
    assert comment == "6:42 thread_closed: not changed [comment or docstring]"
    assert commented["evidence"] == ["Comments and docstrings are never edited."]


def test_for_a_webhook_the_envelope_and_the_requests_would_be_evidence(here, run):
    plant(here, {"a.py": 'x = {"thread_closed": 1}\n'})
    _, [(first, rows)] = explained(run("explain", "a.py:1"))
    assert first == "1:7 thread_closed: not changed [name only]"
    for said in ("`action`", "`secret_key`", "`register_webhook`"):
        assert said in rows["evidence"][0]


@pytest.mark.parametrize(
    ("line", "word", "reason"),
    [
        ('body = {"status": "offline"}', "status", "the body of a request of `create_bot_agent`, at $.status"),
        ('URL = "https://api.example.com/v3.1/x"', "3.1", "a version of the LiveChat Configuration API"),
    ],
)
def test_a_key_and_a_version_that_are_left_alone_are_shown_too(here, run, line, word, reason):
    plant(here, {"a.py": line + "\n"})
    _, paragraphs = explained(run("explain", "a.py:1"))
    first, rows = next(each for each in paragraphs if each[0].startswith(word))
    assert "not changed by" in first
    assert reason in rows["why"][0]
    assert rows["evidence"][0].startswith("Evidence would be")


def test_a_suppressed_place_is_shown_as_one(here, run):
    plant(here, {"a.py": BEFORE.rstrip() + "  # migrator: ignore\n"})
    _, paragraphs = explained(run("explain", "a.py:3"))
    assert {first.partition(": ")[2] for first, _ in paragraphs} == {"suppressed by a comment"}


def test_an_unsafe_or_manual_place_says_who_decides(here, run):
    plant(here, {"a.py": LEFT})
    _, [(first, rows)] = explained(run("explain", "a.py:3"))
    assert first.endswith("get_bot_agents: to edit by hand [manual]")
    assert rows["because"]


def test_a_line_about_nothing_says_so(here, run):
    plant(here, {"a.py": BEFORE})
    result = run("explain", "a.py:1")
    assert result.stdout.splitlines()[-1] == "This line contains no old name, and no rule applies to it."


def test_a_column_behind_the_line_is_allowed(here, run):
    plant(here, {"a.py": BEFORE})
    assert run("explain", "a.py:3:7").stdout == run("explain", "a.py:3").stdout


def test_a_file_that_is_no_python_is_explained_by_its_bytes(here, run):
    plant(here, {"a.py": BROKEN})
    result = run("explain", "a.py:1")
    assert result.exit_code == Exit.UNREAD
    assert "get_bot_agents: not changed [unread]" in result.stdout
    assert "is not valid Python" in result.stdout


def test_evidence_is_looked_for_in_the_nearest_project_wherever_one_stands(app, run, monkeypatch):
    inside = run("explain", "app/use.py:5").stdout
    monkeypatch.chdir(app / "app")
    found = run("explain", "use.py:5").stdout
    assert "method-create-bot-agent" in found
    assert [line.replace("../", "") for line in found.splitlines()[1:]] == inside.splitlines()[1:]


def test_the_folder_that_is_searched_can_be_named(app, run):
    assert "[safe]" in run("explain", "app/use.py:5", "--root", "app").stdout
    plant(app, {"other/x.py": ""})
    assert "[safe]" not in run("explain", "app/use.py:5", "--root", "other").stdout


def test_a_file_that_git_ignores_is_explained_all_the_same(app, run):
    (app / ".git").mkdir()
    (app / ".gitignore").write_text("use.py\n")
    assert "method-create-bot-agent" in run("explain", "app/use.py:5").stdout


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("a.py:9", "a.py has 3 lines"),
        ("a.py:0", "a.py has 3 lines"),
        ("b.py:1", "no file 'b.py'"),
        ("a.py", "use FILE:LINE"),
        ("method-get-bot-agent", "did you mean method-get-bot-agents"),
        ("nothing-like-it", "`migrator rules` lists"),
    ],
)
def test_what_cannot_be_explained_is_wrong_usage_with_the_way_out(here, run, what, said):
    plant(here, {"a.py": BEFORE})
    result = run("explain", what)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.id)
def test_every_rule_is_told_with_an_example_that_it_makes_itself(run, rule):
    told = run("explain", rule.id).stdout
    assert told.startswith(f"{rule.id}: LiveChat Configuration API, ")
    for said in (rule.old, rule.new, rule.advice, rule.source.item, rule.follow_up and rule.follow_up.method):
        assert said is None or said in told
    before = {line[3:] for line in told.splitlines() if line.startswith("  -")}
    after = {line[3:] for line in told.splitlines() if line.startswith("  +")}
    if rule.id in ("webhook-license-id", "webhook-routing-status-set"):
        assert "No example" in told
    else:
        assert "[manual]" in told or "[safe]" in told
        assert before
        assert after


@pytest.mark.parametrize("rule", [rule for rule in ROWS if rule.kind == "rename_method"], ids=lambda rule: rule.id)
def test_the_example_of_a_rename_shows_both_names_and_the_derived_spellings(run, rule):
    lines = run("explain", rule.id).stdout.splitlines()
    assert any(line.startswith("  -") and rule.old in line for line in lines)
    assert any(line.startswith("  +") and rule.new in line for line in lines)
    spelled = next(line for line in lines if line.startswith("spellings"))
    assert rule.old in spelled
    assert rule.old.upper() in spelled
    assert rule.old.title().replace("_", "") in spelled


def test_a_rule_of_ones_own_table_is_told_too(here, run, table):
    table(here / "toys")
    told = run("explain", "toy", "--rules", "toys").stdout
    assert 'requests.post("https://toys.test/v2/do/new_toy", json={})' in told


def test_a_secret_on_the_line_is_hidden_in_it_and_in_what_becomes_of_it(here, run):
    call = f'{BEFORE.splitlines()[-1][:-1]}, headers={{"Authorization": "Bearer S3CRETvalue1"}})\n'
    plant(here, {"a.py": "\n".join([*BEFORE.splitlines()[:-1], call])})
    shown = run("explain", f"a.py:{len(BEFORE.splitlines())}").stdout
    assert shown.count(f'"Authorization": "{"*" * 19}"') >= 3
    assert "S3CRET" not in shown
