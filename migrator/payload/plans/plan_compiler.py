"""Compile the plans between two versions: one for each kind and name of document."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from migrator.payload.json_pointer import Json
from migrator.payload.loss import Loss, LossExtent, Missing
from migrator.payload.names.refused_names import TableNames, find_table_names
from migrator.payload.plans.change_tree import ChangeNode, RequireKey, build_tree
from migrator.payload.plans.codegen import SHARED, WIRE, generate_code
from migrator.payload.plans.directed_step import Declarations, DirectedStep, direct_step
from migrator.payload.plans.document_run import Stage
from migrator.payload.plans.fast_path import (
    NO_FAST_PATHS,
    ConstantResult,
    FastPaths,
    compile_bytes_function,
    compile_document_function,
    compile_translation_function,
)
from migrator.payload.plans.field_paths import KeyMove, find_key_moves
from migrator.payload.plans.name_changes import NAMING_KINDS, StepName, resolve_name
from migrator.payload.plans.plan import TranslationPlan
from migrator.payload.plans.row_changes import StepDocument, find_changes, find_notes
from migrator.payload.plans.usual_body import compile_usual_body
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import DocumentError
from migrator.rules.rule import DocumentKind, Kind
from migrator.rules.table import RuleTable


@dataclass(frozen=True, slots=True)
class PlanCompiler:
    """Compile plans along the directed steps from `source`; `name_key` contains the name of a webhook.

    `names` are those that the versions of the table know. `shared` keeps equal tuples of missing values as one object,
    so that a stream can compare them by identity.
    """

    source: str
    legs: tuple[DirectedStep, ...]
    name_key: str | None
    names: TableNames
    shared: dict[tuple[Missing, ...], tuple[Missing, ...]] = field(default_factory=dict, compare=False)

    def compile_plan(self, kind: DocumentKind, name: str | None) -> TranslationPlan:
        """Compile the plan for a method's requests or responses, or a webhook; None stands for every unknown name."""
        subjects = self._find_subjects(kind, name)
        travelled = list(zip(self.legs, subjects, strict=False))
        stages = _build_stages(travelled)
        said, always = _find_constant_losses(travelled, name)
        rules = [rule.id for leg in self.legs for rule in leg.rules]
        rules += [each.rule for leg in self.legs for each in leg.refused.get_names(kind).values()]
        rules += [each.rule for leg in self.legs for each in leg.refused.webhooks.values()]
        order = {rule: index for index, rule in enumerate(dict.fromkeys(rules))}
        method = None if kind == "webhook" else subjects[-1].name.after if subjects else name
        key, own = (self.name_key, name) if kind == "webhook" else (None, None)
        shared, wired = generate_code(stages, key, own, SHARED), generate_code(stages, key, own, WIRE)
        needs = _find_needs(stages)
        if said or shared is None or wired is None or needs is None:
            plan = TranslationPlan(stages, method, always, said, order, NO_FAST_PATHS, False, None)
            return _add_usual_body(plan)
        applied = tuple(sorted({*always, *shared.applied}, key=order.__getitem__))
        outcome = ConstantResult(applied, method, tuple(need.key for need in needs), self._share_missing(needs))
        fast = FastPaths(
            compile_document_function(shared),
            compile_translation_function(shared, outcome),
            compile_bytes_function(wired, outcome),
        )
        plan = TranslationPlan(stages, method, always, said, order, fast, bool(wired.lines or needs), shared)
        return _add_usual_body(plan)

    def _share_missing(self, needs: tuple[RequireKey, ...]) -> tuple[Missing, ...]:
        missing = tuple(Missing(need.rule, "/" + need.key, need.declare) for need in needs)
        return self.shared.setdefault(missing, missing)

    def find_known_names(self, kind: DocumentKind) -> frozenset[str]:
        """Return every name of a method or webhook that a rule mentions."""
        rules = [rule for leg in self.legs for rule in leg.rules]
        kinds = NAMING_KINDS[kind] | {Kind.MANUAL}
        names = {name for rule in rules if rule.kind in kinds for name in (rule.old, rule.new)}
        names |= {place.name for rule in rules for place in rule.where if place.document == kind}
        return frozenset(name for name in names if name)

    def _find_subjects(self, kind: DocumentKind, name: str | None) -> list[StepDocument]:
        found: list[tuple[str | None, StepName]] = []
        for step in self.legs:
            found.append((name, resolve_name(step, kind, name)))
            name = found[-1][1].after
            if name is None and found[-1][1].move is not None:
                break
        answers = [find_key_moves(step, "response", on.older) for step, (_, on) in zip(self.legs, found, strict=False)]
        return [
            StepDocument(kind, current, on, self.name_key, tuple(answers[index:]))
            for index, (current, on) in enumerate(found)
        ]


def _add_usual_body(plan: TranslationPlan) -> TranslationPlan:
    try:
        empty = plan.translate_completely({})
    except DocumentError:
        return plan
    common: Translation[Json] = Translation(None, plan.constant_losses, (), plan.renamed, plan.method)
    return replace(plan, usual_body=compile_usual_body(plan.stages, empty, common, plan.sort_rules))


def create_compiler(table: RuleTable, source: str, target: str, terms: Declarations) -> PlanCompiler:
    """Create the compiler between two versions, up or down; no step if they are equal. Raises UnknownVersion."""
    name_key = table.api.envelope.name if table.api.envelope else None
    names = find_table_names(table)
    versions = [str(version) for version in table.versions]
    if source == target and table.has_version(source):
        return PlanCompiler(source, (), name_key, names)
    up = source not in versions or target not in versions or versions.index(source) < versions.index(target)
    steps = table.chain(source, target).steps if up else reversed(table.chain(target, source).steps)
    legs = tuple(direct_step(step, up, terms, names.find_refused_names(step, up)) for step in steps)
    return PlanCompiler(source, legs, name_key, names)


def _build_stages(travelled: list[tuple[DirectedStep, StepDocument]]) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    behind: tuple[tuple[bool, tuple[KeyMove, ...]], ...] = ()
    for step, subject in travelled:
        moves = find_key_moves(step, subject.kind, subject.name.older)
        node = build_tree(find_changes(step, subject))
        if node is not None:
            stages.append(Stage(step.up, node, behind if step.up else ((True, moves), *behind)))
        behind = ((not step.up, moves), *behind)
    return tuple(stages)


def _find_constant_losses(
    travelled: list[tuple[DirectedStep, StepDocument]], name: str | None
) -> tuple[tuple[Loss, ...], tuple[str, ...]]:
    """Return the losses and remarks of every document of the name, and the rules that rename the method itself."""
    said: list[Loss] = []
    always: list[str] = []
    for step, subject in travelled:
        said += (Loss(rule.id, "", None, rule.advice, LossExtent.NOTE) for rule in find_notes(step, subject))
        move = subject.name.move
        if subject.kind != "webhook" and move is not None:
            always.append(move.rule)
            if move.new is None:
                said.append(Loss(move.rule, "", name, move.reason))
    return tuple(said), tuple(always)


def _find_needs(stages: tuple[Stage, ...]) -> tuple[RequireKey, ...] | None:
    """Return the required keys of the root, if the original document alone decides them; else None."""
    found: list[RequireKey] = []
    for index, stage in enumerate(stages):
        touched = {rename.new for other in stages[:index] for rename in other.node.renames}
        touched |= {drop.key for other in stages for drop in other.node.drops}
        touched |= {rename.key for other in stages for rename in other.node.renames}
        if touched & {need.key for need in stage.node.needs} or any(map(_has_needs, _inner_nodes(stage.node))):
            return None
        found += stage.node.needs
    return tuple(found)


def _has_needs(node: ChangeNode) -> bool:
    return bool(node.needs) or any(map(_has_needs, _inner_nodes(node)))


def _inner_nodes(node: ChangeNode) -> list[ChangeNode]:
    return [*node.children.values(), *([node.each] if node.each else [])]
