"""Declare the options that commands share, and collect their values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CommandOptions:
    """The command line as it was typed."""

    paths: tuple[str, ...]
    source: str | None
    target: str | None
    api: str | None
    rules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    exclude: tuple[str, ...]
    unsafe: bool
    reverse: bool
    rename_wrappers: bool
    jobs: int | None
    python_only: bool = False
    no_shipped: bool = False


def split_commas(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Split the values of a repeatable option at commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def rules_options(command: Command) -> Command:
    """Add --rules and --no-shipped to a command."""
    command = click.option("--no-shipped", is_flag=True, help="Leave out the tables of migrator itself.")(command)
    return click.option(
        "--rules",
        multiple=True,
        type=click.Path(),
        metavar="DIR",
        help="Also load the tables in DIR, which may extend the steps of others. Repeatable.",
    )(command)


color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output; auto: on a terminal, unless NO_COLOR is set.",
)

_OPTIONS = (
    click.argument("paths", nargs=-1, type=click.Path(exists=True), metavar="[PATH]..."),
    click.option("--from", "source", metavar="VERSION", help="Version of the code.  [default: that of its URLs]"),
    click.option("--to", "target", metavar="VERSION", help="Version to migrate to.  [default: the highest]"),
    click.option("--api", metavar="ID", help="Use only this API.  [default: all loaded APIs]"),
    click.option(
        "--select",
        multiple=True,
        callback=split_commas,
        metavar="RULES",
        help="Use only these rules: ids or globs, comma-separated.",
    ),
    click.option("--ignore", multiple=True, callback=split_commas, metavar="RULES", help="Use all rules but these."),
    rules_options,
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        help="Skip matching files below the given folders, in .gitignore syntax. Repeatable.",
    ),
    click.option("--unsafe", is_flag=True, help="Also apply unsafe edits."),
    click.option("--reverse", is_flag=True, help="Migrate down: from the higher version to the lower one."),
    click.option(
        "--rename-wrappers", is_flag=True, help="Also rename functions that have the name of the method that they call."
    ),
    click.option(
        "--python-only",
        is_flag=True,
        help="Edit no configuration: leave it, and the code that reads it, to be changed by hand.",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Number of processes.  [default: chosen automatically]",
    ),
    click.option("--ledger", is_flag=True, help="Account for every occurrence of every old name; in JSON, list each."),
    color_option,
)


def read_options(ctx: click.Context) -> CommandOptions:
    """Return the values of the shared options of a command."""
    return CommandOptions(**{field.name: ctx.params[field.name] for field in fields(CommandOptions)})


def finder_options(command: Command) -> Command:
    """Add the options of `Asked`, --ledger and --color to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
