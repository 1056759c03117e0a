"""Record a run before it changes the first file, so that it can be undone."""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH102, PTH118, PTH120
from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from migrator.files.atomic_write import StagingArea, sync_folder
from migrator.files.failure import FileFailure, error_reason
from migrator.files.project_root import FOLDER, project_root
from migrator.files.run_archive import RunFolder, drop_run, open_archive, remove_staging, store_manifest
from migrator.files.run_manifest import ManifestEntry, RunManifest, sha256_digest

#: Runs kept for each project: enough to undo an afternoon of attempts, little enough to need no clean-up.
KEPT = 10


class OriginalsNotKept(Exception):
    """The originals cannot be kept, so nothing may be written; `failure` has the path and the reason."""

    def __init__(self, failure: FileFailure) -> None:
        super().__init__(failure.message)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A file that is about to change, and its bytes before and after."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A recorded run that is in progress."""

    place: RunFolder
    manifest: RunManifest

    @property
    def staging(self) -> StagingArea:
        """The location of the run's new files."""
        return self.place.staging

    def close_record(self, written: Sequence[str]) -> None:
        """Record which files were written; delete the record of a run that wrote none."""
        # A failure here leaves a manifest that lists too many files; undo finds them unchanged.
        with contextlib.suppress(OSError):
            if not written:
                drop_run(self.place)
                return
            real = {_path_within(self.place.root, path) for path in written}
            files = tuple(entry for entry in self.manifest.files if entry.path in real)
            if files != self.manifest.files:
                store_manifest(self.place, replace(self.manifest, files=files))
            remove_staging(self.place)


@contextmanager
def record_run(paths: Sequence[str], changes: Sequence[PlannedChange]) -> Iterator[RunRecord]:
    """Keep the originals of the files about to change in their project, locked against other runs meanwhile.

    Raises Unkept.
    """
    where = "."
    with contextlib.ExitStack() as stack:
        try:
            root = project_root(paths)
            where = os.path.join(root, FOLDER)
            runs = stack.enter_context(open_archive(root))
            record = _keep_originals(RunFolder(root, runs[-1].number + 1 if runs else 1), changes)
            for place in [*runs, record.place][:-KEPT]:
                drop_run(place)
        except OSError as error:
            message = f"cannot keep the originals here, so nothing was written: {error_reason(error)}"
            raise OriginalsNotKept(FileFailure(where, message)) from error
        yield record


def _keep_originals(place: RunFolder, changes: Sequence[PlannedChange]) -> RunRecord:
    entries = tuple(
        ManifestEntry(_path_within(place.root, change.path), sha256_digest(change.before), sha256_digest(change.after))
        for change in changes
    )
    manifest = RunManifest(datetime.now(UTC).isoformat(timespec="seconds"), entries)
    os.mkdir(place.folder, 0o700)
    try:
        _zip_originals(
            place.originals, {entry.before: change.before for entry, change in zip(entries, changes, strict=True)}
        )
        store_manifest(place, manifest)
    except BaseException:
        drop_run(place)
        raise
    sync_folder(os.path.dirname(place.folder))
    return RunRecord(place, manifest)


def _zip_originals(path: str, originals: dict[str, bytes]) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(file, "wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archived:
            for name, data in originals.items():
                archived.writestr(name, data)
        stream.flush()
        os.fsync(stream.fileno())


def _path_within(root: str, path: str) -> str:
    return os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
