"""Account for every occurrence of the old program in the present one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrator.findings.finding import FileResult, Finding
from migrator.program.verify.account import Account, State
from migrator.program.verify.aligned_lines import Alignment, Place, PresentProgram, align_file, find_moved
from migrator.program.verify.expected_lines import Expected, ExpectedFile, expect_file, split_lines
from migrator.program.verify.follow_up_calls import FollowUpCalls, asked_call
from migrator.program.verify.half_done import mark_half_done
from migrator.program.verify.renamed_words import (
    NameVerdict,
    collect_known_names,
    find_misspelt,
    has_word,
    judge_line,
)
from migrator.rules.table import Chain

_WORD = re.compile(r"\w+")
_CALL = re.compile(rb"call\s+(?:#\s*)?(\w+)\(")
_QUOTED = "[\"'/]"


@dataclass(frozen=True, slots=True)
class AnalysedProgram:
    """The results of a program's files, and the bytes of all files that may matter, by their path in the program."""

    results: tuple[FileResult[bytes], ...]
    files: Mapping[str, bytes]

    def asked_calls(self) -> frozenset[bytes]:
        """Return the methods that the TODOs of the codemod ask to call."""
        edits = (edit for result in self.results for finding in result.applied for edit in finding.edits)
        return frozenset(name for edit in edits for name in _CALL.findall(edit.replacement))


def compare_programs(old: AnalysedProgram, new: AnalysedProgram, chains: tuple[Chain, ...]) -> list[Account]:
    """Return the accounts of all occurrences in the old program, and of old names in the new one that came since."""
    return _Accounting(new, chains).compare(old)


class _Accounting:
    def __init__(self, new: AnalysedProgram, chains: tuple[Chain, ...]) -> None:
        self._present = PresentProgram({path: split_lines(raw) for path, raw in new.files.items()})
        self._known = collect_known_names(chains)
        self._left: dict[tuple[Place, str], Finding] = {
            (Place(finding.path, finding.line - 1), finding.rule): finding
            for result in new.results
            for finding in result.findings
        }
        self._met: set[tuple[Place, str]] = set()
        self._follow_ups = FollowUpCalls({p: lines for p, lines in self._present.files.items() if p.endswith(".py")})
        self._fresh: list[Place] = []

    def compare(self, old: AnalysedProgram) -> list[Account]:
        files = [expect_file(result) for result in old.results]
        alignments = [self._align(file) for file in files]
        kept = {place for each in alignments for place in (*each.equal.values(), *each.as_before.values())}
        self._fresh = [
            Place(path, index)
            for path, lines in self._present.files.items()
            for index in range(len(lines))
            if Place(path, index) not in kept
        ]
        judged = [
            (each, self._judge(file, alignment, each))
            for file, alignment in zip(files, alignments, strict=True)
            for each in file.expected
        ]
        accounts = mark_half_done(judged)
        for result, file, alignment in zip(old.results, files, alignments, strict=True):
            accounts += self._find_unasked(result, file, alignment)
        accounts += self._find_new()
        return sorted(accounts, key=lambda account: (account.path, account.line, account.rule))

    def _align(self, file: ExpectedFile) -> Alignment:
        return align_file(file.old_lines, file.lines, self._present.find_file(file.path, file.lines), self._present)

    def _judge(self, file: ExpectedFile, alignment: Alignment, expected: Expected) -> Account:
        if expected.finding.old and expected.finding.new:
            return self._judge_rename(file, alignment, expected)
        return self._judge_duty(file, alignment, expected)

    def _judge_rename(self, file: ExpectedFile, alignment: Alignment, expected: Expected) -> Account:
        finding = expected.finding
        old, new = finding.old or "", finding.new or ""
        done, line = f"`{old}` was renamed to `{new}`", finding.line - 1
        if place := alignment.equal.get(expected.index):
            return self._account(State.DONE, expected, place, done)
        if place := alignment.as_before.get(line):
            return self._account(State.OPEN, expected, place, finding.message)
        if place := find_moved(file.lines, expected.index, self._present):
            return self._account(State.DONE, expected, place, done)
        if place := find_moved(file.old_lines, line, self._present):
            return self._account(State.OPEN, expected, place, finding.message)
        place = alignment.changed.get(expected.index)
        verdict = NameVerdict()
        if place is not None:
            verdict = judge_line(expected.line, self._present.line(place), old, new, self._known)
        if place is not None and verdict.is_done:
            return self._account(State.DONE, expected, place, done)
        if place is not None and verdict.stays:
            return self._account(State.OPEN, expected, place, finding.message)
        if place is not None and verdict.found:
            return self._account(State.WRONG, expected, place, _strange_name(verdict.found, new, verdict.is_known))
        return self._judge_removed(expected, place)

    def _judge_removed(self, expected: Expected, place: Place | None) -> Account:
        """Judge an occurrence whose line is gone, or says something else: look for what replaces it."""
        old, new = expected.finding.old or "", expected.finding.new or ""
        replaced = next((each for each in self._fresh if has_word(new, self._present.line(each))), None)
        if replaced is not None:
            message = f"`{old}` was removed; {replaced.path}:{replaced.index + 1} has `{new}`"
            return self._account(State.DONE, expected, replaced, message)
        kept = next((each for each in self._fresh if has_word(old, self._present.line(each))), None)
        if kept is not None:
            return self._account(State.OPEN, expected, kept, expected.finding.message)
        for each in self._fresh:
            if misspelt := find_misspelt(_WORD.findall(self._present.line(each)), new, self._known):
                return self._account(State.WRONG, expected, each, _strange_name(misspelt, new, is_known=False))
        return self._account(State.REMOVED, expected, place, f"`{old}` was removed, and nothing replaces it")

    def _judge_duty(self, file: ExpectedFile, alignment: Alignment, expected: Expected) -> Account:
        """Judge what has no new name: a removed value, or something that only a person can change."""
        finding = expected.finding
        place = alignment.as_before.get(finding.line - 1) or self._find_place(file, alignment, expected.index)
        if place is not None and (place, finding.rule) in self._left:
            return self._account(State.OPEN, expected, place, finding.message)
        if expected.todo is None:
            state = State.DONE if place is not None else State.REMOVED
            return self._account(state, expected, place, f"no longer found: {finding.message}")
        if todo := self._find_todo(file, alignment, expected):
            return self._account(State.OPEN, expected, todo, f"a TODO is left: {finding.message}")
        call = asked_call(file.lines, expected.todo)
        near = self._find_place(file, alignment, _below_comment(file.lines, expected.todo)) or place
        if near is None:
            return self._account(State.REMOVED, expected, None, f"the code was removed: {finding.message}")
        if not call or self._follow_ups.is_made(call, near):
            return self._account(State.DONE, expected, near, f"`{finding.old}` was removed, and `{call}` is called")
        message = f"`{finding.old}` and its TODO were removed, but `{call}` is not called"
        return self._account(State.WRONG, expected, near, message)

    def _find_place(self, file: ExpectedFile, alignment: Alignment, index: int) -> Place | None:
        """Return the place of a line, or of the next one below it that has a place."""
        for near in range(index, min(index + 8, len(file.lines))):
            place = alignment.equal.get(near) or alignment.changed.get(near)
            if place is None and file.lines[near].strip():
                place = find_moved(file.lines, near, self._present)
            if place is not None:
                return place
        return None

    def _find_todo(self, file: ExpectedFile, alignment: Alignment, expected: Expected) -> Place | None:
        todo = expected.todo or 0
        place = alignment.equal.get(todo) or alignment.changed.get(todo)
        if place is None:
            place = find_moved(file.lines, todo, self._present)
        mark = f"TODO(migrator {expected.finding.rule})"
        return place if place is not None and mark in self._present.line(place) else None

    def _find_unasked(self, result: FileResult[bytes], file: ExpectedFile, alignment: Alignment) -> Iterator[Account]:
        """Yield the lines on which a name was renamed although nothing shows that it is the API's."""
        names = {(f.old, f.new, f.rule) for f in result.findings if f.old and f.new and not f.old[:1].isdigit()}
        reported = {each.index for each in file.expected}
        for index, place in sorted(alignment.changed.items()):
            line, present = file.lines[index], self._present.line(place)
            for old, new, rule in sorted((old or "", new or "", rule) for old, new, rule in names):
                quoted = rf"(?<={_QUOTED}){re.escape(old)}(?={_QUOTED})"
                if index not in reported and re.sub(quoted, new, line).strip() == present.strip() != line.strip():
                    message = f"`{old}` was renamed, but nothing shows that it is a name of the API"
                    yield Account(State.WRONG, rule, message, place.path, place.index + 1, old, new, file.path)

    def _find_new(self) -> Iterator[Account]:
        """Yield the findings of the present program that are no occurrence of the old one."""
        for (place, rule), finding in self._left.items():
            if (place, rule) not in self._met:
                yield Account(
                    State.OPEN,
                    rule,
                    finding.message,
                    place.path,
                    place.index + 1,
                    finding.old,
                    finding.new,
                    advice=finding.advice,
                )

    def _account(self, state: State, expected: Expected, place: Place | None, message: str) -> Account:
        finding = expected.finding
        if place is not None:
            self._met.add((place, finding.rule))
        return Account(
            state,
            finding.rule,
            message,
            place.path if place is not None else finding.path,
            place.index + 1 if place is not None else finding.line,
            finding.old,
            finding.new,
            finding.path,
            finding.line,
            finding.advice,
        )


def _below_comment(lines: tuple[str, ...], index: int) -> int:
    """Return the index of the first line of code below a comment."""
    return next((place for place in range(index, len(lines)) if lines[place].strip()[:1] not in ("#", "")), index)


def _strange_name(found: str, new: str, is_known: bool) -> str:
    if is_known:
        return f"`{found}` stands where `{new}` is expected"
    return f"`{found}` is a name of no version of the API; expected `{new}`"
