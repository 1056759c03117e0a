"""One look at a folder: its files on the disk and those that are open, and what the finder says of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import partial

from migrator.files.gitignore import EVERY
from migrator.files.python_files import is_python
from migrator.files.search_files import Exclude, Scan, scan
from migrator.files.search_state import holds
from migrator.findings.finding import FileResult
from migrator.lsp.related_files import near
from migrator.lsp.text_document import Buffer
from migrator.matching.selection import Options, Reader

Results = dict[str, FileResult[bytes]]

#: So many files are all looked at after each change; of more, those that matter, and of so many those near it first.
_FEW = 40
#: So many files that are not Python are read at once: that is quick, and one may say what another means.
_MANY = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to look for in a folder, and what to leave out of it."""

    options: Options
    needles: tuple[bytes, ...]
    excludes: tuple[Exclude, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look found: the files of the disk, and the results by path.

    `files` and `others` are what was looked at: files that hold a needle, all that may have a say in what is found in
    the open documents; and the documents that hold none. `whole` says whether none of them was passed over.
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

    `wanted` are the documents whose results are needed; with `deep` none of the files is passed over.
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
            found = scan([self.folder], self.chosen.needles, self.chosen.excludes, suffixes=EVERY)
        buffers = {p: buffer for p, buffer in self.buffers.items() if not left_out(self.folder, found, p)}
        files, others = self._files(found, {path: buffer.raw for path, buffer in buffers.items()})
        reader = partial(self._read, found, {**files, **others})
        if len(files) > _FEW:
            files = _with_what_matters_to(files, others, buffers.keys(), reader)
        last = self.last
        known = last is not None and last.chosen is self.chosen and last.scan is found
        if last is not None and known and (last.files, last.others) == (files, others):
            return last
        broken = {p: FileResult(p, b.raw, b.raw, error=b.error) for p, b in buffers.items() if b.error and p in files}
        whole = self.deep or len(files) <= _FEW
        sound = {path: raw for path, raw in files.items() if path not in broken}
        results = (self._looked(sound, reader) if whole else self._glanced(sound, reader)) | broken
        return Outcome(found, files, others, results, whole, self.chosen)

    def _files(self, found: Scan | None, open_files: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The files that hold a needle, those that are open as they are there; and the others that are open."""
        hits = found.hits if found else {}
        files = {self._inner(path): raw for path, raw in hits.items()}
        for path in self.buffers:
            files.pop(path, None)
        spoken = {path for path, raw in open_files.items() if any(needle in raw for needle in self.chosen.needles)}
        files |= {path: open_files[path] for path in spoken}
        others = {path: raw for path, raw in open_files.items() if path not in spoken}
        return dict(sorted(files.items(), key=lambda file: file[0].split("/"))), others

    def _read(self, found: Scan | None, known: Mapping[str, bytes], path: str) -> bytes:
        """A file of the folder, as it is open or on the disk. Raises OSError, also for one outside of the folder."""
        if path in known:
            return known[path]
        if found is None or self.folder is None:
            raise FileNotFoundError(None, "is not open", path)
        return found.read(outer(self.folder, path))

    def _glanced(self, files: dict[str, bytes], reader: Reader) -> Results:
        """The results of those that are wanted, as far as the files near them tell."""
        others, python = _sorted_out(files)
        close = near(python, self.wanted) | (others if len(others) <= _MANY else {})

        def read(path: str) -> bytes:
            if path in python and path not in close:
                raise FileNotFoundError(None, "is passed over", path)
            return reader(path)

        results = self._looked({path: raw for path, raw in files.items() if path in close or path in self.wanted}, read)
        return {path: result for path, result in results.items() if path in self.wanted}

    def _looked(self, files: dict[str, bytes], reader: Reader) -> Results:
        others, python = _sorted_out(files)
        results: list[FileResult[bytes]] = []
        if python:
            from migrator.python.migrate import migrate_files

            results += migrate_files(python, self.chosen.options, reader)
        if others:
            from migrator.program.read_files import read_files

            results += read_files(others, self.chosen.options)
        return {result.path: result for result in results}

    def _inner(self, path: str) -> str:
        """A path of the disk as the files of the folder name it."""
        return path.removeprefix(outer(self.folder, "")) if self.folder else path


def _with_what_matters_to(
    files: dict[str, bytes], open_others: dict[str, bytes], paths: Set[str], reader: Reader
) -> dict[str, bytes]:
    """Those of the files that may have a say in what is found in some open documents."""
    from migrator.python.prefilter.import_components import parts

    others, python = _sorted_out(files)
    groups = parts({**python, **_sorted_out(open_others)[1]}, reader)
    kept = {path for part in groups if not paths.isdisjoint(part) for path in part}
    if not paths.isdisjoint(others):
        kept |= others.keys()
    return {path: raw for path, raw in files.items() if path in kept}


def _sorted_out(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files that are not Python, and those that are."""
    python = {path: raw for path, raw in files.items() if is_python(path, raw)}
    return {path: raw for path, raw in files.items() if path not in python}, python


def outer(folder: str, path: str) -> str:
    """The path on the disk of a file of a folder."""
    return f"{folder.rstrip('/')}/{path}"


def left_out(folder: str | None, found: Scan | None, path: str) -> bool:
    """Whether a file that lies on the disk is none of those that count: ignored by git, left out by the settings."""
    if folder is None or found is None:
        return False
    whole = outer(folder, path)
    above, slash, name = whole.rpartition("/")
    return not holds(found.files, above + slash, name) and os.path.isfile(whole)  # noqa: PTH113
