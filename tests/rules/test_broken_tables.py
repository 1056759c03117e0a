"""A broken table does not load, and says file, row, key and the way out: exactly one problem for one mistake."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from migrator.rules.checks.check_file import check_step
from migrator.rules.checks.check_row import ENGINES
from migrator.rules.checks.step_schema import StepFile
from migrator.rules.load import load_rules
from migrator.rules.rule import Kind
from migrator.rules.table_errors import TableError

HEAD = "the head of the file"
FIND, LEFT, PIER = "row 1 (method-find)", "row 2 (webhook-left)", "row 3 (key-pier)"
SHIP, FARE = "row 1 (method-ship)", "row 2 (key-fare)"


@dataclass(frozen=True)
class Broken:
    """One mistake: in `file`, `old` becomes `new`; and where the error must point, with a part of message and hint."""

    mistake: str
    file: str
    old: str
    new: str
    row: str
    key: str
    message: str
    hint: str


PIER_PLACE = '{ document = "request", name = "find_boat", path = "$.pier" }'

ROW = """\
[[rule]]
id = "further"
kind = "{kind}"
old = "{old}"
{rest}
advice = "See the manual."
source = {{ document = "changelog", version = "1.1", item = "9" }}
"""

#: Where a further row goes into first.toml.
LAST = 'arguments.id = { from = "response", path = "$.id" }\n'
FURTHER = "row 4 (further)"


def further(kind: str, old: str, rest: str = "") -> str:
    """The end of first.toml with one more row."""
    return LAST + ROW.format(kind=kind, old=old, rest=rest)


ONE_KEY = [
    Broken("an unknown key", "first.toml", "advice = \"Call find", "remark = 1\nadvice = \"Call find",
           FIND, "remark", "no such key", "correct its spelling"),
    Broken("an unknown key in the head", "first.toml", 'from = "1.0"', 'since = "1"\nfrom = "1.0"',
           HEAD, "since", "no such key", "correct its spelling"),
    Broken("an unknown key inside a place", "first.toml", '{ document = "webhook", path = "$.event" }',
           '{ document = "webhook", path = "$.event", method = "watch" }',
           "[places]", "event_name[0].method", "no such key", "correct its spelling"),
    Broken("an unknown key in a description", "api.toml", "methods =", 'verbs = "POST"\nmethods =',
           "[api]", "verbs", "no such key", "correct its spelling"),
    Broken("an unquoted version in the head", "second.toml", 'to = "1.10"', "to = 1.10",
           HEAD, "to", "expected a string", 'in quotes, such as "3.1"'),
    Broken("an unquoted version of a source", "second.toml", 'version = "1.10", item', "version = 1.10, item",
           SHIP, "source.version", "expected a string", 'in quotes, such as "3.1"'),
    Broken("a version that is none", "second.toml", 'to = "1.10"', 'to = "v1.10"',
           HEAD, "to", "'v1.10' is not a version", "numbers and dots"),
    Broken("a version with a leading zero", "second.toml", 'to = "1.10"', 'to = "1.010"',
           HEAD, "to", "'1.010' is not a version", "numbers and dots"),
    Broken("an unknown kind", "first.toml", 'kind = "rename_method"', 'kind = "rename_verb"',
           FIND, "kind", "no such kind", "rename_method, remove_method, rename_webhook"),
    Broken("a row without a kind", "first.toml", 'kind = "rename_method"\n', "",
           FIND, "kind", "has no kind", "rename_method, remove_method, rename_webhook"),
    Broken("a row without advice", "first.toml", 'advice = "Call find_ship."\n', "",
           FIND, "advice", "missing", "add it"),
    Broken("empty advice", "first.toml", 'advice = "Call find_ship."', 'advice = ""',
           FIND, "advice", "at least 1 character", "write a text"),
    Broken("a source without an item", "first.toml", 'version = "1.1", item = "1"', 'version = "1.1"',
           FIND, "source.item", "missing", "add it"),
    Broken("a row without an id", "first.toml", 'id = "method-find"\n', "",
           "row 1", "id", "missing", "add it"),
    Broken("an id with capitals", "first.toml", 'id = "method-find"', 'id = "Method Find"',
           "row 1 (Method Find)", "id", "match pattern", "small letters"),
    Broken("a name that cannot be sent", "first.toml", 'new = "find_ship"', 'new = "find ship"',
           FIND, "new", "match pattern", "as it is sent over the wire"),
    Broken("a key that belongs to another kind", "first.toml", 'new = "find_ship"', 'new = "find_ship"\nrestore = "x"',
           FIND, "restore", "no such key", "correct its spelling"),
    Broken("a bad JSON path", "first.toml", '"$.pier" }', '"pier" }',
           PIER, "where[0].path", "'pier' is not a path", "$, .key and [*]"),
    Broken("a JSON path with a filter", "first.toml", '"$.pier" }', '"$.a[?@.b]" }',
           PIER, "where[0].path", "is not a path", "$, .key and [*]"),
    Broken("a bad JSON path in a guard", "first.toml", '"$.body.sort"', '"$..sort"',
           LEFT, "guard.path", "'$..sort' is not a path", "$, .key and [*]"),
    Broken("a document that there is not", "first.toml", 'document = "request", name = "find_boat"',
           'document = "reply", name = "find_boat"',
           PIER, "where[0].document", "'webhook', 'request' or 'response'", "the listed values"),
    Broken("a row that is about no place", "first.toml", f"where = [{PIER_PLACE}]", "where = []",
           PIER, "where", "at least 1 item", "at least one entry"),
    Broken("a guard that compares with a list", "first.toml", 'equals = "boat"', 'equals = ["boat"]',
           LEFT, "guard.equals", "a string, a number or a boolean", "one plain value"),
    Broken("a guard that compares with a date", "first.toml", 'equals = "boat"', "equals = 2019-09-17",
           LEFT, "guard.equals", "a string, a number or a boolean", "one plain value"),
    Broken("a follow-up without the whole URL", "first.toml", '"https://api.ferry.example/v1.1', '"/v1.1',
           PIER, "follow_up.url", "match pattern", "from https:// on"),
    Broken("a path without a place for the method", "api.toml", '"/v{version}/ferry/{method}"', '"/v{version}/ferry/"',
           "[api]", "path", "match pattern", "{version} and {method}"),
    Broken("an API without a host", "api.toml", '["*.ferry.example"]', "[]",
           "[api]", "hosts", "at least 1 item", "at least one entry"),
]  # fmt: skip

BETWEEN_KEYS = [
    Broken("a list of places that does not exist", "first.toml", 'where = "event_name"', 'where = "event_names"',
           LEFT, "where", "no list 'event_names'", "one of: event_name"),
    Broken("a rename to itself", "first.toml", 'new = "find_ship"', 'new = "find_boat"',
           FIND, "new", "'find_boat' is renamed to itself", "correct one of the names"),
    Broken("a path that does not end in the key", "first.toml", '"$.pier" }', '"$.dock" }',
           PIER, "where", "$.dock does not end in 'pier'", "such as $.pier"),
    Broken("a path that does not end in the new key", "second.toml", '"$.fare" }', '"$.price" }',
           FARE, "where", "$.price does not end in 'fare'", "such as $.fare"),
    Broken("a place in the words of the newer version", "first.toml", 'name = "find_boat"', 'name = "find_ship"',
           PIER, "where", "'find_ship' is the name in 1.1", "'find_boat'"),
    Broken("a guard about another document", "first.toml",
           'guard = { document = "webhook"', 'guard = { document = "response"',
           LEFT, "guard.document", "not about a response", "that `where` names"),
    Broken("a guard about several values", "first.toml", '"$.body.sort"', '"$.body[*].sort"',
           LEFT, "guard.path", "several values", "leave out [*]"),
    Broken("a follow-up of something that is no request", "first.toml", 'document = "request", name = "find_boat"',
           'document = "response", name = "find_boat"',
           PIER, "follow_up", "only a request", 'document = "request"'),
    Broken("an argument without a path", "first.toml", '{ from = "response", path = "$.id" }', '{ from = "response" }',
           PIER, "follow_up.arguments.id.path", "inside the response is missing", 'path = "$.key"'),
    Broken("a path into the removed value", "first.toml", '{ from = "value" }', '{ from = "value", path = "$.x" }',
           PIER, "follow_up.arguments.pier.path", "has no path", 'from = "request"'),
    Broken("a note that names nothing", "first.toml", LAST, further("behaviour", "x").replace('old = "x"\n', ""),
           FURTHER, "old", "has neither", "give `old` or `new`"),
    Broken("an envelope without its own name", "api.toml", 'keys = ["event", ', "keys = [",
           "[api.envelope]", "name", "'event' is not among `keys`", "add 'event'"),
    Broken("a key that both belongs to an envelope and excludes it", "api.toml", '["frame"]', '["body"]',
           "[api.envelope]", "foreign", "'body' is among `keys` too", "either belongs"),
]  # fmt: skip

BETWEEN_ROWS = [
    Broken("an id used twice in a file", "first.toml", 'id = "webhook-left"', 'id = "method-find"',
           "row 2 (method-find)", "id", "'method-find' is used twice", "first.toml, row 1"),
    Broken("an id used twice across files", "second.toml", 'id = "key-fare"', 'id = "key-pier"',
           "row 2 (key-pier)", "id", "'key-pier' is used twice", "first.toml, row 3"),
    Broken("two rows for one method", "first.toml", LAST, further("rename_method", "find_boat", 'new = "search"'),
           FURTHER, "old", "'find_boat' is already the subject of method-find", "one row only"),
    Broken("a webhook both renamed and removed", "first.toml", LAST,
           further("remove_webhook", "boat_left", 'where = "event_name"'),
           FURTHER, "old", "'boat_left' is already the subject of webhook-left", "one row only"),
    Broken("two rows for one key", "first.toml", LAST,
           further("rename_key", "pier", f'new = "dock"\nwhere = [{PIER_PLACE}]'),
           FURTHER, "where", "'$.pier' is already the subject of key-pier", "one row only"),
    Broken("a row for a key of every document beside a row for one", "first.toml", LAST,
           further("unnest", "pier", 'where = [{ document = "request", path = "$.pier" }]'),
           FURTHER, "where", "'$.pier' is already the subject of key-pier", "one row only"),
    Broken("two old names for one new one", "first.toml", LAST,
           further("rename_method", "seek_boat", 'new = "find_ship"'),
           FURTHER, "new", "'find_ship' is already the new name of method-find", 'back = "impossible"'),
    Broken("an unknown API", "second.toml", 'api = "ferry"', 'api = "fery"',
           HEAD, "api", "no API 'fery'", "one of: ferry"),
    Broken("a step that goes down", "second.toml", 'to = "1.10"', 'to = "1.0.9"',
           HEAD, "to", "1.0.9 is not newer than 1.1", "a step leads from"),
    Broken("a step that goes down before another", "first.toml", 'to = "1.1"', 'to = "0.9"',
           HEAD, "to", "0.9 is not newer than 1.0", "a step leads from"),
    Broken("a step that stays", "second.toml", 'to = "1.10"', 'to = "1.1"',
           HEAD, "to", "1.1 is not newer than 1.1", "a step leads from"),
    Broken("a gap in the chain", "second.toml", 'from = "1.1"', 'from = "1.2"',
           HEAD, "from", "no step from 1.1 to 1.2", "add the missing step"),
    Broken("two steps that overlap", "second.toml", 'from = "1.1"', 'from = "1.0"',
           HEAD, "from", "overlap", "into one file"),
]  # fmt: skip


def loading_fails(folder: Path) -> TableError:
    """The error of loading the folder alone."""
    with pytest.raises(TableError) as caught:
        load_rules(folder, shipped=False)
    return caught.value


@pytest.mark.parametrize("case", [*ONE_KEY, *BETWEEN_KEYS, *BETWEEN_ROWS], ids=lambda case: f"{case.mistake} is named")
def test_a_mistake(case, write, ferry_files):
    before = ferry_files[case.file]
    assert case.old in before
    folder = write({**ferry_files, case.file: before.replace(case.old, case.new, 1)})
    error = loading_fails(folder)
    (problem,) = error.problems
    assert (problem.file, problem.row, problem.key) == (str(folder / case.file), case.row, case.key)
    assert case.message in problem.message
    assert case.hint in problem.hint
    for part in (problem.file, problem.row, problem.key, problem.message, problem.hint):
        assert part in str(error)


def test_the_same_table_without_a_mistake_loads(ferry):
    assert [str(version) for version in load_rules(ferry, shipped=False).table().versions] == ["1.0", "1.1", "1.10"]


def test_every_mistake_is_named_at_once(write, ferry_files):
    first = ferry_files["first.toml"].replace('new = "find_ship"', 'new = "find_boat"')
    second = ferry_files["second.toml"].replace('id = "key-fare"', 'id = "Key"').replace("old = ", "odl = ")
    folder = write({**ferry_files, "first.toml": first, "second.toml": second})
    found = {(Path(problem.file).name, problem.row, problem.key) for problem in loading_fails(folder).problems}
    assert found == {
        ("first.toml", FIND, "new"),
        ("second.toml", SHIP, "old"),
        ("second.toml", SHIP, "odl"),
        ("second.toml", "row 2 (Key)", "id"),
    }


def test_a_single_table_in_the_place_of_a_list_of_rows_is_named(write, ferry_files):
    head = ferry_files["second.toml"].partition("[[rule]]")[0]
    folder = write({**ferry_files, "second.toml": head + '[rule]\nid = "method-ship"\n'})
    (problem,) = loading_fails(folder).problems
    assert (problem.file, problem.row, problem.key) == (str(folder / "second.toml"), HEAD, "rule")
    assert problem.message == "expected a list"
    assert "[[rule]]" in problem.hint


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_a_kind_that_an_engine_does_not_carry_out_is_named(engine, ferry_files):
    form = StepFile.model_validate(tomllib.loads(ferry_files["first.toml"]))
    engines = {**ENGINES, engine: ENGINES[engine] - {Kind.REMOVE_KEY}}
    (problem,) = check_step(form, "first.toml", engines)
    assert (problem.file, problem.row, problem.key) == ("first.toml", PIER, "kind")
    assert problem.message == f"{engine} does not carry out remove_key"
    assert 'kind = "manual"' in problem.hint


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        pytest.param(
            b"api = \n", "is not TOML: Invalid value (at line 1", "the line that the message names", id="not TOML"
        ),
        pytest.param(b'api = "f\xe4hre"\n', "cannot be read: 'utf-8'", "in UTF-8", id="not UTF-8"),
        pytest.param(b"a = " + b"[" * 5000, "is not TOML", "the line that the message names", id="nested without end"),
    ],
)
def test_a_file_that_is_no_table_is_named(content, message, hint, write, ferry_files):
    folder = write({**ferry_files, "second.toml": content})
    (problem,) = loading_fails(folder).problems
    assert (problem.file, problem.row, problem.key) == (str(folder / "second.toml"), "", "")
    assert problem.message.startswith(message)
    assert hint in problem.hint
    assert str(problem).startswith(f"{problem.file}: {message}")


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        pytest.param("empty", "no table found here", id="an empty folder is named"),
        pytest.param("missing", "there is no such folder", id="a missing folder is named"),
    ],
)
def test_a_folder_without_a_table(folder, message, tmp_path):
    (tmp_path / "empty").mkdir()
    (problem,) = loading_fails(tmp_path / folder).problems
    assert (problem.file, problem.row, problem.key) == (str(tmp_path / folder), "", "")
    assert problem.message == message
    assert "one .toml file for each step" in problem.hint


def test_an_api_that_is_described_twice_is_named(write, ferry_files):
    folder = write({**ferry_files, "more.toml": ferry_files["api.toml"]})
    (problem,) = loading_fails(folder).problems
    assert (problem.file, problem.row, problem.key) == (str(folder / "more.toml"), "[api]", "id")
    assert problem.message == "the API 'ferry' is described twice"
    assert str(folder / "api.toml") in problem.hint


def test_an_api_without_a_step_is_named(write, ferry_files):
    folder = write({"api.toml": ferry_files["api.toml"]})
    (problem,) = loading_fails(folder).problems
    assert (problem.file, problem.row, problem.key) == (str(folder / "api.toml"), "[api]", "id")
    assert problem.message == "the API 'ferry' has no step"
    assert "api = 'ferry'" in problem.hint


def test_a_broken_description_is_not_blamed_on_its_steps(write, ferry_files):
    folder = write({**ferry_files, "api.toml": ferry_files["api.toml"].replace('title = "Ferry API"\n', "")})
    assert [(problem.row, problem.key) for problem in loading_fails(folder).problems] == [("[api]", "title")]
