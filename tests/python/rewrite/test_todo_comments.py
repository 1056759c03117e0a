"""TODO comments: written, wrapped, found again and taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.findings.operation import AddComment, TextEdit, splice_text
from migrator.python.rewrite.apply import apply_plans
from migrator.python.rewrite.todo import find_todos, format_todo, take_back_todo
from migrator.python.source.source_file import source_from_text
from migrator.python.source.syntax import parse_source
from operations import RULE, asked

LONG = "call set_routing_status(agent_id=<bot_agent_id of the response>, status='offline') of the Agent Chat API"


def commented(text: str, *said: tuple[str, str, str], line_length: int = 88) -> str:
    """The text with comments above the statements that contain a piece of it: the rule, the piece and what is said."""
    source = source_from_text("a.py", text)
    plans = [(AddComment(rule, (at := text.index(piece)), at + len(piece), what),) for rule, piece, what in said]
    rewrites = apply_plans(source, parse_source(source), plans, line_length=line_length)
    assert [rewrite.obstacle for rewrite in rewrites if rewrite.obstacle] == []
    return splice_text(text, [edit for rewrite in rewrites for edit in rewrite.edits])


def taken_back(text: str, *rules: str) -> list[TextEdit]:
    return [take_back_todo(text, todo) for todo in find_todos(text) if todo.rule in rules]


def test_a_long_todo_is_wrapped_at_the_line_length() -> None:
    after = commented("def f():\n    return g()\n", ("a", "g()", LONG), line_length=60)
    assert after == (
        "def f():\n"
        "    # TODO(migrator a): call\n"
        "    #   set_routing_status(agent_id=<bot_agent_id of the\n"
        "    #   response>, status='offline') of the Agent Chat API\n"
        "    return g()\n"
    )


PLACES = [
    pytest.param("a()\n", "TODOa()\n", id="a statement"),
    pytest.param("x; a()\n", "TODOx; a()\n", id="behind another on its line"),
    pytest.param("if x: a()\n", "TODOif x: a()\n", id="behind a header"),
    pytest.param("if x:\n    pass\nelif a():\n    pass\n", "if x:\n    pass\nTODOelif a():\n    pass\n", id="an elif"),
    pytest.param("@a()\ndef f():\n    pass\n", "TODO@a()\ndef f():\n    pass\n", id="a decorator"),
    pytest.param("@d\ndef f(x=a()):\n    pass\n", "TODO@d\ndef f(x=a()):\n    pass\n", id="a default"),
    pytest.param("# user's\na()\n", "# user's\nTODOa()\n", id="below another comment"),
    pytest.param('s = """\n"""; a()\n', 'TODOs = """\n"""; a()\n', id="behind a string of several lines"),
    pytest.param("x = 1; \\\na()\n", "TODOx = 1; \\\na()\n", id="on a continued line"),
]


@pytest.mark.parametrize(("before", "after"), PLACES)
def test_a_todo_stands_above_the_statement(before: str, after: str) -> None:
    assert commented(before, ("r", "a()", "do")) == after.replace("TODO", "# TODO(migrator r): do\n")


def test_a_duty_is_said_once_above_a_statement() -> None:
    said = commented("f(a, b)\n", ("r", "a", "do"), ("r", "b", "do"), ("q", "b", "do"), ("r", "b", "do more"))
    assert said.splitlines() == [
        "# TODO(migrator q): do",
        "# TODO(migrator r): do",
        "# TODO(migrator r): do more",
        "f(a, b)",
    ]


def test_what_is_said_already_is_not_said_again() -> None:
    once = commented("def f():\n    g()\n", ("r", "g()", LONG), ("q", "g()", "do"))
    assert commented(once, ("r", "g()", LONG), ("q", "g()", "do")) == once
    assert commented(once, ("r", "g()", "do")) != once


def test_todo_comments_of_the_rules_are_taken_back_and_others_stay() -> None:
    before = "def f():\n    # user's\n    g()\n"
    after = commented(before, ("r", "g()", LONG), ("q", "g()", LONG))
    taken = splice_text(after, taken_back(after, "r"))
    assert taken == commented(before, ("q", "g()", LONG))
    assert splice_text(taken, taken_back(taken, "q", "r")) == before


def test_comments_that_a_todo_carries_are_restored_when_it_is_taken_back() -> None:
    after = asked('def f():\n    return {\n        ‹"s": 1›,  # until tomorrow\n        "a": 2,\n    }\n', LONG).after
    assert splice_text(after, taken_back(after, RULE)) == (
        'def f():\n    # until tomorrow\n    return {\n        "a": 2,\n    }\n'
    )


def test_a_text_that_looks_like_a_todo_is_no_comment() -> None:
    assert list(find_todos('x = """\n# TODO(migrator r): do\n"""\ny = 1  # TODO(migrator r): do\n')) == []


WORDS = st.lists(st.text("abc(),.<>=\"'", min_size=1, max_size=30), min_size=1, max_size=20).map(" ".join)


@given(WORDS, st.lists(WORDS, max_size=3), st.integers(0, 60), st.integers(20, 120), st.sampled_from(["\n", "\r\n"]))
def test_a_todo_is_read_as_it_was_written(
    text: str, carried: list[str], column: int, length: int, newline: str
) -> None:
    lines = format_todo("a-rule", text, carried, column, length)
    written = "".join(f"{' ' * column}{line}{newline}" for line in lines)
    (todo,) = find_todos(f"x = 1{newline}if x:{newline}{written}{' ' * column} y = 1{newline}")
    assert (todo.rule, todo.text, list(todo.carried)) == ("a-rule", text, carried)
    assert all(len(line) <= max(length - column, 40) or len(line.split()) < 5 for line in lines)
