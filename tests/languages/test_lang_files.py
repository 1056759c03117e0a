"""Files as they lie on disk: encodings, suppressions, neighbours, and what cannot be read."""

# programs of one line
from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpu_time import at_most
from languages.lang_reading import BASE, OPTIONS, entries, places, result, states
from migrator.cli import main
from migrator.files.python_files import is_python
from migrator.languages.read_program import find_own_urls
from migrator.matching.occurrences import collect_old_names
from migrator.program import read_files as read
from migrator.program.read_files import read_files

CALL = f"fetch('{BASE}/get_bot_agents');"
SUFFIXES = (".js", ".ts", ".tsx", ".php", ".go", ".rb", ".java", ".kt", ".cs", ".sh", ".html", ".vue", ".xyz")


def test_columns_count_characters_and_not_bytes():
    found = result("a.js", f"/* żółć */ {CALL}")
    assert {(each.line, each.column) for each in found.findings if each.old == "get_bot_agents"} == {(1, 73)}


def test_a_byte_order_mark_is_no_character():
    found = result("a.js", "\ufeff" + CALL)
    assert [each.column for each in found.findings if each.old == "get_bot_agents"] == [62]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF ends a line", "CRLF ends a line", "CR ends a line"])
def test_lines(end):
    found = result("a.php", f"<?php{end}{end}$u = '{BASE}/get_bot_agents';{end}")
    assert {each.line for each in found.findings} == {3}


COMMENTS = {
    "a line of JavaScript": ("a.js", f"{CALL} // migrator: ignore[method-get-bot-agents]"),
    "a block of JavaScript": ("a.js", f"{CALL} /* migrator: ignore[method-get-bot-agents] for now */"),
    "a line above": ("a.js", f"// migrator: ignore[method-get-bot-agents]\n{CALL}"),
    "a line of PHP": ("a.php", f"<?php\n$u = '{BASE}/get_bot_agents'; # migrator: ignore[method-get-bot-agents]"),
    "a line of Ruby": ("a.rb", f"u = '{BASE}/get_bot_agents' # migrator: ignore[method-get-bot-agents]"),
    "a line of Go": ("a.go", f'package a\nvar u = "{BASE}/get_bot_agents" // migrator: ignore[method-get-bot-agents]'),
    "a line of the shell": ("a.sh", f"curl {BASE}/get_bot_agents # migrator: ignore[method-get-bot-agents]"),
    "a comment of HTML": (
        "a.html",
        f"<a href='{BASE}/get_bot_agents'>x</a> <!-- migrator: ignore[method-get-bot-agents] -->",
    ),
    "a comment for the file": (
        "a.cs",
        f'// migrator: ignore-file[method-get-bot-agents]\n\nP("{BASE}/get_bot_agents");',
    ),
}


@pytest.mark.parametrize("case", COMMENTS.values(), ids=[f"{name} asks to leave a place alone" for name in COMMENTS])
def test_a_suppression(case):
    found = result(*case)
    assert {each.rule for each in found.suppressed} == {"method-get-bot-agents"}
    assert {each.rule for each in found.findings} == {"version-3.2"}
    assert found.stale == ()
    assert states(found) == {"suppressed": 1}


def test_a_suppression_of_nothing_is_told_with_its_line():
    found = result("a.js", f"{CALL}\n\n// migrator: ignore[webhook-thread-closed]\n")
    assert [(each.line, each.rules) for each in found.stale] == [(3, ("webhook-thread-closed",))]


def test_a_suppression_inside_of_a_string_is_none():
    found = result("a.js", f"{CALL} f('migrator: ignore');")
    assert not found.suppressed
    assert not found.stale


def test_a_program_speaks_of_the_api_when_it_imports_one_that_calls_it():
    files = {
        "src/client.js": f"export const call = (m) => fetch(`{BASE}/${{m}}`);".encode(),
        "src/bots.js": b"import { call } from './client';\nexport const f = () => call('get_bot_agents');",
        "src/other.js": b"import { call } from './elsewhere';\nexport const f = () => call('get_bot_agents');",
    }
    found = {each.path: [finding.old for finding in each.findings] for each in read_files(files, OPTIONS)}
    assert found == {"src/client.js": ["3.1"], "src/bots.js": ["get_bot_agents"], "src/other.js": []}


def test_files_of_one_package_of_go_belong_together():
    files = {
        "lc/client.go": f'package lc\nconst base = "{BASE}"'.encode(),
        "lc/bots.go": b'package lc\nfunc f() { call("get_bot_agents") }',
        "x/bots.go": b'package x\nfunc f() { call("get_bot_agents") }',
    }
    found = {each.path: len(each.findings) for each in read_files(files, OPTIONS)}
    assert found == {"lc/client.go": 1, "lc/bots.go": 1, "x/bots.go": 0}


def test_a_binary_file_with_an_old_name_is_not_read_and_one_without_is_clean():
    held, clean = result("a.js", b"\0get_bot_agents"), result("b.js", b"\0other")
    assert held.error is not None
    assert held.error.unread
    assert states(held) == {"unread": 1}
    assert clean.error is None


def test_a_file_in_another_encoding_with_an_old_name_is_not_read_and_one_without_is_clean():
    held, clean = result("a.js", b"// \xe9\nget_bot_agents"), result("b.js", b"// \xe9 secret_key")
    assert held.error is not None
    assert (held.error.unread, held.error.line) == (True, 1)
    assert clean.error is None


@pytest.mark.parametrize(
    "encoding",
    [
        pytest.param("utf-16", id="a mark says so"),
        pytest.param("utf-16-le", id="no mark says so and the low byte comes first"),
        pytest.param("utf-16-be", id="no mark says so and the high byte comes first"),
    ],
)
def test_a_file_in_utf_16_with_an_old_name_is_not_read_and_one_without_is_clean(tmp_path, capsys, encoding):
    (tmp_path / "a.ps1").write_bytes(CALL.encode(encoding))
    (tmp_path / "b.ps1").write_bytes("other".encode(encoding))
    with pytest.raises(SystemExit) as left:
        main(["audit", str(tmp_path), "--from", "3.1"])
    assert left.value.code == 3
    told = capsys.readouterr().err
    assert "a.ps1: is UTF-16: it was not read; save it as UTF-8" in told.replace("\n    ", " ")
    assert "b.ps1" not in told


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(read, "LARGEST", 100)
    found = read_files({"a.js": CALL.encode() + b" " * 100}, OPTIONS)[0]
    assert found.error is not None
    assert found.error.unread


def test_a_file_on_which_a_reader_fails_is_told_and_the_others_are_read(monkeypatch):
    def fails(path: str) -> None:
        raise ValueError(path)

    monkeypatch.setattr(
        read, "find_own_urls", lambda each: fails(each.path) if each.path == "a.js" else find_own_urls(each)
    )
    first, second = read_files({"a.js": CALL.encode(), "b.js": CALL.encode()}, OPTIONS)
    assert first.error is not None
    assert "ValueError: a.js" in first.error.message
    assert first.error.unread
    assert len(second.findings) == 2


def test_a_file_that_is_broken_elsewhere_is_read_all_the_same():
    text = f"{CALL}\nfunction ( {{ ]]\n"
    assert ("method-get-bot-agents", "get_bot_agents") in places("a.js", text)
    assert result("a.js", text).error is None


def test_a_name_in_the_broken_part_of_a_file_is_told():
    found = result("A.java", "class A { void f() { ### get_bot_agents ### } } class")
    assert found.error is not None
    assert "get_bot_agents" in found.error.message


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("(" * 8_000, id="brackets that never close do not hang it"),
        pytest.param("if(a){" * 500 + "}" * 500, id="deep blocks do not hang it"),
        pytest.param("{a:[" * 500, id="deep objects do not hang it"),
        pytest.param('"a"+' * 2_000 + '"b"', id="a long sum does not hang it"),
        pytest.param("`${" * 2_000, id="templates inside of templates do not hang it"),
        pytest.param("<script>" * 800, id="scripts inside of scripts do not hang it"),
        pytest.param("/configuration" * 2_000, id="a path without an end does not hang it"),
        pytest.param('"thread_closed",' * 500, id="many names do not hang it"),
    ],
)
@pytest.mark.parametrize("suffix", [".js", ".php", ".go", ".rb", ".java", ".kt", ".cs", ".sh", ".html", ".xyz"])
def test_a_crafted_file(hostile, suffix):
    head = f"<?php f('{BASE}/get_bot_agents');\n" if suffix == ".php" else CALL + "\n"
    with at_most(seconds=5):
        entries(result("a" + suffix, head + hostile))


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("interface L\n@Foo", id="without a bracket"),
        pytest.param('interface L@T("x")\n@POST("a', id="within a bracket"),
    ],
)
def test_a_file_of_kotlin_that_ends_in_an_annotation_does_not_hang_it(end):
    code = (
        "from migrator.languages.grammar.grammars import grammar_named, parse_bytes; "
        f"parse_bytes(grammar_named('Kotlin'), {end.encode()!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


_SIGNS = [*"{}();:,.=+/'`x", '"', "${a}", "#{b}", "é", "==", "switch", "case", "//", "<script>", "</script>", "<?php "]
_WORDS = st.sampled_from(
    [*collect_old_names(OPTIONS).names, BASE, "secret_key", "action", "status", " ", "\n", *_SIGNS]
)


@given(st.sampled_from(SUFFIXES), st.lists(_WORDS, max_size=60).map("".join))
def test_the_ledger_adds_up_for_whatever_is_written(suffix, text):
    entries(result("a" + suffix, text))


@pytest.mark.parametrize(
    ("path", "raw", "expected"),
    [
        pytest.param("a.py", b"", True, id="a suffix says Python"),
        pytest.param("a.ipynb", b"", True, id="a notebook is Python"),
        pytest.param("bin/x", b"#!/usr/bin/env python3\n", True, id="a first line says Python"),
        pytest.param("bin/x", b"#!/bin/sh\n", False, id="a first line says the shell"),
        pytest.param("a.js", b"#!/usr/bin/env python3\n", False, id="a suffix is stronger than a first line"),
    ],
)
def test_what_python_is(path, raw, expected):
    assert is_python(path, raw) is expected


def test_the_audit_reads_all_languages_and_its_ledger_spans_them(tmp_path, capsys):
    (tmp_path / "a.js").write_text(CALL, "utf-8")
    (tmp_path / "b.py").write_text(f"requests.post('{BASE}/get_bot_agents')\n", "utf-8")
    (tmp_path / "c.sh").write_text("# get_bot_agents\n", "utf-8")
    with pytest.raises(SystemExit) as left:
        main(["audit", str(tmp_path), "--format", "json", "--from", "3.1"])
    told = json.loads(capsys.readouterr().out)
    assert left.value.code == 1
    assert sorted(each["path"][-4:] for each in told["findings"]) == ["a.js", "a.js", "b.py", "b.py"]
