"""What writers of JSON, TOML and YAML add to their format is read too: these files are whole, not broken."""

from __future__ import annotations

import pytest

from data_seen import BASE, seen

URL = f'"{BASE}/get_bot_agents"'
WRITTEN = {
    "a constant of Python": ("a.json", f'{{"limit": NaN, "rate": -Infinity, "url": {URL}}}'),
    "names without quotes": ("a.json5", f"{{limit: +.5, url: {URL}}}"),
    "a trailing comma": ("a.jsonc", f'{{"tags": ["x",], "url": {URL},}}'),
    "a comma too many": ("a.json", f'{{"limit": 1,, "url": {URL}}}'),
    "a variable without quotes": ("a.json", f'{{"limit": {{{{limit}}}}, "rate": $rate, "url": {URL}}}'),
    "an escape that JSON does not know": ("a.json", f'{{"path": "a\\q", "url": {URL}}}'),
    "an inline table over several lines": ("a.toml", f"api = {{\n  url = {URL},\n}}\n"),
    "a variable without quotes in TOML": ("a.toml", f"limit = <limit>\nurl = {URL}\n"),
    "more lines than a short integer can count": ("a.yaml", "- a\n" * 40_000 + f"- {URL}\n"),
    "lists in lists": ("a.yaml", "- " * 600 + f"{URL}\n"),
}


@pytest.mark.parametrize(("path", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_dialect_of_a_format_is_read_without_an_error(path, text):
    found = seen(path, text)
    assert found.result.error is None
    assert found.names == [("get_bot_agents", "list_bots")]
