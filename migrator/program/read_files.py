"""Read the files of a tree that are not Python: from their bytes to the result of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from migrator.data.read_data import is_by_line
from migrator.findings.finding import FileError, FileResult
from migrator.findings.reading import Reading
from migrator.languages.grammar.grammars import grammar_of
from migrator.languages.markup import extract_script, read_around_scripts
from migrator.languages.plain_text import read_plain_text
from migrator.languages.read_program import (
    find_own_urls,
    find_shared_urls,
    finish_reading,
    merge_readings,
    parse_tree,
    run_finders,
)
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.program_graph import ProgramGraph
from migrator.matching.selection import Options
from migrator.matching.vocabulary import Vocabulary
from migrator.program.reader_choice import begin_program, choose_reader
from migrator.program.relevant_files import RelevanceFilter
from migrator.program.text_results import make_result

#: A larger file is not read, and reported as unread: a tree of it would take gigabytes.
LARGEST = 16 * 1024 * 1024
#: A larger program is not parsed only to explain names elsewhere: it is most likely generated.
_LARGEST_HELPER = 1024 * 1024
_WIDE = FileError("is UTF-16: it was not read; save it as UTF-8", unread=True)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its result, and the readings it was made from."""

    result: FileResult[bytes]
    readings: tuple[Reading, ...] = ()


def read_files(files: Mapping[str, bytes], options: Options) -> list[FileResult[bytes]]:
    """Return the results of files that are not Python, in their order. Nothing is changed in them."""
    return [read.result for read in read_all(files, options)]


def read_all(files: Mapping[str, bytes], options: Options) -> list[ReadFile]:
    """Return the same with the readings of each file."""
    words = [Vocabulary(chain) for chain in options.selected]
    gate = RelevanceFilter(words)
    batch = _ReaderBatch(words, gate.find_base_file(files))
    found: dict[str, ReadFile] = {}
    for path, raw in files.items():
        obstacle = _WIDE if gate.is_wide(raw) else _find_obstacle(path, raw)
        opens = gate.is_relevant(raw)
        if opens and obstacle is None:
            batch.read(path, raw)
        else:
            error = obstacle if opens and gate.mentions_api(raw) else None
            found[path] = ReadFile(FileResult(path, raw, raw, error=error))
    for path in _find_helpers(found, gate) if batch.programs else ():
        batch.read(path, files[path])
    for path, readings in batch.finish_readings().items():
        raw = files[path]
        result = make_result(path, raw, zip(words, readings, strict=True), options)
        found[path] = ReadFile(result, tuple(readings))
    return [found[path] for path in files]


def _find_helpers(found: Mapping[str, ReadFile], gate: RelevanceFilter) -> list[str]:
    """Return the programs that may explain the names in other files."""
    raws = {path: read.result.before for path, read in found.items() if read.result.error is None}
    return [path for path, raw in raws.items() if len(raw) <= _LARGEST_HELPER and _may_help(path, raw, gate)]


def _may_help(path: str, raw: bytes, gate: RelevanceFilter) -> bool:
    is_program = grammar_of(path, raw) is not None or extract_script(path, raw) is not None
    return is_program and gate.may_explain(raw) and _find_obstacle(path, raw) is None


def _find_obstacle(path: str, raw: bytes) -> FileError | None:
    """Return why a file is not read."""
    if len(raw) > LARGEST and not is_by_line(path):
        return FileError(f"is larger than {LARGEST // 1024 // 1024} MiB: it was not read", unread=True)
    if b"\0" in raw:
        return FileError("is binary: it was not read", unread=True)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return FileError(f"is not utf-8: {error.reason}", line, unread=True)
    return None


@dataclass(slots=True)
class _ReaderBatch:
    """Files on the way: programs wait for each other, so that the imports of each are known."""

    words: list[Vocabulary]
    based: str | None
    others: dict[str, list[Reading]] = field(default_factory=dict)
    programs: dict[str, list[ParsedProgram]] = field(default_factory=dict)
    #: What is seen in a file beside the program in it.
    rests: dict[str, list[Reading]] = field(default_factory=dict)

    def read(self, path: str, raw: bytes) -> None:
        """Read a file; if a reader fails on it, record the failure as its error."""
        try:
            self._read_or_defer(path, raw)
        except Exception as error:
            self.programs.pop(path, None)
            self.others[path] = [_reading_of_failure(error) for _ in self.words]

    def _read_or_defer(self, path: str, raw: bytes) -> None:
        """Read a file; a program only as far as it can be read without the others."""
        script = extract_script(path, raw)
        grammar, code = script or (grammar_of(path, raw), raw)
        tree = parse_tree(grammar, code) if grammar is not None else None
        if script is not None and not isinstance(tree, FileError):
            self.rests[path] = [read_around_scripts(path, raw, words) for words in self.words]
        if isinstance(tree, FileError):
            self.others[path] = [replace(read_plain_text(path, raw, words), error=tree) for words in self.words]
        elif grammar is None or tree is None:
            reader = choose_reader(path, raw)
            self.others[path] = [reader(path, raw, words) for words in self.words]
        else:
            self.programs[path] = [begin_program(path, tree, grammar, words) for words in self.words]

    def finish_readings(self) -> dict[str, list[Reading]]:
        """Return the readings of every file, one for each chain."""
        found = dict(self.others)
        for index in range(len(self.words)):
            programs = {path: programs[index] for path, programs in self.programs.items()}
            near = ProgramGraph(programs, self.based)
            failed: dict[str, Reading] = {}
            for step in _STEPS:
                for program in programs.values():
                    _take_step(step, program, near, failed)
            for path, program in programs.items():
                reading = failed.get(path) or _finish_program(program)
                rest = [self.rests[path][index]] if path in self.rests else []
                found.setdefault(path, []).append(merge_readings((reading, *rest)) if rest else reading)
        return found


_ProgramStep = Callable[[ParsedProgram, ProgramGraph], None]
#: Each is taken with all programs of a tree before the next.
_STEPS: tuple[_ProgramStep, ...] = (
    lambda program, _: find_own_urls(program),
    lambda program, _: find_shared_urls(program),
    lambda program, near: run_finders(program, near.find_link(program.path)),
)


def _take_step(step: _ProgramStep, program: ParsedProgram, near: ProgramGraph, failed: dict[str, Reading]) -> None:
    """Take a step with a program, unless it failed before or fails here."""
    try:
        if program.path not in failed:
            step(program, near)
    except Exception as error:
        failed[program.path] = _reading_of_failure(error)


def _finish_program(program: ParsedProgram) -> Reading:
    try:
        return finish_reading(program)
    except Exception as error:
        return _reading_of_failure(error)


def _reading_of_failure(error: Exception) -> Reading:
    """Return the reading of a file on which a reader failed: nothing is known of it."""
    reason = f"{type(error).__name__}: {error}"
    message = f"migrator itself failed here and leaves it alone; please report it: {reason}"
    return Reading(error=FileError(message, unread=True))
