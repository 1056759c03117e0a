"""Read the JSON that programs write in strings: in quotes of every sort, with escapes, and put together from parts."""

from __future__ import annotations

from migrator.data.formats.data_tree import Broken, Tree
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.text_piece import Piece, unescaped
from migrator.languages.reading.parsed_program import Program

#: A longer string is not read.
_LONGEST = 20_000
#: Stands for what is not known, where a value may be.
_VALUE = "0"


def json_in(program: Program, node: int) -> Tree | None:
    """The JSON object that a string, or a sum of strings, makes; None where it makes none.

    A string is tried as it is, then with its escapes undone, then with its doubled quotes made single.
    """
    if node not in program.json:
        tree = program.tree
        short = tree.end[node] - tree.start[node] <= _LONGEST
        program.json[node] = next(filter(None, map(_scanned, _pieces(program, node))), None) if short else None
    return program.json[node]


def _pieces(program: Program, node: int) -> list[Piece]:
    """A string in the ways in which it may be meant."""
    text: list[str] = []
    places: list[int] = []
    at = program.tree.start[node]
    for part in program.strings.of(node)[0]:
        known = part.start is not None and part.path == program.path
        start = part.start if known and part.start is not None else at
        text.append(part.text if known else _VALUE)
        places += range(start, start + len(part.text)) if known else [start]
        at = start + len(part.text) if known else at
    whole = Piece("".join(text), [*places, at])
    ways = [whole]
    if "\\" in whole.text:
        ways.append(unescaped(whole))
    if '""' in whole.text:
        ways.append(_halved(whole))
    return ways


def _halved(piece: Piece) -> Piece:
    """A piece in which a doubled quote stands for one."""
    kept: list[int] = []
    at = 0
    while at < len(piece.text):
        kept.append(at)
        at += 2 if piece.text.startswith('""', at) else 1
    return Piece("".join(piece.text[i] for i in kept), [*(piece.places[i] for i in kept), piece.places[-1]])


def _scanned(piece: Piece) -> Tree | None:
    try:
        tree = scan_json(piece)
    except Broken:
        return None
    return tree if tree.nodes[0].last == len(tree.nodes) else None
