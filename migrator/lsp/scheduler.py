"""The looks at a folder: a quick one at what is needed whenever something changes, and then one at all files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from migrator.lsp.folder_analysis import Job
from migrator.lsp.worker import Worker
from migrator.lsp.workspace_folder import Tree

#: For so many seconds nothing must have been typed before a look is taken that nobody asked for.
_QUIET = 0.2


class Looks:
    """Takes looks in two threads, one for each sort. `show` is told of a folder once something was found in it."""

    def __init__(self, show: Callable[[Tree], None], tell: Callable[[str], None]) -> None:
        self._show, self._tell = show, tell
        self._quick, self._deep = Worker(), Worker()

    async def at(self, tree: Tree) -> None:
        """Look at a folder whenever that is asked for, until this is cancelled."""
        with suppress(BrokenPipeError):  # there is nobody left to tell
            await asyncio.gather(self._quickly(tree), self._deeply(tree))

    async def _quickly(self, tree: Tree) -> None:
        while True:
            await tree.wanted.wait()
            await _quiet(tree)
            tree.wanted.clear()
            tree.hurry.clear()
            revision = tree.revision
            await self._taken(tree, tree.job(), self._quick)
            tree.done, tree.looked_at = revision, frozenset()
            tree.turn()
            self._show(tree)

    async def _deeply(self, tree: Tree) -> None:
        while True:
            await tree.deep_wanted.wait()
            while tree.done < tree.revision:
                await tree.turned.wait()
            tree.deep_wanted.clear()
            if tree.all_done < tree.revision:
                revision = tree.revision
                await self._taken(tree, tree.deep_job(), self._deep)
                tree.all_done = max(revision, tree.all_done)
                tree.turn()
                self._show(tree)

    async def _taken(self, tree: Tree, job: Job | None, worker: Worker) -> None:
        """Take a look; one that fails is told of, and changes nothing."""
        if job is not None:
            revision = tree.revision
            future = asyncio.wrap_future(worker.submit(job.run))
            await asyncio.wait([future])
            if error := future.exception():
                self._tell(f"a look at the files failed: {type(error).__name__}")
            elif job.chosen is tree.chosen:
                tree.take(job, future.result(), revision)


async def _quiet(tree: Tree) -> None:
    """Wait until nothing happens any more for a moment, or until somebody asks."""
    while not tree.hurry.is_set():
        revision = tree.revision
        with suppress(TimeoutError):
            async with asyncio.timeout(_QUIET):
                await tree.hurry.wait()
        if tree.revision == revision:
            return
