"""The table is the only place that knows the API: no code of migrator says one of its words.

Docstrings and comments may show an example; code may not depend on one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import migrator
from migrator.rules.load import load_rules
from migrator.rules.spellings import derive_spellings, split_words

MODULES = sorted(Path(migrator.__file__).parent.rglob("*.py"))


def wire_names() -> Iterator[str]:
    """The names of the API in any spelling: methods, webhooks, keys, its clients' classes and packages."""
    for table in load_rules().tables:
        yield from (*table.api.methods, *table.api.webhooks, *table.api.words)
        yield from (
            part.strip("*") for client in table.api.clients for name in client.classes for part in name.split(".")
        )
        yield from table.api.envelope.distinctive if table.api.envelope else ()
    for rule in load_rules().all_rules():
        yield from (name for name in (rule.old, rule.new) if name)
        yield from (*rule.answered_by, *(place.name for place in rule.where if place.name))
        yield from (rule.follow_up.method, *rule.follow_up.values) if rule.follow_up else ()


def other_words() -> Iterator[str]:
    """What has one spelling only: ids, titles, hosts, URLs."""
    for table in load_rules().tables:
        yield from (table.api.id, table.api.title, *(host.removeprefix("*.") for host in table.api.hosts))
    for rule in load_rules().all_rules():
        yield from (rule.id, *([rule.follow_up.url] if rule.follow_up else []))


#: Names of one plain word (`status`, `data`, `configuration`) are anybody's, but the API's own name is not.
NAMES = {name for name in wire_names() if len(split_words(name)) > 1 or name == "livechat"}
FOREIGN = {spelt.lower() for name in NAMES for spelt in derive_spellings(name)} | {
    word.lower() for word in other_words()
}

#: The name of the distribution is its own.
OWN_NAME = "livechat-migrator"


def said_in(text: str) -> set[str]:
    """The words of the API that a text says, none inside a longer name."""
    low = text.lower().replace(OWN_NAME, "")
    return {word for word in FOREIGN if word in low and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low)}


def code_of(source: str) -> str:
    """The code without docstrings and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


def test_the_words_that_are_looked_for_are_those_of_the_table():
    assert {"set_routing_status", "getbotagents", "livechatinc.com", "livechat", "accepting chats"} <= FOREIGN
    assert FOREIGN.isdisjoint({"status", "data", "payload", "resource", "offline"})


def test_an_example_in_a_docstring_is_no_code():
    source = '"""As in get_bot_agents."""\nclass C:\n    "For create_bot."\n    x = "get_bot"  # not update_bot\n'
    assert said_in(code_of(source)) == {"get_bot"}


def test_a_word_is_found_in_a_line_of_code():
    assert said_in('if name == "get_bot_agents":') == {"get_bot_agents"}
    assert said_in("METHODS.CREATE_BOT_AGENT") == {"create_bot_agent"}
    assert said_in("https://api.livechatinc.com/") == {"livechatinc.com"}
    assert said_in("target_bots = my_get_bot_agents_list") == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}/{path.name} knows no API")
def test_a_module(module):
    assert said_in(code_of(module.read_text("utf-8"))) == set()
