"""The verb for several modules at once: what each becomes when all are read together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from laws import assert_laws, text_of
from migrator.findings.finding import FileResult, Finding
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from searched import searched
from verbs import assert_marks, places, shipped, told, told_comments


def tree(files: Mapping[str, str], *, source: str = "3.1", target: str = "3.2", **options: Any) -> list[Finding]:
    """Every module, told in the notation of the verbs, becomes what is told; the others stay. What was found."""
    stories = {path: told(text) for path, text in files.items()}
    chosen = Options(chains=shipped().chains(source, target), **options)
    before = {path: story.before.encode() for path, story in stories.items()}
    results = _by_path(migrate_files(before, chosen))
    assert set(results) <= set(files)
    for path, result in results.items():
        assert_laws(result, before[path], unsafe=chosen.unsafe)
    found = searched(before, chosen)
    for path, result in results.items():
        same = path in found and places(found[path]) == places(result) and found[path].after == result.after
        assert same or not result.findings, f"{path}: a search of the tree must find the same"
    after = {path: results[path].after if path in results else raw for path, raw in before.items()}
    assert {path: told_comments(text_of(raw)) for path, raw in after.items()} == {
        path: story.after for path, story in stories.items()
    }
    for path, story in stories.items():
        if story.marks:
            assert_marks(story, results[path], ())
    again = migrate_files(after, chosen) if after != before else []
    for path, result in _by_path(again).items():
        assert result.after == after[path], f"{path}: a second pass must change nothing"
    return [finding for result in results.values() for finding in result.findings]


def _by_path(results: list[FileResult[bytes]]) -> dict[str, FileResult[bytes]]:
    return {result.path: result for result in results}
