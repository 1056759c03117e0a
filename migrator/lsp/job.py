"""One look at a folder: its files on the disk and those that are open, and what the finder says of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from migrator.code.finding import FileResult
from migrator.code.options import Options
from migrator.files.found import holds
from migrator.files.ignore import PYTHON
from migrator.files.scan import Exclude, Scan, scan
from migrator.lsp.buffers import Buffer
from migrator.lsp.near import near

Results = dict[str, FileResult[bytes]]

#: So many files are all looked at after each change; of more, those near it first.
_FEW = 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to look for in a folder, and what to leave out of it."""

    options: Options
    needles: tuple[bytes, ...]
    excludes: tuple[Exclude, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look found: the files of the disk, and the results by path.

    `files` and `others` are what a whole look was made at: the files that hold a needle, and other open documents.
    `whole` says whether the results are of all files.
    """

    scan: Scan | None
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    others: dict[str, bytes] = field(default_factory=dict, repr=False)
    results: Results = field(default_factory=dict, repr=False)
    whole: bool = True
    chosen: Chosen | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """A look to be taken: `folder` is the root, None where there is none; without `scan` the disk is searched first.

    `wanted` are the documents whose results are needed; with `deep` those of all files are.
    """

    folder: str | None
    chosen: Chosen
    scan: Scan | None
    buffers: Mapping[str, Buffer]
    wanted: frozenset[str]
    last: Outcome | None
    deep: bool = False

    def run(self) -> Outcome:
        """Take the look. What was seen before is not looked at again."""
        found = self.scan
        if found is None and self.folder is not None:
            found = scan([self.folder], self.chosen.needles, self.chosen.excludes)
        buffers = {p: buffer for p, buffer in self.buffers.items() if not left_out(self.folder, found, p)}
        open_files = {path: buffer.raw for path, buffer in buffers.items()}
        files, others = self._files(found, open_files)
        last = self.last
        if last is not None and last.chosen is self.chosen and (last.files, last.others) == (files, others):
            return replace(last, scan=found)
        broken = {p: FileResult(p, b.raw, b.raw, error=b.error) for p, b in buffers.items() if b.error and p in files}
        whole = self.deep or len(files) <= _FEW
        looked_at = files if whole else near(files, self.wanted)
        sound = {path: raw for path, raw in looked_at.items() if path not in broken}
        results = self._looked(sound, found, open_files) | broken
        if not whole:
            results = {path: result for path, result in results.items() if path in self.wanted}
        return Outcome(found, files, others, results, whole, self.chosen)

    def _files(self, found: Scan | None, open_files: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The files that hold a needle, those that are open as they are there; and the others that are open."""
        hits = found.hits if found else {}
        files = {self.inner(path): raw for path, raw in hits.items() if path.endswith(PYTHON)}
        for path in self.buffers:
            files.pop(path, None)
        spoken = {path for path, raw in open_files.items() if any(needle in raw for needle in self.chosen.needles)}
        files |= {path: open_files[path] for path in spoken}
        others = {path: raw for path, raw in open_files.items() if path not in spoken}
        return dict(sorted(files.items(), key=lambda file: file[0].split("/"))), others

    def _looked(self, files: dict[str, bytes], found: Scan | None, open_files: dict[str, bytes]) -> Results:
        from migrator.code.migrate import migrate_files

        def read(path: str) -> bytes:
            if path in open_files:
                return open_files[path]
            if found is None or self.folder is None:
                raise FileNotFoundError(None, "is not open", path)
            return found.read(outer(self.folder, path))

        return {result.path: result for result in migrate_files(files, self.chosen.options, read)} if files else {}

    def inner(self, path: str) -> str:
        """A path of the disk as the files of the folder name it."""
        return path.removeprefix(outer(self.folder, "")) if self.folder else path


def outer(folder: str, path: str) -> str:
    """The path on the disk of a file of a folder."""
    return f"{folder.rstrip('/')}/{path}"


def left_out(folder: str | None, found: Scan | None, path: str) -> bool:
    """Whether a file that lies on the disk is none of those that count: ignored by git, left out by the settings."""
    if folder is None or found is None or not path.endswith(PYTHON):
        return False
    whole = outer(folder, path)
    above, slash, name = whole.rpartition("/")
    return not holds(found.files, above + slash, name) and os.path.isfile(whole)  # noqa: PTH113
