"""Scan a text by its format, and inspect the tree."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from migrator.data.data_findings import Found
from migrator.data.finders.inspect_tree import look
from migrator.data.formats.data_tree import Broken, Tree
from migrator.data.formats.http_requests import scan_http
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.key_value_lines import scan_lines
from migrator.data.formats.text_piece import plain
from migrator.data.formats.toml_scanner import scan_toml
from migrator.data.formats.yaml_scanner import scan_yaml

#: Characters of the longest text that is scanned: a node takes about 460 bytes of memory, and the events of YAML more.
#: A longer file is read line by line, with an error that says so.
LONGEST = 64_000_000
_LONGEST_YAML = 16_000_000


class Format(Enum):
    """The formats of data that are taken apart."""

    JSON = "JSON"
    YAML = "YAML"
    TOML = "TOML"
    LINES = "lines of names and values"
    REQUESTS = "requests of HTTP"


def scan(text: str, form: Format) -> Tree:
    """Return the values in a text. Raise Broken if it is not of the format, or too long."""
    most = _LONGEST_YAML if form is Format.YAML else LONGEST
    if len(text) > most:
        raise Broken(f"it is longer than {most:,} characters", 0)
    return _SCANS[form](text)


def look_at_text(found: Found, form: Format, *, alone: bool = True) -> None:
    """Claim everything in a text of a format; `alone` when the text is a whole file.

    Raises Broken, and has then claimed nothing.
    """
    tree = scan(found.text, form)
    found.comments += tree.comments
    look(found, tree, alone=alone and form is Format.JSON)


def _json(text: str) -> Tree:
    return scan_json(plain(text, 0, len(text)))


_SCANS: dict[Format, Callable[[str], Tree]] = {
    Format.JSON: _json,
    Format.YAML: scan_yaml,
    Format.TOML: scan_toml,
    Format.LINES: scan_lines,
    Format.REQUESTS: scan_http,
}
