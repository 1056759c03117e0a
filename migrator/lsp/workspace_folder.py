"""The state of a workspace folder: open documents, results, and whether they are up to date."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field

from migrator.files.search_files import Scan
from migrator.findings.finding import FileResult
from migrator.lsp.folder_analysis import Chosen, Job, Outcome, Results, left_out
from migrator.lsp.hover import Guide
from migrator.lsp.text_document import Buffer


@dataclass(slots=True)
class Tree:
    """A folder, or with `folder` None the documents outside all folders. `chosen` is None if the settings are invalid.

     `revision` counts events; `done` is the revision of the results of open documents, `all_done` that of the last full
    analysis. `search_again` requests a search of the disk. `looked_at` are the documents of the quick analysis in
    progress.
    """

    folder: str | None
    chosen: Chosen | None = None
    guide: Guide | None = None
    buffers: dict[str, Buffer] = field(default_factory=dict)
    results: Results = field(default_factory=dict)
    scan: Scan | None = None
    last: Outcome | None = None
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

    def inner(self, path: str) -> str | None:
        """Return a path on disk relative to the folder; None if it is outside."""
        if self.folder is None:
            return path
        if not os.path.isabs(path):  # noqa: PTH117
            return None
        for folder, file in ((self.folder, path), (_real(self.folder), _real(path))):
            root = folder.rstrip("/") + "/"
            if file.startswith(root):
                return file[len(root) :]
        return None

    def touch(self, path: str | None = None, *, hurry: bool = False) -> None:
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

    def search(self, *, hurry: bool = True) -> None:
        """Request a new search of the disk."""
        self.search_again = True
        self.touch(hurry=hurry)

    def job(self) -> Job | None:
        """Return the requested analysis of the current state; None if there is nothing to search for."""
        wanted = frozenset(self.buffers) if self.all_changed else frozenset(self.changed)
        known = None if self.search_again else self.scan
        self.changed, self.all_changed, self.search_again = set(), False, False
        self.looked_at = wanted
        return Job(self.folder, self.chosen, known, dict(self.buffers), wanted, self.last) if self.chosen else None

    def deep_job(self) -> Job | None:
        """Return an analysis of all files in the current state, to run after the quick one."""
        if self.chosen is None:
            return None
        return Job(self.folder, self.chosen, self.scan, dict(self.buffers), frozenset(), self.last, deep=True)

    def take(self, job: Job, outcome: Outcome, revision: int) -> None:
        """Store the outcome of an analysis of `revision`, except for documents that were analysed again since."""
        if not job.deep:
            self.scan = outcome.scan
        found = outcome.results
        if outcome.whole:
            self.last, self.all_done = outcome, max(revision, self.all_done)
            newer = {path: result for path, buffer in self.buffers.items() if (result := self.result(buffer))}
            older = {path for path, result in newer.items() if path not in found or found[path].before != result.before}
            self.results = found | {path: newer[path] for path in older if job.deep}
        else:
            self.results = self.results | found

    def turn(self) -> None:
        """Wake the tasks that wait for the end of an analysis."""
        self.turned.set()
        self.turned = asyncio.Event()

    async def settled(self, *, deep: bool = False) -> None:
        """Wait until the results, or with `deep` those of all files, are up to date."""
        while (self.all_done if deep else self.done) < self.revision:
            self.hurry.set()
            if deep:
                self.deep_wanted.set()
            await self.turned.wait()

    def result(self, buffer: Buffer) -> FileResult[bytes] | None:
        """Return the result of a document in its current state; None if there is none, or the document is excluded."""
        result = self.results.get(buffer.path)
        return result if result and result.before == buffer.raw else None

    def is_stale(self, buffer: Buffer) -> bool:
        """Return whether the document has changed since it was last analysed."""
        return buffer.path in self.changed or buffer.path in self.looked_at

    def leaves_out(self, path: str) -> bool:
        """Return whether a document is excluded, by the last search of the disk."""
        return left_out(self.folder, self.scan, path)


def _real(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")
