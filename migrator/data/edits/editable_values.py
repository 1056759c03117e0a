"""Find the values that can mean nothing else: whole URLs of the API, and names in lists of registrations.

Everything else that is found in data stays manual: URLs inside commands and prose, recorded traffic, documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.data.data_findings import DataFindings
from migrator.data.edits.collections import find_path_parts, find_saved_responses, is_collection
from migrator.data.edits.value_names import ValueNames
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.dispatch import DataFormat
from migrator.findings.reading import TextMatch
from migrator.matching.url_patterns import SeenUrl, version_in
from migrator.matching.urls import HostTrust
from migrator.rules.rule import Kind

_Span = tuple[int, int]
MatchKey = tuple[int, int, str]
#: Characters of a value that is a URL: longer ones are no configuration, and stay manual.
_LONGEST = 600
#: Characters of a file: configuration is written by hand, and each edit of it is verified by several scans.
_LARGEST = 200_000
#: Characters of variables that are filled in: those of a thousand URLs. Beyond that the file stays manual.
_MOST = 100_000
#: Keys at the root of documents that describe an API, or record its traffic.
_DOCUMENTS = frozenset(
    {"openapi", "swagger", "asyncapi", "log", "interactions", "http_interactions", "lockfileVersion"}
)


@dataclass(frozen=True, slots=True)
class _WholeUrl:
    """A value that is one URL of the API: the spans of its version and method, and the names of the value."""

    node: int
    names: tuple[str, ...]
    version: _Span | None
    method: _Span | None


@dataclass(frozen=True, slots=True)
class EditableMatch:
    """How a match is edited: the names under which its value is read, and further spans with the same text."""

    names: tuple[str, ...] = ()
    also: tuple[_Span, ...] = ()


def find_editable(found: DataFindings, tree: DataTree, form: DataFormat) -> dict[MatchKey, EditableMatch]:
    """Return the matches in a file that can be edited."""
    if len(found.text) > _LARGEST or _is_document(tree):
        return {}
    is_sent = form is DataFormat.REQUESTS or is_collection(tree)
    recorded = NodeRanges(find_saved_responses(tree) if is_sent else found.recorded)
    return {**_find_urls(found, tree, recorded), **_find_registered(found, tree, NodeRanges(found.recorded))}


def _is_document(tree: DataTree) -> bool:
    return any(not _DOCUMENTS.isdisjoint(tree.keys_of(root)) for root in tree.roots())


def _find_urls(found: DataFindings, tree: DataTree, recorded: NodeRanges) -> dict[MatchKey, EditableMatch]:
    """Return the matches in whole URLs; those of versions only where every method behind them is one of them."""
    if not any(match.rule.kind is Kind.RAISE_VERSION for match in found.places.values()):
        return {}
    urls = list(_find_whole_urls(found, tree, recorded))
    versions = {url.version: url for url in urls if url.version is not None}
    methods = {url.method: url for url in urls if url.method is not None}
    marked: dict[MatchKey, EditableMatch] = {}
    unsure: set[_Span | None] = set()
    for key, match in found.places.items():
        span = match.start, match.end
        url = {Kind.RAISE_VERSION: versions, Kind.RENAME_METHOD: methods}.get(match.rule.kind, {}).get(span)
        if url is None or url.version is None:
            continue
        also = find_path_parts(found, tree, url.node, match)
        if _is_plain(found, match) and also is not None:
            marked[key] = EditableMatch(url.names, also)
        else:
            unsure.add(url.version)
    raised = {key[:2] for key in marked if found.places[key].rule.kind is Kind.RAISE_VERSION} - unsure
    kept = {key: each for key, each in marked.items() if key[:2] in raised}
    kept |= {key: each for key, each in marked.items() if key[:2] in methods and methods[key[:2]].version in raised}
    return {} if _has_other_methods(found, kept, urls) else kept


def _has_other_methods(found: DataFindings, marked: dict[MatchKey, EditableMatch], urls: list[_WholeUrl]) -> bool:
    """Return whether a method stays that may be called below an edited URL: then the URL stays, too."""
    if not any(url.method is None for url in urls):
        return False
    found_versions = [match for match in found.places.values() if match.rule.kind is Kind.RAISE_VERSION]
    lines = {_line_of(found, match) for match in found_versions}
    # Beside a version of its own, a method does not depend on the base that another value holds.
    return any(
        match.rule.kind is Kind.RENAME_METHOD and key not in marked and _line_of(found, match) not in lines
        for key, match in found.places.items()
    )


def _line_of(found: DataFindings, match: TextMatch) -> int:
    return found.text.count("\n", 0, match.start)


def _find_whole_urls(found: DataFindings, tree: DataTree, recorded: NodeRanges) -> Iterator[_WholeUrl]:
    variables, names = Variables(tree, _MOST), ValueNames(tree)
    for index, node in enumerate(tree.nodes):
        if node.shape is not DataKind.TEXT or node.text is None or not 0 < node.text.text.find("/") < _LONGEST:
            continue
        if len(node.text.text) > _LONGEST or index in recorded or (named := names.read_value(index)) is None:
            continue
        piece = variables.fill_in(named.text)
        for url in found.words.url_patterns.find_urls(piece.text):
            if not _is_whole(piece.text, url) or url.legacy or url.trust is not HostTrust.CERTAIN:
                continue
            if not names.is_set_twice(index) and (piece is named.text or names.are_unique(named.text.text)):
                known = version_in(piece.text, url) in found.words.version_rules
                yield _WholeUrl(
                    index,
                    named.names,
                    piece.span_of(*url.version) if url.version and known else None,
                    piece.span_of(*url.method) if url.method else None,
                )


def _is_whole(text: str, url: SeenUrl) -> bool:
    return text.strip() == text[url.start : url.end]


def _is_plain(found: DataFindings, match: TextMatch) -> bool:
    """Return whether the characters of a match are the old name, and its row says all there is to say."""
    return match.message is None and match.new is not None and found.text[match.start : match.end] == match.old


class NodeRanges:
    """The nodes in some ranges."""

    def __init__(self, ranges: list[range]) -> None:
        merged: list[tuple[int, int]] = []
        for each in sorted(ranges, key=lambda nodes: nodes.start):
            if merged and each.start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], each.stop)
            else:
                merged.append((each.start, each.stop))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def __contains__(self, index: int) -> bool:
        at = bisect_right(self._starts, index) - 1
        return at >= 0 and index < self._ends[at]


def _find_registered(found: DataFindings, tree: DataTree, recorded: NodeRanges) -> dict[MatchKey, EditableMatch]:
    """Return the names of webhooks in registrations: whole values, on evidence that is more than a word."""
    if not found.registered:
        return {}
    values = {
        node.text.span_of(): index
        for index, node in enumerate(tree.nodes)
        if node.shape is DataKind.TEXT and node.text is not None and node.text.text
    }
    names = ValueNames(tree)
    return {
        key: EditableMatch()
        for key, match in found.places.items()
        if match.rule.kind is Kind.RENAME_WEBHOOK
        and key in found.registered
        and _is_plain(found, match)
        and key[:2] in values
        and values[key[:2]] not in recorded
        and not names.is_set_twice(values[key[:2]])
    }
