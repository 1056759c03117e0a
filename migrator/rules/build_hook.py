"""Build hook: check the shipped tables and record their hashes in the wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RecordTableHashes(BuildHookInterface[Any]):
    """Refuse to build a wheel from tables that do not load, and add `SHA256SUMS` beside them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the record; an editable install has none, because its tables are meant to be edited."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from migrator.rules.load import load_rules
            from migrator.rules.recorded_hashes import RECORD_NAME, format_record
        finally:
            sys.path.remove(self.root)
        folder = Path(self.root, "rules")
        load_rules(folder, shipped=False)
        tables = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.toml")}
        self._scratch = TemporaryDirectory()
        record = Path(self._scratch.name, RECORD_NAME)
        record.write_text(format_record(tables), "utf-8", newline="\n")
        build_data["force_include"][str(record)] = f"migrator/tables/{RECORD_NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the scratch file."""
        if version != "editable":
            self._scratch.cleanup()
