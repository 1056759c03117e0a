"""Format the accounts of a verification as text: what is wrong, what is open, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from migrator.program.verify.account import Account, State
from migrator.report.phrases import pluralize
from migrator.report.printable import escape_line
from migrator.report.redact import redact_secrets
from migrator.report.text.colors import Paint

_HEADINGS = {State.WRONG: ("Wrong", "red"), State.OPEN: ("Open", "yellow"), State.REMOVED: ("Removed", "cyan")}


def verify_text(accounts: Sequence[Account], base: str, paint: Paint) -> Iterator[str]:
    """Yield the report: occurrences that are done are only counted."""
    for state, (heading, color) in _HEADINGS.items():
        found = [account for account in accounts if account.state is state]
        if found:
            yield f"{paint(heading, fg=color, bold=True)}\n"
            for account in found:
                yield f"  {_describe(account)}\n"
            yield "\n"
    counts = Counter(account.state for account in accounts)
    if not accounts:
        yield f"Nothing to verify: {escape_line(base)} has no occurrence of a rule.\n"
        return
    total = pluralize(sum(account.old_path is not None for account in accounts), "occurrence")
    told = ", ".join(f"{counts[state]:,} {state}" for state in State)
    yield f"{total} since {escape_line(base)}: {told}.\n"


def _describe(account: Account) -> str:
    was = ""
    if account.old_path is not None and (account.old_path, account.old_line) != (account.path, account.line):
        was = f" (was {account.old_path}:{account.old_line})"
    place = f"{account.path}:{account.line}"
    return redact_secrets(escape_line(f"{place}: [{account.rule}] {account.message}{was}"))
