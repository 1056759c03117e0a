"""Code actions: apply an edit, add a suppression comment, or apply all safe edits of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from migrator.findings.finding import Applicability, Edit, FileResult, Finding
from migrator.lsp.client_capabilities import EditorClient
from migrator.lsp.diagnostics import finding_diagnostic, finding_range
from migrator.lsp.suppression_edit import suppression_edit
from migrator.lsp.text_document import TextBuffer
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.rewrite.apply import edits_alone
from migrator.python.source.source_file import Unreadable
from migrator.report.phrases import pluralize
from migrator.report.printable import escape_line

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.migrator"
QUICK_FIX = CodeActionKind.QuickFix.value


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """The range that actions are requested for, the kinds that are wanted, and the line length of the document."""

    where: Range
    only: Sequence[str] | None
    line_length: int


def code_actions(
    buffer: TextBuffer, result: FileResult[bytes], client: EditorClient, request: ActionRequest
) -> list[CodeAction]:
    """Return the code actions for a range of a document."""
    found: list[CodeAction] = []
    here = [f for f in result.findings if _overlaps(finding_range(f, buffer.lines), request.where)]
    if here and _is_requested(QUICK_FIX, request.only):
        found += _quick_fixes(buffer, result, client, here, request.line_length)
    if _is_requested(FIX_ALL, request.only) and result.applied:
        edits = [edit for finding in result.applied for edit in finding.edits]
        sort = "safe " if all(finding.applicability is Applicability.SAFE for finding in result.applied) else ""
        title = f"migrator: apply all {sort}edits of this file ({pluralize(len(result.applied), 'edit')})"
        found.append(CodeAction(title, FIX_ALL, edit=_workspace_edit(buffer, client, edits)))
    return found


def requests_fix_all(only: Sequence[str] | None) -> bool:
    """Return whether all edits of a file are requested by kind, which requires an analysis of all files."""
    return bool(only) and _is_requested(FIX_ALL, only)


def _quick_fixes(
    buffer: TextBuffer, result: FileResult[bytes], client: EditorClient, here: list[Finding], line_length: int
) -> Iterator[CodeAction]:
    if not buffer.is_python:
        return
    try:
        module = Project({buffer.path: buffer.raw}).load_module(buffer.path)
    except Unreadable:
        return
    for finding in here:
        is_editable = finding.edits and result.error is None
        plan = finding.operations if is_editable else ()
        if edits := edits_alone(module.source, module.tree, plan, line_length=line_length):
            yield _fix_action(buffer, client, finding, edits)
    yield from _suppression_actions(buffer, module, client, here)


def _fix_action(buffer: TextBuffer, client: EditorClient, finding: Finding, edits: tuple[Edit, ...]) -> CodeAction:
    safe = finding.applicability is Applicability.SAFE
    what = f"replace {finding.old} with {finding.new}" if finding.old and finding.new else f"edit for {finding.rule}"
    return CodeAction(
        title=escape_line(f"migrator: {what}{'' if safe else ' (unsafe: review it first)'}"),
        kind=QUICK_FIX,
        diagnostics=[finding_diagnostic(finding, buffer.lines, client.tags)],
        is_preferred=safe,
        edit=_workspace_edit(buffer, client, edits),
    )


def _suppression_actions(
    buffer: TextBuffer, module: Module, client: EditorClient, here: list[Finding]
) -> Iterator[CodeAction]:
    said: set[tuple[str, Edit]] = set()
    for finding in here:
        edit = suppression_edit(module, finding)
        if edit is not None and (finding.rule, edit) not in said:
            said.add((finding.rule, edit))
            yield CodeAction(
                title=f"migrator: suppress with # migrator: ignore[{finding.rule}]",
                kind=QUICK_FIX,
                diagnostics=[finding_diagnostic(finding, buffer.lines, client.tags)],
                edit=_workspace_edit(buffer, client, [edit]),
            )


def _workspace_edit(buffer: TextBuffer, client: EditorClient, edits: Iterable[Edit]) -> WorkspaceEdit:
    changes = [_text_edit(buffer, edit) for edit in sorted(set(edits))]
    if not client.versioned_edits:
        return WorkspaceEdit(changes={buffer.uri: changes})
    document = OptionalVersionedTextDocumentIdentifier(buffer.uri, buffer.version)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(document, [*changes])])


def _text_edit(buffer: TextBuffer, edit: Edit) -> TextEdit:
    start, end, text = buffer.text_edit(edit)
    return TextEdit(buffer.lines.range_between(start, end), text)


def _is_requested(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)


def _overlaps(one: Range, other: Range) -> bool:
    return one.start <= other.end and other.start <= one.end
