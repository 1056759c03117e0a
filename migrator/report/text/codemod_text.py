"""Format a codemod run as text: the edits by rule, manual findings, and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from migrator.findings.finding import Applicability, Finding
from migrator.report.phrases import describe_versions, outside_links, pluralize, version_steps
from migrator.report.printable import escape_line
from migrator.report.run_result import RunResult
from migrator.report.text.colors import Paint
from migrator.report.text.components import Column, finding_list, rule_table
from migrator.report.text.task_list import task_lines

#: The start of the comments that edits add.
_TODO = b"TODO(migrator "
_EDITS: tuple[Column, ...] = (("edits", attrgetter("applied")), ("left", attrgetter("left")))


def codemod_text(run: RunResult, paint: Paint) -> Iterator[str]:
    """Yield a table of the rules, the findings that are left, and a summary."""
    if not run.findings:
        yield _nothing_found(run)
        return
    yield _searched_line(run)
    yield from (f"{line}\n" for line in describe_versions(run))
    for result in run.changed if run.written is not None else ():
        yield f"  edited {escape_line(result.path)} ({pluralize(len(result.applied), 'edit')})\n"
    yield from rule_table(run, _EDITS, paint)
    if run.left:
        yield paint("\nNot edited", bold=True) + "\n"
        yield from finding_list(run.left, paint)
    yield from task_lines(run.tasks, paint)
    yield "\n" + " ".join(_closing_sentences(run)) + "\n"


def run_notes(run: RunResult) -> Iterator[str]:
    """Yield the failures, the unused suppressions, and links out of the given paths."""
    for failure in run.failures:
        where = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
        yield f"error: {escape_line(where)}: {escape_line(failure.message)}\n"
    for stale in run.stale:
        yield f"note: {escape_line(stale.path)}:{stale.line}: {escape_line(stale.message)}\n"
    yield from (f"note: {line}\n" for line in outside_links(run))


def _searched_line(run: RunResult) -> str:
    return f"{version_steps(run)}: {pluralize(run.searched, 'file')} searched.\n"


def _nothing_found(run: RunResult) -> str:
    known = "".join(f" {sentence}" for sentence in _known_sentence(run))
    return f"{version_steps(run)}: {pluralize(run.searched, 'file')} searched, nothing found.{known}\n"


def _count_edits(applied: Sequence[Finding]) -> str:
    return f"{pluralize(len(applied), 'edit')} in {pluralize(len({finding.path for finding in applied}), 'file')}"


def _closing_sentences(run: RunResult) -> Iterator[str]:
    applied = run.applied
    if run.written is not None:
        yield f"Applied {_count_edits(applied)}." if applied else "Nothing was written."
    elif applied:
        yield f"Dry run: nothing was written; --write would apply {_count_edits(applied)}."
    else:
        yield "Dry run: there is nothing to edit."
    comments = sum(_TODO in edit.replacement for finding in applied for edit in finding.edits)
    if comments:
        verb = "says" if comments == 1 else "say"
        yield f"{pluralize(comments, 'TODO comment')} among them {verb} what is left to do."
    unsafe = sum(finding.applicability is Applicability.UNSAFE for finding in run.left)
    if unsafe:
        yield f"--unsafe would apply {unsafe:,} more."
    if len(run.left) > unsafe:
        yield f"{pluralize(len(run.left) - unsafe, 'finding')} left to edit by hand."
    yield from _known_sentence(run)


def _known_sentence(run: RunResult) -> Iterator[str]:
    number = len(run.known)
    if number:
        yield f"{pluralize(number, 'more finding')} {'is' if number == 1 else 'are'} in the baseline."
