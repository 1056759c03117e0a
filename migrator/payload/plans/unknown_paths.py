"""The fast paths of webhooks whose name the table does not know: the name is checked, and reported."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from migrator.payload.byte_documents import decode_text
from migrator.payload.json_pointer import Json
from migrator.payload.names.name_check import NameCheck
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.fast_path import FastPaths


def create_unknown_paths(paths: FastPaths, name_key: str, check: NameCheck) -> FastPaths:
    """Create the paths that check a name before they take those of all names without a rule."""

    def translate_document(envelope: Json) -> Json:
        check.require_plausible(envelope[name_key])
        return envelope if paths.document is None else paths.document(envelope)

    def translate(envelope: Json) -> Json:
        check.require_plausible(envelope[name_key])
        return _report_name(paths.translation(envelope), envelope[name_key])

    def translate_bytes(data: bytes, members: dict[str, Any]) -> Json:
        name = decode_text(members[name_key])
        check.require_plausible(name)
        return _report_name(paths.bytes(data, members), name)

    return FastPaths(translate_document, translate, translate_bytes)


def _report_name(translation: Json, name: str) -> Json:
    return translation if translation is UNUSUAL else replace(translation, unknown_name=name)
