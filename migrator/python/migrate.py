"""Find, plan, apply: from the contents of files to a result for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, AnyStr

from migrator.findings.finding import Applicability, FileError, FileResult, Finding, StaleEntry
from migrator.findings.messages import write_message
from migrator.matching.selection import FileReader, Options
from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.finders.phases import find_claims
from migrator.python.prefilter.import_components import find_components
from migrator.python.recognition.claims import Claim, EvidenceStrength, TextChange
from migrator.python.rewrite.conflicts import Planned, apart
from migrator.python.rewrite.gate import obstacle_to
from migrator.python.source.comments import parse_directives
from migrator.python.source.source_file import SourceFile, Unreadable, apply_edits
from migrator.rules.table import Rules

#: The span of a finding in the text of its module, with the finding and its changes.
PlannedRow = tuple[tuple[int, int], Finding, tuple[TextChange, ...]]


#: A name behind many callers has a step of evidence for each; eight are enough to judge it, others are omitted.
_MOST_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """The findings of a module with their changes, those that comments suppress, and unused suppressions."""

    planned: tuple[Planned, ...]
    suppressed: tuple[Finding, ...]
    stale: tuple[StaleEntry, ...]


def migrate_source(
    text: AnyStr,
    rules: Rules,
    source: str | None = None,
    target: str | None = None,
    *,
    path: str = "<source>",
    unsafe: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    clients: Sequence[str] = (),
    notes: bool = False,
) -> FileResult[AnyStr]:
    """Migrate one text, or the bytes of one file, from one version to another.

    With `notes`, rows that only inform take part as well. Nothing is read or written. `error` of the result says why a
    text was left unchanged. Raise `UnknownVersion` for a version that no table knows.
    """
    chosen = tuple(select), tuple(ignore), tuple(clients)
    options = Options(rules.chains(source, target), unsafe, *chosen, notes=notes)
    return _migrate_texts({path: text}, options)[0]


def migrate_files(
    files: Mapping[str, bytes], options: Options, reader: FileReader | None = None
) -> list[FileResult[bytes]]:
    """Migrate the files of a tree; return the results in their order.

    Evidence is followed from each file to the others. `reader` reads further files of the tree when they are imported;
    the results of those with findings come last.
    """
    return combine_results(
        files, (migrate_part(files, part, options, reader) for part in find_components(files, reader))
    )


def migrate_part(
    files: Mapping[str, bytes], part: Sequence[str], options: Options, reader: FileReader | None
) -> list[FileResult[bytes]]:
    """Migrate some of the files, with those that `reader` reads for them."""
    return _migrate_texts({path: files[path] for path in part}, options, reader)


def combine_results(files: Mapping[str, bytes], groups: Iterable[list[FileResult[bytes]]]) -> list[FileResult[bytes]]:
    """Return the results in the order of the files, unchanged ones included, then those of further files by path."""
    results = {path: FileResult(path, raw, raw) for path, raw in files.items()}
    results |= {result.path: result for group in groups for result in group}
    return [results[path] for path in dict.fromkeys((*files, *sorted(results)))]


def _migrate_texts(
    files: Mapping[str, AnyStr], options: Options, reader: FileReader | None = None
) -> list[FileResult[AnyStr]]:
    project = Project(files, reader)
    results = {path: _read_result(project, path, text) for path, text in files.items()}
    modules = [project.load_module(path) for path, result in results.items() if result.error is None]
    plans, failed = _plan_modules(project, modules, options)
    for module, plan in plans.items():
        text: Any = files.get(module.path, module.source.raw)
        results[module.path] = _apply_plan(module, text, plan, options)
    for module, reason in failed.items():
        text = files.get(module.path, module.source.raw)
        findings = results[module.path].findings if module.path in results else ()
        message = f"internal error in migrator, the file is unchanged; please report it: {reason}"
        error = FileError(message, unread=True)
        results[module.path] = FileResult(module.path, text, text, findings, error=error)
    changed = {module for module in modules if results[module.path].is_changed}
    near = [m for m in modules if m in changed or project.imported_modules(m) & changed] if changed else []
    return list(_revert_unsettled(results, [module.path for module in near], options, reader).values())


def _read_result(project: Project, path: str, text: AnyStr) -> FileResult[AnyStr]:
    try:
        project.load_module(path)
    except Unreadable as error:
        return FileResult(path, text, text, error=replace(error.error, unread=True))
    return FileResult(path, text, text)


def _plan_modules(
    project: Project, modules: list[Module], options: Options
) -> tuple[dict[Module, ModulePlan], dict[Module, str]]:
    """Plan the changes of every module; return the modules in which a finder failed, and the errors, as well."""
    failed: dict[Module, str] = {}
    found: dict[Module, list[PlannedRow]] = {module: [] for module in modules}
    read = [*modules, *project.find_reached(modules)]
    for chain in options.selected:
        result = find_claims(project, read, Vocabulary(chain), options.clients, options.rename_wrappers)
        failed |= result.failed
        for (module, start, end, _), group in result.claims.groups.items():
            finding, changes = _make_finding(module, group, str(chain.target))
            found.setdefault(module, []).append(((start, _find_reach(start, end, changes)), finding, changes))
    return {m: _plan_module(m, sorted(rows, key=lambda row: row[0][0]), options) for m, rows in found.items()}, failed


def _find_reach(start: int, end: int, changes: tuple[TextChange, ...]) -> int:
    """Return the end of a span, together with what would be removed with it."""
    return max([end, *(change.end for change in changes if change.start <= start < change.end)])


def _plan_module(module: Module, rows: list[PlannedRow], options: Options) -> ModulePlan:
    suppressions = parse_directives(module.source)
    said: set[tuple[str, int]] = set()
    planned: list[Planned] = []
    suppressed: list[Finding] = []
    for span, finding, changes in rows:
        if suppressions.covers(finding.rule, *_lines(module.source, span)):
            suppressed.append(finding)
        else:
            planned.append(_drop_repeated_todos(finding, changes, said))
    return ModulePlan(tuple(planned), tuple(suppressed), suppressions.find_unused(module.path, options.left_out))


def _lines(source: SourceFile, span: tuple[int, int]) -> tuple[int, int]:
    """Return the lines of the first and of the last character of a span."""
    start, end = span
    return source.position(start)[0], source.position(max(start, end - 1))[0]


def _drop_repeated_todos(finding: Finding, changes: tuple[TextChange, ...], said: set[tuple[str, int]]) -> Planned:
    """Keep one TODO comment of a rule above a statement, however many of its entries are removed."""
    again = [c.start == c.end and (finding.rule, c.start) in said for c in changes]
    said.update((finding.rule, change.start) for change in changes if change.start == change.end)
    if not any(again):
        return finding, changes
    edits = tuple(edit for edit, repeated in zip(finding.edits, again, strict=True) if not repeated)
    return replace(finding, edits=edits), tuple(c for c, repeated in zip(changes, again, strict=True) if not repeated)


def _make_finding(module: Module, group: list[Claim], target: str) -> Planned:
    """Make one finding of all claims on a span: any obstacle counts, and so does the strongest evidence."""
    held = next((claim for claim in group if claim.obstacle), None)
    claim = held or group[0]
    strength = max(claim.strength for claim in group)
    changes = () if held else claim.changes
    sure = Applicability.SAFE if strength is EvidenceStrength.STRONG else Applicability.UNSAFE
    source = module.source
    line, column = source.displayed_position(claim.start)
    end_line, end_column = source.displayed_position(claim.end)
    cell = source.describe_cell(claim.start)
    finding = Finding(
        rule=claim.rule.id,
        kind=claim.rule.kind.value,
        path=module.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        old=claim.old,
        new=claim.new,
        applicability=sure if changes else Applicability.MANUAL,
        evidence=tuple(dict.fromkeys(step for claim in group for step in claim.evidence))[:_MOST_EVIDENCE],
        message=write_message(claim.rule, claim.old, claim.new, target, claim.obstacle)
        + (f" ({cell})" if cell else ""),
        advice=claim.rule.advice,
        edits=tuple(source.make_edit(change.start, change.end, change.text) for change in changes),
    )
    return finding, changes


def _apply_plan(module: Module, text: AnyStr, plan: ModulePlan, options: Options) -> FileResult[AnyStr]:
    """Apply the allowed edits to a file; keep it unchanged, with the reason, if the verification fails."""
    allowed = (Applicability.SAFE, Applicability.UNSAFE) if options.unsafe else (Applicability.SAFE,)
    planned = apart(module.source, plan.planned, allowed)
    findings = tuple(finding for finding, _ in planned)
    left = FileResult(module.path, text, text, findings, suppressed=plan.suppressed, stale=plan.stale)
    chosen = [(f, changes) for f, changes in planned if f.edits and f.applicability in allowed]
    raw = module.source.raw
    try:
        after = apply_edits(raw, [edit for finding, _ in chosen for edit in finding.edits])
    except ValueError as error:
        return replace(left, error=FileError(str(error)))
    reason = obstacle_to(module.source, module.tree, after, [c for _, cs in chosen for c in cs]) if chosen else None
    if reason is not None:
        return replace(left, error=FileError(reason))
    new = after if isinstance(text, bytes) else after.decode("utf-8")
    return replace(left, after=new, applied=tuple(finding for finding, _ in chosen))


def _revert_unsettled(
    results: dict[str, FileResult[AnyStr]], paths: list[str], options: Options, reader: FileReader | None
) -> dict[str, FileResult[AnyStr]]:
    """Revert each file that a second run would edit again.

    `paths` are the files that changed and those that import them: no others can change what would be edited again.
    """
    if not paths:
        return results
    project = Project({path: result.after for path, result in results.items()}, reader)
    modules = [project.load_module(path) for path in paths if results[path].error is None]
    for module, plan in _plan_modules(project, modules, options)[0].items():
        result = results[module.path]
        again = _apply_plan(module, result.after, plan, options)
        if result.is_changed and again.is_changed:
            lines = ", ".join(str(finding.line) for finding in again.applied)
            error = FileError(f"a second run would edit it again (line {lines} of the edited text)")
            results[module.path] = replace(result, after=result.before, applied=(), error=error)
    return results
