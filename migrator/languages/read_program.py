"""Read a file of a programming language: from its bytes to its reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from migrator.findings.finding import FileError
from migrator.findings.reading import Place, Reading, Spot
from migrator.languages.finders.bare_names import explain, find_mentions
from migrator.languages.finders.body_keys import find_bodies
from migrator.languages.finders.library_calls import find_sdk, find_sdk_beside
from migrator.languages.finders.url_strings import find_bases, find_paths, find_urls
from migrator.languages.finders.webhook_fields import find_reads, find_scopes
from migrator.languages.finders.webhook_strings import find_webhooks
from migrator.languages.grammar.grammars import Grammar, parse
from migrator.languages.grammar.node_kinds import COMMENT, STRING
from migrator.languages.grammar.syntax_tree import TooDeep, Tree, flat
from migrator.languages.plain_text import read_text
from migrator.languages.reading.parsed_program import Program
from migrator.matching.reader_protocols import JsonReaderFactory
from migrator.matching.vocabulary import Lexicon

_INLINE = frozenset({"Kotlin"})


def tree_of(grammar: Grammar, raw: bytes) -> Tree | FileError:
    """Return the tree of a file, or why there is none. Bytes that are no ASCII count as letters."""
    text = raw.decode("latin-1")
    try:
        parsed = parse(grammar, raw.translate(_LETTERS))
        if parsed is None:
            return FileError(f"takes too long to read as {grammar.name}", unread=True)
        return flat(parsed, text)
    except TooDeep as error:
        return FileError(str(error), unread=True)


def program_of(path: str, tree: Tree, grammar: Grammar, words: Lexicon, json_readers: JsonReaderFactory) -> Program:
    """Return a parsed file about which nothing is concluded yet."""
    return Program(path, tree, words, json_readers, grammar.name in _INLINE)


def begin(program: Program) -> None:
    """Find the URLs that a file makes; afterwards it is known whether it calls the API."""
    find_urls(program)
    find_sdk(program)


def go_on(program: Program) -> None:
    """Find what needs the rest of the tree; afterwards it is known of every file whether it calls the API."""
    find_paths(program)
    find_sdk_beside(program)


def conclude(program: Program, near: str | None = None) -> None:
    """Run the other finders on a file; `near` says why a file that it imports calls the API."""
    old = program.old
    find_bases(program, near)
    find_webhooks(program, old)
    find_mentions(program, old, program.speaks or near)
    find_bodies(program)
    find_reads(program)
    find_scopes(program)


def finish(program: Program) -> Reading:
    """Return everything found in a file, once all files of the tree have been concluded about."""
    explain(program, program.old)
    places = tuple(sorted(program.places.values(), key=lambda place: (place.start, place.end)))
    error = broken_part(program.tree, program.old)
    return Reading(places, tuple(program.spots.values()), tuple(program.tree.comments), error)


def read_program(path: str, raw: bytes, grammar: Grammar, words: Lexicon, json_readers: JsonReaderFactory) -> Reading:
    """Return what is found in one file for one chain."""
    tree = tree_of(grammar, raw)
    if isinstance(tree, FileError):
        text = read_text(path, raw, words)
        return Reading(text.places, text.spots, text.comments, tree)
    program = program_of(path, tree, grammar, words, json_readers)
    begin(program)
    go_on(program)
    conclude(program)
    return finish(program)


def broken_part(tree: Tree, old: Iterable[tuple[int, str]]) -> FileError | None:
    """Return the error of a file that cannot be parsed at an old name."""
    starts = [start for start, _ in tree.broken]
    for offset, name in old:
        at = bisect_right(starts, offset) - 1
        for start, end in tree.broken[max(0, at - 20) : at + 1]:
            if start <= offset < end and not _is_whole(tree, offset):
                line = tree.text.count("\n", 0, offset) + 1
                return FileError(f"cannot be parsed at `{name}`: it was searched as text", line)
    return None


def _is_whole(tree: Tree, offset: int) -> bool:
    """Return whether a complete comment or string contains an offset."""
    node = tree.at(offset)
    return any(tree.kind[n] in COMMENT or tree.kind[n] in STRING for n in (node, tree.parent[node]))


def merged(readings: Iterable[Reading]) -> Reading:
    """Return the readings of the parts of one file as one."""
    parts = list(readings)
    return Reading(
        _places(parts), _spots(parts), tuple(span for part in parts for span in part.comments), _error(parts)
    )


def _places(parts: list[Reading]) -> tuple[Place, ...]:
    found = {(place.start, place.end, place.rule.id): place for part in parts for place in part.places}
    return tuple(sorted(found.values(), key=lambda place: (place.start, place.end)))


def _spots(parts: list[Reading]) -> tuple[Spot, ...]:
    return tuple({spot.start: spot for part in parts for spot in part.spots}.values())


def _error(parts: list[Reading]) -> FileError | None:
    return next((part.error for part in parts if part.error), None)


def _letters() -> Iterator[int]:
    yield from range(0x80)
    yield from [ord("x")] * 0x80


_LETTERS = bytes(_letters())
