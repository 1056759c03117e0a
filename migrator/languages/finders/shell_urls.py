"""Find whole URLs in shell scripts that can be edited: arguments of a command that sends the request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrator.findings.reading import TextMatch
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.matching.urls import HostTrust
from migrator.rules.rule import Kind

_COMMANDS = ("curl", "wget", "http", "https", "xh", "xhs")
_URL = re.compile(r"[A-Za-z0-9:/._~-]+")
_IN_URL = (Kind.RAISE_VERSION, Kind.RENAME_METHOD)


def mark_shell_urls(program: ParsedProgram) -> None:
    """Mark the matches in whole URLs of commands of which nothing else has to change."""
    places = program.places
    for node in _find_urls(program):
        start, end = program.tree.start[node], program.tree.end[node]
        command = _find_command(program, node)
        if command is None:
            continue
        around = program.tree.start[command], program.tree.end[command]
        inside = [key for key, each in places.items() if around[0] <= key[0] < around[1] and not each.is_note]
        if all(start <= key[0] and key[1] <= end and _is_plain(program, places[key]) for key in inside):
            for key in inside:
                places[key] = replace(places[key], is_editable=True)


def _find_urls(program: ParsedProgram) -> Iterator[int]:
    """Yield the words and strings that are one URL of the API with a method, without a variable in it."""
    tree = program.tree
    for node, kind in enumerate(tree.kind):
        if kind not in ("word", "string", "raw_string"):
            continue
        text = tree.source_of(node).strip("\"'")
        if len(text) > len(program.words.api.path) and _URL.fullmatch(text):
            url = next(program.words.url_patterns.find_urls(text), None)
            is_whole = url is not None and (url.start, url.end) == (0, len(text)) and not url.legacy
            if is_whole and url is not None and url.trust is HostTrust.CERTAIN and url.version and url.method:
                yield node


def _find_command(program: ParsedProgram, node: int) -> int | None:
    """Return the command that is given a URL, if it is one that sends requests."""
    tree = program.tree
    command = tree.parent[node]
    if tree.kind[command] != "command":
        return None
    name = next((tree.source_of(child) for child in tree.children_of(command)), "")
    return command if name.rpartition("/")[2] in _COMMANDS else None


def _is_plain(program: ParsedProgram, match: TextMatch) -> bool:
    written = program.tree.text[match.start : match.end] == match.old
    return match.rule.kind in _IN_URL and match.message is None and match.new is not None and written
