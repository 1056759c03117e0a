"""Share work among forked processes: each takes the next piece when it is done with the last one."""

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

#: So many numbers of this size fit into a pipe on every system.
_MOST_PIECES = 2048
_NUMBER = 4
_MOST_PROCESSES = 4
_BLOCK = 1 << 20


def processes(asked: int | None) -> int:
    """How many processes to use: as many as are asked for, else as many as pay; one where none can be forked."""
    if not hasattr(os, "fork") or _threads() > 1:
        return 1
    return asked or min(_MOST_PROCESSES, _cores())


def shared(pieces: Sequence[T], own: Work[T], others: Work[T], jobs: int) -> list[Any] | None:
    """What each process made of its share, this one by `own`, the others by `others`; None if one of them failed.

    The results must be plain: what `marshal` can carry. Which pieces a process gets is left to chance.
    """
    groups = [pieces[start :: min(len(pieces), _MOST_PIECES)] for start in range(min(len(pieces), _MOST_PIECES))]
    queue, fill = os.pipe()
    os.write(fill, b"".join(number.to_bytes(_NUMBER, "big") for number in range(len(groups))))
    os.close(fill)
    children: list[tuple[int, int]] = []
    try:
        with suppress(OSError):  # no more processes are to be had: those that are there do it
            for _ in range(jobs - 1):
                children.append(_forked(lambda: others(_taken(groups, queue))))
        results = [own(_taken(groups, queue))]
        answers = [_answer(answer) for _, answer in children]
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


def _taken(groups: Sequence[Sequence[T]], queue: int) -> Iterator[T]:
    """Pieces whose numbers are taken from the queue, until it is empty."""
    while number := os.read(queue, _NUMBER):
        yield from groups[int.from_bytes(number, "big")]


def _forked(work: Callable[[], Any]) -> tuple[int, int]:
    """A new process that does the work and ends, and the pipe through which it answers."""
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
        os.close(answer)
        with os.fdopen(say, "wb") as pipe:
            pipe.write(marshal.dumps(work()))
        failed = 0
    finally:
        # Whatever happened, nothing of what this process was copied from may run on here.
        os._exit(failed)


def _answer(pipe: int) -> bytes:
    return b"".join(iter(lambda: os.read(pipe, _BLOCK), b""))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _threads() -> int:
    """The threads of this process; a copy of a process that has several may wait for ever for those it lacks."""
    threading = sys.modules.get("threading")
    return threading.active_count() if threading else 1
