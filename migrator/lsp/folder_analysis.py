"""Analyse a folder: its files on disk, as changed by open documents."""

from __future__ import annotations

import os
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import partial

from migrator.files.gitignore import EVERY
from migrator.files.search_files import ExcludePatterns, SearchResult, search_files
from migrator.files.search_state import contains_name
from migrator.findings.finding import FileResult
from migrator.lsp.related_files import find_related
from migrator.lsp.text_document import TextBuffer
from migrator.matching.selection import FileReader, Options
from migrator.program.analyse_files import analyse_files, split_by_language
from migrator.program.spoken_versions import start_at_spoken

Results = dict[str, FileResult[bytes]]

#: Up to this many files are all analysed after each change: that takes less than the pause after typing. Of more, the
#: related ones are analysed first and all later, so that every finding is reported in the end.
_FEW = 40
#: Up to this many files in other languages are part of a quick analysis, because they can be evidence for one another.
#: More wait for the full analysis.
_MANY = 200


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The options and needles of a search, and the paths to exclude."""

    options: Options
    needles: tuple[bytes, ...]
    excludes: tuple[ExcludePatterns, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalysisOutcome:
    """The result of an analysis: the scan of the disk, and the results by path.

     `files` and `others` are its input: files with a needle that can affect findings in open documents, and open
    documents without one. `whole` is set if no file was skipped.
    """

    scan: SearchResult | None
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    others: dict[str, bytes] = field(default_factory=dict, repr=False)
    results: Results = field(default_factory=dict, repr=False)
    whole: bool = True
    chosen: SearchSettings | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """A request to analyse `folder`, or the documents without a folder; without `scan`, the disk is searched first.

    `wanted` are the documents whose results are needed; `deep` skips no file.
    """

    folder: str | None
    chosen: SearchSettings
    scan: SearchResult | None
    buffers: Mapping[str, TextBuffer]
    wanted: frozenset[str]
    last: AnalysisOutcome | None
    deep: bool = False

    def run_analysis(self) -> AnalysisOutcome:
        """Analyse the folder, or return the last outcome if nothing has changed since."""
        found = self.scan
        if found is None and self.folder is not None:
            found = search_files([self.folder], self.chosen.needles, self.chosen.excludes, suffixes=EVERY)
        buffers = {p: buffer for p, buffer in self.buffers.items() if not is_left_out(self.folder, found, p)}
        files, others = self._select_files(found, {path: buffer.raw for path, buffer in buffers.items()})
        reader = partial(self._read_file, found, {**files, **others})
        if len(files) > _FEW:
            files = _keep_related(files, others, buffers.keys(), reader)
        last = self.last
        known = last is not None and last.chosen is self.chosen and last.scan is found
        if last is not None and known and (last.files, last.others) == (files, others):
            return last
        broken = {p: FileResult(p, b.raw, b.raw, error=b.error) for p, b in buffers.items() if b.error and p in files}
        whole = self.deep or len(files) <= _FEW
        sound = {path: raw for path, raw in files.items() if path not in broken}
        options = start_at_spoken(self.chosen.options, files)
        analyse = self._analyse_files if whole else self._analyse_related
        results = analyse(sound, options, reader) | broken
        return AnalysisOutcome(found, files, others, results, whole, self.chosen)

    def _select_files(
        self, found: SearchResult | None, open_files: dict[str, bytes]
    ) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Return the files with a needle, documents as they are open, and the open documents without one."""
        hits = found.hits if found else {}
        files = {self._relative_path(path): raw for path, raw in hits.items()}
        for path in self.buffers:
            files.pop(path, None)
        spoken = {path for path, raw in open_files.items() if any(needle in raw for needle in self.chosen.needles)}
        files |= {path: open_files[path] for path in spoken}
        others = {path: raw for path, raw in open_files.items() if path not in spoken}
        return dict(sorted(files.items(), key=lambda file: file[0].split("/"))), others

    def _read_file(self, found: SearchResult | None, known: Mapping[str, bytes], path: str) -> bytes:
        """Return a file of the folder, as it is open or on disk. Raises OSError, also for files outside the folder."""
        if path in known:
            return known[path]
        if found is None or self.folder is None:
            raise FileNotFoundError(None, "is not open", path)
        return found.read_searched(disk_path(self.folder, path))

    def _analyse_related(self, files: dict[str, bytes], options: Options, reader: FileReader) -> Results:
        """Return the results of the wanted files, from the files related to them."""
        python, others = split_by_language(files)
        close = find_related(python, self.wanted) | (others if len(others) <= _MANY else {})

        def read(path: str) -> bytes:
            if path in python and path not in close:
                raise FileNotFoundError(None, "is not part of the quick analysis", path)
            return reader(path)

        results = self._analyse_files(
            {path: raw for path, raw in files.items() if path in close or path in self.wanted}, options, read
        )
        return {path: result for path, result in results.items() if path in self.wanted}

    def _analyse_files(self, files: dict[str, bytes], options: Options, reader: FileReader) -> Results:
        return {result.path: result for result in analyse_files(files, options, reader)}

    def _relative_path(self, path: str) -> str:
        """Return a path on disk relative to the folder."""
        return path.removeprefix(disk_path(self.folder, "")) if self.folder else path


def _keep_related(
    files: dict[str, bytes], open_others: dict[str, bytes], paths: Set[str], reader: FileReader
) -> dict[str, bytes]:
    """Return the files that can affect findings in the open documents."""
    from migrator.python.prefilter.import_components import find_components

    python, others = split_by_language(files)
    groups = find_components({**python, **split_by_language(open_others)[0]}, reader)
    kept = {path for part in groups if not paths.isdisjoint(part) for path in part}
    if not paths.isdisjoint(others):
        kept |= others.keys()
    return {path: raw for path, raw in files.items() if path in kept}


def disk_path(folder: str, path: str) -> str:
    """Return the path on disk of a file of a folder."""
    return f"{folder.rstrip('/')}/{path}"


def is_left_out(folder: str | None, found: SearchResult | None, path: str) -> bool:
    """Return whether a file on disk is not searched, because git ignores it or the settings exclude it."""
    if folder is None or found is None:
        return False
    whole = disk_path(folder, path)
    above, slash, name = whole.rpartition("/")
    return not contains_name(found.files, above + slash, name) and os.path.isfile(whole)  # noqa: PTH113
