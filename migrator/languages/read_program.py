"""Read a file of a programming language: from its bytes to its reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from migrator.files.configuration_names import SCRIPTS
from migrator.findings.finding import FileError
from migrator.findings.reading import ExplainedName, Reading, TextMatch
from migrator.languages.finders.bare_names import explain_rest, find_mentions
from migrator.languages.finders.body_keys import find_bodies
from migrator.languages.finders.library_calls import find_calls_through_others, find_library_calls
from migrator.languages.finders.shell_urls import mark_shell_urls
from migrator.languages.finders.url_strings import find_bases, find_paths, find_urls
from migrator.languages.finders.webhook_fields import find_key_reads, find_scopes
from migrator.languages.finders.webhook_strings import find_webhooks
from migrator.languages.grammar.grammars import Grammar, parse_bytes
from migrator.languages.grammar.node_kinds import COMMENT, STRING
from migrator.languages.grammar.syntax_tree import NestingTooDeep, SyntaxTree, flatten_tree
from migrator.languages.plain_text import read_plain_text
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.matching.reader_protocols import JsonReaderFactory
from migrator.matching.url_patterns import explain_url
from migrator.matching.url_rows import rows_on_url
from migrator.matching.urls import HostTrust
from migrator.matching.vocabulary import Vocabulary

_INLINE = frozenset({"Kotlin"})


def parse_tree(grammar: Grammar, raw: bytes) -> SyntaxTree | FileError:
    """Return the tree of a file, or why there is none. Bytes that are no ASCII count as letters."""
    text = raw.decode("latin-1")
    try:
        parsed = parse_bytes(grammar, raw.translate(_LETTERS))
        if parsed is None:
            return FileError(f"takes too long to read as {grammar.name}", unread=True)
        return flatten_tree(parsed, text)
    except NestingTooDeep as error:
        return FileError(str(error), unread=True)


def make_program(
    path: str, tree: SyntaxTree, grammar: Grammar, words: Vocabulary, json_readers: JsonReaderFactory
) -> ParsedProgram:
    """Return a parsed file about which nothing is concluded yet."""
    return ParsedProgram(path, tree, words, json_readers, grammar.name in _INLINE)


def find_own_urls(program: ParsedProgram) -> None:
    """Find the URLs that a file makes; afterwards it is known whether it calls the API."""
    find_urls(program)
    find_library_calls(program)


def find_shared_urls(program: ParsedProgram) -> None:
    """Find what needs the rest of the tree; afterwards it is known of every file whether it calls the API."""
    find_paths(program)
    find_calls_through_others(program)


def run_finders(program: ParsedProgram, near: str | None = None) -> None:
    """Run the other finders on a file; `near` says why a file that it imports calls the API."""
    old = program.old_names
    find_bases(program, near)
    find_webhooks(program, old)
    find_mentions(program, old, program.speaks or near)
    find_bodies(program)
    find_key_reads(program)
    find_scopes(program)


def finish_reading(program: ParsedProgram) -> Reading:
    """Return everything found in a file, once all files of the tree have been concluded about."""
    explain_rest(program, program.old_names)
    if program.path.lower().endswith(SCRIPTS):
        mark_shell_urls(program)
    found = (*program.places.values(), *_find_documented_urls(program))
    places = tuple(sorted(found, key=lambda place: (place.start, place.end)))
    error = find_broken_part(program.tree, program.old_names)
    return Reading(places, tuple(program.spots.values()), tuple(program.tree.comments), error)


def _find_documented_urls(program: ParsedProgram) -> Iterator[TextMatch]:
    """Yield, as notes, the methods and versions of whole URLs of the API in comments."""
    for start, end in program.tree.comments:
        text = program.tree.text[start:end]
        for url in program.words.url_patterns.find_urls(text):
            if url.trust is HostTrust.CERTAIN:
                seen = (explain_url(url, None) or "",)
                for row in rows_on_url(program.words, text, url):
                    where = start + row.start, start + row.end
                    yield TextMatch(*where, row.rule, row.old, row.new, seen, "it is in a comment", is_note=True)


def read_program(
    path: str, raw: bytes, grammar: Grammar, words: Vocabulary, json_readers: JsonReaderFactory
) -> Reading:
    """Return what is found in one file for one chain."""
    tree = parse_tree(grammar, raw)
    if isinstance(tree, FileError):
        text = read_plain_text(path, raw, words)
        return Reading(text.matches, text.explained, text.comments, tree)
    program = make_program(path, tree, grammar, words, json_readers)
    find_own_urls(program)
    find_shared_urls(program)
    run_finders(program)
    return finish_reading(program)


def find_broken_part(tree: SyntaxTree, old: Iterable[tuple[int, str]]) -> FileError | None:
    """Return the error of a file that cannot be parsed at an old name."""
    starts = [start for start, _ in tree.broken]
    for offset, name in old:
        at = bisect_right(starts, offset) - 1
        for start, end in tree.broken[max(0, at - 20) : at + 1]:
            if start <= offset < end and not _is_whole(tree, offset):
                line = tree.text.count("\n", 0, offset) + 1
                return FileError(f"cannot be parsed at `{name}`: it was searched as text", line)
    return None


def _is_whole(tree: SyntaxTree, offset: int) -> bool:
    """Return whether a complete comment or string contains an offset."""
    node = tree.innermost_at(offset)
    return any(tree.kind[n] in COMMENT or tree.kind[n] in STRING for n in (node, tree.parent[node]))


def merge_readings(readings: Iterable[Reading]) -> Reading:
    """Return the readings of the parts of one file as one."""
    parts = list(readings)
    return Reading(
        _merge_matches(parts),
        _merge_explained(parts),
        tuple(span for part in parts for span in part.comments),
        _first_error(parts),
    )


def _merge_matches(parts: list[Reading]) -> tuple[TextMatch, ...]:
    found = {(place.start, place.end, place.rule.id): place for part in parts for place in part.matches}
    return tuple(sorted(found.values(), key=lambda place: (place.start, place.end)))


def _merge_explained(parts: list[Reading]) -> tuple[ExplainedName, ...]:
    return tuple({spot.start: spot for part in parts for spot in part.explained}.values())


def _first_error(parts: list[Reading]) -> FileError | None:
    return next((part.error for part in parts if part.error), None)


def _letter_table() -> Iterator[int]:
    yield from range(0x80)
    yield from [ord("x")] * 0x80


_LETTERS = bytes(_letter_table())
