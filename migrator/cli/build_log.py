"""Print to the log of a build, whose runner takes some lines for commands: no text of a project may be one.

GitHub Actions runs `::add-mask::` at the start of a line and `##[add-mask]` anywhere, Azure Pipelines `##vso[...]`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator

import click

from migrator.report.printable import escape_commands, escape_controls

Guard = Callable[[str], str]


def is_build_log() -> bool:
    """Return whether what is printed is likely to end up in a log that is searched for commands."""
    return os.environ.get("GITHUB_ACTIONS") == "true" or bool(os.environ.get("TF_BUILD"))


def print_message(text: str) -> None:
    """Print a message to stderr, with control characters, and in a build commands, as visible escapes."""
    click.echo(clean_message(text), err=True)


def clean_message(text: str) -> str:
    """Return the text of a message with control characters, and in a build commands, as visible escapes."""
    text = escape_controls(text)
    return escape_commands(text) if is_build_log() else text


def guard_text(text: str) -> str:
    """Escape the commands in a text for people."""
    return escape_commands(text) if is_build_log() else text


def guard_json(text: str) -> str:
    """Write the commands in a JSON document in another way, which means the same."""
    return escape_commands(text, r"\u003a", r"\u0023") if is_build_log() else text


def guard_markup(text: str) -> str:
    """Write the commands in an XML, HTML or Markdown document in another way, which means the same."""
    return escape_commands(text, "&#58;", "&#35;") if is_build_log() else text


def guard_diff(lines: Iterable[str]) -> Iterator[str]:
    """Yield a diff for `patch`, which must stay as it is.

    GitHub Actions is asked to take no commands meanwhile, until it reads a token that nobody can guess. Azure Pipelines
    has no such way: there, the commands are escaped.
    """
    if os.environ.get("GITHUB_ACTIONS") == "true":
        token = secrets.token_hex(16)
        yield f"::stop-commands::{token}\n"
        yield from lines
        yield f"::{token}::\n"
    else:
        yield from map(guard_text, lines)
