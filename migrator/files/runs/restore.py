"""Undo the last run of a project: restore the original of each file that is still as the run wrote it."""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH118
from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from dataclasses import dataclass, replace

from migrator.files.atomic_write import is_below, replace_file
from migrator.files.failure import FileFailure, error_reason
from migrator.files.python_files import is_python
from migrator.files.read import LIMIT
from migrator.files.regular_file import open_regular, read_regular
from migrator.files.runs.editable import differs_by_names, refusal_reason
from migrator.files.runs.run_archive import (
    RunFolder,
    drop_run,
    load_manifest,
    mark_pending,
    store_manifest,
    sweep_pending,
)
from migrator.files.runs.run_manifest import BadManifest, ManifestEntry, sha256_digest


@dataclass(frozen=True, slots=True)
class UndoResult:
    """The outcome of an undo: files restored, files that needed no change, and files that were not restored."""

    began: str
    restored: tuple[str, ...]
    unchanged: tuple[str, ...]
    left: tuple[FileFailure, ...]


class _NotRestored(Exception):
    """A file is not restored; the message is the reason."""


@dataclass(frozen=True, slots=True)
class _Restorer:
    """Restores the files of one run."""

    root: str
    originals: dict[str, bytes]
    prefix: str

    def restore_file(self, path: str, entry: ManifestEntry) -> bool:
        """Restore a file if necessary and return whether it was. Raises _NotRestored."""
        if not is_below(self.root, path):
            raise _NotRestored("is no longer inside the project")
        before = self.originals[entry.before]
        # The path was resolved when it was recorded; a link may have taken the place of one of its folders.
        for name in (entry.path, os.path.realpath(path).replace(os.sep, "/")):
            reason = refusal_reason(name, before, named=entry.named)
            if reason is not None:
                raise _NotRestored(reason)
        try:
            now = read_regular(path, LIMIT, follow=True)
            if sha256_digest(now) == entry.before:
                return False
            if sha256_digest(now) != entry.after:
                raise _NotRestored("changed since the run wrote it")
            if not entry.named and not is_python(path, before) and not differs_by_names(path, before, now):
                raise _NotRestored("differs by more than names and versions from what the run read")
            replace_file(path, now, before, self.prefix)
        except FileNotFoundError:
            raise _NotRestored("no longer exists") from None
        except OSError as error:
            raise _NotRestored(error_reason(error)) from error
        return True


def undo_run(place: RunFolder) -> UndoResult:
    """Restore the files of a run and remove them from its record; files that are not restored stay recorded.

    Raises OSError or BadManifest, in which case nothing is restored.
    """
    manifest = load_manifest(place)
    originals = _read_originals(place, manifest.files)
    restorer = _Restorer(place.root, originals, mark_pending(place))
    restored: list[str] = []
    unchanged: list[str] = []
    left: dict[ManifestEntry, FileFailure] = {}
    for entry in manifest.files:
        path = os.path.join(place.root, entry.path)
        try:
            (restored if restorer.restore_file(path, entry) else unchanged).append(path)
        except _NotRestored as why:
            left[entry] = FileFailure(path, str(why))
    # A failure here leaves a record that lists too many files; the next undo finds them unchanged.
    with contextlib.suppress(OSError):
        swept = sweep_pending(place)
        if left:
            store_manifest(place, replace(manifest, files=tuple(left)))
        elif swept:
            drop_run(place)
    return UndoResult(manifest.began, tuple(restored), tuple(unchanged), tuple(left.values()))


def _read_originals(place: RunFolder, entries: tuple[ManifestEntry, ...]) -> dict[str, bytes]:
    try:
        with os.fdopen(open_regular(place.originals, os.O_RDONLY), "rb") as file, zipfile.ZipFile(file) as archived:
            originals = {entry.before: _read_original(archived, entry.before) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadManifest(f"originals.zip is damaged: {error}") from error
    if any(name != sha256_digest(data) for name, data in originals.items()):
        raise BadManifest("originals.zip does not match the recorded digests")
    return originals


def _read_original(archived: zipfile.ZipFile, name: str) -> bytes:
    if archived.getinfo(name).file_size > LIMIT:
        raise BadManifest("originals.zip contains a file that is too large for any run")
    return archived.read(name)
