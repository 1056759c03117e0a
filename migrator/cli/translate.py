"""``migrator translate``: translate documents from one version to another."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from migrator.cli.build_log import print_message
from migrator.cli.exit_codes import Exit
from migrator.cli.options import rules_options

if TYPE_CHECKING:
    from migrator.payload.translator import Translator

_FILE = click.Path(dir_okay=False)


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """The command line as it was typed."""

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
    no_shipped: bool


@click.command(short_help="Translate webhooks, requests and responses from one version to another.")
@click.argument("file", default="-", type=click.Path(allow_dash=True, dir_okay=False), metavar="[FILE]")
@click.option(
    "--from", "source", metavar="VERSION", help="Version of the documents.  [default: detected, for webhooks]"
)
@click.option("--to", "target", metavar="VERSION", help="Version to translate to.  [default: the highest]")
@click.option(
    "--kind",
    type=click.Choice(["webhook", "request", "response"]),
    default="webhook",
    show_default=True,
    help="Kind of the documents.",
)
@click.option(
    "--method", metavar="NAME", help="Method of the requests or responses, by its name in the version of --from."
)
@click.option("-o", "--output", type=_FILE, metavar="FILE", help="Write to FILE, whole or not at all; .gz compresses.")
@click.option("--losses", type=_FILE, metavar="FILE", help="Write losses to FILE, as JSON Lines.")
@click.option("--follow-ups", type=_FILE, metavar="FILE", help="Write the follow-up calls that are needed to FILE.")
@click.option("--rejects", type=_FILE, metavar="FILE", help="Write documents that could not be translated to FILE.")
@click.option(
    "--on-loss",
    type=click.Choice(["report", "raise"]),
    default="report",
    show_default=True,
    help="raise stops at the first loss and writes no file.",
)
@click.option("--declare", multiple=True, metavar="NAME=VALUE", help="Set a value that a version requires. Repeatable.")
@click.option(
    "--reference", multiple=True, metavar="RULE", help="Also apply this rule of origin reference. Repeatable."
)
@click.option("--api", metavar="ID", help="API of the documents.  [default: the first with these versions]")
@rules_options
@click.pass_context
def translate(ctx: click.Context, /, **_asked: object) -> Exit:
    """Translate the documents in FILE, or on standard input: one JSON document, an array, or JSON Lines; gzip too.

    Documents that cannot be read or understood are reported, and the others are translated.

    Exit codes: 0 nothing is lost; 1 something is lost; 2 usage error or invalid table; 3 something could not be read.
    """
    wanted = TranslateOptions(**ctx.params)
    _check_options(wanted)
    translator = _make_translator(wanted)
    _check_method(translator, wanted.method)
    from migrator.payload.streams.document_job import DocumentJob
    from migrator.payload.streams.translate_file import StreamEnding, StreamFiles, translate_file
    from migrator.report.text.progress import show_progress

    job = DocumentJob(translator, wanted.kind, wanted.method or "")
    files = StreamFiles(wanted.file, wanted.output, wanted.losses, wanted.follow_ups, wanted.rejects)
    with show_progress() as show:
        ending = translate_file(job, files, _print_line, show)
    return {StreamEnding.CLEAN: Exit.CLEAN, StreamEnding.LOSSY: Exit.FINDINGS, StreamEnding.UNREAD: Exit.UNREAD}[ending]


def _check_options(wanted: TranslateOptions) -> None:
    if wanted.kind == "webhook" and wanted.method is not None:
        raise click.UsageError("--method is for --kind request or response: a webhook contains its own name.")
    if wanted.kind != "webhook" and (wanted.method is None or wanted.source is None):
        raise click.UsageError(f"--kind {wanted.kind} needs --method and --from: the documents do not contain them.")
    if wanted.file == "-" and sys.stdin.isatty():
        raise click.UsageError("name a FILE, or pass the documents on standard input.")
    named = [path for path in (wanted.output, wanted.losses, wanted.follow_ups, wanted.rejects) if path]
    real = [path for path in (Path(name).resolve() for name in named) if path.is_file() or not path.exists()]
    for path in real:
        if real.count(path) > 1:
            raise click.UsageError(f"{path} is used for two outputs, which would overwrite each other.")


def _make_translator(wanted: TranslateOptions) -> Translator:
    from migrator.cli.run_settings import load_tables
    from migrator.payload.choose_table import choose_table
    from migrator.payload.translator import Translator

    versions = tuple(version for version in (wanted.source, wanted.target) if version)
    try:
        table = choose_table(load_tables(wanted.rules, shipped=not wanted.no_shipped), wanted.api, versions)
        target = wanted.target or str(table.versions[-1])
        if wanted.source == target:
            raise click.UsageError(f"the documents are already in version {target}: give another version with --to.")
        return Translator(
            wanted.source,
            target,
            table,
            on_loss=wanted.on_loss,
            context=dict(map(_parse_declared, wanted.declare)),
            reference=wanted.reference,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _check_method(translator: Translator, method: str | None) -> None:
    from migrator.payload.translation_errors import LossError, UnknownNameError

    try:
        if method is not None:
            translator.method(method)
    except UnknownNameError as error:
        raise click.UsageError(f"--method: {error}") from error
    except LossError:
        pass  # reported with each document


def _parse_declared(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise click.UsageError(f"--declare: {text!r} is not of the form NAME=VALUE.")
    from migrator.payload.json_text import parse_json
    from migrator.payload.translation_errors import NotJsonError

    try:
        declared = parse_json(value.encode()).value
    except (NotJsonError, UnicodeEncodeError):
        return name, value
    if isinstance(declared, float) and not isfinite(declared):
        raise click.UsageError(f"--declare: the exponent of {value} is too large.")
    return name, declared


def _print_line(line: str) -> None:
    print_message(line)
