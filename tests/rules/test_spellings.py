"""Spellings are derived from the wire name, and every one leads back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.rules import spellings as spelling
from migrator.rules.load import load_rules
from migrator.rules.rule import Kind

NAMED = {Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK}
NAMES = sorted(
    {name for rule in load_rules().all_rules() if rule.kind in NAMED for name in (rule.old, rule.new) if name}
    | {name for table in load_rules().tables for name in (*table.api.methods, *table.api.webhooks)}
)
WORD = st.from_regex(r"[a-z][a-z0-9]*[a-z][a-z0-9]*", fullmatch=True)


def test_a_wire_name_has_five_spellings_and_itself_comes_first():
    assert spelling.derive_spellings("get_bot_agents") == (
        "get_bot_agents",
        "getBotAgents",
        "GetBotAgents",
        "GET_BOT_AGENTS",
        "Get Bot Agents",
    )


def test_a_wire_name_in_camel_case_has_a_snake_case_spelling_too():
    assert spelling.derive_spellings("getBoats") == ("getBoats", "get_boats", "GetBoats", "GET_BOATS", "Get Boats")


def test_a_name_of_one_word_repeats_no_spelling():
    assert spelling.derive_spellings("status") == ("status", "Status", "STATUS")


def test_an_acronym_is_one_word():
    assert spelling.split_words("getURLList") == ("get", "url", "list")


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_of_a_name_in_the_table_leads_back_to_it(name):
    assert {spelling.to_snake_case(spelt) for spelt in spelling.derive_spellings(name)} == {name}


def test_no_two_names_in_the_table_share_a_spelling():
    spelt = [each for name in NAMES for each in spelling.derive_spellings(name)]
    assert len(spelt) == len(set(spelt))


@given(st.lists(WORD, min_size=1, max_size=5))
def test_words_of_two_letters_and_more_survive_every_spelling(words):
    wire = "_".join(words)
    for respell in (
        spelling.to_snake_case,
        spelling.to_camel_case,
        spelling.to_pascal_case,
        spelling.to_upper_case,
        spelling.to_title_case,
    ):
        spelt = respell(wire)
        assert spelling.split_words(spelt) == tuple(words)
        assert respell(spelt) == spelt
