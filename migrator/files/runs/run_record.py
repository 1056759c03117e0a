"""Record a run before it changes the first file, so that it can be undone."""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH102
from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from migrator.files.atomic_write import create_file, sync_folder
from migrator.files.failure import FileFailure, error_reason
from migrator.files.project_root import project_root
from migrator.files.python_files import is_python
from migrator.files.runs.editable import refusal_reason
from migrator.files.runs.run_archive import (
    RunFolder,
    drop_run,
    mark_pending,
    next_run,
    open_archive,
    records_folder,
    store_manifest,
    sweep_pending,
)
from migrator.files.runs.run_manifest import ManifestEntry, RunManifest, sha256_digest

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
    """A recorded run that is in progress; new files are called `prefix`*.tmp until they replace the old ones."""

    place: RunFolder
    manifest: RunManifest
    prefix: str

    def close_record(self, written: Sequence[str]) -> None:
        """Record which files were written; delete the record of a run that wrote none."""
        # A failure here leaves a manifest that lists too many files; undo finds them unchanged.
        with contextlib.suppress(OSError):
            if not sweep_pending(self.place):
                return
            if not written:
                drop_run(self.place)
                return
            real = {_path_within(self.place.root, path) for path in written}
            files = tuple(entry for entry in self.manifest.files if entry.path in real)
            if files != self.manifest.files:
                store_manifest(self.place, replace(self.manifest, files=files))


@contextmanager
def record_run(paths: Sequence[str], changes: Sequence[PlannedChange]) -> Iterator[RunRecord]:
    """Keep the originals of the files about to change, with the project locked against other runs meanwhile.

    Raises OriginalsNotKept, also for a file that no run may write to.
    """
    where = "."
    with contextlib.ExitStack() as stack:
        try:
            root = where = project_root(paths)
            where = records_folder(root)
            runs = stack.enter_context(open_archive(root))
            record = _keep_originals(next_run(root), changes, find_named(paths))
        except OSError as error:
            message = f"cannot keep the originals here, so nothing was written: {error_reason(error)}"
            raise OriginalsNotKept(FileFailure(where, message)) from error
        with contextlib.suppress(OSError):  # an old run that cannot be deleted now is deleted by the next one
            for place in [*runs, record.place][:-KEPT]:
                drop_run(place)
        yield record


def find_named(paths: Sequence[str]) -> frozenset[str]:
    """Return the resolved paths, with slashes, of those paths that are files."""
    return frozenset(_real_path(path) for path in paths if os.path.isfile(path))  # noqa: PTH113


def find_refusal(path: str, before: bytes, named: Collection[str]) -> str | None:
    """Return the reason why a run may not write to a file that contains `before`."""
    return refusal_reason(_real_path(path), before, named=_is_chosen(path, before, named))


def _is_chosen(path: str, before: bytes, named: Collection[str]) -> bool:
    """Return whether a file was named on the command line, or is a link's target and the link is named as Python."""
    return _real_path(path) in named or is_python(path.replace(os.sep, "/"), before)


def _real_path(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")


def _keep_originals(place: RunFolder, changes: Sequence[PlannedChange], named: Collection[str]) -> RunRecord:
    for change in changes:
        reason = find_refusal(change.path, change.before, named)
        if reason is not None or _path_within(place.root, change.path).startswith("../"):
            why = f"{reason or 'is outside the project'}, so nothing was written"
            raise OriginalsNotKept(FileFailure(change.path, why))
    entries = tuple(
        ManifestEntry(
            _path_within(place.root, change.path),
            sha256_digest(change.before),
            sha256_digest(change.after),
            _is_chosen(change.path, change.before, named),
        )
        for change in changes
    )
    manifest = RunManifest(datetime.now(UTC).isoformat(timespec="seconds"), entries)
    os.mkdir(place.folder, 0o700)
    try:
        originals = {entry.before: change.before for entry, change in zip(entries, changes, strict=True)}
        create_file(place.originals, _zip_originals(originals))
        prefix = mark_pending(place)
        store_manifest(place, manifest)
    except BaseException:
        with contextlib.suppress(OSError):  # without a manifest, the next run deletes it
            drop_run(place)
        raise
    sync_folder(place.records)
    return RunRecord(place, manifest, prefix)


def _zip_originals(originals: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, data in originals.items():
            archived.writestr(name, data)
    return stream.getvalue()


def _path_within(root: str, path: str) -> str:
    return os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
