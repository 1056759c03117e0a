"""Code actions: apply an edit, add a suppression comment, or apply all safe edits of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
from migrator.lsp.client_capabilities import Client
from migrator.lsp.diagnostics import diagnostic, range_of
from migrator.lsp.single_edit import fix, suppression
from migrator.lsp.text_document import Buffer
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.source.source_file import Unreadable
from migrator.report.phrases import plural
from migrator.report.printable import printable

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.migrator"
QUICK_FIX = CodeActionKind.QuickFix.value


def actions(
    buffer: Buffer, result: FileResult[bytes], client: Client, where: Range, only: Sequence[str] | None
) -> list[CodeAction]:
    """Return the code actions for a range of a document; `only` restricts their kinds."""
    found: list[CodeAction] = []
    if _asked(QUICK_FIX, only) and (here := [f for f in result.findings if _meets(range_of(f, buffer.lines), where)]):
        found += _quick_fixes(buffer, result, client, here)
    if _asked(FIX_ALL, only) and result.applied:
        edits = [edit for finding in result.applied for edit in finding.edits]
        sort = "safe " if all(finding.applicability is Applicability.SAFE for finding in result.applied) else ""
        title = f"migrator: apply all {sort}edits of this file ({plural(len(result.applied), 'edit')})"
        found.append(CodeAction(title, FIX_ALL, edit=_workspace_edit(buffer, client, edits)))
    return found


def asks_for_all(only: Sequence[str] | None) -> bool:
    """Return whether all edits of a file are requested by kind, which requires an analysis of all files."""
    return bool(only) and _asked(FIX_ALL, only)


def _quick_fixes(
    buffer: Buffer, result: FileResult[bytes], client: Client, here: list[Finding]
) -> Iterator[CodeAction]:
    if not buffer.is_python:
        return
    try:
        module = Project({buffer.path: buffer.raw}).module(buffer.path)
    except Unreadable:
        return
    for finding in here:
        edits = fix(module, finding) if finding.edits and result.error is None else ()
        if edits:
            yield _fix(buffer, client, finding, edits)
    yield from _suppressions(buffer, module, client, here)


def _fix(buffer: Buffer, client: Client, finding: Finding, edits: tuple[Edit, ...]) -> CodeAction:
    safe = finding.applicability is Applicability.SAFE
    what = f"replace {finding.old} with {finding.new}" if finding.old and finding.new else f"edit for {finding.rule}"
    return CodeAction(
        title=printable(f"migrator: {what}{'' if safe else ' (unsafe: review it first)'}"),
        kind=QUICK_FIX,
        diagnostics=[diagnostic(finding, buffer.lines, client.tags)],
        is_preferred=safe,
        edit=_workspace_edit(buffer, client, edits),
    )


def _suppressions(buffer: Buffer, module: Module, client: Client, here: list[Finding]) -> Iterator[CodeAction]:
    said: set[tuple[str, Edit]] = set()
    for finding in here:
        edit = suppression(module, finding)
        if edit is not None and (finding.rule, edit) not in said:
            said.add((finding.rule, edit))
            yield CodeAction(
                title=f"migrator: suppress with # migrator: ignore[{finding.rule}]",
                kind=QUICK_FIX,
                diagnostics=[diagnostic(finding, buffer.lines, client.tags)],
                edit=_workspace_edit(buffer, client, [edit]),
            )


def _workspace_edit(buffer: Buffer, client: Client, edits: Iterable[Edit]) -> WorkspaceEdit:
    changes = [_text_edit(buffer, edit) for edit in sorted(set(edits))]
    if not client.versioned_edits:
        return WorkspaceEdit(changes={buffer.uri: changes})
    document = OptionalVersionedTextDocumentIdentifier(buffer.uri, buffer.version)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(document, [*changes])])


def _text_edit(buffer: Buffer, edit: Edit) -> TextEdit:
    start, end, text = buffer.replaced(edit)
    return TextEdit(buffer.lines.range(start, end), text)


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)


def _meets(one: Range, other: Range) -> bool:
    return one.start <= other.end and other.start <= one.end
