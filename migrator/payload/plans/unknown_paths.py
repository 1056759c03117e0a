"""The fast paths of webhooks whose name the table does not know: the name is checked, and reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from migrator.payload.byte_documents import decode_text
from migrator.payload.json_pointer import Json
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.fast_path import FastPaths


def create_unknown_paths(paths: FastPaths, name_key: str, is_plausible: Callable[[str], bool]) -> FastPaths:
    """Create the paths that check a name before they take those of all names without a rule.

    A name that does not pass is left to the complete path, which raises the error.
    """

    def translate_document(envelope: Json) -> Json:
        if not is_plausible(envelope[name_key]):
            return UNUSUAL
        return envelope if paths.document is None else paths.document(envelope)

    def translate(envelope: Json) -> Json:
        name = envelope[name_key]
        return _report_name(paths.translation(envelope), name) if is_plausible(name) else UNUSUAL

    def translate_bytes(data: bytes, members: dict[str, Any]) -> Json:
        name = decode_text(members[name_key])
        return _report_name(paths.bytes(data, members), name) if is_plausible(name) else UNUSUAL

    return FastPaths(translate_document, translate, translate_bytes)


def _report_name(translation: Json, name: str) -> Json:
    return translation if translation is UNUSUAL else replace(translation, unknown_name=name)
