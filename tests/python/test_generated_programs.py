"""Programs that no person would write: none is spoiled, none breaks the run, and nothing is edited without evidence."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laws import assert_laws, text_of
from migrator.findings.finding import Edit, FileResult
from migrator.matching.selection import Options
from migrator.program.ledger_totals import account_for
from migrator.python.migrate import migrate_files
from programs import EVIDENT, INNOCENT, OLD, Grammar, written
from verbs import places, shipped

SAFE, UNSAFE = (Options(shipped().chains(), unsafe=unsafe) for unsafe in (False, True))
PATHS = ("app.py", "client.py", "pkg/__init__.py", "pkg/hooks.py")
LAYOUTS = {
    "as it is": lambda text: text.encode(),
    "with a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "in Latin-1": lambda text: f"# coding: latin-1\n{text}".encode("latin-1"),
    "with line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "with line ends of an old Mac": lambda text: text.replace("\n", "\r").encode(),
    "with tabs and form feeds": lambda text: ("\f\n" + text.replace("    ", "\t")).encode(),
    "without a line end": lambda text: text.rstrip("\n").encode(),
}

few = settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def project(pick, grammar: Grammar) -> dict[str, bytes]:
    """Some modules that may import each other; what is no Python is left out."""
    files = {}
    for path in PATHS[: int(pick("1223"))] + (("pkg/hooks.py",) if pick("01") == "1" else ()):
        text = written(pick, grammar) + "\n"
        if _parses(text):
            files[path] = LAYOUTS[pick(list(LAYOUTS))](text)
    return files


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def projects(grammar: Grammar) -> st.SearchStrategy[dict[str, bytes]]:
    return st.composite(lambda draw: project(lambda options: draw(st.sampled_from(options)), grammar))()


def assert_kept(files: Mapping[str, bytes], options: Options) -> dict[str, FileResult[bytes]]:
    """What must hold for any code: the results by path."""
    results = {result.path: result for result in migrate_files(files, options)}
    assert list(results) == list(files)
    for path, result in results.items():
        assert_laws(result, files[path], unsafe=options.unsafe)
        if result.is_changed:
            assert untouched(result.before, edited(result)[0]) == untouched(result.after, edited(result)[1])
            assert not quiet_lines(result.before) & edited_lines(result)
    after = {path: result.after for path, result in results.items()}
    if after != dict(files):
        assert [result.path for result in migrate_files(after, options) if result.is_changed] == []
    ledger = account_for(results.values(), files, OLD)
    assert (
        ledger.total == ledger.counted == sum(raw.count(name.encode()) for raw in files.values() for name in OLD.names)
    )
    assert [defect for file in ledger.files for defect in file.defects] == []
    return results


def assert_any_order(files: Mapping[str, bytes], options: Options, results: Mapping[str, FileResult[bytes]]) -> None:
    """The same is found whichever file is given first."""
    for result in migrate_files(dict(reversed(files.items())), options):
        assert sorted(places(result), key=repr) == sorted(places(results[result.path]), key=repr), result.path
        assert result.after == results[result.path].after


def edited(result: FileResult[bytes]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The spans that edits replace, and those of what replaces them."""
    before, after, grown = [], [], 0
    for edit in sorted({edit for finding in result.applied for edit in finding.edits}):
        before.append((edit.start, edit.end))
        after.append((edit.start + grown, edit.start + grown + len(edit.replacement)))
        grown += len(edit.replacement) - (edit.end - edit.start)
    return before, after


def untouched(raw: bytes, spans: list[tuple[int, int]]) -> list[str]:
    """The statements without others inside them in which nothing was edited, and the heads of the others."""
    tree = ast.parse(raw)
    starts = line_starts(raw)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
            if not any(first < end and start < last for first, last in spans):
                found.append((start, ast.dump(node)))
    return [text for _, text in sorted(found)]


def line_starts(raw: bytes) -> list[int]:
    """The byte at which each line starts, as a syntax tree counts them."""
    mark = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    return [mark, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", raw))]


def quiet_lines(raw: bytes) -> set[int]:
    """The lines that a comment asks to leave alone, whatever is found on them."""
    text = text_of(raw).replace("\r\n", "\n").replace("\r", "\n")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT and re.search(r"migrator: ignore$", token.string)
    }


def edited_lines(result: FileResult[bytes]) -> set[int]:
    """The lines of which an edit takes something away."""
    starts = line_starts(result.before)
    edits = {edit for finding in result.applied for edit in finding.edits if edit.end > edit.start}
    return {line for edit in edits for line in _lines(starts, edit)}


def _lines(starts: list[int], edit: Edit) -> Iterator[int]:
    for line, (start, end) in enumerate(zip(starts, [*starts[1:], float("inf")], strict=True), 1):
        if start < edit.end and edit.start < end:
            yield line


@few
@given(projects(EVIDENT), st.sampled_from([SAFE, UNSAFE]))
def test_code_that_speaks_of_the_api_in_any_form_is_edited_where_it_says_and_nowhere_else(files, options):
    assert_any_order(files, options, assert_kept(files, options))


@few
@given(projects(INNOCENT), st.sampled_from([SAFE, UNSAFE]))
def test_code_that_only_uses_the_names_is_not_edited(files, options):
    results = assert_kept(files, options)
    assert {path: result.after for path, result in results.items()} == files
    assert_any_order(files, options, results)


_HOME = Path(os.__file__).parent
LIBRARY = [p for p in sorted([*_HOME.glob("*.py"), *_HOME.glob("test/test_*.py")]) if p.stat().st_size < 40_000]
PLANTS = [  # what is put in front of a statement, at any depth
    "requests.post('https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents')",
    "requests.post(BASE + 'create_bot_agent', json={'status': 'offline', 'name': self})",
    "BASE = 'https://api.livechatinc.com/v3.1/configuration/action/'",
    "if hook['secret_key'] and hook['action'] == 'thread_closed': pass",
    "thread_closed = get_bot_agents = 'incoming_chat_thread'",
]


def planted(raw: bytes, random: Random) -> bytes:
    """A file with some of the plants, one of them evident, in front of random statements of their own line."""
    lines, tree = raw.splitlines(keepends=True), ast.parse(raw)
    future = max((node.lineno for node in tree.body if getattr(node, "module", "") == "__future__"), default=0)
    firsts = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            line = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
            before, text = lines[line - 1][: node.col_offset], lines[line - 1][node.col_offset :]
            if line > future and not before.strip() and not text.startswith(b"elif"):
                firsts[line] = before
    chosen = random.sample(sorted(firsts), min(len(firsts), 8))
    plants = dict(zip(chosen, [PLANTS[0], *random.choices(PLANTS, k=len(chosen))], strict=False))
    for line in sorted(chosen, reverse=True):
        lines.insert(line - 1, firsts[line] + plants[line].encode() + b"\n")
    return b"".join(lines)


@pytest.mark.parametrize("path", Random(31).sample(LIBRARY, 6), ids=lambda path: f"in {path.name}")
def test_names_and_calls_planted_into_the_standard_library_are_edited_alone(path):
    raw = path.read_bytes()
    assert not assert_kept({path.name: raw}, UNSAFE)[path.name].is_changed
    for seed in range(2):
        files = {path.name: planted(raw, Random(f"{path.name} {seed}"))}
        assert assert_kept(files, UNSAFE)[path.name].findings
