"""Choose the reader of a file of data by its name, and read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from migrator.data.data_findings import Found, decoded, found_in
from migrator.data.formats.data_tree import Broken
from migrator.data.formats.dispatch import Format, look_at_text, scan
from migrator.data.formats.json_lines import look_at_json_lines
from migrator.data.formats.markdown_text import read_markdown
from migrator.data.formats.plain_lines import look_at_lines, say_of_the_rest
from migrator.findings.finding import FileError
from migrator.findings.ledger import State
from migrator.findings.reading import Reading
from migrator.matching.reader_protocols import SnippetReader, TextReader
from migrator.matching.vocabulary import Lexicon

#: How often one rule is reported in one file of data; the rest is accounted for.
LIMIT = 200
_JSON = frozenset({".json", ".jsonc", ".json5", ".har", ".webmanifest", ".postman_collection", ".postman_environment"})
_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines", ".ldjson"})
_YAML = frozenset({".yaml", ".yml"})
_PAIRS = frozenset({".env", ".properties", ".ini", ".cfg", ".conf", ".envrc"})
_MARKDOWN = frozenset({".md", ".markdown", ".mdx", ".mdown"})
_TEXT = frozenset({".txt", ".rst", ".adoc", ".asciidoc"})
_REQUESTS = frozenset({".http", ".rest"})


_FORMATS = (
    (_JSON, Format.JSON),
    (_YAML, Format.YAML),
    (frozenset({".toml"}), Format.TOML),
    (_PAIRS, Format.LINES),
    (_REQUESTS, Format.REQUESTS),
)


def reader_of(path: str, read_snippet: SnippetReader) -> TextReader | None:
    """Return the reader of a file by its name; None if it is not known to be data."""
    name = PurePath(path).name.lower()
    suffix = PurePath(name).suffix or (name if name.startswith(".") else "")
    if suffix in _MARKDOWN and not _is_env(name):
        return lambda path, raw, words: read_markdown(path, raw, words, read_snippet)
    read = _read_of(name, suffix)
    return None if read is None else lambda _, raw, words: read(_begin(raw, words, read_snippet))


def is_by_line(path: str) -> bool:
    """Return whether a file is read line by line, so that its size does not matter much."""
    return PurePath(path).suffix.lower() in _LINES


def _read_of(name: str, suffix: str) -> Callable[[Found], Reading] | None:
    if suffix in _LINES and not _is_env(name):
        return _read_json_lines
    if suffix in _TEXT and not _is_env(name):
        return _read_text
    formats = (form for suffixes, form in _FORMATS if suffix in suffixes)
    form = Format.LINES if _is_env(name) else next(formats, None)
    return None if form is None else lambda found: _read(found, form)


def _is_env(name: str) -> bool:
    return name.startswith(".env") or name.endswith(".env")


def _begin(raw: bytes, words: Lexicon, read_snippet: SnippetReader) -> Found:
    found = found_in(words, decoded(raw), read_snippet)
    found.limit = LIMIT
    return found


def _read_json_lines(found: Found) -> Reading:
    """Return what is found in a file of one JSON document a line."""
    if not found.marks.are_in(found.text):
        return Reading()
    broken = look_at_json_lines(found)
    return found.reading(None if broken is None else _error(found, "this line is not JSON", broken))


def _read_text(found: Found) -> Reading:
    """Return what is found in a text of no format: the URLs in it."""
    if found.marks.are_in(found.text):
        look_at_lines(found, 0, len(found.text))
    return found.reading()


def _read(found: Found, form: Format) -> Reading:
    """Return what is found in a file of a format; line by line if it is not of its format."""
    if not found.marks.are_in(found.text):
        return Reading(comments=_comments(found, form))
    try:
        look_at_text(found, form)
    except Broken as error:
        return _as_text(found, form, error)
    for start, end in found.comments:
        say_of_the_rest(found, start, end, State.COMMENT, "in a comment")
    return found.reading()


def _as_text(found: Found, form: Format, error: Broken) -> Reading:
    """Return what is found in a file that is not of its format, line by line, with an error that says so."""
    message = f"not read as {form.value}, only line by line for URLs: {error}"
    look_at_lines(found, 0, len(found.text))
    say_of_the_rest(found, 0, len(found.text), State.UNREAD, message)
    return found.reading(_error(found, message, error.offset))


def _error(found: Found, message: str, offset: int) -> FileError:
    return FileError(message, found.text.count("\n", 0, offset) + 1)


def _comments(found: Found, form: Format) -> tuple[tuple[int, int], ...]:
    """Return the comments of a file without a mark of the API that mentions migrator."""
    if "migrator" not in found.text:
        return ()
    try:
        found.comments += scan(found.text, form).comments
    except Broken:
        return ()
    return found.reading().comments
