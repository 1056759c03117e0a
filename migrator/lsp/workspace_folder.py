"""The state of a workspace folder: open documents, results, and whether they are up to date."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field

from migrator.files.search_files import SearchResult
from migrator.findings.finding import FileResult
from migrator.lsp.folder_analysis import AnalysisOutcome, AnalysisRequest, Results, SearchSettings, is_left_out
from migrator.lsp.hover import HoverGuide
from migrator.lsp.text_document import TextBuffer


@dataclass(slots=True)
class WorkspaceFolder:
    """A folder, or with `folder` None the documents outside all folders. `chosen` is None if the settings are invalid.

     `revision` counts events; `done` is the revision of the results of open documents, `all_done` that of the last full
    analysis. `search_again` requests a search of the disk. `looked_at` are the documents of the quick analysis in
    progress.
    """

    folder: str | None
    chosen: SearchSettings | None = None
    guide: HoverGuide | None = None
    buffers: dict[str, TextBuffer] = field(default_factory=dict)
    results: Results = field(default_factory=dict)
    scan: SearchResult | None = None
    last: AnalysisOutcome | None = None
    changed: set[str] = field(default_factory=set)
    looked_at: frozenset[str] = frozenset()
    all_changed: bool = True
    search_again: bool = True
    chosen_once: bool = False
    revision: int = 0
    done: int = 0
    all_done: int = 0
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    deep_wanted: asyncio.Event = field(default_factory=asyncio.Event)
    turned: asyncio.Event = field(default_factory=asyncio.Event)

    def relative_path(self, path: str) -> str | None:
        """Return a path on disk relative to the folder; None if it is outside."""
        if self.folder is None:
            return path
        if not os.path.isabs(path):  # noqa: PTH117
            return None
        for folder, file in ((self.folder, path), (_real_path(self.folder), _real_path(path))):
            root = folder.rstrip("/") + "/"
            if file.startswith(root):
                return file[len(root) :]
        return None

    def request_analysis(self, path: str | None = None, *, hurry: bool = False) -> None:
        """Request an analysis, because a document or, without a path, anything may have changed."""
        if path is None:
            self.all_changed = True
            self.deep_wanted.set()
        else:
            self.changed.add(path)
        self.revision += 1
        self.wanted.set()
        if hurry:
            self.hurry.set()

    def request_search(self, *, hurry: bool = True) -> None:
        """Request a new search of the disk."""
        self.search_again = True
        self.request_analysis(hurry=hurry)

    def quick_request(self) -> AnalysisRequest | None:
        """Return the requested analysis of the current state; None if there is nothing to search for."""
        wanted = frozenset(self.buffers) if self.all_changed else frozenset(self.changed)
        known = None if self.search_again else self.scan
        self.changed, self.all_changed, self.search_again = set(), False, False
        self.looked_at = wanted
        return (
            AnalysisRequest(self.folder, self.chosen, known, dict(self.buffers), wanted, self.last)
            if self.chosen
            else None
        )

    def full_request(self) -> AnalysisRequest | None:
        """Return an analysis of all files in the current state, to run after the quick one."""
        if self.chosen is None:
            return None
        return AnalysisRequest(
            self.folder, self.chosen, self.scan, dict(self.buffers), frozenset(), self.last, deep=True
        )

    def store_outcome(self, job: AnalysisRequest, outcome: AnalysisOutcome, revision: int) -> None:
        """Store the outcome of an analysis of `revision`, except for documents that were analysed again since."""
        if not job.deep:
            self.scan = outcome.scan
        found = outcome.results
        if outcome.whole:
            self.last, self.all_done = outcome, max(revision, self.all_done)
            newer = {path: result for path, buffer in self.buffers.items() if (result := self.result_of(buffer))}
            older = {path for path, result in newer.items() if path not in found or found[path].before != result.before}
            self.results = found | {path: newer[path] for path in older if job.deep}
        else:
            self.results = self.results | found

    def wake_waiting(self) -> None:
        """Wake the tasks that wait for the end of an analysis."""
        self.turned.set()
        self.turned = asyncio.Event()

    async def wait_until_done(self, *, deep: bool = False) -> None:
        """Wait until the results, or with `deep` those of all files, are up to date."""
        while (self.all_done if deep else self.done) < self.revision:
            self.hurry.set()
            if deep:
                self.deep_wanted.set()
            await self.turned.wait()

    def result_of(self, buffer: TextBuffer) -> FileResult[bytes] | None:
        """Return the result of a document in its current state; None if there is none, or the document is excluded."""
        result = self.results.get(buffer.path)
        return result if result and result.before == buffer.raw else None

    def is_stale(self, buffer: TextBuffer) -> bool:
        """Return whether the document has changed since it was last analysed."""
        return buffer.path in self.changed or buffer.path in self.looked_at

    def is_left_out(self, path: str) -> bool:
        """Return whether a document is excluded, by the last search of the disk."""
        return is_left_out(self.folder, self.scan, path)


def _real_path(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")
