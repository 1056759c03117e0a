"""Judge an occurrence that has a new name, by the line that stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from migrator.rules.table import Chain

_WORD = re.compile(r"\w+")
#: A word that is less like a name is another word, not the name misspelt.
_MISSPELT = 0.8
#: A line that is less like the expected one may be about something else: an other name in it says nothing.
_SAME_CALL = 0.7


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What stands in the place of a name: `stays` for the old one, `found` for another word."""

    is_done: bool = False
    stays: bool = False
    found: str = ""
    is_known: bool = False


def collect_known_names(chains: Iterable[Chain]) -> frozenset[str]:
    """Return every name of a method or webhook in some version of the tables."""
    names: set[str] = set()
    for chain in chains:
        names |= chain.api.methods | chain.api.webhooks
        for rule in chain.rules():
            names |= {name for name in (rule.old, rule.new) if name and "_" in name}
    return frozenset(names)


def has_word(name: str, line: str) -> bool:
    """Return whether a line contains a name, and not as a part of a longer word."""
    before = r"[\d.]" if name[:1].isdigit() else r"\w"  # a version may stand behind a letter: v3.2
    return re.search(rf"(?<!{before}){re.escape(name)}(?!\w)", line) is not None


def judge_line(expected: str, present: str, old: str, new: str, known: frozenset[str]) -> NameVerdict:
    """Judge the line that stands where one with the new name is expected."""
    if present.strip() == expected.strip() or (has_word(new, present) and not has_word(old, present)):
        return NameVerdict(is_done=True)
    if has_word(old, present):
        return NameVerdict(stays=True)
    if (other := _replaced_by(expected, present, new)) and other != new:
        return NameVerdict(found=other, is_known=other in known)
    strange = set(_WORD.findall(present)) - set(_WORD.findall(expected))
    if other := find_misspelt(strange, new, known):
        return NameVerdict(found=other)
    called = sorted(strange & known)
    if called and SequenceMatcher(None, expected.strip(), present.strip()).ratio() >= _SAME_CALL:
        return NameVerdict(found=called[0], is_known=True)
    return NameVerdict()


def find_misspelt(words: Iterable[str], new: str, known: frozenset[str]) -> str:
    """Return the word that is a name misspelt, if there is one."""
    if new[:1].isdigit():
        return ""
    strange = [word for word in words if word not in known and not word.isupper()]
    return next(iter(get_close_matches(new, strange, n=1, cutoff=_MISSPELT)), "")


def _replaced_by(expected: str, present: str, new: str) -> str:
    """Return what a line has in the place of a name, if nothing else in it differs."""
    pattern = re.escape(expected.strip()).replace(re.escape(new), r"([\w.]+)", 1)
    match = re.fullmatch(pattern, present.strip())
    return match[1] if match and match.lastindex else ""
