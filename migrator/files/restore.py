"""Undo the last run of a project: restore the original of each file that is still as the run wrote it."""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH103, PTH118
from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from dataclasses import dataclass, replace

from migrator.files.atomic_write import StagingArea, replace_file
from migrator.files.failure import FileFailure, error_reason
from migrator.files.read import read_bytes
from migrator.files.run_archive import RunFolder, drop_run, load_manifest, remove_staging, store_manifest
from migrator.files.run_manifest import BadManifest, ManifestEntry, sha256_digest


@dataclass(frozen=True, slots=True)
class UndoResult:
    """The outcome of an undo: files restored, files that needed no change, and files that were not restored."""

    began: str
    restored: tuple[str, ...]
    unchanged: tuple[str, ...]
    left: tuple[FileFailure, ...]


class _NotRestored(Exception):
    """A file is not restored; the message is the reason."""


def undo_run(place: RunFolder) -> UndoResult:
    """Restore the files of a run and remove them from its record; files that are not restored stay recorded.

    Raises OSError or BadManifest, in which case nothing is restored.
    """
    manifest = load_manifest(place)
    originals = _read_originals(place, manifest.files)
    os.makedirs(place.staging.folder, 0o700, exist_ok=True)
    restored: list[str] = []
    unchanged: list[str] = []
    left: dict[ManifestEntry, FileFailure] = {}
    for entry in manifest.files:
        path = os.path.join(place.root, entry.path)
        try:
            (restored if _restore_file(place.root, path, entry, originals, place.staging) else unchanged).append(path)
        except _NotRestored as why:
            left[entry] = FileFailure(path, str(why))
    # A failure here leaves a record that lists too many files; the next undo finds them unchanged.
    with contextlib.suppress(OSError):
        if left:
            store_manifest(place, replace(manifest, files=tuple(left)))
            remove_staging(place)
        else:
            drop_run(place)
    return UndoResult(manifest.began, tuple(restored), tuple(unchanged), tuple(left.values()))


def _read_originals(place: RunFolder, entries: tuple[ManifestEntry, ...]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(place.originals) as archived:
            originals = {entry.before: archived.read(entry.before) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadManifest(f"originals.zip is damaged: {error}") from error
    if any(name != sha256_digest(data) for name, data in originals.items()):
        raise BadManifest("originals.zip does not match the recorded digests")
    return originals


def _restore_file(
    root: str, path: str, entry: ManifestEntry, originals: dict[str, bytes], staging: StagingArea
) -> bool:
    """Restore a file if necessary and return whether it was. Raises _Left."""
    if not _is_below(root, path):
        raise _NotRestored("is no longer inside the project")
    try:
        now = read_bytes(path)
        if sha256_digest(now) == entry.before:
            return False
        if sha256_digest(now) != entry.after:
            raise _NotRestored("changed since the run wrote it")
        replace_file(path, now, originals[entry.before], staging)
    except FileNotFoundError:
        raise _NotRestored("no longer exists") from None
    except OSError as error:
        raise _NotRestored(error_reason(error)) from error
    return True


def _is_below(root: str, path: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(root), ""))
