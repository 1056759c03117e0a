"""Files in the grammar of a newer Python than the one that reads them."""

import ast
import sys

import pytest

from migrator.python.source.newer_grammar import blank_newer_grammar

PIECES = [
    pytest.param("type Body = dict[str, str]\n", "type Body = dict[str, str]", (3, 12), id="a type alias"),
    pytest.param("def f[T](x): pass\n", "[T]", (3, 12), id="type parameters of a function"),
    pytest.param("class A[T: int]: pass\n", "[T: int]", (3, 12), id="type parameters of a class"),
    pytest.param("class A[T = int]: pass\n", "[T = int]", (3, 13), id="a default of a type parameter"),
    pytest.param("x = f'{a['b']}'\n", "f'{a['b']}'", (3, 12), id="quotes inside of their own"),
    pytest.param("x = t'{a}'\n", "t'{a}'", (3, 14), id="a template"),
    pytest.param("try: pass\nexcept A, B: pass\n", "A, B", (3, 14), id="exceptions without parentheses"),
    pytest.param("try: pass\nexcept* A, B: pass\n", "A, B", (3, 14), id="a group of exceptions"),
]


@pytest.mark.parametrize(("text", "piece", "version"), PIECES)
def test_what_only_a_newer_python_reads_is_blanked(text: str, piece: str, version: tuple[int, int]) -> None:
    text = f"before = 'é'\n{text}after = 1\n"
    found = blank_newer_grammar(text)
    if sys.version_info >= version:
        assert found is None
        return
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == [piece]
    tree = ast.parse(found.text)
    assert [node.lineno for node in (tree.body[0], tree.body[-1])] == [1, text.count("\n")]
    assert found.text.splitlines()[0] == text.splitlines()[0]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="these are read there")
def test_columns_behind_what_is_blanked_are_those_of_the_text() -> None:
    text = "class A[T: 'é']: x = t'é'; call('é', old=1)\n"
    found = blank_newer_grammar(text)
    assert found is not None
    call = next(node for node in ast.walk(ast.parse(found.text)) if isinstance(node, ast.keyword))
    assert text.encode()[call.col_offset : call.end_col_offset].decode() == "old=1"


@pytest.mark.parametrize("text", ["x = 1\n", "x = (\n", "f() = 1\n", "print 'x'\n", "type A = int\nf() = 1\n"])
def test_a_file_that_is_wrong_in_every_version_is_not_blanked(text: str) -> None:
    assert blank_newer_grammar(text) is None
