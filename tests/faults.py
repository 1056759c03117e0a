"""Let one call of the system fail, or be interrupted; the seam is the module ``os``, which all writing uses."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

#: The calls that are counted, and the errors that each can give.
ERRORS: dict[str, tuple[int, ...]] = {
    "open": (errno.EACCES, errno.EMFILE, errno.ENOSPC, errno.EROFS),
    "read": (errno.EIO,),
    "write": (errno.ENOSPC, errno.EIO),
    "fsync": (errno.EIO, errno.ENOSPC),
    "close": (errno.EIO,),
    "replace": (errno.EACCES, errno.EIO, errno.ENOSPC),
    "unlink": (errno.EACCES, errno.EIO),
    "mkdir": (errno.EACCES, errno.ENOSPC, errno.EROFS),
    "rmdir": (errno.EACCES, errno.ENOTEMPTY),
    "chmod": (errno.EPERM, errno.EIO),
    "chown": (errno.EPERM, errno.EIO),
    "listdir": (errno.EACCES, errno.EIO),
    "stat": (errno.EIO,),
    "lstat": (errno.EIO, errno.EACCES),
    "fstat": (errno.EIO,),
    "access": (),
    "listxattr": (errno.ENOTSUP,),
}


@dataclass(frozen=True)
class Fault:
    """What happens at one call: an error instead of it, or an interrupt or an error right after it."""

    call: str
    number: int
    code: int | None = None
    after: bool = False

    def __str__(self) -> str:
        name = "interrupt" if self.code is None else errno.errorcode[self.code]
        return f"{name} {'after' if self.after else 'at'} call {self.number}, {self.call}"

    def strike(self) -> None:
        """Raise the interrupt or the error."""
        if self.code is None:
            raise KeyboardInterrupt
        raise OSError(self.code, os.strerror(self.code))


@dataclass
class Watch:
    """The calls that were made so far."""

    fault: Fault | None
    calls: list[str] = field(default_factory=list)

    def wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that calls the real one, or lets the fault strike."""

        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append(name)
            strikes = self.fault is not None and self.fault.number == len(self.calls)
            if strikes and not self.fault.after:
                if name == "close":  # a descriptor is closed whatever the answer is
                    real(*arguments, **named)
                self.fault.strike()
            try:
                return None if name == "fsync" else real(*arguments, **named)  # the disk itself is not tested
            finally:
                if strikes:
                    self.fault.strike()

        return call


@contextmanager
def watched(fault: Fault | None = None) -> Iterator[Watch]:
    """Within it, calls are counted, and the fault strikes."""
    watch = Watch(fault)
    real = {name: getattr(os, name) for name in ERRORS if hasattr(os, name)}
    try:
        for name, function in real.items():
            setattr(os, name, watch.wrap(name, function))
        yield watch
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def faults_of(calls: list[str]) -> Iterator[Fault]:
    """Return each fault that can strike in a run that makes these calls."""
    for number, call in enumerate(calls, 1):
        yield Fault(call, number, after=True)
        for code in ERRORS[call]:
            yield Fault(call, number, code)
        if call == "replace":  # a server that renames the file and loses the answer
            yield Fault(call, number, errno.EIO, after=True)
