"""What the exit code of a command says, and how to end where nothing can be said any more."""

from __future__ import annotations

import os
import sys
from enum import IntEnum


class Exit(IntEnum):
    """The codes, from nothing to say to nothing could be said."""

    #: There is nothing to say: every file was read, and nothing was found or nothing is pending.
    CLEAN = 0
    #: The audit has findings, or `--check` has changes that wait or places that are left for a person.
    FINDINGS = 1
    #: The command line, the settings or a table cannot be used.
    USAGE = 2
    #: A file could not be read, understood or written; the result says nothing about it.
    UNREAD = 3
    #: Interrupted from the keyboard.
    INTERRUPTED = 130
    #: Whoever read the output has gone.
    PIPE_CLOSED = 141


def forsake_stdout() -> None:
    """Let go of what is buffered: where nothing takes it, Python waits, or complains, on the way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
