"""Code that is nested too deeply for LibCST is recognised before it is parsed."""

import pytest

from migrator.python.source.nesting_limit import is_deeply_nested
from migrator.python.source.newer_grammar import blank_newer_grammar

CHAINS = {
    "brackets": lambda n: "x = " + "[" * n + "]" * n,
    "calls": lambda n: "x = " + "f(" * n + ")" * n,
    "calls of results": lambda n: "x = f" + "()" * n,
    "subscripts": lambda n: "x = a" + "[0]" * n,
    "attributes": lambda n: "x = a" + ".b" * n,
    "sums": lambda n: "x = " + "1 + " * n + "1",
    "negations": lambda n: "x = " + "not " * n + "y",
    "signs": lambda n: "x = " + "-" * n + "1",
    "conditions": lambda n: "x = " + "1 if y else " * n + "1",
    "lambdas": lambda n: "x = " + "lambda: " * n + "1",
    "strings side by side": lambda n: "x = " + "'a' " * n,
    "dicts": lambda n: "x = " + "{1: " * n + "1" + "}" * n,
    "alternatives": lambda n: "if x: pass\n" + "elif y: pass\n" * n,
    "blocks": lambda n: "".join(" " * level + "if x:\n" for level in range(n)) + " " * n + "pass\n",
    "calls in sums": lambda n: "x = " + "f(1 + " * n + "1" + ")" * n,
}


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_a_long_chain_is_deeply_nested_and_a_short_one_is_not(chain):
    assert is_deeply_nested(chain(3_000))
    assert is_deeply_nested(chain(130))
    assert not is_deeply_nested(chain(20))


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_a_file_that_is_neither_readable_nor_shallow_is_left_unread(chain):
    assert blank_newer_grammar("x x\n" + chain(3_000) + "\n") is None


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("x = [" + "a.b + f(c)[0], " * 500 + "]", id="a long list"),
        pytest.param("x = {" + "'a': ['b', -1], " * 500 + "}", id="a long dict"),
        pytest.param("x = a + b\n" * 500, id="many statements"),
        pytest.param("x = '" + "((((" * 500 + "'  # " + "[[[[" * 500, id="brackets in a string and a comment"),
    ],
)
def test_long_code_that_is_flat_is_not_deeply_nested(code):
    assert not is_deeply_nested(code)
