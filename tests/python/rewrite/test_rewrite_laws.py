"""Laws of the rewriter, on code that is laid out at random."""

import ast
import io
import tokenize
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.findings.operation import AddComment, splice_text
from operations import Asked, asked

_SPACES = st.sampled_from(["", " ", "\n    ", "\n\n\t", "  # {}\n  ", "\n # {}\n # {}\n    ", "  # {}\n\n  # {}\n\n "])
_FRAMES = [
    "x = 1  # before\n{}\ny = 2\n",
    "class A:\n\n    def f(self):  # header\n        {}  # behind\n\n\nz = 3  # after\n",
    "if a:\n\tpass\nelif b: {}\nelse:\n\t# last\n\tpass",
    "try:\n  {}; w = 4\nexcept A :  # kept\n  pass\n",
]


@dataclass(frozen=True)
class Program:
    """A program with marked entries, one that means what it is to mean afterwards, and what is around the statement."""

    marked: str
    wanted: str
    above: str
    behind: str
    newline: str


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Displays and calls of which some entries are dropped, with line breaks and comments anywhere between them."""
    shapes = [("f({", "})", '"k{}": {}'), ("f(", ")", "k{}={}"), ("[", "]", "{}{}")]
    opening, closing, template = draw(st.sampled_from(shapes))
    dropped = draw(st.lists(st.booleans(), min_size=1, max_size=5))
    entries = [template.format(index, index) for index in range(len(dropped))]
    parts = [draw(_SPACES)]
    for index, (entry, is_dropped) in enumerate(zip(entries, dropped, strict=True)):
        comma = "," if index + 1 < len(entries) or draw(st.booleans()) else ""
        parts += [f"‹{entry}›" if is_dropped else entry, draw(_SPACES), comma, draw(_SPACES)]
    body = "".join(parts)
    for number in range(body.count("{}")):
        body = body.replace("{}", f"c{number}", 1)
    kept = ", ".join(entry for entry, is_dropped in zip(entries, dropped, strict=True) if not is_dropped)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    above, behind = draw(st.sampled_from(_FRAMES)).replace("\n", newline).split("{}")
    marked = above + opening + body.replace("\n", newline) + closing + behind
    return Program(marked, above + opening + kept + closing + behind, above, behind, newline)


def comments_of(text: str) -> list[str]:
    """The words of all comments."""
    tokens = tokenize.generate_tokens(io.StringIO(text.replace("\r\n", "\n")).readline)
    return [word for token in tokens if token.type == tokenize.COMMENT for word in token.string.split()]


@settings(deadline=None, max_examples=50)
@given(programs(), st.sampled_from([None, "call it"]))
def test_entries_are_removed_and_nothing_else_is(program: Program, todo: str | None) -> None:
    found = asked(program.marked, todo)
    after = found.after
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(program.wanted))
    assert [word for word in comments_of(found.text) if word not in comments_of(after)] == []
    assert "\n" not in after.replace(program.newline, "")
    lines = program.above[: program.above.rfind(program.newline) + 1]
    assert after.startswith(lines)
    assert after.endswith(program.behind)


@settings(deadline=None, max_examples=50)
@given(programs())
def test_each_edit_can_be_made_alone_where_all_of_them_only_remove(program: Program) -> None:
    found = asked(program.marked)
    rewrites = found.rewrites
    assert len(rewrites) == program.marked.count("‹")
    if not any(edit.text for rewrite in rewrites for edit in rewrite.edits):
        for rewrite in rewrites:
            ast.parse(splice_text(found.text, rewrite.edits))


@settings(deadline=None, max_examples=50)
@given(programs())
def test_a_comment_that_was_added_is_not_added_again(program: Program) -> None:
    def commented(text: str) -> str:
        start = len(text) - len(program.behind) - 1
        return Asked(text, ((AddComment("r", start, start + 1, "call it"),),)).after

    text = asked(program.marked).text
    once = commented(text)
    assert once.count("# TODO(migrator r): call it") == 1
    assert commented(once) == once
