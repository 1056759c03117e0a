"""Refuse to write to files whose changes git could not tell from those of the run, or give back."""

from __future__ import annotations

import click

from migrator.report.phrases import plural
from migrator.report.printable import printable
from migrator.report.run_result import Run

_SHOWN = 20


def refuse_uncommitted(run: Run) -> tuple[str, ...]:
    """What is to be said about a run that may be written. Raises click.ClickException, with the files and a way out."""
    if not run.changed:
        return ()
    from migrator.files.uncommitted import GitFailed, uncommitted

    try:
        found = uncommitted(result.path for result in run.changed)
    except GitFailed as error:
        raise click.ClickException(
            f"nothing is written: {printable(str(error))}\nTo write anyway, give --allow-dirty."
        ) from error
    if found.blind:
        return ("git cannot be run, so changes that are not committed are not looked for",)
    if found.states:
        raise click.ClickException(_refusal(found.states, len(run.changed)))
    return ()


def _refusal(states: dict[str, str], number: int) -> str:
    lines = [f"nothing is written: of {plural(number, 'file')} to edit, {len(states):,} could not be restored by git:"]
    lines += [f"  {printable(path)} ({state})" for path, state in list(states.items())[:_SHOWN]]
    if len(states) > _SHOWN:
        lines.append(f"  and {len(states) - _SHOWN:,} more")
    lines.append("Commit or stash these changes first, or give --allow-dirty; `migrator undo` can take a run back.")
    return "\n".join(lines)
