"""What every command that looks at code can be asked, and the options that ask it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line, as it was typed."""

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


def split(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of a repeatable option that also takes several in one, separated by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


rules_option = click.option(
    "--rules", multiple=True, type=click.Path(), metavar="DIR", help="Load the tables in DIR too. Repeatable."
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the text; auto: on a terminal, unless NO_COLOR is set.",
)

_OPTIONS = (
    click.argument("paths", nargs=-1, type=click.Path(exists=True), metavar="[PATH]..."),
    click.option("--from", "source", metavar="VERSION", help="The version the code speaks.  [default: the lowest]"),
    click.option("--to", "target", metavar="VERSION", help="The version it is to speak.  [default: the highest]"),
    click.option("--api", metavar="ID", help="Look for this API only.  [default: every one that is loaded]"),
    click.option(
        "--select", multiple=True, callback=split, metavar="RULES", help="Only these rules: ids or globs, with commas."
    ),
    click.option("--ignore", multiple=True, callback=split, metavar="RULES", help="All rules but these."),
    rules_option,
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        help="Leave out what matches below the given folders; as a line of .gitignore. Repeatable.",
    ),
    click.option("--unsafe", is_flag=True, help="Make the unsafe edits too."),
    click.option("--reverse", is_flag=True, help="Go back: from the higher version down to the lower one."),
    click.option(
        "--rename-wrappers", is_flag=True, help="Rename functions that are called like the method they call, too."
    ),
    click.option(
        "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: as many as pay]"
    ),
    click.option(
        "--ledger", is_flag=True, help="Account for every occurrence of every old name; in JSON, list them one by one."
    ),
    color_option,
)


def asked(ctx: click.Context) -> Asked:
    """What a command that has these options was asked."""
    return Asked(**{field.name: ctx.params[field.name] for field in fields(Asked)})


def asks(command: Command) -> Command:
    """Give a command all the options that `Asked` holds, --ledger and --color."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
