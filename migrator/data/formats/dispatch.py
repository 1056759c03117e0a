"""Scan a text by its format, and inspect the tree."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from migrator.data.data_findings import DataFindings
from migrator.data.finders.inspect_tree import inspect_tree
from migrator.data.formats.data_tree import DataTree, FormatError
from migrator.data.formats.http_requests import scan_http
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.key_value_lines import scan_lines
from migrator.data.formats.text_piece import plain_piece
from migrator.data.formats.toml_scanner import scan_toml
from migrator.data.formats.yaml_scanner import scan_yaml

#: Characters of the longest text that is scanned: a node takes about 460 bytes of memory, and the events of YAML more.
#: A longer file is read line by line, with an error that says so.
LONGEST = 64_000_000
_LONGEST_YAML = 16_000_000


class DataFormat(Enum):
    """The formats of data that are taken apart."""

    JSON = "JSON"
    YAML = "YAML"
    TOML = "TOML"
    LINES = "lines of names and values"
    REQUESTS = "requests of HTTP"


def scan_text(text: str, form: DataFormat) -> DataTree:
    """Return the values in a text. Raise Broken if it is not of the format, or too long."""
    most = _LONGEST_YAML if form is DataFormat.YAML else LONGEST
    if len(text) > most:
        raise FormatError(f"it is longer than {most:,} characters", 0)
    return _SCANS[form](text)


def inspect_text(found: DataFindings, form: DataFormat, *, alone: bool = True) -> DataTree:
    """Claim everything in a text of a format, and return its values; `alone` when the text is a whole file.

    Raises Broken, and has then claimed nothing.
    """
    tree = scan_text(found.text, form)
    found.comments += tree.comments
    inspect_tree(found, tree, alone=alone and form is DataFormat.JSON)
    return tree


def _scan_whole_json(text: str) -> DataTree:
    return scan_json(plain_piece(text, 0, len(text)))


_SCANS: dict[DataFormat, Callable[[str], DataTree]] = {
    DataFormat.JSON: _scan_whole_json,
    DataFormat.YAML: scan_yaml,
    DataFormat.TOML: scan_toml,
    DataFormat.LINES: scan_lines,
    DataFormat.REQUESTS: scan_http,
}
