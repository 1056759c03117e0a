"""The command line: a group of commands, each imported when it is used."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

import click

from migrator.cli.exit_codes import Exit, forsake_stdout

#: Each command is the function of its own name in the module of its own name.
_COMMANDS = {
    "codemod": "Rewrite code for a newer version of the API; a dry run unless --write is given.",
    "undo": "Put back what the last `migrator codemod --write` changed.",
    "audit": "Find where code uses what was renamed, removed or changed.",
    "explain": "Say why a place in code is or is not changed, or what a rule is about.",
    "translate": "Carry webhooks, requests and responses from one version to another.",
    "lsp": "Show findings in an editor, with their edits: a language server.",
    "rules": "List the rules, or print the JSON Schema of the files that hold them.",
}


class _Commands(click.Group):
    """Commands that are imported on demand, their errors told in one way."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        command = getattr(import_module(f"migrator.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run a command; what it returns, or what keeps it from running, becomes the exit code."""
        # Little of what a run makes is garbage: looking for it less often saves a tenth of the time.
        gc.set_threshold(50_000)
        _never_fail_to_print()
        try:
            code = _code(super().invoke, ctx)
            sys.stdout.flush()
        except (KeyboardInterrupt, BrokenPipeError) as error:
            forsake_stdout()
            sys.exit(Exit.INTERRUPTED if isinstance(error, KeyboardInterrupt) else Exit.PIPE_CLOSED)
        except click.ClickException as error:
            error.show()
            sys.exit(Exit.USAGE)
        except _unusable() as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(Exit.USAGE)
        sys.exit(code)


def _code(invoke: Callable[[click.Context], int | None], ctx: click.Context) -> int:
    """What a command returns, or the code that it asks to exit with."""
    try:
        return invoke(ctx) or Exit.CLEAN
    except click.exceptions.Exit as asked:
        return asked.exit_code


def _unusable() -> tuple[type[Exception], ...]:
    """The errors that say that what the user gave cannot be used, and how to mend it."""
    from migrator.cli.pyproject import SettingsError
    from migrator.rules.table import UnknownVersion
    from migrator.rules.table_errors import TableError

    return SettingsError, TableError, UnknownVersion


def _never_fail_to_print() -> None:
    """Write what a console cannot show as an escape, and line endings as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace", newline="\n")


def _print_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"migrator {version('livechat-migrator')}")
        except PackageNotFoundError:
            click.echo("migrator, not installed")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version."
)
def main() -> None:
    """Carry code and payloads across the versions of a web API, from one table of rules.

    Exit codes: 0 nothing to say; 1 findings, or changes that wait (--check); 2 wrong usage or a broken table;
    3 something could not be read.
    """
