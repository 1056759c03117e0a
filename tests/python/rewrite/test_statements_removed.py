"""Statements that are dropped, and the comments that stood beside them."""

import pytest

from operations import asked

TODO = "# TODO(migrator create-bot-status): do"
STATEMENTS = [
    pytest.param('d = {}\n⟨d["s"] = 1⟩\nf(d)\n', "d = {}\nf(d)\n", id="on its line"),
    pytest.param('if a:\n    ⟨d["s"] = 1⟩\nf(d)\n', "if a:\n    pass\nf(d)\n", id="the only one of a block"),
    pytest.param('if a:\n    ⟨d["s"] = 1⟩\n    ⟨d["s"] = 2⟩\nf(d)\n', "if a:\n    pass\nf(d)\n", id="all of a block"),
    pytest.param('if a: ⟨d["s"] = 1⟩\nf(d)\n', "if a: pass\nf(d)\n", id="the only one behind a header"),
    pytest.param('if a: b; ⟨d["s"] = 1⟩\nf(d)\n', "if a: b\nf(d)\n", id="behind another and a header"),
    pytest.param('a; ⟨d["s"] = 1⟩; b\n', "a; b\n", id="between others"),
    pytest.param('⟨d["s"] = 1⟩; b;\n', "b;\n", id="before another"),
    pytest.param('a; ⟨d["s"] = 1⟩; ⟨d["s"] = 2⟩;\n', "a;\n", id="two behind another"),
    pytest.param(
        'try:\n    a\nexcept A:\n    ⟨d["s"] = 1⟩\nelse:\n    b\n',
        "try:\n    a\nexcept A:\n    pass\nelse:\n    b\n",
        id="in a handler",
    ),
    pytest.param(
        'match a:\n    case 1:\n        ⟨d["s"] = 1⟩\n', "match a:\n    case 1:\n        pass\n", id="in a case"
    ),
    pytest.param('a\n\n⟨d["s"] = 1⟩\n\nb\n', "a\n\nb\n", id="between blank lines"),
    pytest.param('if a:\n    b\n\n    ⟨d["s"] = 1⟩\n\n\nc\n', "if a:\n    b\n\n\nc\n", id="at the end of a block"),
    pytest.param('if a:\n    b\n    ⟨d["s"] = 1⟩', "if a:\n    b\n", id="at the end of a file without a line end"),
    pytest.param('if a:\n    ⟨d["s"] = 1⟩', "if a:\n    pass\n", id="alone at the end of a file without a line end"),
]


@pytest.mark.parametrize(("marked", "after"), STATEMENTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_dropped_statement_leaves_its_block_valid(marked: str, after: str, newline: str) -> None:
    assert asked(marked.replace("\n", newline)).after.replace(newline, "\n") == after


COMMENTS = [
    pytest.param(
        'd = {}\n⟨d["s"] = (  # why\n    1\n)⟩  # end\nf(d)\n',
        f"d = {{}}\n{TODO}\n#   Comment: why\n#   Comment: end\nf(d)\n",
        id="inside and behind",
    ),
    pytest.param(
        'def g():\n    a\n\n    # far\n\n    # near\n    ⟨d["s"] = 1⟩\n    f(d)\n',
        f"def g():\n    a\n\n    # far\n\n    {TODO}\n    #   Comment: near\n    f(d)\n",
        id="above",
    ),
    pytest.param(
        'a\n# near\n⟨d["s"] = 1⟩\nf(d)\n', f"a\n{TODO}\n#   Comment: near\nf(d)\n", id="above, outside of any block"
    ),
    pytest.param(
        'if a:\n    b\n    # near\n    ⟨d["s"] = 1⟩\n# other\nf(d)\n',
        f"if a:\n    b\n    {TODO}\n    #   Comment: near\n# other\nf(d)\n",
        id="above the last of a block",
    ),
    pytest.param(
        'if a:\n    ⟨d["s"] = 1⟩  # end\n', f"if a:\n    {TODO}\n    #   Comment: end\n    pass\n", id="of the only one"
    ),
    pytest.param('if a: ⟨d["s"] = 1⟩  # end\n', f"{TODO}\nif a: pass  # end\n", id="of a header"),
    pytest.param('a; ⟨d["s"] = 1⟩  # end\n', f"{TODO}\na  # end\n", id="of a line that is shared"),
]


@pytest.mark.parametrize(("marked", "after"), COMMENTS)
def test_comments_beside_a_dropped_statement_are_kept(marked: str, after: str) -> None:
    assert asked(marked, "do").after == after
