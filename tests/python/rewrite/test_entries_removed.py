"""Entries that are dropped: what is left reads as if they had never been there."""

import pytest

from migrator.findings.operation import DropEntry, splice_text
from migrator.python.rewrite.apply import apply_plans
from migrator.python.source.source_file import source_from_text
from migrator.python.source.syntax import parse_source
from operations import asked

ENTRIES = [
    pytest.param('f({"a": 1, ‹"s": 2›, "b": 3})', 'f({"a": 1, "b": 3})', id="in the middle of a line"),
    pytest.param('f({‹"s": 2›, "b": 3})', 'f({"b": 3})', id="first on a line"),
    pytest.param('f({"a": 1, ‹"s": 2›})', 'f({"a": 1})', id="last on a line"),
    pytest.param('f({"a": 1, ‹"s": 2›,})', 'f({"a": 1,})', id="last on a line, before a comma"),
    pytest.param('f({ "a": 1, ‹"s": 2› })', 'f({ "a": 1 })', id="last before a blank"),
    pytest.param('f({ ‹"s": 2› })', "f({})", id="alone"),
    pytest.param('f({\n    ‹"s": 2›,\n})', "f({})", id="alone on a line"),
    pytest.param('f({"a": 1, ‹"s": 2›, ‹"s": 3›})', 'f({"a": 1})', id="two at the end of a line"),
    pytest.param('f({‹"s": 2›, ‹"s": 3›, "a": 1})', 'f({"a": 1})', id="two at the start of a line"),
    pytest.param('f({"a": 1,\n    ‹"s": 2›, ‹"s": 3›,\n})', 'f({"a": 1,\n})', id="two on a line of their own"),
    pytest.param(
        'f({\n    "a": 1,\n    ‹"s": 2›,\n    "b": 3,\n})', 'f({\n    "a": 1,\n    "b": 3,\n})', id="on its line"
    ),
    pytest.param('f({\n    "a": 1,\n    ‹"s": 2›\n})', 'f({\n    "a": 1\n})', id="last, without a comma"),
    pytest.param(
        'f({\n    "a": 1\n    , ‹"s": 2›\n    , "b": 3\n})', 'f({\n    "a": 1\n    , "b": 3\n})', id="comma first"
    ),
    pytest.param('f({"a": 1,\n   ‹"s": 2›})', 'f({"a": 1})', id="last, before a bracket on its line"),
    pytest.param('f({‹"s": 2›,\n   "a": 1})', 'f({"a": 1})', id="first, on the line of the bracket"),
    pytest.param(
        'f({\n    "a": 1, ‹"s": 2›,\n    "b": 3,\n})', 'f({\n    "a": 1,\n    "b": 3,\n})', id="sharing a line"
    ),
    pytest.param('f({\n    ‹"s": 2›, "a": 1,\n})', 'f({\n    "a": 1,\n})', id="first of a shared line"),
    pytest.param('f({"a": 1,\n\n   ‹"s": 2›,\n\n   "b": 3})', 'f({"a": 1,\n\n   "b": 3})', id="between blank lines"),
    pytest.param('f({(‹"s"): (2›), "a": 1})', 'f({"a": 1})', id="in parentheses"),
    pytest.param("f({**a, ‹**b›})", "f({**a})", id="a spread"),
    pytest.param("f(a, ‹s=1›)", "f(a)", id="a keyword"),
    pytest.param("f(‹s=1›)", "f()", id="the only keyword"),
    pytest.param("f(\n    ‹s=(1)›,\n    **b,\n)", "f(\n    **b,\n)", id="a keyword on a line of its own"),
    pytest.param("x = [a, ‹b›, c]", "x = [a, c]", id="an element of a list"),
    pytest.param("x = {\n    a,\n    ‹b›,\n}", "x = {\n    a,\n}", id="an element of a set"),
    pytest.param("class A:\n\tx = [\n\t\ta,\n\t\t‹b›,\n\t]", "class A:\n\tx = [\n\t\ta,\n\t]", id="between tabs"),
]


@pytest.mark.parametrize(("marked", "after"), ENTRIES)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_what_is_left_reads_as_if_an_entry_had_never_been_there(marked: str, after: str, newline: str) -> None:
    around = "x = 1  # before{0}{1}{0}\ty = 2{0}" if marked.startswith("class") else "x = 1  # before{0}{1}{0}y = 2{0}"
    marked, after = (around.format(newline, text.replace("\n", newline)) for text in (marked, after))
    assert asked(marked).after == after


COMMENTS = [
    pytest.param(
        'f({\n    "a": 1,  # one\n    # two\n    ‹"s": 2›,  # three\n})\n',
        'f({\n    "a": 1,  # one\n})\n',
        ["two", "three"],
        id="above it and at the end of its line",
    ),
    pytest.param(
        'f({\n    "a": 1,\n    # one\n\n    # two\n    # three\n    ‹"s": 2›,\n    # four\n    "b": 3,\n})\n',
        'f({\n    "a": 1,\n    # one\n\n    # four\n    "b": 3,\n})\n',
        ["two", "three"],
        id="above it, a blank line above them and one below it",
    ),
    pytest.param(
        'f({\n    "a": 1, ‹"s": 2›,  # one\n    "b": 3,\n})\n',
        'f({\n    "a": 1,  # one\n    "b": 3,\n})\n',
        [],
        id="at the end of a line that it shares",
    ),
    pytest.param("f({  # one\n    ‹s: 2›,\n})\n", "f({  # one\n})\n", [], id="of the bracket"),
    pytest.param(
        "f(\n    ‹s=(  # one\n        2\n    )›,\n    a=1,\n)\n", "f(\n    a=1,\n)\n", ["one"], id="inside of it"
    ),
    pytest.param(
        "f(\n    a=1\n    # one\n    , ‹s=2›  # two\n)\n", "f(\n    a=1\n)\n", ["one", "two"], id="before a comma"
    ),
]


@pytest.mark.parametrize(("marked", "after", "carried"), COMMENTS)
def test_comments_on_a_dropped_entry_are_carried_into_the_todo(marked: str, after: str, carried: list[str]) -> None:
    said = "".join(f"#   Comment: {comment}\n" for comment in carried)
    assert asked(marked, "call set_routing_status").after == (
        f"# TODO(migrator create-bot-status): call set_routing_status\n{said}{after}"
    )


def test_comments_on_an_entry_that_leaves_nothing_to_do_get_a_todo_of_their_own() -> None:
    assert asked('def f():\n    return {\n        ‹"s": 1›,  # until tomorrow\n        "a": 2,\n    }\n').after == (
        "def f():\n"
        "    # TODO(migrator create-bot-status): the code that this comment was about was removed\n"
        "    #   Comment: until tomorrow\n"
        '    return {\n        "a": 2,\n    }\n'
    )


def test_a_finding_inside_a_dropped_entry_is_absorbed_and_its_neighbours_are_not() -> None:
    outer = asked('f({"s": ["«a→b»"], "«c→d»": 1})\n')
    entry = outer.text.index('"s"'), outer.text.index("]") + 1
    source = source_from_text("a.py", outer.text)
    rewrites = apply_plans(source, parse_source(source), [*outer.plans, (DropEntry("r", *entry),)])
    assert [rewrite.absorbed for rewrite in rewrites] == [True, False, False]
    edits = [edit for rewrite in rewrites for edit in rewrite.edits]
    assert splice_text(outer.text, edits) == 'f({"d": 1})\n'


@pytest.mark.parametrize("marked", ["x = {‹a›}\n", "x = (a, ‹b›)\n", "f(‹a›, b)\n", "x[‹a›]\n"])
def test_what_cannot_be_dropped_is_manual(marked: str) -> None:
    (rewrite,) = asked(marked).rewrites
    assert rewrite.edits == ()
    assert rewrite.obstacle


@pytest.mark.parametrize(
    ("marked", "alone"),
    [
        ('f({"a": 1, ‹"s": 2›, ‹"t": 3›})\n', ['f({"a": 1, "t": 3})\n', 'f({"a": 1, "s": 2})\n']),
        ('f({‹"s": 2›, ‹"t": 3›, "a": 1})\n', ['f({"t": 3, "a": 1})\n', 'f({"s": 2, "a": 1})\n']),
        (
            'f({\n    ‹"s": 2›,\n    ‹"t": 3›,\n    "a": 1,\n})\n',
            ['f({\n    "t": 3,\n    "a": 1,\n})\n', 'f({\n    "s": 2,\n    "a": 1,\n})\n'],
        ),
    ],
)
def test_the_edits_of_neighbours_can_be_made_one_by_one(marked: str, alone: list[str]) -> None:
    found = asked(marked)
    assert [splice_text(found.text, rewrite.edits) for rewrite in found.rewrites] == alone
