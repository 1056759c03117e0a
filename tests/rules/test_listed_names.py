"""Lists of the names that only some versions know: how they spread along a chain, and what of them is refused."""

from __future__ import annotations

import pytest

from migrator.rules.known_names import find_known_names
from migrator.rules.load import load_rules
from migrator.rules.table_errors import TableError

LIST = """
[[api.names]]
id = "{id}"
{rest}
source = {{ document = "reference", version = "1.1", item = "methods" }}
"""


def with_list(files, rest, id="names-of-1.1"):
    return {**files, "api.toml": files["api.toml"] + LIST.format(id=id, rest=rest)}


def known(folder, sort):
    """The names of a sort by version."""
    names = find_known_names(load_rules(folder, shipped=False).table(), sort)
    return {str(version): set(each) for version, each in zip(names.versions, names.known, strict=True)}


def test_a_name_spreads_to_the_versions_between_the_rows_that_introduce_and_end_it(write, ferry_files):
    folder = write(with_list(ferry_files, 'since = "1.1"\nuntil = "1.1"\nmethods = ["sink_boat"]'))
    assert known(folder, "method") == {
        "1.0": {"find_boat", "watch", "book_seat"},
        "1.1": {"find_ship", "watch", "book_seat", "sink_boat"},
        "1.10": {"find_vessel", "watch", "book_seat"},
    }
    assert known(folder, "webhook") == {"1.0": {"boat_left"}, "1.1": {"ship_left"}, "1.10": {"ship_left"}}


def test_a_table_without_lists_knows_no_names(ferry):
    assert find_known_names(load_rules(ferry, shipped=False).table(), "method") is None


@pytest.mark.parametrize(
    ("rest", "id", "row", "key", "message"),
    [
        ('since = "1.1"', "n", "[[api.names]] (n)", "methods", "the list is empty"),
        ('since = "1.1"\nuntil = "1.0"\nmethods = ["x"]', "n", "[[api.names]] (n)", "until", "1.0 is older than 1.1"),
        ('since = "1.1"\nmethods = ["book_seat"]', "n", "[[api.names]] (n)", "methods", "is in methods too"),
        ('since = "1.1"\nmethods = ["x", "x"]', "n", "[[api.names]] (n)", "methods", "'x' is in n too"),
        ('since = 1.1\nmethods = ["x"]', "n", "[[api.names]] (n)", "since", "expected a string"),
        ('since = "1.1"\nmethods = ["x y"]', "n", "[[api.names]] (n)", "methods[0]", "match pattern"),
        ('since = "1.1"\nmethods = ["x"]', "key-fare", "row 2 (key-fare)", "id", "is used twice"),
    ],
)
def test_a_mistake_in_a_list_is_named(rest, id, row, key, message, write, ferry_files):
    with pytest.raises(TableError) as raised:
        load_rules(write(with_list(ferry_files, rest, id)), shipped=False)
    (problem,) = raised.value.problems
    assert (problem.row, problem.key) == (row, key)
    assert message in problem.message
