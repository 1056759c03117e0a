"""The verbs that test the codemod, and what every call of them proves besides what it was asked.

Sources are written as people read a diff: ``«old→new»`` stands for `old` before and for `new` after, and a line that
ends in ``#@`` (or ``#@ rule-id``) must carry a manual finding. Neither sign reaches the code under test. A source that
starts with a line break is dedented. A line ``# TODO(migrator rule-id): ...`` in an expected text stands for any such
comment that names the call to make instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import dedent
from typing import Any

from laws import assert_laws, text_of
from migrator import load_rules, migrate_source
from migrator.findings.finding import Applicability, FileResult
from migrator.matching.selection import Options
from migrator.rules.table import Rules
from searched import searched

_CHANGE = re.compile("«([^«»→]*)→([^«»]*)»")
_MARK = re.compile(r"[ \t]*#@[ \t]*([\w. -]*)")
_TODO = re.compile(
    r"^([ \t]*)# TODO\(migrator ([\w.-]+)\):.*?(?=\r?$)((?:\r?\n[ \t]*#   (?!Comment: ).*?(?=\r?$))*)", re.MULTILINE
)


@cache
def shipped() -> Rules:
    """The tables that come with migrator."""
    return load_rules()


@dataclass(frozen=True)
class Told:
    """A source as it was told: its text before and after, and the rules that each marked line must show."""

    before: str
    after: str
    marks: tuple[tuple[int, tuple[str, ...]], ...]


def told(source: str) -> Told:
    """Read the notation of a source."""
    text = dedent(source[1:]) if source.startswith("\n") else source
    before = _CHANGE.sub(lambda change: change[1], text)
    after = _CHANGE.sub(lambda change: change[2], text)
    return Told(_MARK.sub("", before), _MARK.sub("", after), tuple(_marks(before)))


def _marks(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if mark := _MARK.search(line):
            yield number, tuple(mark[1].split())


def migrated(source: str | bytes, /, *, rules: Rules | None = None, **options: Any) -> FileResult[bytes]:
    """Migrate one source, as bytes and as text, and hold the result against the laws."""
    raw = source if isinstance(source, bytes) else source.encode()
    rules = rules or shipped()
    result = migrate_source(raw, rules, **options)
    assert_laws(result, raw, unsafe=options.get("unsafe", False))
    if result.after != raw:
        again = migrate_source(result.after, rules, **options)
        assert again.error is None, again.error
        assert text_of(again.after) == text_of(result.after), "a second pass must change nothing"
    assert_searched(raw, result, rules, options)
    as_text = migrate_source(text_of(raw), rules, **options)
    assert as_text.after == text_of(result.after), "text and bytes must give the same result"
    assert places(as_text) == places(result), "text and bytes must give the same findings"
    return result


def assert_searched(raw: bytes, result: FileResult[bytes], rules: Rules, options: dict[str, Any]) -> None:
    """Hold what a search of a tree with this one file finds against what was found."""
    chosen = dict(options)
    chains = rules.chains(chosen.pop("source", None), chosen.pop("target", None))
    path = chosen.pop("path", "<source>")
    if result.findings:
        assert places(searched({path: raw}, Options(chains, **chosen))[path]) == places(result)


def places(result: FileResult[Any]) -> list[tuple[Any, ...]]:
    """The findings by what they say and where."""
    return [
        (f.rule, f.line, f.column, f.end_line, f.end_column, f.old, f.new, f.applicability) for f in result.findings
    ]


def _shorten(todo: re.Match[str]) -> str:
    return f"{todo[1]}# TODO(migrator {todo[2]}): ..." if "set_routing_status(" in todo[0] else todo[0]


def told_comments(text: str) -> str:
    """A text whose marked comments are cut down to their rule."""
    return _TODO.sub(_shorten, text)


def transformed(before: str, after: str | tuple[str, ...] | None = None, **options: Any) -> FileResult[bytes]:
    """`before` becomes `after` (or one of them); without `after`, what the notation says."""
    story = told(before)
    wanted = (
        [story.after]
        if after is None
        else [told(text).before for text in ((after,) if isinstance(after, str) else after)]
    )
    assert story.before not in wanted, "nothing to transform: this is a noop"
    result = migrated(story.before, **options)
    got = told_comments(text_of(result.after))
    if got not in wanted:
        assert got == wanted[0]
    assert_marks(story, result, ())
    return result


def noop(before: str, *, reported: bool = False, **options: Any) -> None:
    """Nothing is edited, not even on request, and (unless `reported`) nothing is said."""
    story = told(before)
    assert story.before == story.after, "something to transform: this is not a noop"
    for unsafe in (False, True):
        result = migrated(story.before, unsafe=unsafe, **options)
        assert text_of(result.after) == story.before
        if not reported:
            assert places(result) == []
        assert_marks(story, result, ())


def manual(before: str, rule: str | tuple[str, ...] = (), **options: Any) -> FileResult[bytes]:
    """Nothing is edited, and each marked line has a manual finding of `rule` (of one of them, or of any)."""
    story = told(before)
    assert story.marks, "mark the line"
    result = migrated(story.before, **options)
    assert text_of(result.after) == story.before
    assert_marks(story, result, (rule,) if isinstance(rule, str) else rule)
    return result


def unsafe_only(before: str, after: str | None = None, **options: Any) -> None:
    """Left alone by default, edited on request."""
    story = told(before)
    result = migrated(story.before, **options)
    assert text_of(result.after) == story.before
    assert Applicability.SAFE not in {finding.applicability for finding in result.findings}
    assert Applicability.UNSAFE in {finding.applicability for finding in result.findings}
    wanted = story.after if after is None else told(after).before
    assert told_comments(text_of(migrated(story.before, unsafe=True, **options).after)) == wanted


def assert_marks(story: Told, result: FileResult[bytes], rules: tuple[str, ...]) -> None:
    """Each marked line has a manual finding of one of the rules it names, or else of `rules`, or else of any."""
    shown = {(f.line, f.rule) for f in result.findings if f.applicability is Applicability.MANUAL}
    lines = {line for line, _ in shown}
    for line, named in story.marks:
        wanted = named or rules
        found = {rule for at, rule in shown if at == line}
        assert line in lines, f"line {line} has no manual finding; there are {sorted(shown)}"
        assert not wanted or found & set(wanted), f"line {line}: expected one of {wanted}, got {sorted(found)}"
