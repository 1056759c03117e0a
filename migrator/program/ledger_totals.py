"""The ledger of a run: every occurrence in every file, checked against an independent count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from migrator.files.python_files import is_python
from migrator.findings.finding import FileResult
from migrator.findings.ledger import FileAccount, Ledger, Occurrence
from migrator.matching.occurrences import OldNames, make_counter
from migrator.python.analysis.project import Project
from migrator.python.ledger.file_ledger import classify_occurrences

#: The occurrences in files that are not Python, by their paths.
AccountForOthers = Callable[[list[FileResult[bytes]], OldNames], Mapping[str, tuple[Occurrence, ...]]]


def account_for(
    results: Iterable[FileResult[bytes]],
    searched: Mapping[str, bytes],
    old: OldNames,
    others: AccountForOthers | None = None,
) -> Ledger:
    """Return the ledger of the results of a run; the occurrences are counted in the bytes that were searched.

    `others` accounts for the files that are not Python; without it every file is taken for one.
    """
    before = {result.path: result for result in results}
    apart = [] if others is None else [r for r in before.values() if not is_python(r.path, r.before)]
    known = dict(others(apart, old)) if others is not None and apart else {}
    project = Project({path: result.before for path, result in before.items() if path not in known})
    count = make_counter(old.names)
    files = []
    for path in dict.fromkeys((*searched, *before)):
        counted = count(searched[path] if path in searched else before[path].before)
        found = known.get(path, ())
        if path not in known and path in before:
            found = account_for_python(before[path], old, project)
        if counted or found:
            files.append(FileAccount(path, found, counted))
    return Ledger(old.names, tuple(files))


def account_for_python(result: FileResult[bytes], old: OldNames, project: Project) -> tuple[Occurrence, ...]:
    """Return the occurrences in a Python file; of one that does not parse, as those of a text."""
    if result.error is None or not result.error.unread or not (result.findings or result.suppressed):
        return classify_occurrences(result, old, project)
    from migrator.program.read_files import ReadFile
    from migrator.program.text_ledger import account_for_text

    return account_for_text(result, ReadFile(result), old)
