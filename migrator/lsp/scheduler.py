"""Schedule the analyses of a folder: a quick one of what is needed after each change, then one of all files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from migrator.lsp.folder_analysis import AnalysisRequest
from migrator.lsp.worker import Worker
from migrator.lsp.workspace_folder import WorkspaceFolder

#: Seconds without a change before an analysis that nobody requested: longer than the pause between keystrokes.
_QUIET = 0.2


class AnalysisScheduler:
    """Runs quick and full analyses in a thread each, and calls `show` with the folder after each one."""

    def __init__(self, show: Callable[[WorkspaceFolder], None], tell: Callable[[str], None]) -> None:
        self._show, self._tell = show, tell
        self._quick, self._deep = Worker(), Worker()

    async def watch_folder(self, tree: WorkspaceFolder) -> None:
        """Analyse a folder on request until cancelled."""
        with suppress(BrokenPipeError):  # the editor has disconnected
            await asyncio.gather(self._run_quick(tree), self._run_deep(tree))

    async def _run_quick(self, tree: WorkspaceFolder) -> None:
        while True:
            await tree.wanted.wait()
            await _wait_until_quiet(tree)
            tree.wanted.clear()
            tree.hurry.clear()
            revision = tree.revision
            await self._run_analysis(tree, tree.quick_request(), self._quick)
            tree.done, tree.looked_at = revision, frozenset()
            tree.wake_waiting()
            self._show(tree)

    async def _run_deep(self, tree: WorkspaceFolder) -> None:
        while True:
            await tree.deep_wanted.wait()
            while tree.done < tree.revision:
                await tree.turned.wait()
            tree.deep_wanted.clear()
            if tree.all_done < tree.revision:
                revision = tree.revision
                await self._run_analysis(tree, tree.full_request(), self._deep)
                tree.all_done = max(revision, tree.all_done)
                tree.wake_waiting()
                self._show(tree)

    async def _run_analysis(self, tree: WorkspaceFolder, job: AnalysisRequest | None, worker: Worker) -> None:
        """Run an analysis; if it fails, log the error and change nothing."""
        if job is not None:
            revision = tree.revision
            future = asyncio.wrap_future(worker.submit(job.run_analysis))
            await asyncio.wait([future])
            if error := future.exception():
                self._tell(f"the analysis failed: {type(error).__name__}")
            elif job.chosen is tree.chosen:
                tree.store_outcome(job, future.result(), revision)


async def _wait_until_quiet(tree: WorkspaceFolder) -> None:
    """Wait until nothing has changed for a moment, or until a result is requested."""
    while not tree.hurry.is_set():
        revision = tree.revision
        with suppress(TimeoutError):
            async with asyncio.timeout(_QUIET):
                await tree.hurry.wait()
        if tree.revision == revision:
            return
