"""Find, then apply: a run from the choice to what became of the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.cli.choose import Choice
from migrator.cli.exits import Exit
from migrator.code.finding import FileError, FileResult
from migrator.code.options import Options
from migrator.files.failure import Failure, reason
from migrator.files.scan import scan
from migrator.report.run import Run

if TYPE_CHECKING:
    from migrator.files.write import Staging

Tell = Callable[[str], None]


def find(choice: Choice, tell: Tell) -> Run:
    """Search the files, and work out what becomes of those that may speak of an API. Nothing is written."""
    from migrator.code.needles import needles

    def tick(read: int) -> None:
        tell(f"searching: {read:,} files")

    options = choice.options
    found = scan(choice.paths, needles(options), choice.excludes, tick, choice.jobs)
    results: list[FileResult[bytes]] = []
    if found.hits:
        from migrator.code.migrate import migrate_files

        tell(f"reading {len(found.hits):,} of {found.count:,} files")
        results = migrate_files(found.hits, options, found.read)
    failures = (*found.failures, *(_failure(result.path, result.error) for result in results if result.error))
    return Run(options.chains, found.count, tuple(results), tuple(sorted(failures)), found.outside, hits=found.hits)


def apply(run: Run, paths: Sequence[str], tell: Tell) -> Run:
    """Write the files that change, once their originals are kept in the project of the paths, so that it can be undone.

    One that cannot be written stays as it is, and is a failure; where no originals can be kept, this goes for all.
    """
    if not run.changed:
        return replace(run, written=())
    from migrator.files.record import Change, Unkept, recording

    changes = [Change(result.path, result.before, result.after) for result in run.changed]
    try:
        with recording(paths, changes) as record:
            run = _write(run, record.staging, tell)
            record.close(run.written or ())
    except Unkept as unkept:
        results = tuple(replace(result, after=result.before, applied=()) for result in run.results)
        return replace(run, results=results, failures=tuple(sorted((*run.failures, unkept.failure))), written=())
    return run


def accounted(run: Run, options: Options) -> Run:
    """The run with its ledger. An occurrence that is not accounted for is a failure, of migrator and for the user."""
    from migrator.code.accounts import account_for
    from migrator.code.occurrences import old_names

    ledger = account_for(run.results, run.hits, old_names(options))
    defects = [Failure(file.path, defect) for file in ledger.files for defect in file.defects]
    return replace(run, ledger=ledger, failures=tuple(sorted((*run.failures, *defects))))


def exit_code(run: Run, pending: bool) -> Exit:
    """The code of a run: what could not be read weighs more than what is pending."""
    if run.failures:
        return Exit.UNREAD
    return Exit.FINDINGS if pending else Exit.CLEAN


def _write(run: Run, staging: Staging, tell: Tell) -> Run:
    results: list[FileResult[bytes]] = []
    failures = list(run.failures)
    for result in run.results:
        if result.changed:
            tell(f"writing {result.path}")
            result = _written(result, staging)
            if result.error:
                failures.append(_failure(result.path, result.error))
        results.append(result)
    written = tuple(result.path for result in results if result.changed)
    return replace(run, results=tuple(results), failures=tuple(sorted(failures)), written=written)


def _written(result: FileResult[bytes], staging: Staging) -> FileResult[bytes]:
    from migrator.files.write import replace_file

    try:
        replace_file(result.path, result.before, result.after, staging)
    except OSError as error:
        unwritten = FileError(f"not written: {reason(error)}")
        return replace(result, after=result.before, applied=(), error=unwritten)
    return result


def _failure(path: str, error: FileError) -> Failure:
    return Failure(path, error.message, error.line)
