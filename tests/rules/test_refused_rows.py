"""What no engine carries out does not load: paths that match any URL, arguments that are several values."""

from __future__ import annotations

import pytest

from migrator.rules.load import load_rules
from migrator.rules.table_errors import TableError

PATH = '"/v{version}/ferry/{method}"'


def find_problem(folder):
    with pytest.raises(TableError) as raised:
        load_rules(folder, shipped=False)
    (problem,) = raised.value.problems
    return problem


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/v{version}/{method}", "has no constant segment"),
        ("/{version}/{method}", "has no constant segment"),
        ("/ferry{version}/{method}", "has no constant segment"),
        ("/v{version}/ferry/x{method}", "only a part of the last segment"),
        ("/v{version}{method}", "only a part of the last segment"),
        ("/v{version}/v{version}/ferry/{method}", "contains {version} twice"),
        ("/v{version}/{method}/ferry/{method}", "contains {method} twice"),
        ("/v{version}//{method}", "'' is no segment of a path|has no constant segment"),
        ("/v{version}/fe rry/{method}", "'fe rry' is no segment of a path"),
        ("/v{version}/ferry?x/{method}", "'ferry?x' is no segment of a path"),
    ],
)
@pytest.mark.parametrize("key", ["path", "legacy_paths[0]"])
def test_a_path_that_code_cannot_be_searched_for_is_refused(key, path, message, write, ferry_files):
    line = f'"{path}"' if key == "path" else f'{PATH}\nlegacy_paths = ["{path}"]'
    problem = find_problem(write({**ferry_files, "api.toml": ferry_files["api.toml"].replace(PATH, line)}))
    assert (problem.row, problem.key) == ("[api]", key)
    assert any(part in problem.message for part in message.split("|"))
    assert problem.hint


@pytest.mark.parametrize("path", ["/v{version}/f/{method}", "/api/v{version}/{method}", "/{version}/a/b-c/{method}"])
def test_a_path_with_a_constant_segment_loads(path, write, ferry_files):
    api = ferry_files["api.toml"].replace(PATH, f'"{path}"\nlegacy_paths = ["/ferry/{{method}}"]')
    assert load_rules(write({**ferry_files, "api.toml": api}), shipped=False).table().api.path == path


@pytest.mark.parametrize("path", ["$.boats[*].id", "$[*]", "$"])
@pytest.mark.parametrize("origin", ["request", "response"])
def test_an_argument_of_a_follow_up_is_one_value(path, origin, write, ferry_files):
    old = 'arguments.id = { from = "response", path = "$.id" }'
    step = ferry_files["first.toml"].replace(old, f'arguments.id = {{ from = "{origin}", path = "{path}" }}')
    problem = find_problem(write({**ferry_files, "first.toml": step}))
    assert (problem.row, problem.key) == ("row 3 (key-pier)", "follow_up.arguments.id.path")
    assert problem.message == f"{path} does not name one value of the {origin}"


@pytest.mark.parametrize(
    ("kind", "names", "path"),
    [
        ("rename_key", 'old = "pier"\nnew = "dock"', "$.body.boats[*].pier"),
        ("remove_key", 'old = "pier"', "$.body.boats[*].pier"),
        ("unnest", 'old = "pier"', "$.body.pier"),
    ],
)
def test_a_key_of_webhooks_that_code_is_not_searched_for_is_refused(kind, names, path, write, ferry_files):
    row = f"""
[[rule]]
id = "further"
kind = "{kind}"
{names}
where = [{{ document = "webhook", path = "{path}" }}]
advice = "See the manual."
source = {{ document = "changelog", version = "1.1", item = "9" }}
"""
    problem = find_problem(write({**ferry_files, "second.toml": ferry_files["second.toml"] + row}))
    assert (problem.row, problem.key) == ("row 3 (further)", "where")
    assert problem.message == f"the codemod does not carry out {kind} at {path} of a webhook"
    assert 'kind = "manual"' in problem.hint
    loaded = ferry_files["second.toml"] + row.replace(f'"{kind}"', '"manual"')
    assert load_rules(write({**ferry_files, "second.toml": loaded}), shipped=False)


def test_two_rows_that_end_one_method_are_refused(write, ferry_files):
    row = """
[[rule]]
id = "further"
kind = "remove_method"
old = "find_ship"
advice = "See the manual."
source = { document = "changelog", version = "1.10", item = "9" }
"""
    problem = find_problem(write({**ferry_files, "second.toml": ferry_files["second.toml"] + row}))
    assert problem.message == "'find_ship' is already the subject of method-ship"
