"""A run told to people: what changes, how much of it, and what is left for them."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from migrator.findings.applicability import Applicability
from migrator.report.phrases import outside, plural, steps, tally
from migrator.report.printable import printable
from migrator.report.run_result import Run
from migrator.report.text.colors import Paint
from migrator.report.text.components import Column, places, table

#: How the comments begin that an edit leaves.
_TODO = b"TODO(migrator "
_EDITS: tuple[Column, ...] = (("edits", attrgetter("applied")), ("left", attrgetter("left")))


def codemod_text(run: Run, paint: Paint) -> Iterator[str]:
    """A table of the rules, what is left for a person, and one line to end with."""
    if not run.findings:
        yield _nothing(run)
        return
    yield _head(run)
    for result in run.changed if run.written is not None else ():
        yield f"  edited {printable(result.path)} ({plural(len(result.applied), 'place')})\n"
    yield from table(run, _EDITS, paint)
    if run.left:
        yield paint("\nLeft for a person", bold=True) + "\n"
        yield from places(run.left, paint)
    yield "\n" + " ".join(_closing(run)) + "\n"


def notes(run: Run) -> Iterator[str]:
    """What the result says nothing about: files that failed, and links that lead elsewhere."""
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


def _closing(run: Run) -> Iterator[str]:
    applied = run.applied
    if run.written is not None:
        yield f"Wrote {tally(applied)}." if applied else "Nothing was written."
    elif applied:
        yield f"Dry run: nothing is written. --write edits {tally(applied)}."
    else:
        yield "Dry run: --write would edit nothing."
    comments = sum(_TODO in edit.replacement for finding in applied for edit in finding.edits)
    if comments:
        yield f"{plural(comments, 'comment')} among them {'says' if comments == 1 else 'say'} what is still to be done."
    unsafe = sum(finding.applicability is Applicability.UNSAFE for finding in run.left)
    if unsafe:
        yield f"--unsafe edits {unsafe:,} more."
    if len(run.left) > unsafe:
        yield f"{len(run.left) - unsafe:,} left for a person."
