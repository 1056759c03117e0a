"""Undo the last run of a project: restore the original of each file that is still as the run wrote it."""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH103, PTH118
from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from dataclasses import dataclass, replace

from migrator.files.atomic_write import Staging, replace_file
from migrator.files.failure import Failure, reason
from migrator.files.read import read_bytes
from migrator.files.run_archive import Place, complete, drop, load, store
from migrator.files.run_manifest import BadManifest, Entry, digest


@dataclass(frozen=True, slots=True)
class Undone:
    """The outcome of an undo: files restored, files that needed no change, and files that were not restored."""

    began: str
    restored: tuple[str, ...]
    unchanged: tuple[str, ...]
    left: tuple[Failure, ...]


class _Left(Exception):
    """A file is not restored; the message is the reason."""


def undo(place: Place) -> Undone:
    """Restore the files of a run and remove them from its record; files that are not restored stay recorded.

    Raises OSError or BadManifest, in which case nothing is restored.
    """
    manifest = load(place)
    originals = _originals(place, manifest.files)
    os.makedirs(place.staging.folder, 0o700, exist_ok=True)
    restored: list[str] = []
    unchanged: list[str] = []
    left: dict[Entry, Failure] = {}
    for entry in manifest.files:
        path = os.path.join(place.root, entry.path)
        try:
            (restored if _restored(place.root, path, entry, originals, place.staging) else unchanged).append(path)
        except _Left as why:
            left[entry] = Failure(path, str(why))
    # A failure here leaves a record that lists too many files; the next undo finds them unchanged.
    with contextlib.suppress(OSError):
        if left:
            store(place, replace(manifest, files=tuple(left)))
            complete(place)
        else:
            drop(place)
    return Undone(manifest.began, tuple(restored), tuple(unchanged), tuple(left.values()))


def _originals(place: Place, entries: tuple[Entry, ...]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(place.originals) as archived:
            originals = {entry.before: archived.read(entry.before) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadManifest(f"originals.zip is damaged: {error}") from error
    if any(name != digest(data) for name, data in originals.items()):
        raise BadManifest("originals.zip does not match the recorded digests")
    return originals


def _restored(root: str, path: str, entry: Entry, originals: dict[str, bytes], staging: Staging) -> bool:
    """Restore a file if necessary and return whether it was. Raises _Left."""
    if not _is_below(root, path):
        raise _Left("is no longer inside the project")
    try:
        now = read_bytes(path)
        if digest(now) == entry.before:
            return False
        if digest(now) != entry.after:
            raise _Left("changed since the run wrote it")
        replace_file(path, now, originals[entry.before], staging)
    except FileNotFoundError:
        raise _Left("no longer exists") from None
    except OSError as error:
        raise _Left(reason(error)) from error
    return True


def _is_below(root: str, path: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(root), ""))
