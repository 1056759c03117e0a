"""A thread that does one thing after the other, and that nobody waits for at the end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """Work in a thread of its own. It is a daemon: what is under way when the process ends has no one left to tell."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Thread(target=self._work, name="migrator", daemon=True).start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """What a function gives back, or raises, once it is its turn."""
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

    def _work(self) -> None:
        while True:
            self._queue.get()()
