"""The ledger: every occurrence of an old name in the bytes of a file is in exactly one state, with a reason."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.findings.finding import FileError
from migrator.findings.ledger import FileAccount, OccurrenceState
from migrator.matching.occurrences import collect_old_names, find_occurrences, make_counter
from migrator.matching.selection import Options
from migrator.program.ledger_totals import account_for
from migrator.python.ledger.file_ledger import classify_occurrences
from migrator.python.migrate import migrate_files, migrate_source
from verbs import shipped

OPTIONS = Options(shipped().chains())
OLD = collect_old_names(OPTIONS)
SAMPLES = Path(__file__).parents[3] / "samples"
URL = "https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents"


def ledger(source: str | bytes, path: str = "a.py"):
    """The occurrences in one file, checked against what a regular expression counts."""
    raw = source if isinstance(source, bytes) else source.encode()
    found = classify_occurrences(migrate_files({path: raw}, OPTIONS)[0], OLD)
    assert_complete(raw, found)
    return found


def assert_complete(raw, found):
    """Each occurrence is there, once, where it says; none is missing."""
    places = [(each.start, each.name) for each in found]
    assert len(set(places)) == len(places)
    assert all(raw.startswith(name.encode(), start) for start, name in places)
    counted = {name: len(re.findall(rb"(?=%s)" % re.escape(name.encode()), raw)) for name in OLD.names}
    assert Counter(name for _, name in places) == {name: number for name, number in counted.items() if number}


def test_the_names_are_the_methods_and_webhooks_that_are_renamed_or_gone():
    assert len(OLD.names) == 8 + 9 + 1
    assert {"get_bot_agents", "thread_closed", "access_set", "agent_status_changed"} <= set(OLD.names)
    assert not {"register_webhook", "status", "data"} & set(OLD.names)


@pytest.mark.parametrize(
    ("source", "state", "reason"),
    [
        pytest.param(
            f'requests.post("{URL}")',
            OccurrenceState.EDITED,
            "renamed to `list_bots`",
            id="a method in a URL is edited",
        ),
        pytest.param(
            f'requests.post("{URL.replace("/v3.1", "")}")',
            OccurrenceState.MANUAL,
            "list_bots",
            id="a finding without an edit is manual",
        ),
        pytest.param(
            f'requests.post("{URL}")  # migrator: ignore',
            OccurrenceState.SUPPRESSED,
            "list_bots",
            id="so it is suppressed",
        ),
        pytest.param("x = 1  # get_bot_agents", OccurrenceState.COMMENT, "comment", id="a comment behind code is one"),
        pytest.param('"""get_bot_agents"""', OccurrenceState.COMMENT, "docstring", id="a docstring is one"),
        pytest.param(
            'def f():\n    "Ask get_bot_agents."', OccurrenceState.COMMENT, "docstring", id="that of a function too"
        ),
        pytest.param(
            'x = "#", get_bot_agents  # "',
            OccurrenceState.NAME_ONLY,
            "does not define",
            id="a # in a string opens nothing",
        ),
        pytest.param(
            'x = ("a"  # get_bot_agents\n "b")',
            OccurrenceState.COMMENT,
            "comment",
            id="a comment between strings is one",
        ),
        pytest.param(
            "get_bot_agents_x = 1", OccurrenceState.LONGER, "longer", id="a longer identifier is another name"
        ),
        pytest.param(
            'x = "my_get_bot_agents"', OccurrenceState.LONGER, "longer", id="a longer word in a string is another name"
        ),
        pytest.param(
            "x = 1  # get_bot_agentsé", OccurrenceState.LONGER, "longer", id="a letter beyond ASCII makes it longer"
        ),
        pytest.param('x = "chat_" "thread_closed"', OccurrenceState.LONGER, "longer", id="joined strings are one word"),
        pytest.param(
            r'x = "\nthread_closed!"', OccurrenceState.NAME_ONLY, "longer text", id="an escaped line break ends no word"
        ),
        pytest.param(r'x = "\x61thread_closed"', OccurrenceState.LONGER, "longer", id="an escaped letter does"),
        pytest.param(
            r'x = "\access_set"', OccurrenceState.OTHER, "escape", id="a letter that an escape takes is not of the name"
        ),
        pytest.param(
            'x = f"{y}thread_closed"',
            OccurrenceState.NAME_ONLY,
            "longer text",
            id="a field of an f-string is no letter",
        ),
        pytest.param(
            'x = f"{thread_closed}"', OccurrenceState.NAME_ONLY, "does not define", id="a name in a field is a name"
        ),
        pytest.param(
            'x = "https://api.example.com/v3.1/get_bot_agents"',
            OccurrenceState.OTHER,
            "api.example.com",
            id="the URL of another host is something else",
        ),
        pytest.param(
            'x = "https://api.example.com/v3.1/configuration/action/get_bot_agents"',
            OccurrenceState.NAME_ONLY,
            "api.example.com, which may be a relay",
            id="the path of the API at another host may be a relay",
        ),
        pytest.param(
            'open("thread_closed.json")', OccurrenceState.OTHER, "file", id="the name of a file is something else"
        ),
        pytest.param(
            'log.info("thread_closed: %s", x)',
            OccurrenceState.OTHER,
            "logged",
            id="a text that is logged is something else",
        ),
        pytest.param(
            'raise E("no " + "thread_closed")',
            OccurrenceState.OTHER,
            "error",
            id="the message of an error is something else",
        ),
        pytest.param(
            '@app.post("/thread_closed")\ndef f(): ...',
            OccurrenceState.OTHER,
            "route",
            id="one's own route is something else",
        ),
        pytest.param(
            "def create_properties(): ...", OccurrenceState.OTHER, "function", id="one's own function is something else"
        ),
        pytest.param(
            "class thread_closed: ...", OccurrenceState.OTHER, "class", id="one's own class is something else"
        ),
        pytest.param("thread_closed = 1", OccurrenceState.OTHER, "variable", id="one's own variable is something else"),
        pytest.param(
            "def f(thread_closed): ...", OccurrenceState.OTHER, "variable", id="one's own parameter is something else"
        ),
        pytest.param(
            "from os import get_bot_agents",
            OccurrenceState.OTHER,
            "standard",
            id="the standard library is something else",
        ),
        pytest.param(
            "import random\nrandom.thread_closed", OccurrenceState.OTHER, "random", id="and so are its attributes"
        ),
        pytest.param(
            "match x:\n    case thread_closed: ...",
            OccurrenceState.OTHER,
            "variable",
            id="a name that a pattern binds too",
        ),
        pytest.param(
            "class A(Base):\n    def get_bot_agents(self): ...",
            OccurrenceState.NAME_ONLY,
            "Base",
            id="an override of the unknown may be",
        ),
        pytest.param(
            "x.get_bot_agents()", OccurrenceState.NAME_ONLY, "`x`", id="a method of the unknown may be the API's"
        ),
        pytest.param(
            "f(thread_closed=1)", OccurrenceState.NAME_ONLY, "argument of `f`", id="an argument of the unknown may be"
        ),
        pytest.param(
            'x["kind"] == "thread_closed"', OccurrenceState.NAME_ONLY, "compared", id="a comparison may be the API's"
        ),
        pytest.param(
            'x = {"thread_closed": 1}',
            OccurrenceState.NAME_ONLY,
            "key of a dict",
            id="a key of a dict may be the API's",
        ),
        pytest.param(
            "from sdk import get_bot_agents", OccurrenceState.NAME_ONLY, "`sdk`", id="an import of the unknown may be"
        ),
    ],
)
def test_an_occurrence_is_judged_by_its_finding_or_else_by_the_syntax(source, state, reason):
    (found,) = ledger(f"import requests\n{source}\n" if "requests" in source else f"{source}\n")
    assert (found.state, reason in found.reason) == (state, True), found


@pytest.mark.parametrize("body", ["self.thread_closed", "A().thread_closed", "a.thread_closed"])
def test_a_member_of_ones_own_class_is_something_else(body):
    found = ledger(f"class A:\n    def thread_closed(self):\n        {body}\n\n\na = A()\n")
    assert [each.state for each in found] == [OccurrenceState.OTHER, OccurrenceState.OTHER]


def test_a_member_of_a_class_of_another_scanned_module_is_something_else():
    files = {
        "app/client.py": b"class Client:\n    def get_bot_agents(self): ...\n",
        "app/main.py": b"from .client import Client\n\ndef f(c: Client):\n    c.get_bot_agents()\n",
    }
    found = account_for(migrate_files(files, OPTIONS), files, OLD)
    assert found.count_states()[OccurrenceState.OTHER] == found.total == 2
    assert "app/client.py:2" in found.files[1].occurrences[0].reason


def test_a_name_inside_another_name_counts_for_both():
    names = ("trace", "trace_parcel", "aa")
    raw = b"trace_parcel aaa"
    assert find_occurrences(raw, names) == [(0, "trace"), (0, "trace_parcel"), (13, "aa"), (14, "aa")]
    assert make_counter(names)(raw) == {"trace": 1, "trace_parcel": 1, "aa": 2}


@given(st.lists(st.text("ab_", min_size=1, max_size=4), unique=True, max_size=5), st.text("ab_ ", max_size=40))
def test_both_ways_of_counting_find_what_comparing_at_each_byte_finds(names, text):
    raw = text.encode()
    slowly = [(at, name) for at in range(len(raw)) for name in names if raw[at:].startswith(name.encode())]
    assert sorted(slowly) == find_occurrences(raw, names)
    assert Counter(name for _, name in slowly) == make_counter(names)(raw)


def test_line_and_column_count_characters_whatever_the_encoding():
    raw = "# coding: latin-1\r\nü = 'ü', 'thread_closed'\r\n".encode("latin-1")
    (found,) = ledger(raw)
    assert (found.line, found.column, raw[found.start :][:13]) == (2, 11, b"thread_closed")
    (marked,) = ledger(b"\xef\xbb\xbf'" + "é".encode() + b"', thread_closed\n")
    assert (marked.line, marked.column, marked.start) == (1, 6, 9)


def test_the_second_byte_of_a_character_is_no_letter_of_a_name():
    raw = b"# coding: shift_jis\nx = '\x83access_set'\n"
    (found,) = ledger(raw)
    assert found.state is OccurrenceState.OTHER
    assert "other characters" in found.reason


@pytest.mark.parametrize(
    "raw",
    [b"print 'thread_closed' # access_set\n", b"x = 'thread_closed\xff'; access_set_x\n"],
    ids=["Python 2", "no UTF-8"],
)
def test_in_a_file_that_cannot_be_read_every_occurrence_is_unread_and_counted(raw):
    found = ledger(b"\n" + raw)
    assert [(each.state, each.line) for each in found] == [(OccurrenceState.UNREAD, 2)] * 2
    assert all(each.reason for each in found)


def test_in_a_file_that_a_gate_holds_back_nothing_counts_as_edited():
    result = migrate_files({"a.py": f'import requests\nrequests.post("{URL}")\n'.encode()}, OPTIONS)[0]
    held = replace(result, after=result.before, applied=(), error=FileError("no"))
    (found,) = classify_occurrences(held, OLD)
    assert found.state is OccurrenceState.MANUAL
    assert found.reason.endswith("; the file is unchanged: no")


def test_an_old_name_in_a_value_that_is_taken_out_is_edited():
    url = URL.replace("get_bot_agents", "update_bot_agent")
    source = f'import requests\nrequests.post("{url}", json={{"status": "thread_closed"}})\n'
    assert [(each.name, each.state) for each in ledger(source)] == [
        ("update_bot_agent", OccurrenceState.EDITED),
        ("thread_closed", OccurrenceState.EDITED),
    ]


def test_a_notebook_is_judged_by_its_cells_and_what_is_no_code_is_told_apart():
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["thread_closed"]},
        {
            "cell_type": "code",
            "metadata": {},
            "source": ["import requests\n", f'requests.post("{URL}")\n', "# access_set"],
        },
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    found = {each.name: each for each in ledger(notebook, "a.ipynb")}
    assert {name: each.state for name, each in found.items()} == {
        "thread_closed": OccurrenceState.NAME_ONLY,
        "get_bot_agents": OccurrenceState.EDITED,
        "access_set": OccurrenceState.COMMENT,
    }
    assert "outside the code cells" in found["thread_closed"].reason


LINES = st.sampled_from(
    [
        'requests.post("https://api.livechatinc.com/v3.1/configuration/action/{0}", json={{"status": "{1}"}})',
        'requests.post(BASE + "{0}")  # migrator: ignore',
        "# {0} and {1}_x",
        'x = {{"{0}": {1}, "é": "{1}"}}',
        "def {0}({1}): return {1}.{0}",
        'if hook["secret_key"] and hook["action"] == "{0}": print("{1}")',
        'y = f"{{{0}}} {1} {{z!r:{0}}}"',
        'z = ("{0}"  # {1}\n     "{1}")',
        "class {0}({1}):\n    {1} = {0}",
        "x = '{0}",
        "{0}{1} = r'\\{0}'",
        "x = b'\\{1}{0}'",
        "for {0} in {1}: del {0}; global {1}",
        "é{0} = '{1}é'",
        "@app.get('/{0}')\nasync def f(*{1}, **{0}): await {1}({0}={1})",
        "match {0}:\n    case {1}({0}={1}) | {{'{0}': _, **{1}}}: pass",
        "try: import {0}.{1} as {0}\nexcept {1} as {0}: lambda {1}: {0}",
    ]
)
LINE = st.builds(lambda line, one, two: line.format(one, two), LINES, *[st.sampled_from(OLD.names)] * 2)
CODE = st.lists(LINE, max_size=6).map("\n".join)


@settings(max_examples=50, deadline=None)
@given(CODE, st.sampled_from(["utf-8", "latin-1"]), st.sampled_from(["\n", "\r\n"]), st.binary(max_size=8))
def test_the_states_add_up_to_what_a_plain_search_counts_in_any_mix_of_code(code, encoding, newline, noise):
    text = f"# coding: {encoding}\n{code}\n".replace("\n", newline)
    ledger(text.encode(encoding) + (b"# " + noise.replace(b"\n", b"") if len(noise) > 4 else b""))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=6), st.sampled_from([name.encode() for name in OLD.names])), max_size=12))
def test_they_add_up_in_any_bytes(pieces):
    ledger(b"".join(pieces))


def test_the_sample_program_is_accounted_for_and_what_is_edited_is_what_is_gone_from_its_migrated_form():
    files = {f"support_bot/{path.name}": path.read_bytes() for path in sorted((SAMPLES / "support_bot").glob("*.py"))}
    migrated = b"".join(path.read_bytes() for path in sorted((SAMPLES / "support_bot_migrated").glob("*.py")))
    before = b"".join(files.values())
    found = account_for(migrate_files(files, OPTIONS), files, OLD)
    assert found.total == found.counted == sum(before.count(name.encode()) for name in OLD.names) == 32
    for name, states in found.count_states_by_name().items():
        assert sum(states.values()) == before.count(name.encode())
        kept = len(re.findall(rb"(?<!\w)%s(?!\w)" % name.encode(), migrated))
        assert states[OccurrenceState.EDITED] == before.count(name.encode()) - kept, name
    left = {
        state: number
        for state, number in found.count_states().items()
        if number and state is not OccurrenceState.EDITED
    }
    assert left == {OccurrenceState.MANUAL: 2, OccurrenceState.OTHER: 5, OccurrenceState.NAME_ONLY: 3}
    assert not [defect for file in found.files for defect in file.defects]


def test_what_is_not_accounted_for_is_a_defect_to_report():
    raw = b"thread_closed\n"
    lost = account_for([], {"a.py": raw}, OLD)
    assert (lost.total, lost.counted) == (0, 1)
    (defect,) = lost.files[0].defects
    assert "0 of 1 occurrences of `thread_closed`" in defect
    assert "please report" in defect
    (occurrence,) = ledger(raw)
    assert FileAccount("a.py", (occurrence,), {"thread_closed": 1}).defects == ()
    assert len(FileAccount("a.py", (occurrence, occurrence), {"thread_closed": 1}).defects) == 1
    assert len(FileAccount("a.py", (occurrence,), {}).defects) == 1


def test_only_the_names_of_rules_that_take_part_are_accounted_for():
    options = Options(shipped().chains(), select=("webhook-thread-*",))
    assert collect_old_names(options).names == ("thread_closed",)


CALL = f'requests.post("{URL}")'


@pytest.mark.parametrize(
    ("source", "stale"),
    [
        (f"{CALL}  # migrator: ignore", []),
        (f"{CALL}  # migrator: ignore[method-get-bot-agents, version-3.2]", []),
        ("x = 1  # migrator: ignore", [(2, ())]),
        ("# migrator: ignore-file", [(2, ())]),
        (f"# migrator: ignore-file\n{CALL}", []),
        (
            f"{CALL}  # migrator: ignore[method-get-bot-agents, webhook-thread-closed]",
            [(2, ("webhook-thread-closed",))],
        ),
        (f"{CALL}  # migrator: ignore[no-such-rule]", [(2, ("no-such-rule",))]),
    ],
)
def test_a_suppression_that_suppresses_nothing_is_reported(source, stale):
    result = migrate_source(f"import requests\n{source}\n", shipped())
    assert [(each.line, each.rules) for each in result.stale] == stale


@pytest.mark.parametrize("comment", ["ignore", "ignore[method-get-bot-agents]"])
def test_a_suppression_of_rules_that_take_no_part_is_not_judged(comment):
    result = migrate_source(f"x = 1  # migrator: {comment}\n", shipped(), select=["webhook-*"])
    assert result.stale == ()


def test_what_is_suppressed_is_kept_apart_from_the_findings():
    result = migrate_source(
        f"import requests\n{CALL}  # migrator: ignore[method-*, method-get-bot-agents]\n", shipped()
    )
    assert [finding.rule for finding in result.suppressed] == ["method-get-bot-agents"]
    assert "method-get-bot-agents" not in {finding.rule for finding in result.findings}
