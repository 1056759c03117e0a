"""Keep the originals of the files that the last runs changed, in a folder of the project that only its owner can read.

.migrator/.gitignore             makes git ignore the folder
.migrator/lock                   locked by the running process
.migrator/7/manifest.json        the files of run 7; without it, the run never changed anything
.migrator/7/originals.zip        their original bytes, each under its SHA-256
.migrator/7/staging/             new files while they are written; removed once the run is complete
"""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH101, PTH102, PTH103, PTH105, PTH108, PTH110, PTH112, PTH116, PTH118, PTH120, PTH208
from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from migrator.files.atomic_write import StagingArea, new_file, sync_folder
from migrator.files.file_lock import hold_lock
from migrator.files.project_root import FOLDER
from migrator.files.read import read_bytes
from migrator.files.run_manifest import BadManifest, RunManifest, dump_manifest, parse_manifest


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one run of a project, whether it exists or not."""

    root: str
    number: int

    @property
    def folder(self) -> str:
        """The folder of the run."""
        return os.path.join(self.root, FOLDER, str(self.number))

    @property
    def manifest(self) -> str:
        """The file that lists the files which the run was to change."""
        return os.path.join(self.folder, "manifest.json")

    @property
    def originals(self) -> str:
        """The file that contains the original bytes of those files."""
        return os.path.join(self.folder, "originals.zip")

    @property
    def staging(self) -> StagingArea:
        """The location of new files."""
        return StagingArea(os.path.join(self.folder, "staging"), f".migrator-{self.number}-")


@contextmanager
def open_archive(root: str) -> Iterator[list[RunFolder]]:
    """Lock the project's archive and return its runs, oldest first, after removing the leftovers of killed runs.

    Raises OSError if the folder cannot be created or must not be trusted, Busy if another process has locked it.
    """
    folder = os.path.join(root, FOLDER)
    _make_private(root, folder)
    with hold_lock(os.path.join(folder, "lock")):
        yield [place for place in _run_folders(root) if _sweep_run(place)]


def load_manifest(place: RunFolder) -> RunManifest:
    """Return the manifest of a run. Raises OSError or BadManifest."""
    return parse_manifest(read_bytes(place.manifest))


def store_manifest(place: RunFolder, manifest: RunManifest) -> None:
    """Write the manifest of a run, replacing the previous one. Raises OSError."""
    os.makedirs(place.staging.folder, 0o700, exist_ok=True)
    os.replace(new_file(place.staging.folder, "manifest-", dump_manifest(manifest)), place.manifest)
    sync_folder(place.folder)


def remove_staging(place: RunFolder) -> None:
    """Remove the files that only a running run needs. Raises OSError."""
    shutil.rmtree(place.staging.folder, ignore_errors=True)


def drop_run(place: RunFolder) -> None:
    """Delete the record of a run. Raises OSError."""
    # The manifest goes first: after a kill, the next process removes a folder without one.
    with contextlib.suppress(FileNotFoundError):
        os.unlink(place.manifest)
    shutil.rmtree(place.folder)


def _make_private(root: str, folder: str) -> None:
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(None, "is not a folder")
    if os.name == "posix":
        # Only the owner of the project may have created the folder: undo restores what it contains.
        if status.st_uid not in (os.geteuid(), os.stat(root).st_uid):
            raise PermissionError(None, "belongs to another user")
        if stat.S_IMODE(status.st_mode) & 0o077:
            os.chmod(folder, 0o700)
    ignore = os.path.join(folder, ".gitignore")
    if not os.path.exists(ignore):
        os.replace(new_file(folder, ".gitignore-", b"*\n"), ignore)


def _run_folders(root: str) -> list[RunFolder]:
    numbers = sorted(int(name) for name in os.listdir(os.path.join(root, FOLDER)) if name.isascii() and name.isdigit())
    return [RunFolder(root, number) for number in numbers]


def _sweep_run(place: RunFolder) -> bool:
    """Return whether the run can be undone, after removing its leftovers; delete the folder if it cannot."""
    if not os.path.exists(place.manifest):
        drop_run(place)
        return False
    if os.path.isdir(place.staging.folder):
        for folder in _changed_folders(place):
            _sweep_folder(folder, place.staging.prefix)
        remove_staging(place)
    return True


def _changed_folders(place: RunFolder) -> set[str]:
    """Return the folders in which a run was to change files."""
    with contextlib.suppress(OSError, BadManifest):
        return {os.path.dirname(os.path.join(place.root, entry.path)) for entry in load_manifest(place).files}
    return set()


def _sweep_folder(folder: str, prefix: str) -> None:
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(prefix) and name.endswith(".tmp"):
                os.unlink(os.path.join(folder, name))
