"""A longer way is a chain of steps, and tables of several APIs stand side by side."""

from __future__ import annotations

import pytest

from migrator.rules.load import load_rules
from migrator.rules.rule import Kind
from migrator.rules.table import Rules, UnknownVersion

FURTHER_STEP = """\
api = "livechat-configuration"
from = "3.2"
to = "3.3"

[[rule]]
id = "version-3.3"
kind = "raise_version"
origin = "implied"
advice = "Call the API under /v3.3/."
source = { document = "reference", version = "3.3", item = "URL" }
"""


def ids(chain) -> list[str]:
    return [rule.id for rule in chain.rules()]


def ways(rules: Rules, source: str | None = None, target: str | None = None) -> set[tuple[str, str, str]]:
    return {(chain.api.id, str(chain.source), str(chain.target)) for chain in rules.chains(source, target)}


def test_the_way_from_the_lowest_to_the_highest_version_takes_both_steps_in_order():
    table = load_rules().table()
    whole, first, second = table.chain(), table.chain("3.0", "3.1"), table.chain("3.1", "3.2")
    assert (str(whole.source), str(whole.target)) == ("3.0", "3.2")
    assert ids(whole) == ids(first) + ids(second)
    assert ids(table.chain("3.0", "3.2")) == ids(whole)
    assert ids(first)[0] == "webhook-data"
    assert "create-bot-status" in ids(second)


def test_rows_are_given_by_kind():
    chain = load_rules().table().chain()
    assert [rule.id for rule in chain.rules(Kind.RAISE_VERSION)] == ["version-3.1", "version-3.2"]
    both = {rule.kind for rule in chain.rules(Kind.SCOPE, Kind.BEHAVIOUR)}
    assert both == {Kind.SCOPE, Kind.BEHAVIOUR}


@pytest.mark.parametrize("version", ["3.3", "3", "nonsense", "", "3.1.0"])
def test_an_unknown_version_is_named_with_those_that_are_known(version):
    rules = load_rules()
    for ask in (lambda: rules.table().chain(version), lambda: rules.chains(None, version)):
        with pytest.raises(UnknownVersion, match=rf"version {version} is not in the table \(known: 3.0, 3.1, 3.2\)"):
            ask()
    assert not rules.table().has_version(version)


@pytest.mark.parametrize(("source", "target"), [("3.2", "3.1"), ("3.1", "3.1"), ("3.2", None), (None, "3.0")])
def test_there_is_no_step_down_or_on_the_spot(source, target):
    with pytest.raises(UnknownVersion, match="there is no step from"):
        load_rules().chains(source, target)


def test_the_order_of_files_does_not_matter(write, ferry_files):
    folder = write({f"{9 - index}.toml": content for index, content in enumerate(ferry_files.values())})
    assert [str(version) for version in load_rules(folder, shipped=False).table().versions] == ["1.0", "1.1", "1.10"]


def test_a_file_that_is_named_twice_is_loaded_once(ferry):
    assert load_rules(ferry, ferry / "first.toml", shipped=False) == load_rules(ferry, shipped=False)


def test_a_further_step_needs_no_description_of_its_own(write):
    rules = load_rules(write({"3.2-3.3.toml": FURTHER_STEP}))
    assert ways(rules) == {("livechat-configuration", "3.0", "3.3")}


def test_two_apis_that_are_asked_for_no_version_take_each_their_whole_way(ferry):
    assert ways(load_rules(ferry)) == {("livechat-configuration", "3.0", "3.2"), ("ferry", "1.0", "1.10")}


def test_only_an_api_that_knows_the_version_takes_part(ferry):
    rules = load_rules(ferry)
    assert ways(rules, "3.1") == {("livechat-configuration", "3.1", "3.2")}
    assert ways(rules, None, "1.1") == {("ferry", "1.0", "1.1")}
    assert rules.table("ferry").api.title == "Ferry API"
    with pytest.raises(KeyError, match="fery"):
        rules.table("fery")


def test_an_api_with_a_way_takes_part_though_another_ends_at_that_version(write, ferry_files):
    ends = {name: text.replace('"1.10"', '"3.1"') for name, text in ferry_files.items()}
    assert ways(load_rules(write(ends)), "3.1") == {("livechat-configuration", "3.1", "3.2")}


def test_a_version_that_no_api_knows_is_refused_by_each(ferry):
    with pytest.raises(UnknownVersion, match=r"LiveChat Configuration API: version 7(.|\n)*Ferry API: version 7"):
        load_rules(ferry).chains("7")


def test_no_table_at_all_is_an_error_and_not_an_empty_way():
    with pytest.raises(UnknownVersion, match="no table"):
        Rules(()).chains()


def test_rows_and_chains_can_be_kept_in_sets(ferry):
    chains = load_rules(ferry).chains()
    assert len({*chains, *load_rules(ferry).chains()}) == len(chains) == 2


def test_a_byte_order_mark_does_no_harm(write, ferry_files):
    marked = {name: b"\xef\xbb\xbf" + text.encode() for name, text in ferry_files.items()}
    assert ways(load_rules(write(marked), shipped=False)) == {("ferry", "1.0", "1.10")}


def test_two_names_may_become_one_where_the_row_says_that_there_is_no_way_back(write, ferry_files):
    merged = """
[[rule]]
id = "method-seek"
kind = "rename_method"
old = "seek_boat"
new = "find_ship"
back = "impossible"
advice = "Call find_ship."
source = { document = "changelog", version = "1.1", item = "4" }
"""
    rules = load_rules(write({**ferry_files, "first.toml": ferry_files["first.toml"] + merged}), shipped=False)
    assert "method-seek" in ids(rules.table().chain())


def test_two_names_may_change_places(write, ferry_files):
    swapped = ferry_files["second.toml"].replace(
        "[[rule]]",
        """\
[[rule]]
id = "method-back"
kind = "rename_method"
old = "find_vessel"
new = "find_ship"
advice = "Call find_ship."
source = { document = "changelog", version = "1.10", item = "3" }

[[rule]]""",
        1,
    )
    chain = load_rules(write({**ferry_files, "second.toml": swapped}), shipped=False).table().chain("1.1")
    renames = {rule.old: rule.new for rule in chain.rules(Kind.RENAME_METHOD)}
    assert renames == {"find_ship": "find_vessel", "find_vessel": "find_ship"}


def test_a_row_may_name_a_place_and_every_document_that_has_it(write, ferry_files):
    narrow = '{ document = "request", name = "find_boat", path = "$.pier" }'
    wide = '{ document = "request", path = "$.pier" }'
    files = {**ferry_files, "first.toml": ferry_files["first.toml"].replace(narrow, f"{narrow}, {wide}")}
    (rule,) = load_rules(write(files), shipped=False).table().chain().rules(Kind.REMOVE_KEY)
    assert [place.name for place in rule.where] == ["find_boat", None]
