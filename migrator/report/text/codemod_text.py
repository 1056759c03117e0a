"""Format a codemod run as text: the edits by rule, manual findings, and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from migrator.findings.finding import Applicability, Finding
from migrator.report.phrases import outside, plural, steps
from migrator.report.printable import printable
from migrator.report.run_result import Run
from migrator.report.text.colors import Paint
from migrator.report.text.components import Column, places, table

#: The start of the comments that edits add.
_TODO = b"TODO(migrator "
_EDITS: tuple[Column, ...] = (("edits", attrgetter("applied")), ("left", attrgetter("left")))


def codemod_text(run: Run, paint: Paint) -> Iterator[str]:
    """Yield a table of the rules, the findings that are left, and a summary."""
    if not run.findings:
        yield _nothing(run)
        return
    yield _head(run)
    for result in run.changed if run.written is not None else ():
        yield f"  edited {printable(result.path)} ({plural(len(result.applied), 'edit')})\n"
    yield from table(run, _EDITS, paint)
    if run.left:
        yield paint("\nNot edited", bold=True) + "\n"
        yield from places(run.left, paint)
    yield "\n" + " ".join(_closing(run)) + "\n"


def notes(run: Run) -> Iterator[str]:
    """Yield the failures, the unused suppressions, and links out of the given paths."""
    for failure in run.failures:
        where = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
        yield f"error: {printable(where)}: {printable(failure.message)}\n"
    for stale in run.stale:
        yield f"note: {printable(stale.path)}:{stale.line}: {printable(stale.message)}\n"
    yield from (f"note: {line}\n" for line in outside(run))


def _head(run: Run) -> str:
    return f"{steps(run)}: {plural(run.searched, 'file')} searched.\n"


def _nothing(run: Run) -> str:
    return f"{steps(run)}: {plural(run.searched, 'file')} searched, nothing found.\n"


def _edits(applied: Sequence[Finding]) -> str:
    return f"{plural(len(applied), 'edit')} in {plural(len({finding.path for finding in applied}), 'file')}"


def _closing(run: Run) -> Iterator[str]:
    applied = run.applied
    if run.written is not None:
        yield f"Applied {_edits(applied)}." if applied else "Nothing was written."
    elif applied:
        yield f"Dry run: nothing was written; --write would apply {_edits(applied)}."
    else:
        yield "Dry run: there is nothing to edit."
    comments = sum(_TODO in edit.replacement for finding in applied for edit in finding.edits)
    if comments:
        yield f"{plural(comments, 'TODO comment')} among them {'says' if comments == 1 else 'say'} what is left to do."
    unsafe = sum(finding.applicability is Applicability.UNSAFE for finding in run.left)
    if unsafe:
        yield f"--unsafe would apply {unsafe:,} more."
    if len(run.left) > unsafe:
        yield f"{plural(len(run.left) - unsafe, 'finding')} left to edit by hand."
