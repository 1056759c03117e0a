"""Refuse declared values and rows that the table does not have."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.payload.plans.directed_step import Declarations
from migrator.rules.rule import Step


def check_declarations(steps: Iterable[Step], terms: Declarations) -> None:
    """Raise ValueError for a declared value that no row takes, and for a row that is not of origin reference."""
    rules = [rule for step in steps for rule in step.rules]
    values = {rule.context for rule in rules if rule.context}
    unknown = [key for key in terms.context if key not in values]
    if unknown:
        raise ValueError(f"no rule takes a declared value {_describe_unknown(unknown, values)}")
    rows = {rule.id for rule in rules if not rule.active}
    others = sorted(terms.reference - rows)
    if others:
        raise ValueError(f"no row of origin reference is called {_describe_unknown(others, rows)}")


def _describe_unknown(unknown: Iterable[object], known: Iterable[str]) -> str:
    """Return the unknown names, a suggestion for each that is similar to a known one, and the known names."""
    from difflib import get_close_matches

    names = sorted(known)
    close = dict.fromkeys(name for each in unknown for name in get_close_matches(str(each), names, n=1))
    suggestion = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
    return f"{' or '.join(map(repr, unknown))}{suggestion} (known: {', '.join(names) or 'none'})"
