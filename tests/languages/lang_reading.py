"""Verbs for the tests of other languages: what is found in one text, and what the ledger says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from migrator.findings.finding import FileResult
from migrator.findings.ledger import Occurrence
from migrator.matching.occurrences import collect_old_names, make_counter
from migrator.matching.selection import Options
from migrator.program.read_files import read_files
from migrator.program.text_ledger import account_for_texts
from migrator.rules.load import load_rules

OPTIONS = Options(load_rules().chains("3.1", "3.2"))
BASE = "https://api.livechatinc.com/v3.1/configuration/action"


def result(path: str, text: str | bytes, options: Options = OPTIONS) -> FileResult[bytes]:
    """What became of one file, which is as it was; the ledger adds up."""
    raw = text.encode() if isinstance(text, str) else text
    found = read_files({path: raw}, options)[0]
    assert found.before == found.after == raw
    assert all(finding.applicability == "manual" and not finding.edits for finding in found.findings)
    entries(found, options)
    return found


def entries(found: FileResult[bytes], options: Options = OPTIONS) -> tuple[Occurrence, ...]:
    """The ledger of a file, which holds as many occurrences as an independent count finds."""
    old = collect_old_names(options)
    told = account_for_texts([found], old, options)[found.path]
    assert Counter(each.name for each in told) == make_counter(old.names)(found.before)
    return told


def places(path: str, text: str | bytes) -> list[tuple[str, str]]:
    """The rule of each finding and the text that it is about, in the order of the file."""
    found = result(path, text)
    lines = found.before.decode().removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return [
        (each.rule, lines[each.line - 1][each.column - 1 : each.end_column - 1])
        for each in found.findings
        if each.line == each.end_line
    ]


def names(path: str, text: str | bytes) -> list[str]:
    """The old names that are found, in the order of the file, without versions, behaviour and notes."""
    kinds = {"rename_method", "rename_webhook", "remove_webhook", "remove_key"}
    found = (each for each in result(path, text).findings if each.kind in kinds)
    return list(dict.fromkeys(each.old or "" for each in found))


def tree(files: dict[str, str]) -> dict[str, list[str]]:
    """For each file of a tree the texts that its findings are about, in its order."""
    found = read_files({path: text.encode() for path, text in files.items()}, OPTIONS)
    lines = {path: text.split("\n") for path, text in files.items()}
    return {
        each.path: list(
            dict.fromkeys(
                lines[each.path][finding.line - 1][finding.column - 1 : finding.end_column - 1]
                for finding in each.findings
            )
        )
        for each in found
    }


def states(found: FileResult[bytes]) -> Counter[str]:
    """How often each state is in the ledger."""
    return Counter(each.state.value for each in entries(found))


def rules(found: Iterable[tuple[str, str]]) -> set[str]:
    """The rules of places."""
    return {rule for rule, _ in found}
