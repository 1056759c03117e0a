"""Translate a file: open the streams, translate the documents, commit the outputs, print the summary."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from migrator.payload.streams.byte_source import SourceError, source
from migrator.payload.streams.document_job import Job
from migrator.payload.streams.output_set import Outlets, outlets
from migrator.payload.streams.stream_messages import Voice, summary
from migrator.payload.streams.stream_stats import Tally
from migrator.payload.streams.translate_stream import StoppedError, carry_stream


class Ending(Enum):
    """Enumerate how a run ended."""

    CLEAN = "everything was translated"
    LOSSY = "something was lost"
    UNREAD = "something could not be read, understood or written"


@dataclass(frozen=True, slots=True)
class Files:
    """Hold the paths of a run: ``-`` or None stand for standard input and output."""

    source: str
    output: str | None
    losses: str | None
    follow_ups: str | None
    rejects: str | None

    @property
    def shown(self) -> str:
        """Return the source's name in messages."""
        return "standard input" if self.source == "-" else self.source


def run(job: Job, files: Files, put: Callable[[str], None], show: Callable[[str], None]) -> Ending:
    """Translate one file; `put` prints a line, `show` shows progress. Raises BrokenPipeError."""
    with ExitStack() as stack:
        try:
            given = sys.stdin.buffer if files.source == "-" else stack.enter_context(Path(files.source).open("rb"))
            outs = outlets(stack, files.output, files.losses, files.follow_ups, files.rejects, sys.stdout.buffer)
        except OSError as error:
            put(f"{error.filename or files.shown}: cannot be opened: {error.strerror or error}")
            return Ending.UNREAD
        return _carried(job, files, given, outs, put, show)


def _carried(
    job: Job,
    files: Files,
    given: BinaryIO,
    outs: Outlets,
    put: Callable[[str], None],
    show: Callable[[str], None],
) -> Ending:
    voice = Voice(files.shown, put)
    tally = Tally(
        voice.tell,
        losses=outs.losses.stream if outs.losses else None,
        rejects=outs.rejects.stream if outs.rejects else None,
        follow_ups=outs.follow_ups.stream if outs.follow_ups else None,
    )
    unwritten = "; no file was written" if files.output else ""
    try:
        read = 0
        for size in carry_stream(source(given), job.carry(), job.takes_array(), outs.documents.stream, tally):
            read += size
            show(f"{tally.documents:,} documents, {read / 1e6:,.0f} MB")
        if given is not sys.stdin.buffer:
            given.close()  # Windows cannot replace an open file
        outs.keep()
    except BrokenPipeError:
        raise
    except StoppedError as stopped:
        voice.tell(stopped.where, f"{stopped}{unwritten}")
        return Ending.LOSSY
    except SourceError as error:
        voice.tell({}, f"{error}{unwritten}")
        return Ending.UNREAD
    except OSError as error:
        put(f"{files.output or 'standard output'}: cannot be written: {error.strerror or error}")
        return Ending.UNREAD
    for line in summary(tally, job.way):
        put(line)
    return Ending.UNREAD if tally.broken else Ending.LOSSY if tally.lossy else Ending.CLEAN
