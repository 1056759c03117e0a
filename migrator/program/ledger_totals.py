"""The ledger of a run: every occurrence in every file, and whether that is as many as an independent count finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from migrator.files.python_files import is_python
from migrator.findings.finding import FileResult
from migrator.matching.occurrences import OldNames, State, counter
from migrator.python.analysis.project import Project
from migrator.python.ledger.file_ledger import Occurrence, occurrences


@dataclass(frozen=True, slots=True)
class Account:
    """The occurrences of one file, and how often each name was counted in its bytes."""

    path: str
    occurrences: tuple[Occurrence, ...]
    counted: Mapping[str, int] = field(hash=False)

    @property
    def defects(self) -> tuple[str, ...]:
        """What migrator got wrong: names of which not every occurrence is accounted for, or more than there are."""
        told, counted = Counter(each.name for each in self.occurrences), Counter(self.counted)
        return tuple(
            f"the ledger holds {told[name]:,} of {counted[name]:,} occurrences of `{name}`: this is a defect of "
            "migrator, please report it with the file"
            for name in sorted(told.keys() | counted.keys())
            if told[name] != counted[name]
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every occurrence of the old names in all files that hold one."""

    names: tuple[str, ...] = ()
    files: tuple[Account, ...] = ()

    @property
    def total(self) -> int:
        """All occurrences."""
        return sum(len(file.occurrences) for file in self.files)

    @property
    def counted(self) -> int:
        """All occurrences by the independent count."""
        return sum(sum(file.counted.values()) for file in self.files)

    def states(self) -> dict[State, int]:
        """How many occurrences are in each state."""
        return _states(each for file in self.files for each in file.occurrences)

    def by_name(self) -> dict[str, dict[State, int]]:
        """The states of each name, in the order of the table; the names that do not occur too."""
        found: dict[str, list[Occurrence]] = {name: [] for name in self.names}
        for file in self.files:
            for each in file.occurrences:
                found[each.name].append(each)
        return {name: _states(group) for name, group in found.items()}


#: The occurrences in files that are not Python, by their paths.
Others = Callable[[list[FileResult[bytes]], OldNames], Mapping[str, tuple[Occurrence, ...]]]


def account_for(
    results: Iterable[FileResult[bytes]], searched: Mapping[str, bytes], old: OldNames, others: Others | None = None
) -> Ledger:
    """The ledger of the results of a run; the occurrences are counted in the bytes that were searched.

    `others` accounts for the files that are not Python; without it every file is taken for one.
    """
    before = {result.path: result for result in results}
    apart = [] if others is None else [r for r in before.values() if not is_python(r.path, r.before)]
    known = dict(others(apart, old)) if others is not None and apart else {}
    project = Project({path: result.before for path, result in before.items() if path not in known})
    count = counter(old.names)
    files = []
    for path in dict.fromkeys((*searched, *before)):
        counted = count(searched[path] if path in searched else before[path].before)
        found = known[path] if path in known else occurrences(before[path], old, project) if path in before else ()
        if counted or found:
            files.append(Account(path, found, counted))
    return Ledger(old.names, tuple(files))


def _states(group: Iterable[Occurrence]) -> dict[State, int]:
    counts = Counter(each.state for each in group)
    return {state: counts[state] for state in State}
