"""Record a run before it changes the first file, so that it can be undone."""

# See migrator.files.atomic_write.
# ruff: noqa: PTH102, PTH118, PTH120
from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from migrator.files.atomic_write import Staging, sync_folder
from migrator.files.failure import Failure, reason
from migrator.files.project_root import FOLDER, project_root
from migrator.files.run_archive import Place, archive, complete, drop, store
from migrator.files.run_manifest import Entry, Manifest, digest

#: How many runs of a project are kept.
KEPT = 10


class Unkept(Exception):
    """The originals cannot be kept, so nothing may be written; `failure` says where and why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is to be changed, and its bytes before and after."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A run that is recorded and under way."""

    place: Place
    manifest: Manifest

    @property
    def staging(self) -> Staging:
        """Where its new files grow."""
        return self.place.staging

    def close(self, written: Sequence[str]) -> None:
        """Say which of the files were written. A run that wrote none is forgotten."""
        # What fails here leaves a manifest that names too much, and files that undo finds to be as they were.
        with contextlib.suppress(OSError):
            if not written:
                drop(self.place)
                return
            real = {_within(self.place.root, path) for path in written}
            files = tuple(entry for entry in self.manifest.files if entry.path in real)
            if files != self.manifest.files:
                store(self.place, replace(self.manifest, files=files))
            complete(self.place)


@contextmanager
def recording(paths: Sequence[str], changes: Sequence[Change]) -> Iterator[Record]:
    """Keep the originals of what is about to change below the given paths, in their project; nobody else writes there.

    Raises Unkept.
    """
    where = "."
    with contextlib.ExitStack() as stack:
        try:
            root = project_root(paths)
            where = os.path.join(root, FOLDER)
            runs = stack.enter_context(archive(root))
            record = _keep(Place(root, runs[-1].number + 1 if runs else 1), changes)
            for place in [*runs, record.place][:-KEPT]:
                drop(place)
        except OSError as error:
            message = f"the originals cannot be kept here, so nothing is written: {reason(error)}"
            raise Unkept(Failure(where, message)) from error
        yield record


def _keep(place: Place, changes: Sequence[Change]) -> Record:
    entries = tuple(
        Entry(_within(place.root, change.path), digest(change.before), digest(change.after)) for change in changes
    )
    manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), entries)
    os.mkdir(place.folder, 0o700)
    try:
        _zip(place.originals, {entry.before: change.before for entry, change in zip(entries, changes, strict=True)})
        store(place, manifest)
    except BaseException:
        drop(place)
        raise
    sync_folder(os.path.dirname(place.folder))
    return Record(place, manifest)


def _zip(path: str, originals: dict[str, bytes]) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(file, "wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archived:
            for name, data in originals.items():
                archived.writestr(name, data)
        stream.flush()
        os.fsync(stream.fileno())


def _within(root: str, path: str) -> str:
    return os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
