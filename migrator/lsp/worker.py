"""A daemon thread that runs functions one after another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """Runs functions in its own thread. It is a daemon, because at exit nobody needs its results any more."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Thread(target=self._run_queue, name="migrator", daemon=True).start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue a function and return the future of its result."""
        future: Future[T] = Future()

        def run() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    answer = work()
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(answer)

        self._queue.put(run)
        return future

    def _run_queue(self) -> None:
        while True:
            self._queue.get()()
