"""The command line: a group of commands, each imported when it is used.

Each command is a module and a function of its name: `codemod`, `audit`, `undo`, `explain`, `translate`, `rules`,
`lsp`, `verify`.
Read `codemod` first; it shows the steps that most of them share:

- `options` declares the options and reads them; `pyproject` reads `[tool.migrator]`; `run_settings` merges the two.
- `run` searches, analyses and writes; `find_importers` adds the files that import those with an old name.
- `dirty_tree` refuses to write over changes that git could not restore.
- `interrupts` ends a command in order when a signal asks the process to end.
- `output` prints the result with `migrator.report`; `build_log` keeps it from being taken for commands of a build;
  `exit_codes` has all exit codes.

`evidence_paths` and `live_options` are options of `audit` alone; `baseline` has the options about known findings.
Printing, writing, reading and exiting happen here and nowhere below.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

import click

from migrator.cli.build_log import clean_message, print_message
from migrator.cli.exit_codes import Exit, discard_stdout
from migrator.cli.interrupts import Terminated, raise_on_signals

#: The commands with their summaries; each is a function in a module of the same name.
_COMMANDS = {
    "codemod": "Rewrite code for a newer version of the API; a dry run unless --write is given.",
    "undo": "Restore the files that the last `migrator codemod --write` changed.",
    "audit": "Find code that uses what was renamed, removed or changed.",
    "verify": "Judge a migration: account for every occurrence of the old program.",
    "explain": "Explain why a line of code is or is not changed, or what a rule means.",
    "translate": "Translate webhooks, requests and responses from one version to another.",
    "lsp": "Run a language server, which shows findings and edits in an editor.",
    "rules": "List the rules, or print the migration guide or the JSON Schema of rule files.",
}


class _LazyGroup(click.Group):
    """A group that imports its commands on demand and reports their errors in one way."""

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
        """Run a command and exit with its result, or with the code of the error that stopped it."""
        # A run creates little garbage: collecting it less often saves a tenth of the time.
        gc.set_threshold(50_000)
        _escape_unprintable()
        try:
            with raise_on_signals():
                code = _exit_code_of(super().invoke, ctx)
                sys.stdout.flush()
        except BrokenPipeError:
            discard_stdout()
            sys.exit(Exit.PIPE_CLOSED)
        except KeyboardInterrupt as error:
            discard_stdout()
            # The shell's convention: 128 and the number of the signal.
            sys.exit(128 + error.number if isinstance(error, Terminated) else Exit.INTERRUPTED)
        except click.ClickException as error:
            text = io.StringIO()
            error.show(text)
            click.echo(clean_message(text.getvalue()), nl=False, err=True)
            sys.exit(Exit.USAGE)
        except _input_errors() as error:
            print_message(f"Error: {error}")
            sys.exit(Exit.USAGE)
        sys.exit(code)


def _exit_code_of(invoke: Callable[[click.Context], int | None], ctx: click.Context) -> int:
    """Return the result of a command, or the exit code that it raised."""
    try:
        return invoke(ctx) or Exit.CLEAN
    except click.exceptions.Exit as asked:
        return asked.exit_code


def _input_errors() -> tuple[type[Exception], ...]:
    """Return the errors that mean that the user's input cannot be used; their messages say how to fix it."""
    from migrator.cli.pyproject import SettingsError
    from migrator.rules.table import UnknownVersion
    from migrator.rules.table_errors import TableError

    return SettingsError, TableError, UnknownVersion


def _escape_unprintable() -> None:
    """Escape characters that the console cannot show, and keep line endings as they are."""
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


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version."
)
def main() -> None:
    """Migrate code and payloads between versions of a web API, from one table of rules.

    Exit codes: 0 nothing found; 1 findings, or changes pending (--check); 2 usage error or invalid table; 3 something
    could not be read.
    """
