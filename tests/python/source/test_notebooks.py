"""Notebooks: the cells of code are migrated as one module, and all else in the file stays as it is."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laws import marked_text
from migrator import migrate_source
from migrator.findings.finding import Applicability
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from migrator.python.source.notebook import read_notebook
from migrator.python.source.source_file import apply_edits
from notebooks import LAYOUTS, PYTHON, as_strings, code_cell, codes_of, jupyter, notebook
from verbs import migrated, shipped, told_comments

BASE = 'import requests\n\nBASE = "https://api.livechatinc.com/v3.1/configuration/action"'
CLIENT = 'from livechat.configuration import ConfigurationApi\n\nclient = ConfigurationApi("t")'
CREATE = 'requests.post(f"{BASE}/create_bot_agent", json=body)'
LIST = "client.get_bot_agents()"
NOTEBOOKS = [
    pytest.param([BASE, 'requests.post(f"{BASE}/get_bot_agents", json={})'], id="a name used in a later cell"),
    pytest.param([CLIENT, "client.update_bot_agent(id='x', status='not accepting chats')"], id="a comment put in"),
    pytest.param(
        [CLIENT, "for bot in bots:\n    client.update_bot_agent(\n        id=bot,\n        status='offline',\n    )\n"],
        id="a comment put in, and a line taken out",
    ),
    pytest.param(
        [BASE, 'body = {"name": "x"}\nbody["status"] = "offline"\nbody["avatar"] = "y"', "", CREATE],
        id="a statement taken out of an earlier cell",
    ),
    pytest.param(
        [CLIENT, "client.create_bot_agent(\n    name='x',  # 'é' \"\\ud83d\" \\ /\n    status='offline')"],
        id="the last entry taken out behind a comment",
    ),
    pytest.param(
        [CLIENT, 'x = "é😀\t\\n\\"", f"{1}"; ' + LIST + "  # \u2028 ü", LIST + "\n"], id="characters with escapes"
    ),
    pytest.param([CLIENT + "\r", "if True:\r\n    " + LIST + "\r\n"], id="carriage returns in the code"),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("codes", NOTEBOOKS)
def test_the_cells_become_what_a_module_of_them_becomes_and_are_written_as_before(codes, layout):
    module = migrate_source("\n".join(codes), shipped())
    assert module.is_changed
    result = migrated(layout(notebook(*codes)), path="a.ipynb")
    after = codes_of(result.after)
    assert "\n".join(after) == module.after
    assert result.after == layout(notebook(*after))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_last_line_of_a_cell_can_be_taken_out(layout):
    todo = 'body["status"] = "accepting chats"'
    raw = layout(notebook(BASE, f"body = {{}}\n{todo}", CREATE))
    result = migrated(raw, path="a.ipynb")
    first, comment = codes_of(result.after)[1].split("\n", 1)
    assert first == "body = {}"
    assert told_comments(comment) == "# TODO(migrator create-bot-status): ..."


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_only_line_of_a_cell_can_be_taken_out(layout):
    raw = layout(notebook(BASE, "body = {}", 'body["status"] = "offline"', CREATE))
    assert codes_of(migrated(raw, path="a.ipynb").after)[1:3] == ["body = {}", ""]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_notebook_that_says_nothing_of_the_api_keeps_its_bytes(layout):
    raw = layout(notebook("%matplotlib inline\nimport os", "os.getcwd()  # get_bot_agents"))
    result = migrated(raw, path="a.ipynb")
    assert (result.after, result.findings) == (raw, ())


def test_a_file_of_another_name_is_not_read_as_a_notebook():
    raw = jupyter(notebook(CLIENT, LIST))
    assert migrate_source(raw, shipped(), path="a.py").after == raw


def test_a_notebook_is_read_from_text_as_from_bytes():
    nb = notebook(CLIENT, LIST)
    result = migrate_source(jupyter(nb).decode(), shipped(), path="a.ipynb")
    assert result.after == jupyter(notebook(CLIENT, "client.list_bots()")).decode()


def test_the_evidence_of_a_module_beside_it_counts_in_a_notebook():
    files = {"sdk.py": CLIENT.encode(), "book.ipynb": jupyter(notebook("from sdk import client", LIST))}
    _, book = migrate_files(files, Options(chains=shipped().chains("3.1", "3.2")))
    assert codes_of(book.after) == ["from sdk import client", "client.list_bots()"]


def test_lone_surrogates_in_texts_and_outputs_are_kept():
    nb = notebook(CLIENT, LIST)
    nb["cells"][1]["outputs"] = [{"name": "stdout", "output_type": "stream", "text": ["\ud800"]}]
    raw = json.dumps(nb).encode()
    assert migrated(raw, path="a.ipynb").after == raw.replace(b"client.get_bot_agents", b"client.list_bots")


def test_non_ascii_characters_are_escaped_only_where_the_file_escapes_them():
    call = "client.update_bot_agent(id='x', status=statüs)"
    for raw, shown in (
        (json.dumps(notebook(CLIENT, call)).encode(), b"status=stat\\u00fcs) of the"),
        (jupyter(notebook(CLIENT, call)), "status=statüs) of the".encode()),
    ):
        edits = [edit for finding in migrated(raw, path="a.ipynb").applied for edit in finding.edits]
        assert any(shown.replace(b") of the", b"") in edit.replacement for edit in edits)


POSITIONS = [
    pytest.param(jupyter, id="lines of their own"),
    pytest.param(lambda nb: json.dumps(nb).encode(), id="one line for all"),
    pytest.param(lambda nb: jupyter(as_strings(nb)), id="one line for each cell"),
]


@pytest.mark.parametrize("layout", POSITIONS)
def test_a_finding_stands_where_the_file_is_opened_and_names_its_cell(layout):
    raw = layout(notebook(CLIENT, f'x = "é"\n\n{LIST}'))
    (finding,) = migrated(raw, path="a.ipynb").findings
    text = raw.decode()
    lines = text.splitlines(keepends=True)
    before = text[: text.index("get_bot_agents()")]
    assert (finding.line, finding.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert marked_text(finding, lines) == "get_bot_agents"
    assert finding.message.endswith(" (cell 3, line 3)")


def test_the_evidence_names_lines_of_the_file():
    raw = jupyter(notebook(BASE, "", "url = f'{BASE}/get_bot_agents'\nrequests.post(url)"))
    named = [step for f in migrated(raw, path="a.ipynb").findings for step in f.evidence if "`BASE`" in step]
    line = (
        raw.decode().split("\n").index('    "BASE = \\"https://api.livechatinc.com/v3.1/configuration/action\\""') + 1
    )
    assert named
    assert all(f"`BASE` (a.ipynb:{line})" in step for step in named)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_suppression_is_about_its_line_and_not_about_its_cell(layout):
    quiet = f"{LIST}  # migrator: ignore agreed"
    result = migrated(layout(notebook(CLIENT, f"{quiet}\n{LIST}\n{quiet}")), path="a.ipynb")
    assert codes_of(result.after)[1] == f"{quiet}\nclient.list_bots()\n{quiet}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_suppression_of_the_file_may_stand_in_any_cell(layout):
    raw = layout(notebook(CLIENT, LIST, "# migrator: ignore-file"))
    assert migrated(raw, path="a.ipynb").findings == ()


def test_what_an_earlier_run_left_to_do_is_found_in_its_cell():
    raw = jupyter(notebook(CLIENT, "client.update_bot_agent(id='x', status='offline')"))
    after = migrated(raw, path="a.ipynb").after
    (left,) = [f for f in migrated(after, path="a.ipynb").findings if f.rule == "update-bot-status"]
    assert left.applicability is Applicability.MANUAL
    assert left.message.endswith(" (cell 3, line 1)")


NB = notebook(CLIENT, LIST)
OLD = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": [LIST], "language": "python"}]}]}
BROKEN = [
    pytest.param(b"{\n", 2, "valid JSON", id="half a file"),
    pytest.param(b"", 1, "valid JSON", id="an empty file"),
    pytest.param(b'{"cells": [],\n "cells": [}', 2, "valid JSON", id="a bracket too many"),
    pytest.param(b"[]", 1, "nbformat", id="a list"),
    pytest.param(b"{}", 1, "nbformat", id="an object that is no notebook"),
    pytest.param(b'{"nbformat": 4}', 1, "cells", id="no cells"),
    pytest.param(b'{"nbformat": 4, "cells": {}}', 1, "cells", id="cells that are no list"),
    pytest.param(json.dumps(OLD, indent=1).encode(), 2, "format 3", id="an older format"),
    pytest.param(b'{"nbformat": 4, "cells": [\n1]}', 2, "cell 1", id="a cell that is a number"),
    pytest.param(b'{"nbformat": 4, "cells": [\n{"cell_type": "code"}]}', 2, "cell 1", id="a cell without a source"),
    pytest.param(
        b'{"nbformat": 4, "cells": [{"cell_type": "code",\n "source": ["", 1]}]}', 2, "cell 1", id="a number for a line"
    ),
    pytest.param(b'{"cells": [\n"\xff"]}', 2, "utf-8", id="bytes that are not UTF-8"),
    pytest.param(b'{"cells": ' + b"[" * 100_000, None, "nested", id="brackets without end"),
]


@pytest.mark.parametrize(("raw", "line", "words"), BROKEN)
def test_a_notebook_that_cannot_be_read_is_named_with_its_line_and_left_alone(raw, line, words):
    result = migrate_source(raw, shipped(), path="a.ipynb")
    assert result.error is not None
    assert words in result.error.message
    assert result.error.line == line
    assert result.after == raw


NOT_PYTHON = [
    pytest.param(["y = 2\nprint 'x'\nz = 3"], "print", id="Python 2"),
    pytest.param(["if x:", "    pass"], "if x", id="a block that two cells share"),
    pytest.param(["x = (1,", "2)"], "x = ", id="a bracket that two cells share"),
    pytest.param(["x = 1 \\", "2"], "x = ", id="a backslash at the end of a cell"),
]


@pytest.mark.parametrize(("codes", "start"), NOT_PYTHON)
def test_a_cell_that_is_not_python_by_itself_is_named_with_its_line(codes, start):
    raw = jupyter(notebook(CLIENT, *codes, LIST))
    result = migrate_source(raw, shipped(), path="a.ipynb")
    assert result.error is not None
    assert result.error.message.startswith("cell 3 is not valid Python ")
    lines = raw.decode().split("\n")
    assert [number for number, line in enumerate(lines, 1) if line.startswith(f'    "{start}')] == [result.error.line]
    assert result.after == raw


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_a_character_that_no_python_file_may_hold_is_named_with_its_cell(character):
    result = migrate_source(json.dumps(notebook(f"x = '{character}'")).encode(), shipped(), path="a.ipynb")
    assert result.error is not None
    assert result.error.message.startswith("cell 2 is not ")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'{"nbformat": 4, "cells": []}', id="no cell"),
        pytest.param(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": []}]}', id="an empty cell"),
        pytest.param(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ""}]}', id="an empty string"),
        pytest.param(b'{"nbformat": 4, "cells": [], "n": ' + b"9" * 10_000 + b"}", id="a long number"),
        pytest.param(b' {"a":[NaN,{"b":"]}"}],\n"nbformat":4,"cells" :[ ] } ', id="blanks and brackets anywhere"),
    ],
)
def test_a_notebook_without_code_is_a_notebook(raw):
    result = migrate_source(raw, shipped(), path="a.ipynb")
    assert (result.error, result.findings, result.after) == (None, (), raw)


def test_of_a_key_that_is_there_twice_the_last_one_counts():
    listing = json.dumps({"cell_type": "code", "source": LIST})
    twice = listing.replace('"source"', f'"source": {json.dumps(LIST)}, "source"')
    nb = f'{{"cells": [{twice}], "nbformat": 4, "cells": [{json.dumps(code_cell(CLIENT))}, {twice}]}}'
    before, _, after = nb.rpartition("get_bot_agents")
    assert codes_of(nb.encode()) == [CLIENT, LIST]
    assert migrated(nb.encode(), path="a.ipynb").after == f"{before}list_bots{after}".encode()


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12)
LINES = TEXTS.map(lambda text: f"# {text}") | TEXTS.map(lambda text: f"x = {text!r}") | st.just("")
CODES = st.lists(st.lists(LINES, max_size=4).map("\n".join), max_size=4)


@given(codes=CODES, layout=st.sampled_from([param.values[0] for param in LAYOUTS]))
@settings(max_examples=50, deadline=None)
def test_every_character_stands_for_its_own_bytes(codes, layout):
    raw = layout(notebook(*codes))
    source = read_notebook("a.ipynb", raw)
    assert apply_edits(raw, []) == raw
    assert source.text == "\n".join(code for code in codes if code)
    done = 0
    for offset, character in enumerate(source.text):
        edit = source.make_edit(offset, offset + 1, "")
        assert edit.start >= done
        done = edit.end
        written = raw[edit.start : edit.end].decode()
        assert written[:2] in ("\\n", "") if character == "\n" else json.loads(f'"{written}"') == character


@given(data=st.data(), codes=CODES, layout=st.sampled_from([param.values[0] for param in LAYOUTS]))
@settings(max_examples=50, deadline=None)
def test_an_edit_of_the_code_is_that_edit_and_no_other(data, codes, layout):
    codes = ["x = 1\ny = 2", *codes]
    raw = layout(notebook(*codes))
    chosen = data.draw(st.sampled_from([index for index, code in enumerate(codes) if code]))
    start = data.draw(st.integers(0, len(codes[chosen])))
    end = data.draw(st.integers(start, len(codes[chosen])))
    text = data.draw(st.lists(TEXTS, max_size=3).map("\n".join))
    before = sum(len(code) + 1 for code in codes[:chosen] if code)
    edit = read_notebook("a.ipynb", raw).make_edit(before + start, before + end, text)
    codes[chosen] = codes[chosen][:start] + text + codes[chosen][end:]
    after = apply_edits(raw, [edit])
    assert codes_of(after) == codes
    cells = json.loads(after.decode("utf-8-sig"))["cells"]
    assert cells[0] == json.loads(raw.decode("utf-8-sig"))["cells"][0]
    assert {cell["execution_count"] for cell in cells[1:]} == {1}
    assert json.loads(after.decode("utf-8-sig"))["metadata"] == PYTHON
