"""Keep the originals of the files that the last runs changed, in the user's state folder.

runs/3f.../project             the resolved path of the project, whose SHA-256 names the folder
runs/3f.../lock                locked by the running process
runs/3f.../7/manifest.json     the files of run 7; without it, the run never changed anything
runs/3f.../7/originals.zip     their original bytes, each under its SHA-256
runs/3f.../7/pending           while files are being written: the prefix of new files beside their targets
"""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH103, PTH105, PTH106, PTH108, PTH118, PTH120, PTH208
from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from migrator.files.atomic_write import PREFIX, create_file, is_below, new_file, remove_temporary, sync_folder
from migrator.files.file_lock import hold_lock
from migrator.files.project_root import folders_upwards, real_folder
from migrator.files.regular_file import LIST_LIMIT, read_regular
from migrator.files.runs.run_manifest import BadManifest, RunManifest, dump_manifest, parse_manifest
from migrator.files.runs.state_folder import check_private, make_private, state_folder

_NUMBER = re.compile(r"[1-9][0-9]{0,8}\Z")
_PREFIX = re.compile(rb"\.migrator-[0-9a-f]{16}-\Z")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one run in the records of a project, whether it exists or not."""

    root: str
    records: str
    number: int

    @property
    def folder(self) -> str:
        """The folder of the run."""
        return os.path.join(self.records, str(self.number))

    @property
    def manifest(self) -> str:
        """The file that lists the files which the run was to change."""
        return os.path.join(self.folder, "manifest.json")

    @property
    def originals(self) -> str:
        """The file that contains the original bytes of those files."""
        return os.path.join(self.folder, "originals.zip")

    @property
    def pending(self) -> str:
        """The file that exists while the run, or its undo, writes files."""
        return os.path.join(self.folder, "pending")


def records_folder(root: str) -> str:
    """Return the folder of a project's records, which may not exist. Raises OSError."""
    digest = sha256(os.fsencode(os.path.normcase(os.path.realpath(root)))).hexdigest()
    return os.path.join(state_folder(), "runs", digest[:32])


def recorded_root(path: str) -> str | None:
    """Return the nearest folder, at or above a path, for which a run is recorded. Raises OSError."""
    return next((up for up in folders_upwards(real_folder(path)) if _run_numbers(records_folder(up))), None)


@contextmanager
def open_archive(root: str) -> Iterator[list[RunFolder]]:
    """Lock the project's records and yield its runs, oldest first, after removing the leftovers of killed runs.

    Raises OSError if the folder cannot be created or must not be trusted, LockBusy if another process has locked it.
    """
    records = records_folder(root)
    runs = os.path.dirname(records)
    os.makedirs(os.path.dirname(os.path.dirname(runs)), 0o700, exist_ok=True)
    for folder in (os.path.dirname(runs), runs, records):
        make_private(folder)
    with hold_lock(os.path.join(records, "lock")):
        _name_project(records, root)
        places = [RunFolder(root, records, number) for number in _run_numbers(records)]
        yield [place for place in places if _sweep_run(place)]


def next_run(root: str) -> RunFolder:
    """Return the folder for the next run, whose number no entry of the records has. Raises OSError."""
    records = records_folder(root)
    numbers = [int(name) for name in os.listdir(records) if _NUMBER.match(name)]
    return RunFolder(root, records, max(numbers, default=0) + 1)


def load_manifest(place: RunFolder) -> RunManifest:
    """Return the manifest of a run. Raises OSError or BadManifest."""
    return parse_manifest(read_regular(place.manifest, LIST_LIMIT))


def store_manifest(place: RunFolder, manifest: RunManifest) -> None:
    """Write the manifest of a run, replacing the previous one. Raises OSError."""
    temporary = new_file(place.folder, "manifest-", dump_manifest(manifest))
    try:
        os.replace(temporary, place.manifest)
    except BaseException:
        remove_temporary(temporary)
        raise
    sync_folder(place.folder)


def mark_pending(place: RunFolder) -> str:
    """Record that files are about to be written, and return the prefix for new files beside them. Raises OSError."""
    if prefix := _read_prefix(place):
        return prefix
    # Nobody can guess it, so that no file of the project is ever taken for one of the run.
    prefix = f"{PREFIX}{secrets.token_hex(8)}-"
    create_file(place.pending, prefix.encode("ascii"))
    return prefix


def sweep_pending(place: RunFolder) -> bool:
    """Delete the new files of a run that has ended, and return whether none is left. Raises OSError."""
    if _exists(place.pending):
        prefix = _read_prefix(place)
        swept = [_sweep_folder(folder, prefix) for folder in _changed_folders(place)] if prefix else []
        if not all(swept):
            return False
        os.unlink(place.pending)
    return True


def drop_run(place: RunFolder) -> None:
    """Delete the record of a run. Raises OSError."""
    # The manifest goes first: after a kill, the next process removes a folder without one.
    with contextlib.suppress(FileNotFoundError):
        os.unlink(place.manifest)
    for name in os.listdir(place.folder):
        os.unlink(os.path.join(place.folder, name))
    os.rmdir(place.folder)


def _name_project(records: str, root: str) -> None:
    with contextlib.suppress(FileExistsError):
        create_file(os.path.join(records, "project"), os.fsencode(root) + b"\n")


def _run_numbers(records: str) -> list[int]:
    """Return the numbers of the runs; an entry that no run can have made is passed over."""
    try:
        names = os.listdir(records)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(int(name) for name in names if _NUMBER.match(name) and _is_own(os.path.join(records, name)))


def _is_own(folder: str) -> bool:
    try:
        check_private(folder)
    except OSError:
        return False
    return True


def _sweep_run(place: RunFolder) -> bool:
    """Return whether the run can be undone, after removing its leftovers; delete the folder if it cannot."""
    if not _exists(place.manifest):
        drop_run(place)
        return False
    with contextlib.suppress(OSError):  # the next run tries again
        sweep_pending(place)
    return True


def _exists(path: str) -> bool:
    """Return whether a path exists. Raises OSError if that cannot be known: a record is not deleted for that."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    return True


def _read_prefix(place: RunFolder) -> str:
    with contextlib.suppress(OSError):
        data = read_regular(place.pending, 1 << 10)
        return data.decode("ascii") if _PREFIX.match(data) else ""
    return ""


def _changed_folders(place: RunFolder) -> set[str]:
    """Return the folders in which a run was to change files, as far as they are still inside the project."""
    with contextlib.suppress(OSError, BadManifest):
        paths = [os.path.join(place.root, entry.path) for entry in load_manifest(place).files]
        return {os.path.dirname(path) for path in paths if is_below(place.root, path)}
    return set()


def _sweep_folder(folder: str, prefix: str) -> bool:
    """Delete the new files in a folder and return whether none is left."""
    try:
        for name in os.listdir(folder):
            if name.startswith(prefix) and name.endswith(".tmp"):
                os.unlink(os.path.join(folder, name))
    except OSError as error:
        return isinstance(error, (FileNotFoundError, NotADirectoryError))
    return True
