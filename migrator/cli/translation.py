"""Carry out ``migrator translate``: open what was named, carry the documents, tell what happened."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

import click

from migrator.cli.exits import Exit
from migrator.payload.streams.carry import StoppedError, carry_stream
from migrator.payload.streams.job import carry_for, takes_array
from migrator.payload.streams.outlet import Outlet, outlet
from migrator.payload.streams.source import SourceError, blocks, unpacked
from migrator.payload.streams.tally import Tally, Where
from migrator.payload.tables import table_for
from migrator.payload.translation import Extent
from migrator.payload.translator import Translator

#: How many broken documents are named one by one.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """The command line, as it was typed."""

    file: str
    source: str | None
    target: str | None
    kind: Literal["webhook", "request", "response"]
    method: str | None
    output: str | None
    losses: str | None
    follow_ups: str | None
    rejects: str | None
    on_loss: Literal["report", "raise"]
    declare: tuple[str, ...]
    reference: tuple[str, ...]
    api: str | None
    rules: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The file, as errors name it."""
        return "standard input" if self.file == "-" else self.file


def run(wanted: Wanted) -> Exit:
    """Carry out a command line. Raises click.UsageError, TableError, UnknownVersion, SettingsError."""
    translator = _translator(wanted)
    with ExitStack() as stack:
        try:
            stream = _input(wanted, stack)
            outlets = _Outlets.open(wanted, stack)
        except OSError as error:
            click.echo(f"{error.filename or wanted.shown}: cannot be opened: {error.strerror or error}", err=True)
            return Exit.UNREAD
        return _carried(wanted, translator, stream, outlets)


def _carried(wanted: Wanted, translator: Translator, stream: BinaryIO, outlets: _Outlets) -> Exit:
    from migrator.report.progress import progress

    voice = _Voice(wanted.shown)
    tally = Tally(voice.tell, outlets.losses, outlets.rejects, outlets.follow_ups)
    carry = carry_for(translator, wanted.kind, wanted.method)
    arrays = takes_array(translator, wanted.kind, wanted.method)
    try:
        with progress() as show:
            carry_stream(_shown(blocks(unpacked(stream)), tally, show), carry, arrays, outlets.documents, tally)
        outlets.keep()
    except StoppedError as stopped:
        voice.say(stopped.where, str(stopped))
        return Exit.FINDINGS
    except BrokenPipeError:
        raise
    except SourceError as error:
        voice.say({}, f"{error}; no file was written")
        return Exit.UNREAD
    except OSError as error:
        raise click.ClickException(f"cannot be written: {error.strerror or error}") from error
    voice.sum_up(wanted, tally)
    return Exit.UNREAD if tally.broken else Exit.FINDINGS if tally.lossy else Exit.CLEAN
