"""What is removed from a program, and what is said in its place, seen through the whole tool."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrator.cli import main
from migrator.findings.finding import Applicability
from migrator.matching.occurrences import collect_old_names
from migrator.matching.selection import Options
from migrator.program.ledger_totals import account_for
from migrator.python.migrate import migrate_files, migrate_source
from verbs import migrated, shipped, told_comments, transformed

ROOT = Path(__file__).resolve().parents[2]
URL = "https://api.livechatinc.com/v3.1/configuration/action"
NEW = "https://api.livechatinc.com/v3.2/configuration/action"
SAY = "# TODO(migrator update-bot-status): ..."


def update(body: str, url: str = f"{URL}/update_bot_agent") -> str:
    return f'import requests\n\nrequests.post("{url}", json={body})\n'


def updated(body: str, *comments: str) -> str:
    said = "".join(f"#   Comment: {comment}\n" for comment in comments)
    text = update(body, f"{NEW}/update_bot")
    return text.replace("requests.post", f"{SAY}\n{said}requests.post")


BODIES = [
    pytest.param('{("status"): "offline", "id": 1}', '{"id": 1}', (), id="a key in parentheses"),
    pytest.param('{"id": 1, ("status"): ("offline")}', '{"id": 1}', (), id="a last entry in parentheses"),
    pytest.param(
        '{\n    "id": 1,\n    "status": "offline",  # for a while\n}',
        '{\n    "id": 1,\n}',
        ("for a while",),
        id="a comment behind it",
    ),
    pytest.param(
        '{\n    "id": 1,  # the bot\n    # we close now\n    "status": "offline",  # for a while\n}',
        '{\n    "id": 1,  # the bot\n}',
        ("we close now", "for a while"),
        id="a comment above it",
    ),
    pytest.param(
        '{"id": 1,\n    "status": x, "status": "offline",\n}',
        '{"id": 1,\n}',
        (),
        id="neighbours on a line of their own",
    ),
    pytest.param('{"id": 1, "status": "offline", "status": "offline"}', '{"id": 1}', (), id="neighbours at the end"),
]


@pytest.mark.parametrize(("before", "after", "comments"), BODIES)
def test_what_is_left_reads_as_if_the_entry_had_never_been_there(before, after, comments):
    result = told_comments(migrated(update(before)).after.decode())
    assert result.replace(f"{SAY}\n{SAY}\n", f"{SAY}\n") == updated(after, *comments)


def test_the_comments_of_a_removed_statement_are_carried():
    transformed(
        f"""
        import requests

        body = {{"id": 4}}
        body["status"] = (  # first
            "offline"
        )  # last
        requests.post("{URL}/update_bot_agent", json=body)
        """,
        f"""
        import requests

        body = {{"id": 4}}
        {SAY}
        #   Comment: first
        #   Comment: last
        requests.post("{NEW}/update_bot", json=body)
        """,
    )


def test_the_comment_says_the_whole_call():
    text = migrate_source(update('{"id": 1, "status": "accepting chats"}'), shipped(), line_length=400).after
    assert text.splitlines()[2] == (
        "# TODO(migrator update-bot-status): call set_routing_status(agent_id=<id of the request>, "
        'status="accepting_chats") of the agent API: POST '
        "https://api.livechatinc.com/v3.2/agent/action/set_routing_status, "
        "scope agents-bot--my:rw or agents-bot--all:rw"
    )


@pytest.mark.parametrize("length", [60, 88, 120])
def test_the_comment_keeps_to_the_line_length(length):
    source = update('{"id": 1, "status": x}')
    text = migrate_source(source, shipped(), line_length=length).after
    lines = [line for line in text.splitlines() if line.startswith("#")]
    assert len(lines) > 1
    too_long = [line for line in lines if len(line) > length]
    assert [line for line in too_long if len(line.split()) > 2] == []


SETTINGS = [
    pytest.param({}, 88, id="none"),
    pytest.param({"pyproject.toml": "[tool.ruff]\nline-length = 120\n"}, 120, id="ruff"),
    pytest.param({"pyproject.toml": "[tool.black]\nline-length = 100\n"}, 100, id="black"),
    pytest.param(
        {"ruff.toml": "line-length = 66\n", "pyproject.toml": "[tool.ruff]\nline-length = 120\n"}, 66, id="both"
    ),
    pytest.param({"ruff.toml": "line-length = 66\n", "app/.ruff.toml": "line-length = 70\n"}, 70, id="the nearest"),
    pytest.param({"ruff.toml": "line-length = 66\n", "app/pyproject.toml": "[project]\n"}, 66, id="one of no tool"),
    pytest.param({"ruff.toml": "line-length = 66\n", "app/ruff.toml": "preview = true\n"}, 88, id="one without it"),
    pytest.param({"ruff.toml": "line-length = 'wide'\n"}, 88, id="one that is no number"),
    pytest.param({"ruff.toml": "line-length = \n"}, 88, id="broken"),
]


@pytest.mark.parametrize(("files", "length"), SETTINGS)
def test_the_settings_of_ruff_or_black_say_the_line_length(tmp_path, files, length):
    code = tmp_path / "app" / "bots.py"
    code.parent.mkdir()
    code.write_text(update('{"id": 1, "status": x}'))
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    result = CliRunner().invoke(main, ["codemod", "--write", "--allow-dirty", str(tmp_path)], prog_name="migrator")
    assert result.exit_code == 0, result.output
    assert code.read_text() == migrate_source(update('{"id": 1, "status": x}'), shipped(), line_length=length).after


def test_where_libcst_does_not_keep_the_bytes_names_are_edited_and_removals_are_manual():
    source = (
        "import requests\n\ntry:\n    pass\n"
        f'except requests.post("{URL}/update_bot_agent", json={{"id": 1, "status": x}}) :\n    pass\n'
    )
    result = migrated(source)
    assert result.after.decode() == source.replace(f"{URL}/update_bot_agent", f"{NEW}/update_bot")
    (left,) = result.remaining
    assert (left.rule, left.line, left.applicability) == ("update-bot-status", 5, Applicability.MANUAL)
    assert "LibCST does not keep the bytes of this statement" in left.message


def test_the_audit_and_the_codemod_agree_on_what_cannot_be_edited(tmp_path):
    (tmp_path / "a.py").write_text(
        "import requests\n\ntry:\n    pass\n"
        f'except requests.post("{URL}/update_bot_agent", json={{"id": 1, "status": x}}) :\n    pass\n'
    )
    audit, codemod = (
        CliRunner().invoke(main, [command, str(tmp_path)], prog_name="migrator").output
        for command in ("audit", "codemod")
    )
    assert "2 automatic (`migrator codemod --write`), 1 manual" in audit
    assert "--write would apply 2 edits in 1 file. 1 finding left to edit by hand" in codemod


ONE_DUTY = {
    "a parameter with a default": """
def create(name, status="offline"):
    post(f"{BASE}/create_bot_agent", json={"name": name, "status": status})


create("x", status="accepting chats")
create("y")
""",
    "keywords that are passed on": """
def create(name, **fields):
    post(f"{BASE}/create_bot_agent", json={"name": name, **fields})


create("x", status="accepting chats")
""",
    "keywords that update a dict": """
def create(name, **fields):
    body = {"name": name, "status": "offline"}
    body.update(**fields)
    post(f"{BASE}/create_bot_agent", json=body)


create("x", status="accepting chats")
""",
    "two wrappers": """
def call(method, **body):
    post(f"{BASE}/{method}", json=body)


def create(name, status="offline"):
    call("create_bot_agent", name=name, status=status)


create("x", status="accepting chats")
create("y", "accepting chats")
""",
    "a method of a client that is overridden": """
from livechat.configuration import ConfigurationApi


class Client(ConfigurationApi):
    def create_bot_agent(self, name, status="offline"):
        return super().create_bot_agent(name=name, status=status)


Client().create_bot_agent("x", status="accepting chats")
""",
    "a method of a client that passes keywords on": """
from livechat.configuration import ConfigurationApi


class Client(ConfigurationApi):
    def create_bot_agent(self, **fields):
        return super().create_bot_agent(**fields)


Client().create_bot_agent(name="x", status="accepting chats")
""",
    "a body that a helper builds": """
def fields(**more):
    return {"owner": 1, **more}


post(f"{BASE}/create_bot_agent", json=fields(name="x", status="accepting chats"))
""",
}


@pytest.mark.parametrize("code", ONE_DUTY.values(), ids=ONE_DUTY)
def test_one_comment_says_one_duty(code):
    result = migrated(f'from requests import post\n\nBASE = "{URL}"\n{code}')
    assert result.after.decode().count("# TODO(migrator create-bot-status): ") == 1
    assert [each for each in result.remaining if each.rule == "create-bot-status"] == []


def test_a_body_that_is_built_away_from_the_call_is_manual():
    source = (
        "from requests import post\n\n\ndef body(name, status):\n    return {'name': name, 'status': status}\n\n\n"
        f'post("{URL}/create_bot_agent", json=body("x", "accepting chats"))\n'
    )
    (left,) = migrated(source).remaining
    assert (left.rule, left.line, left.applicability) == ("create-bot-status", 5, Applicability.MANUAL)


NEWER = f"""import requests

type Names = list[str]
BASE = "{URL}"


def hire(name):
    try:
        return requests.post(f"{{BASE}}/get_bot_agents", json={{}})
    except OSError, KeyError:
        return t"{{name}} get_bot_agents"
"""


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="all of it is read there")
def test_a_file_in_newer_grammar_is_edited_and_what_was_not_read_is_listed(tmp_path):
    code = tmp_path / "a.py"
    code.write_text(NEWER)
    result = CliRunner().invoke(main, ["codemod", "--write", "--allow-dirty", str(code)], prog_name="migrator")
    assert code.read_text() == NEWER.replace("v3.1", "v3.2").replace("/get_bot_agents", "/list_bots")
    assert result.exit_code == 3
    assert "was not read" in result.output
    assert "it contains `get_bot_agents`" in result.output


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="all of it is read there")
def test_an_old_name_in_newer_grammar_is_accounted_for_as_unread():
    files = {"a.py": NEWER.encode()}
    options = Options(shipped().chains())
    ledger = account_for(migrate_files(files, options), files, collect_old_names(options))
    assert [each.state.value for file in ledger.files for each in file.occurrences] == ["edited", "unread"]


WITHOUT = """
import sys
if {blocked}:
    sys.modules["libcst"] = None
from migrator.cli import main
try:
    main(["codemod", "--write", "--allow-dirty", "a.py"], standalone_mode=False)
finally:
    print("libcst is imported:", sys.modules.get("libcst") is not None)
"""


def run_in(folder: Path, *, blocked: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT.format(blocked=blocked)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_without_libcst_nothing_is_edited_and_the_error_says_so(tmp_path):
    code = tmp_path / "a.py"
    code.write_text(update('{"id": 1}'))
    done = run_in(tmp_path, blocked=True)
    assert code.read_text() == update('{"id": 1}')
    assert "a.py: no edit can be made without LibCST" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        pytest.param(update('{"id": 1}'), True, id="with an edit"),
        pytest.param(update('{"id": 1}').replace("api.livechatinc.com", "example.com"), False, id="without a finding"),
        pytest.param(f'get("{URL}/get_bot_agents" + x)\n'.replace("/v3.1", "/v2.0"), False, id="without an edit"),
        pytest.param(f'print "{URL}/get_bot_agents"\n', False, id="in Python 2"),
        pytest.param(f'post("{URL}/get_bot_agents"\n', False, id="that no Python can read"),
    ],
)
def test_libcst_is_imported_where_something_is_edited(tmp_path, text, imported):
    (tmp_path / "a.py").write_text(text)
    done = run_in(tmp_path)
    assert f"libcst is imported: {imported}" in done.stdout, done.stderr
