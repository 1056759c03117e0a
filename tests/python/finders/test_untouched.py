"""What is never touched, however strong the evidence around it."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from migrator import load_rules, migrate_source
from verbs import migrated, noop, told, transformed

UNTOUCHED = [
    pytest.param(
        """
        # get_bot_agents of https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents became something else
        import requests

        URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"  # get_bot_agents, v3.1
        """,
        id="comments",
    ),
    pytest.param(
        '''
        """Lists bots with https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents."""

        import requests


        class Bots:
            """Speaks get_bot_agents and remove_bot_agent of v3.1."""

            def all(self):
                """Call get_bot_agents.

                https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents
                """
                return requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»")
        ''',
        id="docstrings",
    ),
    pytest.param(
        """
        import logging

        import requests

        log = logging.getLogger("bots")


        def bots():
            log.debug("calling get_bot_agents")
            print("get_bot_agents", flush=True)
            answer = requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»")
            if not answer.ok:
                raise RuntimeError("get_bot_agents failed")
            return answer
        """,
        id="log texts and errors",
    ),
    pytest.param(
        """
        import requests

        BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/"


        def get_property_configs_for_type(kind):
            return requests.post(BASE + "get_property_configs_for_type", json={"type": kind})


        def all_get_bot_agents():
            return requests.post(BASE + "«get_bot_agents→list_bots»", json={})
        """,
        id="longer names",
    ),
    pytest.param(
        """
        THREAD_CLOSED = 7
        thread_closed = THREAD_CLOSED


        class States:
            thread_closed = "closed"


        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == "«thread_closed→chat_deactivated»":
                return THREAD_CLOSED, thread_closed, States.thread_closed, hook.thread_closed
        """,
        id="the user's own identifiers",
    ),
    pytest.param(
        """
        import requests

        OURS = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«create_properties→register_properties»"
        THEIRS = "https://restapi.example.com/restapi/v3.1/configuration-checkpoints/create_properties"
        OTHERS = "https://api.vendor.example/v3.1/configuration/action/create_properties"
        """,
        id="URLs of other vendors",
    ),
    pytest.param(
        """
        import pytest
        import requests


        def test_get_bot_agents():
            answer = requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»")
            with open("fixtures/get_bot_agents.json") as expected:
                assert answer.json() == expected.read(), "get_bot_agents"


        get_bot_agents = pytest.mark.get_bot_agents
        """,
        id="names of tests, files and marks",
    ),
]


@pytest.mark.parametrize("source", UNTOUCHED)
def test_it_stays_while_the_rest_is_renamed(source):
    transformed(source)


FOREIGN = [
    pytest.param("import os\n\nprint(os.getcwd())\n", id="a module about something else"),
    pytest.param("", id="an empty file"),
    pytest.param("# get_bot_agents\n", id="a comment alone"),
    pytest.param('"""thread_closed"""\n', id="a docstring alone"),
    pytest.param(
        'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/create_properties")\n'
        "def create_properties(payload: dict):\n    return payload\n",
        id="a FastAPI route",
    ),
    pytest.param('def f(x):\n    return x["status"], x["resource"], x["data"], x["payload"]\n', id="common keys"),
    pytest.param('VERSIONS = ["3.0", "3.1", "3.2"]\n', id="numbers of versions"),
]


@pytest.mark.parametrize("source", FOREIGN)
def test_code_without_evidence_is_left_alone(source):
    noop(source)


def test_code_that_speaks_the_new_version_is_left_alone():
    noop(
        """
        import requests

        BASE = "https://api.livechatinc.com/v3.2/configuration/action"


        def bots():
            return requests.post(f"{BASE}/list_bots", json={}).json()["bot_agents"]


        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == "chat_deactivated":
                print(hook["payload"]["chat_id"])
        """
    )


CALL = 'requests.post("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents", json={})'
RENAMED = 'requests.post("https://api.livechatinc.com/v3.2/configuration/action/list_bots", json={})'


@pytest.mark.parametrize(
    "comment",
    ["# migrator: ignore", "# migrator: ignore we stay on 3.1", "# noqa: E501  # migrator: ignore"],
)
def test_a_suppressed_line_is_left_alone_and_the_next_one_is_not(comment):
    transformed(f"import requests\n\n{CALL}  {comment}\n{CALL}\n", f"import requests\n\n{CALL}  {comment}\n{RENAMED}\n")


@pytest.mark.parametrize(
    ("comment", "after"),
    [
        pytest.param("method-get-bot-agents", CALL.replace("3.1", "3.2"), id="one rule"),
        pytest.param("version-3.2", CALL.replace("get_bot_agents", "list_bots"), id="the other rule"),
        pytest.param("method-get-bot-agents, version-3.2", CALL, id="both rules"),
        pytest.param("webhook-thread-closed", RENAMED, id="a rule that is not about the line"),
    ],
)
def test_a_suppression_of_rules_keeps_those_alone(comment, after):
    tail = f"  # migrator: ignore[{comment}] agreed with the team"
    source = f"import requests\n\n{CALL}{tail}\n"
    result = migrated(source)
    assert result.after.decode() == f"import requests\n\n{after}{tail}\n"
    assert not {finding.rule for finding in result.findings} & set(comment.split(", "))


@pytest.mark.parametrize("between", ["", "# and say so\n"], ids=["directly", "with a comment between"])
def test_a_suppression_with_a_line_to_itself_is_about_the_line_of_code_below(between):
    head = f"import requests\n\n# migrator: ignore we stay on 3.1\n{between}"
    transformed(f"{head}{CALL}\n{CALL}\n", f"{head}{CALL}\n{RENAMED}\n")


def test_a_suppression_above_a_line_still_counts_when_a_comment_was_put_between():
    create = CALL.replace("get_bot_agents", "create_bot_agent").replace("{}", '{"status": "accepting chats"}')
    source = f"import requests\n\n# migrator: ignore[method-create-bot-agent] set elsewhere\n{create}\n"
    after = migrated(source).after.decode()
    assert "set elsewhere\n# TODO(migrator create-bot-status)" in after
    for text in (source, after):
        assert "method-create-bot-agent" not in {finding.rule for finding in migrated(text).findings}
        assert not migrated(text).stale


def test_a_suppressed_finding_is_not_among_the_findings():
    noop(f"import requests\n\n{CALL}  # migrator: ignore\n")


def test_a_suppression_in_a_string_is_none():
    transformed(
        f'import requests\n\nprint("# migrator: ignore", {CALL})\n',
        f'import requests\n\nprint("# migrator: ignore", {RENAMED})\n',
    )


@pytest.mark.parametrize(
    "head", ["# migrator: ignore-file\n", '#!/usr/bin/env python\n# migrator: ignore-file\n"""Old."""\n']
)
def test_a_file_can_be_suppressed_as_a_whole(head):
    noop(f"{head}import requests\n\n{CALL}\n")


def test_a_file_wide_suppression_may_name_rules():
    # judgement: the brackets mean the same as on a line
    transformed(
        f"# migrator: ignore-file[version-3.2] raised by hand\nimport requests\n\n{CALL}\n",
        f"# migrator: ignore-file[version-3.2] raised by hand\nimport requests\n\n{CALL.replace('get_bot_agents', 'list_bots')}\n",
    )


BROKEN = [
    pytest.param(f"import requests\n\nprint 'python 2'\n{CALL}\n", 3, id="Python 2"),
    pytest.param(f"{CALL}\nif True:\n", 2, id="a block without a body"),
    pytest.param(f"def f(:\n    {CALL}\n", 1, id="a parameter list that ends early"),
    pytest.param(f'"""open\n{CALL}\n', 1, id="a string that is never closed"),
]


@pytest.mark.parametrize(("source", "line"), BROKEN)
def test_a_file_that_does_not_parse_is_named_with_its_line_and_left_alone(source, line):
    for text in (source, source.encode()):
        result = migrate_source(text, load_rules())
        assert result.error is not None
        assert result.error.message
        assert result.error.line is not None
        assert line <= result.error.line <= line + 2  # judgement: parsers differ on where an open end is
        assert result.after == result.before == text
        assert result.applied == ()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'x = "\xff"\n' + CALL.encode() + b"\n", id="bytes that are not UTF-8"),
        pytest.param(b"# -*- coding: no-such-codec -*-\n" + CALL.encode() + b"\n", id="an unknown encoding"),
        pytest.param(CALL.encode() + b"\n\0\n", id="a NUL byte"),
    ],
)
def test_a_file_that_cannot_be_decoded_is_named_and_left_alone(raw):
    result = migrate_source(raw, load_rules())
    assert result.error is not None
    assert result.after == result.before == raw


def test_the_results_path_and_its_findings_paths_are_what_the_caller_said():
    result = migrate_source(told(f"import requests\n\n{CALL}\n").before, load_rules(), path="app/bots.py")
    assert result.path == "app/bots.py"
    assert {finding.path for finding in result.findings} == {"app/bots.py"}
