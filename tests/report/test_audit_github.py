"""GitHub's workflow commands, read back as the runner reads them."""

import re

import pytest

from migrator.report.machine.github_annotations import github_text
from migrator.report.printable import escape_line

COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def undone(text, *more):
    """A text with its escapes undone, the one of the per cent sign last."""
    for character in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def commands(run):
    """The commands of a run as the runner takes them apart; every line must be one."""
    found = []
    for line in "".join(github_text(run)).splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = dict(pair.split("=", 1) for pair in match["properties"].split(","))
        properties = {key: undone(value, ":", ",") for key, value in pairs.items()}
        found.append((match["name"], properties, undone(match["message"])))
    return found


@pytest.fixture(scope="module")
def told(everything):
    return commands(everything)


def test_every_finding_is_one_command_on_one_line(everything, told):
    placed = [(each["file"], int(each["line"]), int(each["col"])) for _, each, _ in told if "endLine" in each]
    expected = [(escape_line(f.path), f.line, f.column) for f in (*everything.findings, *everything.notes)]
    assert placed == expected


def test_what_needs_a_person_is_an_error_what_has_an_edit_a_warning(everything, told):
    assert len(told) > len(everything.findings) > 0
    for finding, (name, _, text) in zip(everything.findings, told, strict=False):
        active = everything.rules[finding.rule].active
        assert name == ("warning" if finding.edits else "error" if active else "notice")
        assert finding.message in text
        assert finding.advice in text


def test_names_notes_suppressions_and_unread_files_are_told_too(told):
    titles = {(name, properties["title"]) for name, properties, _ in told}
    assert {
        ("notice", "name-only"),
        ("notice", "migrator (thread-order)"),
        ("warning", "stale-suppression"),
        ("error", "not read"),
    } <= titles


def test_nothing_that_a_file_is_called_begins_a_command_or_reaches_a_terminal(everything):
    text = "".join(github_text(everything))
    assert "\x1b" not in text
    assert "\n::error::pwned" not in text


def test_a_run_without_findings_says_nothing(nothing):
    assert list(github_text(nothing)) == []
