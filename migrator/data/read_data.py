"""Choose the reader of a file of data by its name, and read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from migrator.data.data_findings import DataFindings, decode_text, start_findings
from migrator.data.edits.editable_values import find_editable
from migrator.data.edits.verify_values import ValueEdit, apply_value_edits, find_unexpected_change
from migrator.data.formats.data_tree import DataTree, FormatError
from migrator.data.formats.dispatch import DataFormat, inspect_text, scan_text
from migrator.data.formats.json_lines import inspect_json_lines
from migrator.data.formats.markdown_text import read_markdown
from migrator.data.formats.plain_lines import explain_uncovered, inspect_lines
from migrator.findings.finding import FileError
from migrator.findings.ledger import OccurrenceState
from migrator.findings.reading import Reading
from migrator.matching.reader_protocols import SnippetReader, TextReader
from migrator.matching.vocabulary import Vocabulary

#: How often one rule is reported in one file of data; the rest is accounted for.
LIMIT = 200
_JSON = frozenset({".json", ".jsonc", ".json5", ".har", ".webmanifest", ".postman_collection", ".postman_environment"})
_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines", ".ldjson"})
_YAML = frozenset({".yaml", ".yml"})
_PAIRS = frozenset({".env", ".properties", ".ini", ".cfg", ".conf", ".envrc"})
_MARKDOWN = frozenset({".md", ".markdown", ".mdx", ".mdown"})
_TEXT = frozenset({".txt", ".rst", ".adoc", ".asciidoc"})
_REQUESTS = frozenset({".http", ".rest"})
#: Recorded traffic and manifests of browsers.
_RECORDED = frozenset({".har", ".webmanifest"})


_FORMATS = (
    (_JSON, DataFormat.JSON),
    (_YAML, DataFormat.YAML),
    (frozenset({".toml"}), DataFormat.TOML),
    (_PAIRS, DataFormat.LINES),
    (_REQUESTS, DataFormat.REQUESTS),
)


def choose_data_reader(path: str, read_snippet: SnippetReader) -> TextReader | None:
    """Return the reader of a file by its name; None if it is not known to be data."""
    name = PurePath(path).name.lower()
    suffix = PurePath(name).suffix or (name if name.startswith(".") else "")
    if suffix in _MARKDOWN and not _is_env(name):
        return lambda path, raw, words: read_markdown(path, raw, words, read_snippet)
    read = _choose_read(name, suffix)
    return None if read is None else lambda _, raw, words: read(_begin_findings(raw, words, read_snippet))


def format_of(path: str) -> DataFormat | None:
    """Return the format of a file of configuration; None for one that is never edited."""
    name = PurePath(path).name.lower()
    suffix = PurePath(name).suffix or (name if name.startswith(".") else "")
    return None if suffix in _RECORDED else _choose_format(name, suffix)


def is_by_line(path: str) -> bool:
    """Return whether a file is read line by line, so that its size does not matter much."""
    return PurePath(path).suffix.lower() in _LINES


def _choose_read(name: str, suffix: str) -> Callable[[DataFindings], Reading] | None:
    if suffix in _LINES and not _is_env(name):
        return _read_json_lines
    if suffix in _TEXT and not _is_env(name):
        return _read_text
    form = _choose_format(name, suffix)
    return None if form is None else lambda found: _read_format(found, form)


def _choose_format(name: str, suffix: str) -> DataFormat | None:
    if _is_env(name):
        return DataFormat.LINES
    return next((form for suffixes, form in _FORMATS if suffix in suffixes), None)


def _is_env(name: str) -> bool:
    return name.startswith(".env") or name.endswith(".env")


def _begin_findings(raw: bytes, words: Vocabulary, read_snippet: SnippetReader) -> DataFindings:
    found = start_findings(words, decode_text(raw), read_snippet)
    found.limit = LIMIT
    return found


def _read_json_lines(found: DataFindings) -> Reading:
    """Return what is found in a file of one JSON document a line."""
    if not found.marks.are_in(found.text):
        return Reading()
    broken = inspect_json_lines(found)
    return found.to_reading(None if broken is None else _error_at(found, "this line is not JSON", broken))


def _read_text(found: DataFindings) -> Reading:
    """Return what is found in a text of no format: the URLs in it."""
    if found.marks.are_in(found.text):
        inspect_lines(found, 0, len(found.text))
    return found.to_reading()


def _read_format(found: DataFindings, form: DataFormat) -> Reading:
    """Return what is found in a file of a format; line by line if it is not of its format."""
    if not found.marks.are_in(found.text):
        return Reading(comments=_read_comments(found, form))
    try:
        tree = inspect_text(found, form)
    except FormatError as error:
        return _read_malformed(found, form, error)
    _mark_editable(found, tree, form)
    for start, end in found.comments:
        explain_uncovered(found, start, end, OccurrenceState.COMMENT, "in a comment")
    return found.to_reading()


def _mark_editable(found: DataFindings, tree: DataTree, form: DataFormat) -> None:
    """Mark the values that can be edited, unless the edited text would differ anywhere else, or be edited again."""
    marked = find_editable(found, tree, form)
    edits = [
        ValueEdit(*span, found.places[key].new or "") for key, each in marked.items() for span in (key[:2], *each.also)
    ]
    if not edits or find_unexpected_change(form, found.text, edits) is not None:
        return
    again = start_findings(found.words, apply_value_edits(found.text, edits), found.read_snippet)
    if not find_editable(again, inspect_text(again, form), form):
        for key, each in marked.items():
            match = found.places[key]
            found.places[key] = replace(match, is_editable=True, settings=each.names, also=each.also)


def _read_malformed(found: DataFindings, form: DataFormat, error: FormatError) -> Reading:
    """Return what is found in a file that is not of its format, line by line, with an error that says so."""
    message = f"not read as {form.value}, only line by line for URLs: {error}"
    inspect_lines(found, 0, len(found.text))
    explain_uncovered(found, 0, len(found.text), OccurrenceState.UNREAD, message)
    return found.to_reading(_error_at(found, message, error.offset))


def _error_at(found: DataFindings, message: str, offset: int) -> FileError:
    return FileError(message, found.text.count("\n", 0, offset) + 1)


def _read_comments(found: DataFindings, form: DataFormat) -> tuple[tuple[int, int], ...]:
    """Return the comments of a file without a mark of the API that mentions migrator."""
    if "migrator" not in found.text:
        return ()
    try:
        found.comments += scan_text(found.text, form).comments
    except FormatError:
        return ()
    return found.to_reading().comments
