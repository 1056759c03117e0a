"""Find the methods in URLs, however the code builds them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from migrator.matching.relays import RELAY, find_relay_hint, find_relayed_method
from migrator.matching.urls import (
    GAP,
    ApiUrl,
    HostTrust,
    find_api_url,
    is_foreign_url,
    match_service,
    redact_shape,
    service_name,
    url_markers,
    version_of,
)
from migrator.python.analysis.libraries.configured_settings import ConfiguredOrigin, find_origins
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import LiteralPart, ModuleNode, StringValue
from migrator.python.call_graph.call_strings import Expansion, expand_string
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_parameters import MethodParameters
from migrator.python.finders.url_versions import UrlVersions, describe_url
from migrator.python.recognition.api_requests import find_base_urls, find_urls_in, join_base_urls
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength, find_written_span
from migrator.python.recognition.context_hints import is_docstring, is_logged
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.url_text import located, shape_of
from migrator.python.source.syntax import dotted_names, node_span

_OTHER_API = "callers also pass methods of another API"
_OTHER_HOST = "the same call may go to another host"
#: Shorter parts of a name match too many methods; the URL is then listed in the ledger only if a full name is in it.
_SHORTEST_PART = 3
#: HTTP methods that the API does not use: all of its methods are called by POST.
OTHER_HTTP_METHODS = tuple((verb,) for verb in ("get", "put", "patch", "delete", "head", "options"))
#: The URL is the first argument of ``get(url)`` and the second of ``request(method, url)``.
_URL_POSITIONS = 2
_PARTS = (ast.BinOp, ast.JoinedStr, ast.FormattedValue)


@dataclass(frozen=True, slots=True)
class UrlEvidence:
    """Evidence from the URLs of the program: parameters that name methods, versions, and URLs of other hosts.

    `other_hosts` are the string nodes of URLs on hosts, or of services, that are not the API's. `seen` maps the nodes
    of strings to the evidence of the URLs that contain them, `configured` those that read a URL from the configuration.
    """

    methods: MethodParameters
    versions: UrlVersions
    other_hosts: frozenset[ast.AST]
    seen: Mapping[ast.AST, Set[str]]
    configured: Mapping[ast.AST, ConfiguredOrigin]


def find_urls(isolation: FailureIsolation, context: SearchContext, graph: CallGraph) -> tuple[ClaimSet, UrlEvidence]:
    """Claim the methods in URLs, and collect what the URLs show about versions and parameters."""
    finder = UrlFinder(context, graph)
    isolation.for_each_module(graph.senders, finder.find_in)
    other_hosts = frozenset(finder.other_hosts)
    return finder.claims, UrlEvidence(finder.methods, finder.versions, other_hosts, finder.seen, finder.configured)


def raise_versions(isolation: FailureIsolation, context: SearchContext, urls: UrlEvidence) -> ClaimSet:
    """Claim the versions in URLs of the API, now that every URL which shares one of them is known."""
    claims = ClaimSet()
    isolation.for_program(context.modules, lambda: urls.versions.claim_versions(claims))
    return claims


def _literal_nodes(expansion: Expansion) -> Iterator[ast.AST]:
    return (part.origin.node for part in expansion.text.parts if isinstance(part, LiteralPart) and part.origin)


def _is_configured(text: StringValue, where: tuple[int, int] | None) -> bool:
    """Return whether a range of a text is read from a file of configuration."""
    found = located(text, where) if where else None
    return found is not None and isinstance(found[0].origin, ConfiguredOrigin)


def _call_sites(expansion: Expansion) -> tuple[ModuleNode, ...]:
    return tuple(site for _, site in expansion.frames)


def _is_other_request(module: Module, node: ast.expr) -> bool:
    """Return whether a call sends a URL by an HTTP method that the API does not use."""
    call = node if isinstance(node, ast.Call) else module.parents.get(node)
    return isinstance(call, ast.Call) and dotted_names(call)[-1:] in OTHER_HTTP_METHODS


class UrlFinder:
    """Claims the methods in the URLs that modules build; collects versions and parameters that name methods."""

    def __init__(self, context: SearchContext, graph: CallGraph) -> None:
        self.ev, self.words, self.hints, self.sites = context.ev, context.words, context.hints, graph.sites
        self.versions, self.methods = UrlVersions(context.words), MethodParameters(context.ev, graph.sites)
        self.claims, self.other_hosts = ClaimSet(), set[ast.AST]()
        self.seen: dict[ast.AST, set[str]] = {}
        self.configured: dict[ast.AST, ConfiguredOrigin] = {}

    def find_in(self, module: Module) -> None:
        """Claim the methods in the URLs of one module."""
        for node, text in self._find_texts(module):
            if " " in shape_of(text) and is_logged(module.parents.get(node)):
                continue
            found = expand_string(self.ev, self.sites, text, url_markers(self.words.api))
            urls = [find_api_url(self.words.api, shape_of(expansion.text)) for expansion in found]
            away = [is_foreign_url(self.words.api, shape_of(expansion.text)) for expansion in found]
            other = [gone or self._is_neighbour(e) for e, gone in zip(found, away, strict=True)]
            foreign = [expansion for expansion, is_foreign in zip(found, other, strict=True) if is_foreign]
            self.other_hosts.update(node for expansion in foreign for node in _literal_nodes(expansion))
            away = [gone and any(urls) for gone in away]
            elsewhere, mixed = any(away), {_call_sites(e) for e, gone in zip(found, away, strict=True) if gone}
            for expansion, url in zip(found, urls, strict=True):
                if url is not None and url.trust is HostTrust.CERTAIN and url.method and not url.legacy:
                    self.methods.add_url(text, redact_shape(shape_of(text)), _OTHER_API if elsewhere else "")
                self._claim_url(module, node, expansion, url, _OTHER_HOST if _call_sites(expansion) in mixed else "")

    def _is_neighbour(self, expansion: Expansion) -> bool:
        """Return whether a URL is that of another service on a host of the API."""
        api = self.words.api
        served = match_service(api, shape_of(expansion.text))
        return served is not None and served[1] not in (None, service_name(api)) and GAP not in str(served[1])

    def _find_texts(self, module: Module) -> Iterator[tuple[ast.expr, StringValue]]:
        ev = self.ev
        for node in module.nodes:
            if isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)):
                if isinstance(module.parents.get(node), _PARTS) or is_docstring(module, node):
                    continue
                yield from ((node, text) for text in find_urls_in(ev, module, node))
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                grown = module.scopes.at[node.target, node.target.id].value
                if grown is not None:
                    yield from ((grown, text) for text in find_urls_in(ev, module, grown))
            elif isinstance(node, ast.Call):
                yield from ((node, text) for text in find_urls_in(ev, module, node))
                bases = find_base_urls(ev, self.sites, module, node)
                named = [keyword.value for keyword in node.keywords if keyword.arg == "url"]
                for argument in [*node.args[:_URL_POSITIONS], *named] if bases else ():
                    yield from ((argument, text) for text in join_base_urls(ev, module, argument, bases))

    def _claim_url(self, module: Module, node: ast.expr, expansion: Expansion, url: ApiUrl | None, held: str) -> None:
        seen = describe_url(url, expansion.text, module, node.lineno)
        for literal in _literal_nodes(expansion):
            self.seen.setdefault(literal, set()).add(seen)
        self.configured |= {origin.node: origin for origin in find_origins(expansion.text)}
        strength = self.hints.judge_url(url.trust, module) if url else None
        if url is None or strength is not None:
            self.versions.add_url(expansion.text, url, strength, seen)
        if url is None:
            self._claim_relayed(module, node, expansion.text, seen)
        if url is None or url.method is None:
            return
        obstacle = held or self._find_obstacle(url, shape_of(expansion.text))
        obstacle = obstacle or self._hold_with_generated(expansion.text, url)
        if strength is None:
            if not url.shape.startswith(GAP):
                return
            strength, obstacle = EvidenceStrength.WEAK, "only the path matches; the host is unknown"
        method = shape_of(expansion.text)[slice(*url.method)]
        if GAP in method:
            self._claim_dynamic(module, node, method, expansion.text, strength, seen)
        else:
            self._claim_method(module, node, method, expansion.text, url, strength, seen, obstacle)

    def _claim_relayed(self, module: Module, node: ast.expr, text: StringValue, seen: str) -> None:
        """Claim, as manual, a method at a host that may be a relay of the API, where a word hints at it."""
        where = find_relayed_method(self.words.api, shape_of(text))
        named = self.words.methods.get(shape_of(text)[slice(*where)]) if where else None
        if where is None or named is None or _is_other_request(module, node):
            return
        hint = find_relay_hint(self.words.api, module.lowercase_words)
        if hint is not None:
            evidence = (seen, f"{module.path} mentions {hint!r}")
            place = find_written_span(text, where) or (module, *node_span(module.source, node))
            self.claims.claim_span(named.rule, place[0], place[1:], EvidenceStrength.WEAK, evidence, RELAY, named.new)

    def _hold_with_generated(self, text: StringValue, url: ApiUrl) -> str:
        """Return why a method keeps its name, and hold a version, if the other of the two is in a generated file."""
        version = find_written_span(text, url.version) if url.version else None
        method = find_written_span(text, url.method) if url.method else None
        if version is None or method is None or version[0].is_generated == method[0].is_generated:
            return ""
        if version[0].is_generated:
            return f"the version of its URL is in the generated file {version[0].path}"
        if method[0].source.text[slice(*method[1:])] in self.words.methods:
            self.versions.held[version] = f"the generated file {method[0].path} calls a renamed method at this URL"
        return ""

    def _claim_method(
        self,
        module: Module,
        node: ast.expr,
        method: str,
        text: StringValue,
        url: ApiUrl,
        strength: EvidenceStrength,
        seen: str,
        obstacle: str,
    ) -> None:
        words, claims = self.words, self.claims
        version = version_of(shape_of(text), url)
        named = words.look_up_method(method, version)
        if named is None or url.method is None:
            return
        if not obstacle and version is None and words.is_ambiguous(named, words.methods):
            obstacle = "the meaning of this name depends on the version, which is unknown here"
        place, whole = find_written_span(text, url.method), node_span(module.source, node)
        if named.new is None and url.version and place is not None:
            self._hold_with_removed(text, url.version, place, method)
        if place is not None:
            claims.claim_span(named.rule, place[0], place[1:], strength, (seen, *text.trail), obstacle, named.new)
        else:
            claims.claim_span(named.rule, module, whole, strength, (seen,), "the name is built from parts")
        rule = next(reversed(words.version_rules.values()), None)
        unseen_version = url.version and not obstacle and find_written_span(text, url.version) is None
        if rule is not None and unseen_version and not _is_configured(text, url.version):
            unseen = "the version of this URL is built from parts"
            claims.claim_span(rule, module, whole, strength, (seen,), unseen)

    def _hold_with_removed(
        self, text: StringValue, version: tuple[int, int], method: tuple[Module, int, int], name: str
    ) -> None:
        """Hold the version of a URL that is written in one piece with the name of a removed method."""
        place = find_written_span(text, version)
        if place is not None and place[0] is method[0] and "\n" not in place[0].source.text[place[2] : method[1]]:
            self.versions.held[place] = f"it is that of {name}, which {self.words.target} does not have"

    def _claim_dynamic(
        self, module: Module, node: ast.expr, method: str, text: StringValue, strength: EvidenceStrength, seen: str
    ) -> None:
        """Claim, as manual, every method that a partly unknown name may be."""
        if len(method.replace(GAP, "")) < _SHORTEST_PART:
            return
        spot = next(
            (part.origin for part in reversed(text.parts) if isinstance(part, LiteralPart) and part.origin), None
        )
        if spot is not None and isinstance(spot.node, ast.expr):
            module, node = spot.module, spot.node
        pattern = re.compile(re.escape(method).replace(GAP, r"\w*"))
        for old, named in self.words.methods.items():
            if pattern.fullmatch(old):
                where = node_span(module.source, node)
                why = f"the name is built at run time and may be {old}"
                self.claims.claim_span(named.rule, module, where, strength, (seen,), why)

    def _find_obstacle(self, url: ApiUrl, shape: str) -> str:
        if url.legacy:
            return "this path has no version, or an older one, and no counterpart in the new version"
        version = version_of(shape, url)
        if version is None or version in self.words.known_versions:
            return ""
        return f"the URL uses version {version}, which is outside the selected range"
