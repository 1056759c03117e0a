"""Make findings of claims, and edits of what the findings ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrator.findings.applicability import Applicability
from migrator.findings.finding import Finding
from migrator.findings.messages import limit_evidence, write_message
from migrator.findings.operation import DropEntry, DropStatement, Operation, RenameText, Rewrite, TakeBackComment
from migrator.matching.selection import Options
from migrator.python.analysis.module import Module
from migrator.python.recognition.claims import Claim, EvidenceStrength
from migrator.python.rewrite.apply import apply_plans
from migrator.python.source.source_file import SourceFile
from migrator.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class PlannedFinding:
    """A finding without its edits, and its span in the text of its module, with what is removed along with it."""

    finding: Finding
    span: tuple[int, int]
    rule: Rule
    target: str

    def finish(self, source: SourceFile, rewrite: Rewrite) -> Finding:
        """Return the finding with its edits; a manual one where they cannot be made."""
        if rewrite.obstacle:
            message = _write_message(source, self.rule, self.finding, self.span[0], self.target, rewrite.obstacle)
            return replace(self.finding, applicability=Applicability.MANUAL, message=message, operations=())
        edits = tuple(source.make_edit(edit.start, edit.end, edit.text) for edit in rewrite.edits)
        return replace(self.finding, edits=edits)


def plan_finding(module: Module, group: list[Claim], target: str) -> PlannedFinding:
    """Make one finding of all claims on a span: any obstacle counts, and so does the strongest evidence."""
    hindered = next((claim for claim in group if claim.obstacle), None)
    claim = hindered or group[0]
    strength = max(claim.strength for claim in group)
    operations = () if hindered else claim.operations
    edited = Applicability.SAFE if strength is EvidenceStrength.STRONG else Applicability.UNSAFE
    source = module.source
    line, column = source.displayed_position(claim.start)
    end_line, end_column = source.displayed_position(claim.end)
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
        applicability=edited if operations else Applicability.MANUAL,
        evidence=limit_evidence(step for claim in group for step in claim.evidence),
        message="",
        advice=claim.rule.advice,
        operations=operations,
    )
    message = _write_message(source, claim.rule, finding, claim.start, target, claim.obstacle)
    span = claim.start, _find_reach(claim.start, claim.end, operations)
    return PlannedFinding(replace(finding, message=message), span, claim.rule, target)


def _write_message(source: SourceFile, rule: Rule, finding: Finding, offset: int, target: str, obstacle: str) -> str:
    cell = source.describe_cell(offset)
    if any(isinstance(operation, TakeBackComment) for operation in finding.operations):
        message = "this TODO comment is about a newer version" + (f": {obstacle}" if obstacle else "")
    else:
        message = write_message(rule, finding.old, finding.new, target, obstacle)
    return message + (f" ({cell})" if cell else "")


def _find_reach(start: int, end: int, operations: Sequence[Operation]) -> int:
    """Return the end of a span, together with what would be removed with it."""
    drops = (operation for operation in operations if isinstance(operation, (DropEntry, DropStatement)))
    return max([end, *(drop.end for drop in drops if drop.start <= start < drop.end)])


def edit_findings(
    module: Module, planned: Sequence[PlannedFinding], options: Options, *, is_applied: bool
) -> list[Finding | None]:
    """Return the findings with the edits that can be made together.

    None stands for a finding inside code that another one removes, when the edits are applied.
    """
    rewrites = _rewrite_together(module, planned, options)
    if not is_applied:
        absorbed = [i for i, rewrite in rewrites.items() if rewrite.absorbed]
        rewrites |= {i: _rewrite_together(module, planned[i : i + 1], options)[0] for i in absorbed}
    return [None if rewrites[i].absorbed else each.finish(module.source, rewrites[i]) for i, each in enumerate(planned)]


def _rewrite_together(module: Module, planned: Sequence[PlannedFinding], options: Options) -> dict[int, Rewrite]:
    plans = [each.finding.operations for each in planned]
    if all(isinstance(operation, RenameText) for plan in plans for operation in plan):
        return dict(enumerate(apply_plans(module.source, module.tree, plans)))
    length = options.line_length(module.path)  # read from the project's settings only where a comment may be added
    return dict(enumerate(apply_plans(module.source, module.tree, plans, line_length=length)))
