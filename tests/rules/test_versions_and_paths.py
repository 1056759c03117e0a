"""Versions are ordered by their numbers, and a path has one form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.rules.json_path import EACH, PATH_PATTERN, parse_path
from migrator.rules.version import VERSION_PATTERN, Version

NUMBERS = st.lists(st.integers(0, 10**6), min_size=1, max_size=4)
KEY = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]*", fullmatch=True)


def dotted(numbers: list[int]) -> Version:
    return Version(".".join(map(str, numbers)))


def test_ten_comes_after_nine():
    assert Version("3.10") > Version("3.9")


@given(NUMBERS, NUMBERS)
def test_versions_are_ordered_as_their_numbers_are(one, other):
    assert (dotted(one) < dotted(other)) == (one < other)
    assert (dotted(one) == dotted(other)) == (one == other)


@given(NUMBERS)
def test_a_version_is_written_as_it_was_read(numbers):
    assert str(Version(str(dotted(numbers)))) == ".".join(map(str, numbers))


@pytest.mark.parametrize(
    "text", ["", "3.", ".1", "3..1", "v3.1", "3.1\n", " 3.1", "3.01", "-1", "3.1-beta", "\u0663.1", "3,1"]
)
def test_what_is_no_version_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a version such as 3\.1"):
        Version(text)


@given(st.lists(st.one_of(KEY, st.just(EACH)), max_size=6))
def test_a_path_is_read_part_by_part(parts):
    path = "$" + "".join("[*]" if part is EACH else f".{part}" for part in parts)
    assert parse_path(path) == tuple(parts)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "action",
        "$action",
        "$.",
        "$..a",
        "$.a[0]",
        "$[a]",
        "$.a b",
        "$.1a",
        "$.a\n",
        "$.*",
        "$.a[*",
        "$['a']",
        "$.é",
    ],
)
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError, match="is not a path such as"):
        parse_path(path)


@given(st.text(alphabet="$.[*]ab_-1\n", max_size=8))
def test_a_path_is_read_only_if_the_pattern_that_editors_see_allows_it(text):
    allowed = re.search(PATH_PATTERN.removesuffix("$") + r"\Z", text) is not None
    try:
        parse_path(text)
    except ValueError:
        assert not allowed
    else:
        assert allowed


@given(st.text(alphabet="0123.\n-", max_size=6))
def test_a_version_is_read_only_if_the_pattern_that_editors_see_allows_it(text):
    allowed = re.search(VERSION_PATTERN.removesuffix("$") + r"\Z", text) is not None
    try:
        Version(text)
    except ValueError:
        assert not allowed
    else:
        assert allowed
