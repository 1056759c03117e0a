"""What notebooks add to Python is masked, and cells of other languages are left out."""

import ast
import json
import sysconfig
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpu_time import at_most
from migrator.python.source.ipython_magics import mask_magics
from migrator.python.source.notebook import read_notebook
from notebooks import LAYOUTS, PYTHON, as_strings, code_cell, codes_of, jupyter, notebook
from verbs import migrated

CLIENT = 'from livechat.configuration import ConfigurationApi\n\nclient = ConfigurationApi("t")'
OLD, NEW = "client.get_bot_agents()", "client.list_bots()"

#: One sign stands for a statement or a value, and blanks fill the line.
MASKED = [
    pytest.param("%matplotlib inline\nx = 1", "_                 \nx = 1", id="a magic"),
    pytest.param("!pip install x  # '", "_                  ", id="a command"),
    pytest.param("!!ls", "_   ", id="a command with its output"),
    pytest.param("?f", "_ ", id="a question"),
    pytest.param("f?\r\ng.h??\r\n", "_ \r\n_    \r\n", id="questions behind names"),
    pytest.param("d['a'][0]? \nx", "_          \nx", id="a question behind an index"),
    pytest.param("%f?", "_  ", id="a question about a magic"),
    pytest.param("/f a\n,f a\n;f a", "_   \n_   \n_   ", id="calls without parentheses"),
    pytest.param("if a:\n\t!ls\n\tb", "if a:\n\t_  \n\tb", id="a command in a block"),
    pytest.param("!ls \\\n -l\nx", "_    \n   \nx", id="a command on two lines"),
    pytest.param("!ls \\\r\n -l\r\nx", "_    \r\n   \r\nx", id="a command on two lines that end in CRLF"),
    pytest.param("a = !ls\nb=%x\n", "a = _  \nb=_ \n", id="values"),
    pytest.param("a, b = c = !ls", "a, b = c = _  ", id="a value of several names"),
    pytest.param("f(a=1); b = !ls -a", "f(a=1); b = _     ", id="a value behind parentheses"),
    pytest.param("'''\n'''\n!ls", "'''\n'''\n_  ", id="a command behind a string of two lines"),
    pytest.param("(1 +\n 2)\n!ls", "(1 +\n 2)\n_  ", id="a command behind parentheses of two lines"),
    pytest.param("x = 'it\\'s' # )\n!ls", "x = 'it\\'s' # )\n_  ", id="a command behind a comment"),
    pytest.param("%%time\nx = 1", "_     \nx = 1", id="a cell magic over Python"),
    pytest.param("\n %%capture out\nx = 1", "\n_             \nx = 1", id="a cell magic behind an empty line"),
    pytest.param("%%time\n%%capture\nx = 1", "_     \n_        \nx = 1", id="two cell magics"),
    pytest.param("%%time", "_     ", id="a cell magic over nothing"),
    pytest.param("%%writefile a.py\nx = 1", "_               \nx = 1", id="a module that is written"),
    pytest.param("%time x = f(1)", "_;    x = f(1)", id="a statement that is timed"),
    pytest.param("%timeit -n 10 -r3 -q f()", "_;                   f()", id="a call that is timed, with options"),
    pytest.param("x = %time f()", "x =       f()", id="a value that is timed"),
    pytest.param("%%timeit x = f()\nx + 1", "_;       x = f()\nx + 1", id="a statement on the line of a cell magic"),
    pytest.param("%time for a in b: c", "_                  ", id="a block that is timed"),
    pytest.param("%time !ls", "_        ", id="a command that is timed"),
    pytest.param("%md\nx = 1", "_  \nx = 1", id="a magic of another language over Python"),
]


@pytest.mark.parametrize(("code", "masked"), MASKED)
def test_what_is_not_python_is_masked_and_the_rest_stays_where_it_is(code, masked):
    assert len(code) == len(masked), "the expected text is not as long"
    assert mask_magics(code) == masked
    ast.parse(masked)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("a = (b\n % c\n)\n", id="a remainder at the start of a line"),
        pytest.param("a = b \\\n  % c\n", id="a remainder on a continued line"),
        pytest.param('a = """\n%s\n!x\n?\n"""\n', id="signs in a string"),
        pytest.param("a = f'''{b\n!r}'''\n", id="a conversion in an f-string"),
        pytest.param('"""5" or 6?\n!\n"""\n', id="a question in a string of several lines"),
        pytest.param("# why?\na = 'why?'\nb = a  # why?\n", id="questions in comments and strings"),
        pytest.param("a %= 2\nb = a != c\nd = a % b", id="operators"),
        pytest.param("a = {\n'b': 1,\n}\nc[\n0\n] = 1", id="brackets of several lines"),
        pytest.param("a = 'x' \\\n'''\n%y'''\n", id="strings that are joined"),
        pytest.param("await f()\nasync with a as b:\n    pass", id="await outside of a function"),
        pytest.param("", id="nothing"),
    ],
)
def test_python_is_not_masked(code):
    assert mask_magics(code) == code
    ast.parse(code)


@pytest.mark.parametrize("name", ["argparse", "ast", "difflib", "inspect", "re/_parser", "shlex", "textwrap", "typing"])
def test_nothing_is_masked_in_a_module_of_the_standard_library(name):
    code = Path(sysconfig.get_path("stdlib"), f"{name}.py").read_text(encoding="utf-8")
    assert mask_magics(code) == code


@given(st.text(st.sampled_from("%!?=x '\"\\#()\n\r\t,;/")))
def test_a_mask_keeps_the_length_and_the_lines_of_any_text(code):
    masked = mask_magics(code)
    assume(masked is not None)
    assert list(map(len, masked.splitlines(keepends=True))) == list(map(len, code.splitlines(keepends=True)))


@pytest.mark.parametrize("code", ["!" * 50_000, "a" * 50_000, "x = '" * 10_000, "'''" * 10_001, "(?" * 20_000 + "'"])
def test_a_long_line_takes_no_long_time(code):
    with at_most(seconds=2):
        mask_magics(code)


OTHERS = [
    pytest.param("%%bash\ncurl x", id="a shell"),
    pytest.param("%%html\n<b>", id="HTML"),
    pytest.param("\n\n  %%javascript\nx()", id="JavaScript behind empty lines"),
    pytest.param("%%time\n%%sh\nls", id="a shell that is timed"),
    pytest.param("%%writefile notes.txt\nx", id="a text that is written"),
    pytest.param("%%unheard\nx = 1", id="a magic that nobody knows"),
    pytest.param("%%", id="a magic without a name"),
    pytest.param("%sql\nSELECT * FROM bots", id="SQL by a line magic"),
    pytest.param("%md # Bots\nWhat they *do*.", id="Markdown by a line magic"),
]


@pytest.mark.parametrize("code", OTHERS)
def test_a_cell_of_another_language_is_left_out(code):
    assert mask_magics(code) is None
    raw = jupyter(notebook(CLIENT, f"{code}\n{OLD}", OLD))
    assert codes_of(migrated(raw, path="a.ipynb").after) == [CLIENT, f"{code}\n{OLD}", NEW]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_code_among_magics_is_migrated_and_they_keep_their_bytes(layout):
    code = f"%%time\n!echo {OLD} \\\n  {OLD}\nx = %env {OLD}\nif x:\n    %time y = {OLD}\n    {OLD}?\nz = {OLD}"
    after = code.replace(f"y = {OLD}", f"y = {NEW}").replace(f"z = {OLD}", f"z = {NEW}")
    raw = layout(notebook("%load_ext é\n" + CLIENT, code))
    assert migrated(raw, path="a.ipynb").after == layout(notebook("%load_ext é\n" + CLIENT, after))


def kernel(language, name=None):
    spec = {"kernelspec": {"display_name": "K", "name": "k", "language": language}}
    return spec | ({"language_info": {"name": name}} if name else {})


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param(PYTHON, id="Python"),
        pytest.param({}, id="nothing"),
        pytest.param({"kernelspec": {"name": "python3"}, "language_info": None}, id="no language"),
        pytest.param([], id="a list"),
        pytest.param(kernel("Python", "pyspark"), id="Python for Spark"),
        pytest.param(kernel("ipython"), id="IPython"),
    ],
)
def test_a_notebook_in_python_or_in_no_named_language_is_read(metadata):
    raw = jupyter(notebook(CLIENT, OLD, metadata=metadata))
    assert codes_of(migrated(raw, path="a.ipynb").after) == [CLIENT, NEW]


@pytest.mark.parametrize("metadata", [kernel("R"), kernel("julia", "julia"), {"language_info": {"name": "scala"}}])
def test_a_notebook_in_another_language_is_left_alone(metadata):
    raw = jupyter(notebook(CLIENT, OLD, "not python", metadata=metadata))
    result = migrated(raw, path="a.ipynb")
    assert (result.after, result.findings) == (raw, ())


def test_a_cell_whose_metadata_name_another_language_is_left_out():
    nb = notebook(CLIENT, OLD)
    nb["cells"] += [code_cell(f"SELECT '{OLD}'", vscode={"languageId": "sql"})]
    nb["cells"] += [code_cell(OLD, vscode={"languageId": "python"})]
    assert codes_of(migrated(jupyter(nb), path="a.ipynb").after) == [CLIENT, NEW, f"SELECT '{OLD}'", NEW]


def test_texts_and_raw_cells_are_left_out():
    nb = as_strings(notebook(CLIENT))
    nb["cells"] += [{"cell_type": kind, "metadata": {}, "source": OLD} for kind in ("markdown", "raw", "heading")]
    assert read_notebook("a.ipynb", json.dumps(nb).encode()).text == CLIENT
