"""What a caller chooses: the steps to take, the rules to apply, and what may be applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from migrator.rules.rule import Rule
from migrator.rules.table import Chain


@dataclass(frozen=True, slots=True)
class Options:
    """The chains to follow, ids (or patterns such as ``webhook-*``) to keep or leave out, and the user's clients.

    `clients` are the user's own client classes, as ``package.module:Class``. `rename_wrappers` renames functions of the
    scanned code that carry the name of the method they call, and their callers with them. `notes` lets the rows take
    part that are only notes.
    """

    chains: tuple[Chain, ...]
    unsafe: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    rename_wrappers: bool = False
    notes: bool = False

    def wants(self, rule: Rule) -> bool:
        """Whether a rule takes part."""
        if rule.note and not self.notes:
            return False
        return (not self.select or _any(rule.id, self.select)) and not _any(rule.id, self.ignore)


def _any(rule_id: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(rule_id, pattern) for pattern in patterns)


#: Reads a file of the scanned tree: a path to its bytes. Raises OSError.
Reader = Callable[[str], bytes]
