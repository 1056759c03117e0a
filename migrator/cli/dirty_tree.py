"""Refuse to write to files with changes that git could not restore."""

from __future__ import annotations

import click

from migrator.report.phrases import pluralize
from migrator.report.printable import escape_line
from migrator.report.run_result import RunResult

#: A screenful; the message says how many more there are.
_SHOWN = 20


def refuse_uncommitted(run: RunResult) -> tuple[str, ...]:
    """Return remarks to print if the run may be written; otherwise raises click.ClickException with the files."""
    if not run.changed:
        return ()
    from migrator.files.uncommitted import GitFailed, find_uncommitted

    try:
        found = find_uncommitted(result.path for result in run.changed)
    except GitFailed as error:
        raise click.ClickException(
            f"nothing was written: {escape_line(str(error))}\nUse --allow-dirty to write anyway."
        ) from error
    if found.blind:
        return ("git cannot be run, so uncommitted changes were not checked",)
    if found.states:
        raise click.ClickException(_refusal_message(found.states, len(run.changed)))
    return ()


def _refusal_message(states: dict[str, str], number: int) -> str:
    lines = [f"nothing was written: git could not restore {len(states):,} of {pluralize(number, 'file')} to edit:"]
    lines += [f"  {escape_line(path)} ({state})" for path, state in list(states.items())[:_SHOWN]]
    if len(states) > _SHOWN:
        lines.append(f"  and {len(states) - _SHOWN:,} more")
    lines.append("Commit or stash these changes, or use --allow-dirty; `migrator undo` can revert a run.")
    return "\n".join(lines)
