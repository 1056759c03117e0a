"""The readers of files that hold data: which one reads a file, and what it gives back."""

from __future__ import annotations

from pathlib import PurePath

from migrator.data.data_findings import Found, decoded, found_in
from migrator.data.formats.data_tree import Broken
from migrator.data.formats.dispatch import Format, look_at_text
from migrator.data.formats.json_lines import look_at_json_lines
from migrator.data.formats.plain_lines import look_at_lines, say_of_the_rest
from migrator.findings.finding import FileError
from migrator.languages.reading.reading import Reader, Reading
from migrator.matching.occurrences import State
from migrator.matching.word_patterns import Words

#: How often one rule is reported in one file of data; the rest is accounted for.
LIMIT = 200
_JSON = frozenset({".json", ".jsonc", ".json5", ".har", ".webmanifest", ".postman_collection", ".postman_environment"})
_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines", ".ldjson"})
_YAML = frozenset({".yaml", ".yml"})
_PAIRS = frozenset({".env", ".properties", ".ini", ".cfg", ".conf", ".envrc"})
_MARKDOWN = frozenset({".md", ".markdown", ".mdx", ".mdown"})
_TEXT = frozenset({".txt", ".rst", ".adoc", ".asciidoc"})
_REQUESTS = frozenset({".http", ".rest"})


def reader_of(path: str) -> Reader | None:
    """The reader of a file, by its name; None for one that holds no data that is known here."""
    from migrator.data.formats.markdown_text import read_markdown

    name = PurePath(path).name.lower()
    suffix = PurePath(name).suffix or (name if name.startswith(".") else "")
    if name.startswith(".env") or name.endswith(".env") or suffix in _PAIRS:
        return read_pairs
    for suffixes, reader in (
        (_JSON, read_json),
        (_LINES, read_json_lines),
        (_YAML, read_yaml),
        (frozenset({".toml"}), read_toml),
        (_MARKDOWN, read_markdown),
        (_REQUESTS, read_requests),
        (_TEXT, read_text),
    ):
        if suffix in suffixes:
            return reader
    return None


def is_by_line(path: str) -> bool:
    """Whether a file is read line by line, so that its size does not matter much."""
    return PurePath(path).suffix.lower() in _LINES


def read_json(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a JSON file: configuration, collections of requests, descriptions of APIs, recorded traffic."""
    return _read(raw, words, Format.JSON)


def read_yaml(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a YAML file."""
    return _read(raw, words, Format.YAML)


def read_toml(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a TOML file."""
    return _read(raw, words, Format.TOML)


def read_pairs(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a file of one ``name = value`` a line."""
    return _read(raw, words, Format.LINES)


def read_requests(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a file of HTTP requests that an editor sends."""
    return _read(raw, words, Format.REQUESTS)


def read_json_lines(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a file of one JSON document a line."""
    found = _begin(raw, words)
    if not found.marks.are_in(found.text):
        return Reading()
    broken = look_at_json_lines(found)
    return found.reading(None if broken is None else _error(found, "this line is not JSON", broken))


def read_text(_path: str, raw: bytes, words: Words) -> Reading:
    """What is seen in a text of no format: the URLs in it."""
    found = _begin(raw, words)
    if found.marks.are_in(found.text):
        look_at_lines(found, 0, len(found.text))
    return found.reading()


def _begin(raw: bytes, words: Words) -> Found:
    found = found_in(words, decoded(raw))
    found.limit = LIMIT
    return found


def _read(raw: bytes, words: Words, form: Format) -> Reading:
    found = _begin(raw, words)
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
    """A file that is not of its format: line by line, and what cannot be told of it is said."""
    message = f"not read as {form.value}, only line by line for URLs: {error}"
    look_at_lines(found, 0, len(found.text))
    say_of_the_rest(found, 0, len(found.text), State.UNREAD, message)
    return found.reading(_error(found, message, error.offset))


def _error(found: Found, message: str, offset: int) -> FileError:
    return FileError(message, found.text.count("\n", 0, offset) + 1)


def _comments(found: Found, form: Format) -> tuple[tuple[int, int], ...]:
    """The comments of a file that holds nothing but a comment for migrator."""
    if "migrator" not in found.text:
        return ()
    from migrator.data.formats.dispatch import scan

    try:
        found.comments += scan(found.text, form).comments
    except Broken:
        return ()
    return found.reading().comments
