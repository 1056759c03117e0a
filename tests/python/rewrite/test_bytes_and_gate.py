"""What LibCST cannot write as it reads it, and edits that the gate takes back."""

import subprocess
import sys

import libcst as cst
import pytest

from migrator.findings.operation import AddComment, DropEntry, RenameText, Rewrite, TextEdit, splice_text
from migrator.python.rewrite.apply import apply_plans
from migrator.python.rewrite.rewriter import rewrite_module
from migrator.python.rewrite.unexpected_change import unexpected_change
from migrator.python.source.source_file import read_source, source_from_text
from migrator.python.source.syntax import parse_source
from operations import asked

NOT_KEPT = [
    pytest.param('try:\n    a\nexcept f("«a→b»", {‹"s": 1›}) :\n    c\n', id="a blank before a colon"),
    pytest.param('try:\n    a\nexcept* f("«a→b»", {‹"s": 1›}) :\n    c\n', id="a blank before the colon of a group"),
    pytest.param('\x0cf("«a→b»", {‹"s": 1›})\n', id="a form feed"),
]


@pytest.mark.parametrize("marked", NOT_KEPT)
def test_where_libcst_does_not_keep_the_bytes_leaves_are_renamed_and_drops_are_manual(marked: str) -> None:
    found = asked(marked)
    renamed, dropped = found.rewrites
    assert splice_text(found.text, renamed.edits) == found.text.replace('"a"', '"b"')
    assert dropped.obstacle == "LibCST does not keep the bytes of this statement"


def test_a_statement_beside_one_whose_bytes_are_not_kept_is_edited() -> None:
    after = asked('try:\n    f({‹"s": 1›})\nexcept A :\n    f({‹"s": 1›})\n').after
    assert after == "try:\n    f({})\nexcept A :\n    f({})\n"


def test_a_byte_order_mark_and_an_encoding_are_kept() -> None:
    raw = b"\xef\xbb\xbfx = '\xc3\xa9'; f(s=1, a='\xc3\xa9')\r\n"
    source = read_source("a.py", raw)
    at = source.text.index("s=1")
    (rewrite,) = apply_plans(source, parse_source(source), [(DropEntry("r", at, at + 3),)])
    assert unexpected_change(source, parse_source(source), [DropEntry("r", at, at + 3)], rewrite.edits) is None
    assert [source.make_edit(each.start, each.end, each.text).replacement for each in rewrite.edits] == [b""]


def test_an_edit_that_fails_is_taken_back_and_the_others_go_on() -> None:
    text = "f(a)\ng(b)\nh(c)\n"
    source = source_from_text("a.py", text)
    names = {"a": "x", "b": "y y", "c": "z"}
    plans = [(RenameText("r", at := text.index(old), at + 1, new),) for old, new in names.items()]
    first, failing, last = apply_plans(source, parse_source(source), plans)
    assert [first, last] == [Rewrite((TextEdit(2, 3, "x"),)), Rewrite((TextEdit(12, 13, "z"),))]
    assert failing.edits == ()
    assert "would not parse" in failing.obstacle


def test_all_operations_of_a_finding_are_carried_out_or_none() -> None:
    text = "f(a)\nx = (1, 2)\n"
    source = source_from_text("a.py", text)
    plan = (RenameText("r", 2, 3, "b"), DropEntry("r", text.index("2"), text.index("2") + 1))
    (rewrite,) = apply_plans(source, parse_source(source), [plan])
    assert rewrite.edits == ()
    assert rewrite.obstacle


GATE = [
    pytest.param("f(a)\n", [TextEdit(0, 1, "g")], "would change line 1", id="a name that is not planned"),
    pytest.param("f(a, s=1)\n", [TextEdit(3, 8, "")], "would change line 1", id="an argument that is not planned"),
    pytest.param("f(a)\n", [TextEdit(3, 4, "")], "would not parse", id="a bracket"),
    pytest.param("f(a)  # why\n", [TextEdit(4, 11, "")], "would remove a comment of line 1", id="a comment"),
    pytest.param("f(a)\n", [TextEdit(0, 2, ""), TextEdit(1, 3, "")], "overlap", id="overlapping"),
]


@pytest.mark.parametrize(("text", "edits", "reason"), GATE)
def test_the_gate_rejects_what_no_operation_asks_for(text: str, edits: list[TextEdit], reason: str) -> None:
    source = source_from_text("a.py", text)
    found = unexpected_change(source, parse_source(source), [], edits)
    assert found is not None
    assert reason in found


def test_a_comment_that_a_todo_carries_is_not_lost() -> None:
    text = "f(a)  # why  not\n"
    source = source_from_text("a.py", text)
    todo = TextEdit(0, 0, "# TODO(migrator r): do\n#   Comment: why not\n")
    assert unexpected_change(source, parse_source(source), [], [todo, TextEdit(4, 16, "")]) is None


def test_a_value_nested_deeper_than_python_recurses_is_renamed() -> None:
    text = 'x = ("old" + ' + " + ".join(["a"] * 400) + ")\n"
    source = source_from_text("a.py", text)
    at = text.index("old")
    (rewrite,) = apply_plans(source, parse_source(source), [(RenameText("r", at, at + 3, "new"),)])
    assert rewrite.edits == (TextEdit(at, at + 3, "new"),)


@pytest.mark.parametrize(("plans", "imported"), [("[]", False), ("[(RenameText('r', 0, 1, 'y'),)]", True)])
def test_libcst_is_imported_for_an_operation_only(plans: str, imported: bool) -> None:
    code = (
        "import sys\n"
        "from migrator.findings.operation import RenameText\n"
        "from migrator.python.rewrite.apply import apply_plans\n"
        "from migrator.python.source.source_file import source_from_text\n"
        "from migrator.python.source.syntax import parse_source\n"
        "source = source_from_text('a.py', 'x = 1\\n')\n"
        f"apply_plans(source, parse_source(source), {plans})\n"
        "print('libcst' in sys.modules)\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == str(imported)


def test_a_comment_of_a_finding_that_is_not_applied_is_not_written() -> None:
    text = "x = (1, 2)\n"
    source = source_from_text("a.py", text)
    at = text.index("2")
    plan = (AddComment("r", at, at + 1, "do"), DropEntry("r", at, at + 1))
    (rewrite,) = apply_plans(source, parse_source(source), [plan])
    assert rewrite.edits == ()


def test_a_whole_module_is_rewritten_as_its_statements_are() -> None:
    found = asked(
        'class A:\n    def f(self):\n        return g({‹"s": 1›, "a": "«b→c»"})  # end\n\n\n⟨x = 1⟩\ny = 2\n', "do"
    )
    source = source_from_text("a.py", found.text)
    module = rewrite_module(cst.parse_module(found.text), source, found.plans)
    assert module is not None
    assert module.code == found.after
    assert module.code != found.text
