"""A limit for what must end in a moment, in CPU time: a machine that is busy with other things fails no test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail where this thread needs more CPU time for what is done within; say several times what it needs today."""
    start = time.thread_time()
    yield
    taken = time.thread_time() - start
    assert taken < seconds, f"{taken:.1f} s of CPU time"
