"""Read the JSON that programs write in strings: in quotes of every sort, with escapes, and joined from parts."""

from __future__ import annotations

from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.matching.reader_protocols import JsonDocument

#: Bytes of the longest string that is read as JSON: no request body that somebody wrote out is longer.
_LONGEST = 20_000
#: Replaces an unknown part where a value may be.
_VALUE = "0"


def json_in(program: ParsedProgram, node: int) -> JsonDocument | None:
    """Return the JSON object that a string, or a sum of strings, makes; None if it makes none."""
    if node not in program.json_documents:
        tree = program.tree
        is_short = tree.end[node] - tree.start[node] <= _LONGEST
        program.json_documents[node] = program.json_reader(*_text_of(program, node)) if is_short else None
    return program.json_documents[node]


def _text_of(program: ParsedProgram, node: int) -> tuple[str, list[int]]:
    """Return the text of a string with the offset of each character, and that of its end."""
    text: list[str] = []
    offsets: list[int] = []
    at = program.tree.start[node]
    for part in program.strings.eval_strings(node)[0]:
        known = part.start is not None and part.path == program.path
        start = part.start if known and part.start is not None else at
        text.append(part.text if known else _VALUE)
        offsets += range(start, start + len(part.text)) if known else [start]
        at = start + len(part.text) if known else at
    return "".join(text), [*offsets, at]
