"""Share work among forked processes: each takes the next piece when it has finished the last one."""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
Work = Callable[[Iterator[T]], Any]

#: The numbers of all pieces are written to a pipe before anyone reads: this many, of this size in bytes, fit into the
#: 8 KiB that every system buffers at least. More pieces are grouped.
_MOST_PIECES = 2048
_NUMBER = 4
#: Beyond four processes, copying the results back costs as much as the search gains.
_MOST_PROCESSES = 4
_BLOCK = 1 << 20


def process_count(asked: int | None) -> int:
    """Return how many processes to use: as requested, else as many as pay off; 1 where forking is not possible."""
    if not hasattr(os, "fork") or _thread_count() > 1:
        return 1
    return asked or min(_MOST_PROCESSES, _core_count())


def share_work(pieces: Sequence[T], own: Work[T], others: Work[T], jobs: int) -> list[Any] | None:
    """Return the result of `own` in this process and of `others` in each of the others; None if one of them failed.

    Results must be plain values that `marshal` can encode. Which process gets which piece is not defined.
    """
    groups = [pieces[start :: min(len(pieces), _MOST_PIECES)] for start in range(min(len(pieces), _MOST_PIECES))]
    queue, fill = os.pipe()
    os.write(fill, b"".join(number.to_bytes(_NUMBER, "big") for number in range(len(groups))))
    os.close(fill)
    children: list[tuple[int, int]] = []
    try:
        with suppress(OSError):  # no further processes available: those already started do the work
            for _ in range(jobs - 1):
                children.append(_fork_worker(lambda: others(_take_pieces(groups, queue))))
        results = [own(_take_pieces(groups, queue))]
        answers = [_read_answer(answer) for _, answer in children]
    except BaseException:
        for child, _ in children:
            with suppress(OSError):
                os.kill(child, signal.SIGTERM)
        raise
    finally:
        os.close(queue)
        for _, answer in children:
            os.close(answer)
        ends = [os.waitpid(child, 0)[1] for child, _ in children]
    return None if any(ends) else results + [marshal.loads(answer) for answer in answers]


def _take_pieces(groups: Sequence[Sequence[T]], queue: int) -> Iterator[T]:
    """Yield the pieces whose numbers this process takes from the queue, until the queue is empty."""
    while number := os.read(queue, _NUMBER):
        yield from groups[int.from_bytes(number, "big")]


def _fork_worker(work: Callable[[], Any]) -> tuple[int, int]:
    """Start a process that does the work and exits; return its id and the pipe that it answers through."""
    answer, say = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(answer)
        os.close(say)
        raise
    if child:
        os.close(say)
        return child, answer
    failed = 1
    try:
        # The parent turns it into an exception; a child has nothing to clean up.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(answer)
        with os.fdopen(say, "wb") as pipe:
            pipe.write(marshal.dumps(work()))
        failed = 0
    finally:
        # Whatever happened, the code of the parent process must not continue here.
        os._exit(failed)


def _read_answer(pipe: int) -> bytes:
    return b"".join(iter(lambda: os.read(pipe, _BLOCK), b""))


def _core_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _thread_count() -> int:
    """Count the threads of this process. A fork of a multi-threaded process may wait forever for a thread it lacks."""
    threading = sys.modules.get("threading")
    return threading.active_count() if threading else 1
