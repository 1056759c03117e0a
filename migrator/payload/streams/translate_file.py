"""Translate a file: open the streams, translate the documents, commit the outputs, print the summary."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from migrator.payload.streams.byte_source import SourceError, open_source
from migrator.payload.streams.document_job import DocumentJob
from migrator.payload.streams.output_set import OutputSet, open_outputs
from migrator.payload.streams.stream_messages import BrokenDocumentPrinter, format_summary
from migrator.payload.streams.stream_stats import StreamStats
from migrator.payload.streams.translate_stream import StoppedError, translate_stream


class StreamEnding(Enum):
    """Enumerate how a run ended."""

    CLEAN = "everything was translated"
    LOSSY = "something was lost"
    UNREAD = "something could not be read, understood or written"


@dataclass(frozen=True, slots=True)
class StreamFiles:
    """Hold the paths of a run: ``-`` or None stand for standard input and output."""

    source: str
    output: str | None
    losses: str | None
    follow_ups: str | None
    rejects: str | None

    @property
    def display_name(self) -> str:
        """Return the source's name in messages."""
        return "standard input" if self.source == "-" else self.source


def translate_file(
    job: DocumentJob, files: StreamFiles, put: Callable[[str], None], show: Callable[[str], None]
) -> StreamEnding:
    """Translate one file; `put` prints a line, `show` shows progress. Raises BrokenPipeError."""
    with ExitStack() as stack:
        try:
            given = sys.stdin.buffer if files.source == "-" else stack.enter_context(Path(files.source).open("rb"))
            named = (files.output, files.losses, files.follow_ups, files.rejects)
            outs = open_outputs(stack, *named, sys.stdout.buffer, files.source)
        except OSError as error:
            put(f"{error.filename or files.display_name}: cannot be opened: {error.strerror or error}")
            return StreamEnding.UNREAD
        return _translate_opened(job, files, given, outs, put, show)


def _translate_opened(
    job: DocumentJob,
    files: StreamFiles,
    given: BinaryIO,
    outs: OutputSet,
    put: Callable[[str], None],
    show: Callable[[str], None],
) -> StreamEnding:
    voice = BrokenDocumentPrinter(files.display_name, put)
    tally = StreamStats(
        voice.print_problem,
        losses=outs.losses.stream if outs.losses else None,
        rejects=outs.rejects.stream if outs.rejects else None,
        follow_ups=outs.follow_ups.stream if outs.follow_ups else None,
    )
    unwritten = "; no file was written" if files.output else ""
    try:
        read = 0
        for size in translate_stream(
            open_source(given), job.create_function(), job.takes_array(), outs.documents.stream, tally
        ):
            read += size
            show(f"{tally.documents:,} documents, {read / 1e6:,.0f} MB")
        if given is not sys.stdin.buffer:
            given.close()  # Windows cannot replace an open file
        outs.commit_all()
    except BrokenPipeError:
        raise
    except StoppedError as stopped:
        voice.print_problem(stopped.where, f"{stopped}{unwritten}")
        return StreamEnding.LOSSY
    except SourceError as error:
        voice.print_problem({}, f"{error}{unwritten}")
        return StreamEnding.UNREAD
    except OSError as error:
        put(f"{files.output or 'standard output'}: cannot be written: {error.strerror or error}")
        return StreamEnding.UNREAD
    for line in format_summary(tally, job.describe_versions, job.describe_method()):
        put(line)
    return StreamEnding.UNREAD if tally.broken else StreamEnding.LOSSY if tally.lossy else StreamEnding.CLEAN
