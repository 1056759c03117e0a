"""Read the webhook registrations of a live account: those that end, and those to make again under another name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from migrator.data.data_findings import Found, decoded, found_in
from migrator.data.formats.data_tree import Broken, Shape, Tree
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.text_piece import Piece, plain
from migrator.findings.finding import FileError, FileResult
from migrator.findings.reading import Reading
from migrator.matching.selection import Options
from migrator.matching.vocabulary import Lexicon, Named
from migrator.program.text_results import result_of
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
    seen: list[tuple[Lexicon, Reading]] = []
    try:
        for chain in options.selected:
            words = Lexicon(chain)
            if words.envelope is not None:
                found = found_in(words, decoded(raw), read_snippet=None)
                _look(found, words.envelope.name)
                seen.append((words, found.reading()))
    except Broken as broken:
        line = decoded(raw).count("\n", 0, broken.offset) + 1
        return FileResult(path, raw, raw, error=FileError(f"{broken}; {_way_out(options)}", line, unread=True))
    return result_of(path, raw, seen, options)


def _way_out(options: Options) -> str:
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


def _look(found: Found, name: str) -> None:
    text = found.text
    try:
        tree = scan_json(plain(text, 0, len(text)))
    except Broken as broken:
        raise Broken(f"not JSON ({broken})", broken.offset) from None
    for index, value in _registrations(tree, name):
        named = found.words.webhooks.get(value.text)
        if named is not None:
            why = _told(tree, index)
            message = _what_becomes(found, value.text, named)
            found.claim(named.rule, value.span(), value.text, named.new, why, message)


def _registrations(tree: Tree, name: str) -> Iterator[tuple[int, Piece]]:
    """Yield each registration, and the name of the webhook in it. Raise Broken for anything else."""
    listed = _list(tree)
    for index in tree.inner(listed):
        if tree.nodes[index].shape is not Shape.OBJECT:
            raise Broken(f"`{tree.pointer(index)}` is not an object", tree.nodes[index].start)
        values = list(tree.held(index, name))
        if not values:
            raise Broken(f"`{tree.pointer(index)}` lacks the key `{name}`", tree.nodes[index].start)
        for value in values:
            text = tree.string(value)
            if text is None:
                raise Broken(f"`{tree.pointer(value)}` is not a string", tree.nodes[value].start)
            yield index, text


def _list(tree: Tree) -> int:
    """Return the array of registrations: the whole response, or the only thing in it."""
    if tree.nodes[0].last != len(tree.nodes):
        raise Broken("more than one JSON document", tree.nodes[tree.nodes[0].last].start)
    if tree.is_array(0):
        return 0
    inner = list(tree.inner(0))
    if len(inner) == 1 and tree.is_array(inner[0]):
        return inner[0]
    raise Broken('the document, at the JSON Pointer "", is an object and not an array', tree.nodes[0].start)


def _told(tree: Tree, registration: int) -> tuple[str, ...]:
    """Return the evidence that identifies a registration: its pointer and the URLs it posts to, without secrets."""
    targets = []
    for child in tree.inner(registration):
        text = tree.string(child)
        url = _URL.match(text.text) if text is not None else None
        if url is not None:
            shown = "".join(sign if sign.isprintable() else "?" for sign in (url["scheme"] + url["rest"])[:_SHOWN])
            targets.append(f"posts to {shown}")
    return (f"registration {tree.pointer(registration)} {' and '.join(targets)}".rstrip(),)


def _what_becomes(found: Found, name: str, named: Named) -> str:
    if named.new is None:
        return f"this registration ends, nothing is posted for it any more: {found.words.gone(name)}"
    guard = named.rule.guard
    only = ""
    if guard is not None and guard.document == "webhook":
        only = f", which is sent only where `{guard.path.rpartition('.')[2]}` was {json.dumps(guard.equals)}"
    return f"register `{named.new}` at the same URL{only}; then remove this registration"
