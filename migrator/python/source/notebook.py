"""Read a notebook as one Python text, and map its offsets back to the bytes of the JSON file."""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.findings.finding import Edit
from migrator.python.source.ipython_magics import mask_magics, mask_shell_cell
from migrator.python.source.source_file import SourceFile, Unreadable
from migrator.python.source.syntax import parse_newer_source

#: The only format that Jupyter has written since 2015; others have no list of cells at the top.
_FORMAT = 4
_BLANK = re.compile(r"[ \t\r\n]*")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
#: As floats, because int() rejects an integer of more than 4,300 digits.
_JSON = json.JSONDecoder(parse_int=float)


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A Python cell: its number among all cells, its text, and the offset in the file of each character and of the end.

    `breaks` is what the file writes between two lines: the end of one string and the start of the next, or nothing.
    """

    number: int
    text: str
    places: tuple[int, ...]
    breaks: str


@dataclass(frozen=True)
class Notebook(SourceFile):
    """A source whose text is the Python of all cells, joined by line feeds.

    `file` is the JSON. `places` contains the offset in it of each character of the text and of its end; `cell_starts`
    are offsets in the text. What is not Python is masked: the text is for finding, not for display; `written` is the
    same text with its magics and shell commands.
    """

    file: SourceFile
    cells: tuple[NotebookCell, ...]
    places: tuple[int, ...]
    cell_starts: tuple[int, ...]
    written: str

    def displayed_position(self, offset: int) -> tuple[int, int]:
        """Return line and column in the JSON file, where an editor opens it."""
        return self.file.position(self.places[offset])

    def describe_cell(self, offset: int) -> str:
        """Return ``cell 3, line 2``: the number among all cells, and the line within the cell."""
        index = self._cell_index(offset)
        line = self.position(offset)[0] - self.position(self.cell_starts[index])[0] + 1
        return f"cell {self.cells[index].number}, line {line}"

    @property
    def part_starts(self) -> tuple[int, ...]:
        """Return the offsets at which the cells start."""
        return self.cell_starts

    def with_bytes(self, raw: bytes) -> SourceFile:
        """Return the notebook with other bytes. Raises Unreadable."""
        return read_notebook(self.path, raw)

    def make_edit(self, start: int, end: int, replacement: str) -> Edit:
        """Return an edit of the bytes behind the characters from `start` up to `end`, all of one cell.

        The replacement is encoded as the cell is: as one string, or as one string per line.
        """
        index = self._cell_index(start)
        cell, limit = self.cells[index], self.cell_starts[index] + len(self.cells[index].text)
        if end > limit:
            end, replacement = limit, replacement.removesuffix("\n")
        lines = [json.dumps(line, ensure_ascii=self.file.is_ascii)[1:-1] for line in replacement.split("\n")]
        return self.file.make_edit(self.places[start], self.places[end], f"\\n{cell.breaks}".join(lines))

    def _cell_index(self, offset: int) -> int:
        return bisect_right(self.cell_starts, offset) - 1


def read_notebook(path: str, raw: bytes) -> SourceFile:
    """Read a notebook of format 4. Raises Unreadable with the line, also for a cell that is not valid Python.

    Cells of other languages, by a magic or by the metadata of the cell or notebook, are left out; those of a shell are
    masked.
    """
    file = _read_json_text(path, raw)
    cells: list[NotebookCell] = []
    places: list[int] = []
    starts: list[int] = []
    written: list[str] = []
    for cell in _iter_code_cells(file):
        text = mask_magics(cell.text) or mask_shell_cell(cell.text)
        if text:
            _check_syntax(file, cell, text)
            cells.append(NotebookCell(cell.number, text, cell.places, cell.breaks))
            starts.append(len(places))
            places += cell.places
            written.append(cell.text)
    text = "\n".join(cell.text for cell in cells)
    where = tuple(places or [0]), tuple(starts or [0])
    return Notebook(path, raw, text, "utf-8", file.mark, file, tuple(cells), *where, "\n".join(written))


def _read_json_text(path: str, raw: bytes) -> SourceFile:
    mark = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    try:
        return SourceFile(path, raw, raw[mark:].decode(), "utf-8", mark)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, mark + error.start) + 1
        raise Unreadable(f"is not valid utf-8, which notebooks require: {error.reason}", line) from None


def _iter_code_cells(file: SourceFile) -> Iterator[NotebookCell]:
    notebook = _decode_object(file.text)
    top = _member_offsets(file.text, _skip_blank(file.text, 0)) if notebook else {}
    form, cells = notebook.get("nbformat"), notebook.get("cells")
    if form is None or (form == _FORMAT and not isinstance(cells, list)):
        raise Unreadable("is not a notebook: it has no `nbformat` or no list of `cells`", 1)
    if form != _FORMAT or not isinstance(cells, list):
        advice = "convert it with `jupyter nbconvert --to notebook --inplace`"
        reason = f"is a notebook of format {str(form).removesuffix('.0')}; only format {_FORMAT} is supported: {advice}"
        raise Unreadable(reason, _line_at(file, top["nbformat"]))
    places = _item_offsets(file.text, top["cells"]) if _is_python_metadata(notebook.get("metadata")) else []
    for number, (place, cell) in enumerate(zip(places, cells, strict=False), 1):
        if not isinstance(cell, dict):
            raise Unreadable(f"cell {number} is not an object", _line_at(file, place))
        if cell.get("cell_type") == "code" and _is_python_metadata(cell.get("metadata")):
            yield _read_cell(file, number, cell.get("source"), _member_offsets(file.text, place).get("source", place))


def _read_cell(file: SourceFile, number: int, source: object, place: int) -> NotebookCell:
    """Return the cell whose source is at an offset of the file."""
    lines = [source] if isinstance(source, str) else source
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        reason = f"cell {number} has a source that is neither a string nor a list of strings"
        raise Unreadable(reason, _line_at(file, place))
    starts = [place] if isinstance(source, str) else _item_offsets(file.text, place)
    ends = [_end_of_value(file.text, start) for start in starts]
    places: list[int] = []
    for line, start, end in zip(lines, starts, ends, strict=True):
        plain = end - start - 2 == len(line)
        inside = range(start + 1, end - 1)
        places += inside if plain else (found.start() for found in _CHARACTER.finditer(file.text, start + 1, end - 1))
    places.append(ends[-1] - 1 if ends else place)
    breaks = "" if isinstance(source, str) else f'"{_line_separator(file.text, place, starts, ends)}"'
    return NotebookCell(number, "".join(lines), tuple(places), breaks)


def _line_separator(text: str, place: int, starts: list[int], ends: list[int]) -> str:
    """Return what the file writes between two strings of a list; for a list of one, what it would write."""
    if len(starts) > 1:
        return text[ends[0] : starts[1]]
    lead = text[place + 1 : starts[0]] if starts else ""
    return "," + (lead or (" " if text[place - 1] == " " else ""))


def _check_syntax(file: SourceFile, cell: NotebookCell, text: str) -> None:
    """Reject a cell that is not Python by itself, so that no statement spans two cells."""
    alone = SourceFile(file.path, b"", text, "utf-8", 0)
    try:
        parse_newer_source(alone)
    except Unreadable as error:
        start = alone.line_starts[min(error.error.line or 1, len(alone.line_starts)) - 1]
        raise Unreadable(f"cell {cell.number} {error.error.message}", _line_at(file, cell.places[start])) from None


def _is_python_metadata(metadata: object) -> bool:
    """Return True if the metadata of a notebook or a cell names Python, or no language."""
    found = [
        holder.get(key)
        for name, key in (("kernelspec", "language"), ("language_info", "name"), ("vscode", "languageId"))
        if isinstance(metadata, dict) and isinstance(holder := metadata.get(name), dict)
    ]
    named = [language.lower() for language in found if isinstance(language, str)]
    return not named or any("python" in language or language == "pyspark" for language in named)


def _decode_object(text: str) -> dict[str, object]:
    try:
        found = _JSON.decode(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not valid JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise Unreadable("is nested too deeply to be read") from None
    return found if isinstance(found, dict) else {}


def _member_offsets(text: str, at: int) -> dict[str, int]:
    """Return the offset of the value of each key of the object at an offset of valid JSON."""
    found: dict[str, int] = {}
    at = _skip_blank(text, at + 1)
    while text[at] != "}":
        key, at = _JSON.raw_decode(text, at)
        at = _skip_blank(text, _skip_blank(text, at) + 1)
        found[key] = at
        at = _next_entry(text, at)
    return found


def _item_offsets(text: str, at: int) -> list[int]:
    """Return the offset of each item of the array at an offset of valid JSON."""
    found: list[int] = []
    at = _skip_blank(text, at + 1)
    while text[at] != "]":
        found.append(at)
        at = _next_entry(text, at)
    return found


def _next_entry(text: str, at: int) -> int:
    """Return the offset of the next entry, or of the closing bracket."""
    at = _skip_blank(text, _end_of_value(text, at))
    return _skip_blank(text, at + 1) if text[at] == "," else at


def _line_at(file: SourceFile, offset: int) -> int:
    return file.position(offset)[0]


def _end_of_value(text: str, at: int) -> int:
    return _JSON.raw_decode(text, at)[1]


def _skip_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
