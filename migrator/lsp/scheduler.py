"""Schedule the analyses of a folder: a quick one of what is needed after each change, then one of all files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from migrator.lsp.folder_analysis import Job
from migrator.lsp.worker import Worker
from migrator.lsp.workspace_folder import Tree

#: Seconds without a change before an analysis that nobody requested: longer than the pause between keystrokes.
_QUIET = 0.2


class Looks:
    """Runs quick and full analyses in a thread each, and calls `show` with the folder after each one."""

    def __init__(self, show: Callable[[Tree], None], tell: Callable[[str], None]) -> None:
        self._show, self._tell = show, tell
        self._quick, self._deep = Worker(), Worker()

    async def at(self, tree: Tree) -> None:
        """Analyse a folder on request until cancelled."""
        with suppress(BrokenPipeError):  # the editor has disconnected
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
        """Run an analysis; if it fails, log the error and change nothing."""
        if job is not None:
            revision = tree.revision
            future = asyncio.wrap_future(worker.submit(job.run))
            await asyncio.wait([future])
            if error := future.exception():
                self._tell(f"the analysis failed: {type(error).__name__}")
            elif job.chosen is tree.chosen:
                tree.take(job, future.result(), revision)


async def _quiet(tree: Tree) -> None:
    """Wait until nothing has changed for a moment, or until a result is requested."""
    while not tree.hurry.is_set():
        revision = tree.revision
        with suppress(TimeoutError):
            async with asyncio.timeout(_QUIET):
                await tree.hurry.wait()
        if tree.revision == revision:
            return
