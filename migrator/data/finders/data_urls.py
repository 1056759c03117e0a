"""Find the URLs of the API in data, and the method that each of them calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.data.data_findings import DataFindings
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataTree
from migrator.data.formats.text_piece import TextPiece
from migrator.matching.url_patterns import SeenUrl, explain_url, method_in
from migrator.matching.url_rows import is_newer, rows_on_url
from migrator.matching.urls import GAP, find_api_url, match_service, redact_shape

_VARIABLE = re.compile(
    r"(?P<variable>\$?\{\{[^{}\n]{1,100}\}\}|\$\{[^{}\n]{1,100}\}|\$\([^()\n]{1,100}\)|\$\w{1,60})/(?P<method>\w{1,60})(?=$|[?#\s])"
)
_BELOW = "the APIs that are called below this URL are not written here"


@dataclass(frozen=True, slots=True)
class DataUrl:
    """A URL of the API at a node: the method it calls, None when it is a base; the span of that, and why it is one."""

    node: int
    method: str | None
    version: str | None
    span: tuple[int, int]
    why: str


def claim_urls(found: DataFindings, tree: DataTree, variables: Variables) -> Iterator[DataUrl]:
    """Claim the methods and versions in the URLs of the values and keys of a tree, and yield each URL."""
    for index, node in enumerate(tree.nodes):
        for piece in (node.key, node.text):
            if piece is not None and "/" in piece.text:
                seen = [*claim_urls_in(found, variables.fill_in(piece), index)]
                yield from seen or _claim_behind_variable(found, piece, index)


def claim_urls_in(found: DataFindings, piece: TextPiece, node: int = -1) -> Iterator[DataUrl]:
    """Claim the methods and versions in the URLs of one piece, and yield each URL."""
    words, seen = found.words, False
    for url in words.url_patterns.find_urls(piece.text):
        seen = True
        why = explain_url(url, found.hint)
        if why is not None:
            _claim_url(found, piece, url, why)
            yield _make_url(found, piece, url, why, node)
    if not seen and len(piece.text) < 300:
        _claim_bare_base(found, piece)


def _claim_behind_variable(found: DataFindings, piece: TextPiece, node: int) -> Iterator[DataUrl]:
    """Yield a method behind a variable that is named after the API and of which no more is known here."""
    match = _VARIABLE.match(piece.text)
    named = found.words.methods.get(match["method"]) if match else None
    word = found.words.find_hint(match["variable"]) if match else None
    if match is not None and named is not None and word is not None:
        why = f"URL {redact_shape(piece.text)}; its base is called {word!r}"
        found.claim_span(named.rule, piece.span_of(*match.span("method")), match["method"], named.new, (why,))
        yield DataUrl(node, match["method"], None, piece.span_of(*match.span("method")), why)


def _claim_url(found: DataFindings, piece: TextPiece, url: SeenUrl, why: str) -> None:
    for told in rows_on_url(found.words, piece.text, url):
        found.claim_span(told.rule, piece.span_of(told.start, told.end), told.old, told.new, (why,), told.message)


def _make_url(found: DataFindings, piece: TextPiece, url: SeenUrl, why: str, node: int) -> DataUrl:
    version = piece.text[slice(*url.version)] if url.version else GAP
    where = piece.span_of(*(url.method or (url.start, url.end)))
    method = None if is_newer(found.words, piece.text, url) else method_in(piece.text, url)
    return DataUrl(node, method, None if version == GAP else version, where, why)


def _claim_bare_base(found: DataFindings, piece: TextPiece) -> None:
    """Claim the version of a host of the API with nothing behind it."""
    words = found.words
    base = match_service(words.api, piece.text.strip())
    if base is None or base[1] is not None or find_api_url(words.api, piece.text) is not None:
        return
    blank = len(piece.text) - len(piece.text.lstrip())
    start, end = base[0][0] + blank, base[0][1] + blank
    version = piece.text[start:end]
    rule = words.version_rules.get(version)
    if rule is not None:
        why = f"URL {redact_shape(piece.text.strip().partition('?')[0])}"
        found.claim_span(rule, piece.span_of(start, end), version, words.target, (why,), _BELOW)
