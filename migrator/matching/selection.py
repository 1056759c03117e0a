"""The choices of a caller: the steps to take, the rows that take part, and the edits that may be applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from migrator.rules.rule import Kind, Rule
from migrator.rules.table import Api, Chain
from migrator.rules.version import Version

#: The line length of black and of ruff, for projects that set none.
DEFAULT_LINE_LENGTH = 88
#: Returns the line length of the file at a path; the second argument is that of a project that sets none.
FindLineLength = Callable[[str, int], int]


def use_default(path: str, default: int) -> int:  # noqa: ARG001
    """Return the default line length, whatever the file is."""
    return default


@dataclass(frozen=True, slots=True)
class SelectedChain:
    """A chain and the rows of it that take part.

    `whole` keeps every row: what a name is called after the chain, and which names the API has, does not depend on the
    rows that somebody selects.
    """

    whole: Chain
    selected: Chain

    @property
    def api(self) -> Api:
        """The API that the rows are about."""
        return self.whole.api

    @property
    def target(self) -> Version:
        """The version that the chain leads to."""
        return self.whole.target

    def rules(self, *kinds: Kind) -> Iterator[Rule]:
        """Yield the rows that take part, in the order of the steps; those of some kinds, or all."""
        return self.selected.rules(*kinds)


@dataclass(frozen=True, slots=True)
class Options:
    """The chains to follow, ids (or patterns such as ``webhook-*``) to keep or leave out, and the user's clients.

    `clients` are the user's own client classes, as ``package.module:Class``. `rename_wrappers` renames functions of the
    scanned code that carry the name of the method they call, and their callers with them. `notes` lets the rows take
    part that are only notes. With `finds_source` no first version was chosen: the URLs of the program decide it. With
    `python_only`, no configuration is edited. `find_line_length` says for a path at which length comments are wrapped.
    `selected` and `left_out` follow from these: the rows are filtered once, here.
    """

    chains: tuple[Chain, ...]
    unsafe: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    rename_wrappers: bool = False
    notes: bool = False
    finds_source: bool = False
    python_only: bool = False
    find_line_length: FindLineLength = field(default=use_default, compare=False, repr=False)
    selected: tuple[SelectedChain, ...] = field(init=False, compare=False, repr=False)
    left_out: tuple[Rule, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "selected", tuple(map(self._select_rows, self.chains)))
        taking_part = {rule.id for chain in self.selected for rule in chain.rules()}
        rules = (rule for chain in self.chains for rule in chain.rules())
        object.__setattr__(self, "left_out", tuple(rule for rule in rules if rule.id not in taking_part))

    def line_length(self, path: str) -> int:
        """Return the length at which the comments of a file are wrapped."""
        return self.find_line_length(path, DEFAULT_LINE_LENGTH)

    def _select_rows(self, chain: Chain) -> SelectedChain:
        steps = (
            replace(
                step,
                rules=tuple(filter(self._takes_part, step.rules)),
                reversed_rules=tuple(filter(self._takes_part, step.reversed_rules)),
            )
            for step in chain.steps
        )
        return SelectedChain(chain, Chain(chain.api, tuple(steps)))

    def _takes_part(self, rule: Rule) -> bool:
        if rule.is_note and not self.notes:
            return False
        return (not self.select or _matches(rule.id, self.select)) and not _matches(rule.id, self.ignore)


def _matches(rule_id: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(rule_id, pattern) for pattern in patterns)


#: Reads a file of the scanned tree: a path to its bytes. Raises OSError.
FileReader = Callable[[str], bytes]
