"""Read the webhook registrations of a live account: those that end, and those to make again under another name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from migrator.data.data_findings import DataFindings, decode_text, start_findings
from migrator.data.formats.data_tree import DataKind, DataTree, FormatError
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.text_piece import TextPiece, plain_piece
from migrator.findings.finding import FileError, FileResult
from migrator.findings.reading import Reading
from migrator.matching.selection import Options
from migrator.matching.vocabulary import RenamedName, Vocabulary
from migrator.program.text_results import make_result
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind

_URL = re.compile(r"(?P<scheme>https?://)(?:[^/?#@]*@)?(?P<rest>[^?#\s]*)", re.IGNORECASE)
#: Characters of a URL that are shown: enough to recognise the receiver.
_SHOWN = 200
#: The parts of a path to the name in each object of an array.
_LISTED = 2


def read_registrations(path: str, raw: bytes, options: Options) -> FileResult[bytes]:
    """Return findings for the registrations in a response of the API; an error for anything else.

    An error names the position, and never the value there: it may be a secret.
    """
    seen: list[tuple[Vocabulary, Reading]] = []
    try:
        for chain in options.selected:
            words = Vocabulary(chain)
            if words.envelope is not None:
                found = start_findings(words, decode_text(raw), read_snippet=None)
                _claim_registrations(found, words.envelope.name)
                seen.append((words, found.to_reading()))
    except FormatError as broken:
        line = decode_text(raw).count("\n", 0, broken.offset) + 1
        return FileResult(path, raw, raw, error=FileError(f"{broken}; {_describe_input(options)}", line, unread=True))
    return make_result(path, raw, seen, options)


def _describe_input(options: Options) -> str:
    """Return which responses are expected: arrays of objects with the name of a webhook, by the table."""
    wanted = {
        place.name: None
        for chain in options.chains
        for rule in chain.rules(Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK)
        for place in rule.where
        if place.document == "response" and place.name and len(parse_path(place.path)) == _LISTED
    }
    methods = " or ".join(f"`{method}`" for method in wanted) or "the method that lists the registrations"
    return f"give what {methods} answered, as it was received: a JSON array of registrations"


def _claim_registrations(found: DataFindings, name: str) -> None:
    text = found.text
    try:
        tree = scan_json(plain_piece(text, 0, len(text)))
    except FormatError as broken:
        raise FormatError(f"not JSON ({broken})", broken.offset) from None
    for index, value in _iterate_registrations(tree, name):
        named = found.words.webhooks.get(value.text)
        if named is not None:
            why = _describe_registration(tree, index)
            message = _describe_outcome(found, value.text, named)
            found.claim_span(named.rule, value.span_of(), value.text, named.new, why, message)


def _iterate_registrations(tree: DataTree, name: str) -> Iterator[tuple[int, TextPiece]]:
    """Yield each registration, and the name of the webhook in it. Raise Broken for anything else."""
    listed = _find_list(tree)
    for index in tree.children_of(listed):
        if tree.nodes[index].shape is not DataKind.OBJECT:
            raise FormatError(f"`{tree.pointer_to(index)}` is not an object", tree.nodes[index].start)
        values = list(tree.values_at(index, name))
        if not values:
            raise FormatError(f"`{tree.pointer_to(index)}` lacks the key `{name}`", tree.nodes[index].start)
        for value in values:
            text = tree.string_of(value)
            if text is None:
                raise FormatError(f"`{tree.pointer_to(value)}` is not a string", tree.nodes[value].start)
            yield index, text


def _find_list(tree: DataTree) -> int:
    """Return the array of registrations: the whole response, or the only thing in it."""
    if tree.nodes[0].last != len(tree.nodes):
        raise FormatError("more than one JSON document", tree.nodes[tree.nodes[0].last].start)
    if tree.is_array(0):
        return 0
    inner = list(tree.children_of(0))
    if len(inner) == 1 and tree.is_array(inner[0]):
        return inner[0]
    raise FormatError('the document, at the JSON Pointer "", is an object and not an array', tree.nodes[0].start)


def _describe_registration(tree: DataTree, registration: int) -> tuple[str, ...]:
    """Return the evidence that identifies a registration: its pointer and the URLs it posts to, without secrets."""
    targets = []
    for child in tree.children_of(registration):
        text = tree.string_of(child)
        url = _URL.match(text.text) if text is not None else None
        if url is not None:
            shown = "".join(sign if sign.isprintable() else "?" for sign in (url["scheme"] + url["rest"])[:_SHOWN])
            targets.append(f"posts to {shown}")
    return (f"registration {tree.pointer_to(registration)} {' and '.join(targets)}".rstrip(),)


def _describe_outcome(found: DataFindings, name: str, named: RenamedName) -> str:
    if named.new is None:
        return f"this registration ends, nothing is posted for it any more: {found.words.describe_removal(name)}"
    guard = named.rule.guard
    only = ""
    if guard is not None and guard.document == "webhook":
        only = f", which is sent only where `{guard.path.rpartition('.')[2]}` was {json.dumps(guard.equals)}"
    return f"register `{named.new}` at the same URL{only}; then remove this registration"
