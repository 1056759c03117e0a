"""Find the lines of the expected program in the present one: as they are, moved, or changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

_WORD = re.compile(r"\w+")
#: Lines that are less alike are two lines, not one that was changed.
ALIKE = 0.55
#: Files that share fewer of their lines are two files, not one that was moved.
_SAME_FILE = 0.4
#: Comparing all pairs of a larger block takes too long: its lines count as removed and added.
_LARGEST_BLOCK = 400


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of the present program, counted from 0."""

    path: str
    index: int


class PresentProgram:
    """The files of the present program, by their lines."""

    def __init__(self, files: Mapping[str, Sequence[str]]) -> None:
        self.files = files

    @cached_property
    def by_text(self) -> Mapping[str, list[Place]]:
        """Return the places of each line, without the blanks around it."""
        found: dict[str, list[Place]] = defaultdict(list)
        for path, lines in self.files.items():
            for index, line in enumerate(lines):
                found[line.strip()].append(Place(path, index))
        return found

    def line(self, place: Place) -> str:
        """Return the text of a line."""
        return self.files[place.path][place.index]

    def find_file(self, path: str, lines: Sequence[str]) -> str | None:
        """Return the path of a file of the old program: its own, or that of the file it was moved to."""
        if path in self.files:
            return path
        known = {line.strip() for line in lines if line.strip()}
        best, score = None, _SAME_FILE
        for other, present in self.files.items():
            shared = known & {line.strip() for line in present}
            if known and len(shared) / len(known) > score:
                best, score = other, len(shared) / len(known)
        return best


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places of a file's lines: expected ones as they are (`equal`) or `changed`, old ones that are `as_before`."""

    equal: Mapping[int, Place]
    changed: Mapping[int, Place]
    as_before: Mapping[int, Place]


def align_file(old_lines: Sequence[str], lines: Sequence[str], path: str | None, present: PresentProgram) -> Alignment:
    """Return where the lines of an expected file are; what has no place was removed or moved elsewhere."""
    if path is None:
        return Alignment({}, {}, {})
    other = present.files[path]
    blocks = SequenceMatcher(None, old_lines, other, autojunk=False).get_matching_blocks()
    as_before = {start + n: Place(path, found + n) for start, found, size in blocks for n in range(size)}
    equal: dict[int, Place] = {}
    changed: dict[int, Place] = {}
    stripped = [line.strip() for line in lines]
    matcher = SequenceMatcher(None, stripped, [line.strip() for line in other], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            equal |= {first + offset: Place(path, start + offset) for offset in range(last - first)}
        elif tag == "replace" and (last - first) * (end - start) <= _LARGEST_BLOCK:
            pairs = _pair_alike(lines[first:last], other[start:end])
            changed |= {first + one: Place(path, start + two) for one, two in pairs.items()}
    return Alignment(equal, changed, as_before)


def _pair_alike(lines: Sequence[str], others: Sequence[str]) -> dict[int, int]:
    """Pair the lines of two blocks, those that are most alike first."""
    if [_shape(line) for line in lines] == [_shape(line) for line in others]:  # a list of names, say
        return {index: index for index in range(len(lines))}
    scores = [
        (SequenceMatcher(None, one.strip(), two.strip(), autojunk=False).ratio(), -abs(i - j), i, j)
        for i, one in enumerate(lines)
        for j, two in enumerate(others)
    ]
    found: dict[int, int] = {}
    for score, _, i, j in sorted(scores, reverse=True):
        if score >= ALIKE and i not in found and j not in found.values():
            found[i] = j
    if len(lines) == len(others):
        alike = (i for i in range(len(lines)) if _shape(lines[i]) == _shape(others[i]))
        found |= {i: i for i in alike if i not in found and i not in found.values()}
    return found


def _shape(line: str) -> str:
    return _WORD.sub("w", line.strip())


def find_moved(lines: Sequence[str], index: int, present: PresentProgram) -> Place | None:
    """Return where a line was moved to: the same text, with the line above or below it as before."""
    for place in present.by_text.get(lines[index].strip(), ()):
        other = present.files[place.path]
        if any(_neighbour(lines, index, step) == _neighbour(other, place.index, step) for step in (-1, 1)):
            return place
    return None


def _neighbour(lines: Sequence[str], index: int, step: int) -> str:
    place = index + step
    while 0 <= place < len(lines) and not lines[place].strip():
        place += step
    return lines[place].strip() if 0 <= place < len(lines) else ""
