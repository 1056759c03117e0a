"""Search and analyse files, then write the edits: from the settings to the result of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from migrator.cli.exit_codes import Exit
from migrator.cli.run_settings import RunSettings
from migrator.files.failure import FileFailure, error_reason
from migrator.files.gitignore import EVERY
from migrator.files.search_files import SearchResult, search_files
from migrator.matching.selection import Options
from migrator.report.run_result import RunResult

if TYPE_CHECKING:
    from migrator.files.named_paths import NamedPath
    from migrator.findings.finding import FileError, FileResult
    from migrator.findings.ledger import Occurrence
    from migrator.matching.occurrences import OldNames

Progress = Callable[[str], None]


def find_changes(choice: RunSettings, tell: Progress, *, everything: bool = False) -> RunResult:
    """Search the projects of the paths, and report the findings in the paths. Nothing is written.

    With `everything`, the findings in files of all kinds are reported; without, those in Python files, and those in
    files of configuration that can be edited.
    """
    from migrator.cli.evidence_paths import find_config_obstacle, restrict_to_editable, restrict_to_paths
    from migrator.files.named_paths import list_searched, locate_paths
    from migrator.matching.prefilter import collect_needles

    def tick(read: int) -> None:
        tell(f"searching {read:,} files")

    options, named = choice.options, locate_paths(choice.paths, choice.root)
    paths, sought = list_searched(named, choice.evidence), collect_needles(options, everything=True)
    found = search_files(paths, sought, choice.excludes, tick, choice.jobs, EVERY)
    results: list[FileResult[bytes]] = []
    unknown = frozenset[str]() if everything or not found.hits else _find_unknown(found, named)
    if found.hits:
        from migrator.program.spoken_versions import start_at_spoken

        tell(f"analysing {len(found.hits):,} of {found.count:,} files")
        options = start_at_spoken(options, found.hits)
        choice = replace(choice, options=options)
        edited = paths if everything else tuple(each.shown for each in named)
        results = _analyse_hits(found, choice, paths, find_config_obstacle(edited, options), unknown)
    failures = (*found.failures, *(failure for result in results for failure in _failures_of(result)))
    run = RunResult(
        options.chains, found.count, tuple(results), tuple(sorted(failures)), found.outside, hits=found.hits
    )
    if found.hits:
        from migrator.program.spoken_versions import count_versions

        run = replace(run, versions=count_versions(found.hits, options))
    run = replace(run, files=found.files, typed=tuple((each.shown, each.typed) for each in named))
    is_whole = paths == tuple(each.shown for each in named)
    run = run if is_whole else restrict_to_paths(run, named)
    return run if everything else restrict_to_editable(run, unknown)


def options_of(run: RunResult, choice: RunSettings) -> Options:
    """Return the options of a run, with the versions that it followed."""
    return replace(choice.options, chains=run.chains)


def _analyse_hits(
    found: SearchResult,
    choice: RunSettings,
    paths: Sequence[str],
    find_obstacle: Callable[[str], str],
    taken_for_python: frozenset[str],
) -> list[FileResult[bytes]]:
    """Return the results of the files that contain an old name, in their order."""
    from migrator.program.analyse_files import analyse_files

    def add_files(python: dict[str, bytes]) -> Mapping[str, bytes]:
        from migrator.program.find_importers import ImporterSearch, add_importers

        asked = ImporterSearch(choice.options, tuple(paths), choice.excludes, choice.jobs)
        return add_importers(python, found, asked)

    return analyse_files(
        found.hits,
        choice.options,
        found.read_searched,
        jobs=choice.jobs,
        taken_for_python=taken_for_python,
        add_files=add_files,
        find_obstacle=find_obstacle,
    )


def _find_unknown(found: SearchResult, named: Iterable[NamedPath]) -> frozenset[str]:
    """Return the named files of which nothing says what they are: a person who names one means Python."""
    from migrator.program.reader_choice import is_recognised

    paths = (each.shown for each in named)
    return frozenset(path for path in paths if path in found.hits and not is_recognised(path, found.hits[path]))


def write_changes(run: RunResult, paths: Sequence[str], tell: Progress) -> RunResult:
    """Write the files that change, after keeping their originals, so that the run can be undone.

    A file that cannot be written stays unchanged and is a failure; if originals cannot be kept, no file is written.
    """
    from migrator.files.runs.run_record import OriginalsNotKept, PlannedChange, record_run

    run = _refuse_results(run, paths)
    if not run.changed:
        return replace(run, written=())
    changes = [PlannedChange(result.path, result.before, result.after) for result in run.changed]
    try:
        with record_run(paths, changes) as record:
            run = _write_results(run, record.prefix, tell)
            record.close_record(run.written or ())
    except OriginalsNotKept as unkept:
        results = tuple(replace(result, after=result.before, applied=()) for result in run.results)
        return replace(run, results=results, failures=tuple(sorted((*run.failures, unkept.failure))), written=())
    return run


def add_ledger(run: RunResult, options: Options) -> RunResult:
    """Return the run with its ledger. An occurrence that the ledger does not account for is a failure."""
    from migrator.cli.evidence_paths import restrict_ledger
    from migrator.matching.occurrences import collect_old_names
    from migrator.program.ledger_totals import account_for

    known = (*run.results, *run.evidence)
    whole = account_for(known, run.hits, collect_old_names(options), partial(_text_occurrences, options))
    ledger = restrict_ledger(whole, run)
    defects = [FileFailure(file.path, defect) for file in ledger.files for defect in file.defects]
    return replace(run, ledger=ledger, failures=tuple(sorted((*run.failures, *defects))))


def add_open_tasks(run: RunResult) -> RunResult:
    """Return the run with its open tasks. Files of settings are read as they are after the run."""
    if not run.findings:
        return run
    from migrator.files.settings_files import read_settings_file
    from migrator.program.open_tasks import list_open_tasks

    after = {result.path: result.after for result in run.results if result.is_changed}

    def read_settings(path: str) -> bytes:
        return after[path] if path in after else read_settings_file(path, run.files)

    return replace(run, tasks=list_open_tasks(run.results, run.chains, read_settings, run.untouched))


def _text_occurrences(
    options: Options, results: list[FileResult[bytes]], old: OldNames
) -> Mapping[str, tuple[Occurrence, ...]]:
    """Return the occurrences in files that are not Python."""
    from migrator.program.text_ledger import account_for_texts

    return account_for_texts(results, old, options)


def exit_code(run: RunResult, pending: bool) -> Exit:
    """Return the exit code of a run: failures outweigh pending changes."""
    if run.failures:
        return Exit.UNREAD
    return Exit.FINDINGS if pending else Exit.CLEAN


def _refuse_results(run: RunResult, paths: Sequence[str]) -> RunResult:
    """Return the run with errors instead of changes for the files that no run may write to."""
    from migrator.files.runs.run_record import find_named, find_refusal

    named = find_named(paths)
    results: list[FileResult[bytes]] = []
    failures = list(run.failures)
    for result in run.results:
        if result.is_changed:
            reason = find_refusal(result.path, result.before, named)
            if reason is not None:
                result = _unwritten_result(result, reason)
                failures.append(FileFailure(result.path, f"not written: {reason}"))
        results.append(result)
    return replace(run, results=tuple(results), failures=tuple(sorted(failures)))


def _unwritten_result(result: FileResult[bytes], reason: str) -> FileResult[bytes]:
    from migrator.findings.finding import FileError

    return replace(result, after=result.before, applied=(), error=FileError(f"not written: {reason}"))


def _write_results(run: RunResult, prefix: str, tell: Progress) -> RunResult:
    results: list[FileResult[bytes]] = []
    failures = list(run.failures)
    for result in run.results:
        if result.is_changed:
            tell(f"writing {result.path}")
            result = _write_result(result, prefix)
            if result.error:
                failures.append(_failure_of(result.path, result.error))
        results.append(result)
    written = tuple(result.path for result in results if result.is_changed)
    return replace(run, results=tuple(results), failures=tuple(sorted(failures)), written=written)


def _write_result(result: FileResult[bytes], prefix: str) -> FileResult[bytes]:
    from migrator.files.atomic_write import replace_file

    try:
        replace_file(result.path, result.before, result.after, prefix)
    except OSError as error:
        return _unwritten_result(result, error_reason(error))
    return result


def _failures_of(result: FileResult[bytes]) -> Iterator[FileFailure]:
    if result.error is not None:
        yield _failure_of(result.path, result.error)
    if result.unread_parts is not None:
        yield replace(_failure_of(result.path, result.unread_parts), is_part=True)


def _failure_of(path: str, error: FileError) -> FileFailure:
    return FileFailure(path, error.message, error.line)
