"""The capabilities of the connected editor."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol.types import ClientCapabilities, DiagnosticTag, MarkupKind, PositionEncodingKind
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True)
class EditorClient:
    """An editor: the position encoding, and the parts of the protocol that it supports."""

    unit: PositionEncodingKind | str = PositionEncodingKind.Utf16
    pulls: bool = False
    refreshes: bool = False
    tags: frozenset[DiagnosticTag] = frozenset()
    markdown: bool = False
    versioned_edits: bool = False
    watches: bool = False


def read_capabilities(can: ClientCapabilities, unit: PositionEncodingKind | str) -> EditorClient:
    """Return the editor with the given capabilities."""
    tags = get_capability(can, "text_document.publish_diagnostics.tag_support.value_set", ())
    formats = get_capability(can, "text_document.hover.content_format", ())
    return EditorClient(
        unit=unit,
        pulls=get_capability(can, "text_document.diagnostic") is not None,
        refreshes=bool(get_capability(can, "workspace.diagnostics.refresh_support", False)),
        tags=frozenset(tags or ()),
        markdown=MarkupKind.Markdown in (formats or ()),
        versioned_edits=bool(get_capability(can, "workspace.workspace_edit.document_changes", False)),
        watches=bool(get_capability(can, "workspace.did_change_watched_files.dynamic_registration", False)),
    )
