"""A folder of the workspace: what is open in it, what was found in it, and whether that still holds."""

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
    """A folder, or with `folder` None the documents that are in none. `chosen` is None where settings are broken.

    `revision` counts what happened, `done` is the revision that the results of the open documents are of, and
    `all_done` the one that all files were looked at as they were. The disk is searched when `search_again` says so.
    `looked_at` are the documents that a quick look is being taken at.
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
        """A path of the disk as the files of the folder name it; None for one that is not in there."""
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
        """Ask for a look, because a document has changed or, without a path, anything may have."""
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
        """Ask for the disk to be searched again."""
        self.search_again = True
        self.touch(hurry=hurry)

    def job(self) -> Job | None:
        """The look that is asked for, at what is there now; None where there is nothing to look for."""
        wanted = frozenset(self.buffers) if self.all_changed else frozenset(self.changed)
        known = None if self.search_again else self.scan
        self.changed, self.all_changed, self.search_again = set(), False, False
        self.looked_at = wanted
        return Job(self.folder, self.chosen, known, dict(self.buffers), wanted, self.last) if self.chosen else None

    def deep_job(self) -> Job | None:
        """A look at all files as they are now, for after the one at those that are needed first."""
        if self.chosen is None:
            return None
        return Job(self.folder, self.chosen, self.scan, dict(self.buffers), frozenset(), self.last, deep=True)

    def take(self, job: Job, outcome: Outcome, revision: int) -> None:
        """Take over what a look found when things were at a revision; but not of what was looked at again since."""
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
        """Tell those who wait that a look is over."""
        self.turned.set()
        self.turned = asyncio.Event()

    async def settled(self, *, deep: bool = False) -> None:
        """Wait until the results are those of what is there now; or with `deep` those of all files."""
        while (self.all_done if deep else self.done) < self.revision:
            self.hurry.set()
            if deep:
                self.deep_wanted.set()
            await self.turned.wait()

    def result(self, buffer: Buffer) -> FileResult[bytes] | None:
        """What was found in a document as it is now; None for nothing, and for a document that is left out."""
        result = self.results.get(buffer.path)
        return result if result and result.before == buffer.raw else None

    def is_stale(self, buffer: Buffer) -> bool:
        """Whether the document has changed since it was looked at to the end."""
        return buffer.path in self.changed or buffer.path in self.looked_at

    def leaves_out(self, path: str) -> bool:
        """Whether a document does not count, as far as is known from the last search of the disk."""
        return left_out(self.folder, self.scan, path)


def _real(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")
