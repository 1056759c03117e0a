"""Exit codes of all commands."""

from __future__ import annotations

import contextlib
import os
import sys
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes."""

    #: Every file was read, and nothing was found or nothing is pending.
    CLEAN = 0
    #: The audit has findings, or `--check` found pending edits or manual findings.
    FINDINGS = 1
    #: The command line, the settings or a table is invalid.
    USAGE = 2
    #: A file could not be read, understood or written, so the result does not cover it.
    UNREAD = 3
    #: Interrupted from the keyboard.
    INTERRUPTED = 130
    #: The reader of the output closed the pipe.
    PIPE_CLOSED = 141


def discard_stdout() -> None:
    """Discard buffered output, because Python would wait or complain at exit if nothing reads it."""
    with contextlib.suppress(OSError):  # an output without a descriptor keeps nobody waiting
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
