"""Find, then apply: a run from the choice to what became of the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from migrator.cli.choose import Choice
from migrator.cli.exits import Exit
from migrator.code.finding import FileError, FileResult
from migrator.code.options import Options
from migrator.files.failure import Failure, reason
from migrator.files.scan import scan
from migrator.files.write import replace_file
from migrator.report.run import Run

Tell = Callable[[str], None]


def find(choice: Choice, tell: Tell) -> Run:
    """Search the files, and work out what becomes of those that may speak of an API. Nothing is written."""
    from migrator.code.needles import needles

    def tick(read: int) -> None:
        tell(f"searching: {read:,} files")

    options = choice.options
    found = scan(choice.paths, needles(options), choice.excludes, tick)
    results: list[FileResult[bytes]] = []
    if found.hits:
        from migrator.code.migrate import migrate_files

        tell(f"reading {len(found.hits):,} of {len(found.paths):,} files")
        results = migrate_files(found.hits, options, found.read)
    failures = (*found.failures, *(_failure(result.path, result.error) for result in results if result.error))
    return Run(
        options.chains, len(found.paths), tuple(results), tuple(sorted(failures)), found.outside, hits=found.hits
    )


def apply(run: Run, tell: Tell) -> Run:
    """Write the files that change. One that cannot be written stays as it is, and is a failure."""
    results: list[FileResult[bytes]] = []
    failures = list(run.failures)
    for result in run.results:
        if result.changed:
            tell(f"writing {result.path}")
            result = _written(result)
            if result.error:
                failures.append(_failure(result.path, result.error))
        results.append(result)
    written = tuple(result.path for result in results if result.changed)
    return replace(run, results=tuple(results), failures=tuple(sorted(failures)), written=written)


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


def _written(result: FileResult[bytes]) -> FileResult[bytes]:
    try:
        replace_file(result.path, result.before, result.after)
    except OSError as error:
        unwritten = FileError(f"not written: {reason(error)}")
        return replace(result, after=result.before, applied=(), error=unwritten)
    return result


def _failure(path: str, error: FileError) -> Failure:
    return Failure(path, error.message, error.line)
