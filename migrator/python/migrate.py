"""Find, plan, apply: from the contents of files to a result for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, AnyStr

from migrator.findings.file_results import combine_results
from migrator.findings.finding import Applicability, FileError, FileResult, Finding, StaleEntry
from migrator.findings.operation import Rewrite
from migrator.matching.configuration import NO_CONFIGURATION, Configuration
from migrator.matching.occurrences import collect_old_names
from migrator.matching.selection import DEFAULT_LINE_LENGTH, FileReader, Options
from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.finders.phases import find_claims
from migrator.python.groups.setting_uses import FollowedSetting
from migrator.python.planned_findings import PlannedFinding, edit_findings, plan_finding
from migrator.python.prefilter.edit_test import build_edit_test
from migrator.python.prefilter.import_components import find_components
from migrator.python.second_run import find_causes, strip_added_comments, without_known
from migrator.python.setting_outcomes import add_setting_uses
from migrator.python.source.comments import parse_directives
from migrator.python.source.source_file import SourceFile, Unreadable, apply_edits
from migrator.python.source.syntax import running_version
from migrator.rules.table import Rules

_UNSETTLED = "a second run would edit it again"


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """The findings of a module, those that comments suppress, and unused suppressions.

    `unsettled` are the findings whose edits a second run would edit again.
    """

    planned: tuple[PlannedFinding, ...]
    suppressed: tuple[PlannedFinding, ...]
    stale: tuple[StaleEntry, ...]
    unsettled: frozenset[PlannedFinding] = frozenset()


@dataclass(frozen=True, slots=True)
class ProgramPlan:
    """The plans of all modules, those in which a finder failed, each with the error, and the settings they read."""

    modules: dict[Module, ModulePlan]
    failed: dict[Module, str]
    settings: tuple[FollowedSetting, ...]


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
    line_length: int = DEFAULT_LINE_LENGTH,
) -> FileResult[AnyStr]:
    """Migrate one text, or the bytes of one file, from one version to another.

    With `notes`, rows that only inform take part as well. Comments are wrapped at `line_length`. Nothing is read or
    written. `error` of the result says why a text was left unchanged. Raise `UnknownVersion` for a version that no
    table knows.
    """
    chosen = tuple(select), tuple(ignore), tuple(clients)
    chains = rules.chains(source, target)
    options = Options(chains, unsafe, *chosen, notes=notes, find_line_length=lambda *_: line_length)
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
    files: Mapping[str, bytes],
    part: Sequence[str],
    options: Options,
    reader: FileReader | None,
    configuration: Configuration = NO_CONFIGURATION,
) -> list[FileResult[bytes]]:
    """Migrate some of the files, with those that `reader` reads for them, beside their configuration."""
    return _migrate_texts({path: files[path] for path in part}, options, reader, configuration)


def _migrate_texts(
    files: Mapping[str, AnyStr],
    options: Options,
    reader: FileReader | None = None,
    configuration: Configuration = NO_CONFIGURATION,
) -> list[FileResult[AnyStr]]:
    project = Project(files, reader, configuration)
    results = {path: _read_result(project, path, text) for path, text in files.items()}
    modules = [project.load_module(path) for path, result in results.items() if result.error is None]
    planned = _plan_modules(project, modules, options)
    plans = planned.modules
    for module, plan in plans.items():
        text: Any = files.get(module.path, module.source.raw)
        results[module.path] = _try_plan(module, text, plan, options)
    for module, reason in planned.failed.items():
        text = files.get(module.path, module.source.raw)
        findings = results[module.path].findings if module.path in results else ()
        message = f"internal error in migrator, the file is unchanged; please report it: {reason}"
        error = FileError(message, unread=True)
        results[module.path] = FileResult(module.path, text, text, findings, error=error)
    _settle_results(project, results, plans, options, reader)
    return list(add_setting_uses(results, planned.settings).values())


def _read_result(project: Project, path: str, text: AnyStr) -> FileResult[AnyStr]:
    try:
        project.load_module(path)
    except Unreadable as error:
        return FileResult(path, text, text, error=replace(error.error, unread=True))
    return FileResult(path, text, text)


def _plan_modules(project: Project, modules: list[Module], options: Options) -> ProgramPlan:
    """Plan the changes of every module."""
    failed: dict[Module, str] = {}
    settings: list[FollowedSetting] = []
    found: dict[Module, list[PlannedFinding]] = {module: [] for module in modules}
    read = [*modules, *project.find_reached(modules)]
    for chain in options.selected:
        result = find_claims(project, read, Vocabulary(chain), options.clients, options.rename_wrappers)
        failed |= result.failed
        settings += result.settings.all
        for (module, *_), group in result.claims.groups.items():
            found.setdefault(module, []).append(plan_finding(module, group, str(chain.target)))
    plans = {m: _plan_module(m, sorted(rows, key=lambda row: row.span[0]), options) for m, rows in found.items()}
    return ProgramPlan(plans, failed, tuple(settings))


def _plan_module(module: Module, rows: list[PlannedFinding], options: Options) -> ModulePlan:
    suppressions = parse_directives(module.source, module.tree)
    planned: list[PlannedFinding] = []
    suppressed: list[PlannedFinding] = []
    for row in rows:
        covers = suppressions.covers(row.finding.rule, *_lines(module.source, row.span))
        (suppressed if covers else planned).append(row)
    unused = suppressions.find_unused(module.path, options.left_out)
    return ModulePlan(tuple(planned), tuple(suppressed), unused)


def _lines(source: SourceFile, span: tuple[int, int]) -> tuple[int, int]:
    """Return the lines of the first and of the last character of a span."""
    start, end = span
    return source.position(start)[0], source.position(max(start, end - 1))[0]


def _try_plan(module: Module, text: AnyStr, plan: ModulePlan, options: Options) -> FileResult[AnyStr]:
    """Apply a plan; without LibCST the findings are listed, but nothing can be edited."""
    try:
        return _apply_plan(module, text, plan, options)
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] != "libcst":
            raise
        error = FileError(f"no edit can be made without LibCST: {missing}")
        findings = tuple(row.finding for row in plan.planned)
        suppressed = tuple(row.finding for row in plan.suppressed)
        return FileResult(module.path, text, text, findings, error=error, suppressed=suppressed, stale=plan.stale)


def _apply_plan(module: Module, text: AnyStr, plan: ModulePlan, options: Options) -> FileResult[AnyStr]:
    """Apply the allowed edits to a file. Edits that are not allowed are verified as well, by themselves."""
    applied = _edit_allowed(module, plan, options)
    held_back = [row for row in plan.planned if row not in applied and row not in plan.unsettled]
    others = dict(zip(held_back, edit_findings(module, held_back, options, is_applied=False), strict=True))
    others |= {row: row.finish(module.source, Rewrite(obstacle=_UNSETTLED)) for row in plan.unsettled}
    found = (applied[row] if row in applied else others[row] for row in plan.planned)
    findings = tuple(finding for finding in found if finding is not None)
    suppressed = edit_findings(module, plan.suppressed, options, is_applied=False)
    left = FileResult(
        module.path,
        text,
        text,
        findings,
        suppressed=tuple(filter(None, suppressed)),
        stale=plan.stale,
        unread_parts=_describe_unread_parts(module, options),
    )
    chosen = tuple(finding for finding in applied.values() if finding is not None and finding.edits)
    after = apply_edits(module.source.raw, [edit for finding in chosen for edit in finding.edits])
    new = after if isinstance(text, bytes) else after.decode("utf-8")
    return replace(left, after=new, applied=chosen)


def _describe_unread_parts(module: Module, options: Options) -> FileError | None:
    """Return what of a module was not read, with the old names in it."""
    if not module.unread:
        return None
    source = module.source
    parts = [source.text[start:end] for start, end in module.unread]
    names = [name for name in collect_old_names(options).names if any(name in part for part in parts)]
    lines = sorted({source.displayed_position(start)[0] for start, _ in module.unread})
    others = f", nor that in line {', '.join(map(str, lines[1:]))}" if len(lines) > 1 else ""
    contains = f"; it contains {', '.join(f'`{name}`' for name in names)}" if names else ""
    return FileError(f"code newer than Python {running_version()} was not read{others}{contains}", lines[0])


def _edit_allowed(module: Module, plan: ModulePlan, options: Options) -> dict[PlannedFinding, Finding | None]:
    """Return the findings that may be applied, with their edits."""
    allowed = (Applicability.SAFE, Applicability.UNSAFE) if options.unsafe else (Applicability.SAFE,)
    rows = [row for row in plan.planned if row.finding.applicability in allowed and row not in plan.unsettled]
    return dict(zip(rows, edit_findings(module, rows, options, is_applied=True), strict=True))


def _settle_results(
    project: Project,
    results: dict[str, FileResult[AnyStr]],
    plans: dict[Module, ModulePlan],
    options: Options,
    reader: FileReader | None,
) -> None:
    """Take back the edits that a second run would edit again; their findings are manual.

    Only the files that change, and those that import them, can be edited again.
    """
    may_be_edited = build_edit_test(options)
    while changed := {module for module in plans if results[module.path].is_changed}:
        near = [module for module in plans if module in changed or project.imported_modules(module) & changed]
        if not any(may_be_edited(strip_added_comments(results[module.path])) for module in near):
            return
        found = _find_again(results, [module.path for module in near], options, reader, project.configuration)
        known = {module.path: plan.unsettled for module, plan in plans.items()}
        again = {path: new for path, every in found.items() if (new := without_known(every, known[path]))}
        unsettled = {
            module: find_causes(results[module.path], again.get(module.path), plans[module].planned)
            for module in changed
            if module.path in again or any(other.path in again for other in near if other not in changed)
        }
        if not unsettled:
            return
        for module, rows in unsettled.items():
            plan = plans[module]
            every = frozenset(row for row in plan.planned if row.finding.operations)
            more = rows - plan.unsettled or every  # so that each round holds back more, and the last one all
            plans[module] = replace(plan, unsettled=plan.unsettled | more)
            text = results[module.path].before
            results[module.path] = _try_plan(module, text, plans[module], options)


def _find_again(
    results: Mapping[str, FileResult[AnyStr]],
    paths: list[str],
    options: Options,
    reader: FileReader | None,
    configuration: Configuration,
) -> dict[str, list[Finding]]:
    """Return the findings that a second run would edit, by path."""
    project = Project({path: result.after for path, result in results.items()}, reader, configuration)
    modules = [project.load_module(path) for path in paths if results[path].error is None]
    found = {}
    for module, plan in _plan_modules(project, modules, options).modules.items():
        again = [finding for finding in _edit_allowed(module, plan, options).values() if finding and finding.edits]
        if again and module.path in paths:
            found[module.path] = again
    return found
