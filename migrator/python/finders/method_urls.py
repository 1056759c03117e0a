"""Find methods in URLs, however the code puts them together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrator.matching.urls import (
    GAP,
    Trust,
    Url,
    api_url,
    is_elsewhere,
    markers_of,
    readable,
    service_name,
    service_of,
    shape_of,
    spoken,
)
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Lit, Spot, Text
from migrator.python.call_graph.call_strings import Expansion, expansions
from migrator.python.finders.method_parameters import MethodNames
from migrator.python.finders.url_versions import Versions, seen_as
from migrator.python.recognition.api_requests import addresses, base_urls, with_bases
from migrator.python.recognition.claims import Strength, place_of
from migrator.python.recognition.context_hints import is_docstring, is_shown
from migrator.python.recognition.search import Search
from migrator.python.source.syntax import span

_ELSEWHERE = "callers also pass the names of another API's methods"
_EITHER = "the same call may go to another host"
_PARTS = (ast.BinOp, ast.JoinedStr, ast.FormattedValue)


def _written_in(expansion: Expansion) -> Iterator[ast.AST]:
    return (part.spot.node for part in expansion.text.parts if isinstance(part, Lit) and part.spot)


def _sites(expansion: Expansion) -> tuple[Spot, ...]:
    return tuple(site for _, site in expansion.frames)


class UrlFinder:
    """Claims what stands in the URLs that modules make, and tells others of versions and of parameters for methods."""

    def __init__(self, search: Search, versions: Versions, methods: MethodNames) -> None:
        self.search, self.versions, self.methods = search, versions, methods

    def find(self, module: Module) -> None:
        """Claim what stands in the URLs of one module."""
        search = self.search
        for node, text in self._texts(module):
            if " " in shape_of(text) and is_shown(module.parents.get(node)):
                continue
            found = expansions(search.ev, search.sites, text, markers_of(search.words.api))
            urls = [api_url(search.words.api, shape_of(expansion.text)) for expansion in found]
            away = [is_elsewhere(search.words.api, shape_of(expansion.text)) for expansion in found]
            other = [gone or self._is_neighbour(e) for e, gone in zip(found, away, strict=True)]
            search.opaque.update(node for e, gone in zip(found, other, strict=True) if gone for node in _written_in(e))
            away = [gone and any(urls) for gone in away]
            elsewhere, mixed = any(away), {_sites(e) for e, gone in zip(found, away, strict=True) if gone}
            for expansion, url in zip(found, urls, strict=True):
                if url is not None and url.trust is Trust.CERTAIN and url.method and not url.legacy:
                    self.methods.note(text, readable(shape_of(text)), _ELSEWHERE if elsewhere else "")
                self._url(module, node, expansion, url, _EITHER if _sites(expansion) in mixed else "")

    def _is_neighbour(self, expansion: Expansion) -> bool:
        """Whether a URL is that of another service on a host of the API."""
        api = self.search.words.api
        served = service_of(api, shape_of(expansion.text))
        return served is not None and served[1] not in (None, service_name(api)) and GAP not in str(served[1])

    def _texts(self, module: Module) -> Iterator[tuple[ast.expr, Text]]:
        ev = self.search.ev
        for node in module.nodes:
            if isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)):
                if isinstance(module.parents.get(node), _PARTS) or is_docstring(module, node):
                    continue
                yield from ((node, text) for text in addresses(ev, module, node))
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                grown = module.scopes.at[node.target, node.target.id].value
                if grown is not None:
                    yield from ((grown, text) for text in addresses(ev, module, grown))
            elif isinstance(node, ast.Call):
                yield from ((node, text) for text in addresses(ev, module, node))
                bases = base_urls(ev, self.search.sites, module, node)
                for argument in node.args[:2] if bases else ():
                    yield from ((argument, text) for text in with_bases(ev, module, argument, bases))

    def _url(self, module: Module, node: ast.expr, expansion: Expansion, url: Url | None, held: str) -> None:
        seen = seen_as(url, expansion.text, module, node.lineno)
        strength = self.search.around.strength_of(url.trust, module) if url else None
        if url is None or strength is not None:
            self.versions.note(expansion.text, url, strength, seen)
        if url is None or url.method is None:
            return
        obstacle = held or self._obstacle(url, shape_of(expansion.text))
        if strength is None:
            if not url.shape.startswith(GAP):
                return
            strength, obstacle = Strength.WEAK, "nothing but its path says whose URL this is"
        method = shape_of(expansion.text)[slice(*url.method)]
        if GAP in method:
            self._dynamic(module, node, method, expansion.text, strength, seen)
        else:
            self._method(module, node, method, expansion.text, url, strength, seen, obstacle)

    def _method(
        self,
        module: Module,
        node: ast.expr,
        method: str,
        text: Text,
        url: Url,
        strength: Strength,
        seen: str,
        obstacle: str,
    ) -> None:
        words, claims = self.search.words, self.search.claims
        version = spoken(shape_of(text), url)
        named = words.method(method, version)
        if named is None or url.method is None:
            return
        if not obstacle and version is None and words.is_ambiguous(named, words.methods):
            obstacle = "only the version tells what this name means, and it is not written here"
        place, whole = place_of(text, url.method), span(module.source, node)
        if place is not None:
            claims.at(named.rule, place[0], place[1:], strength, (seen, *text.trail), obstacle, named.new)
        else:
            claims.at(named.rule, module, whole, strength, (seen,), "the name is put together from parts")
        rule = next(reversed(words.versions.values()), None)
        if rule is not None and url.version and not obstacle and place_of(text, url.version) is None:
            unseen = "the version of this URL is not written in one piece; the names in it are raised all the same"
            claims.at(rule, module, whole, strength, (seen,), unseen)

    def _dynamic(self, module: Module, node: ast.expr, method: str, text: Text, strength: Strength, seen: str) -> None:
        """A name of which only a part is written: every row that it may mean is for a person."""
        if len(method.replace(GAP, "")) < 3:
            return
        spot = next((part.spot for part in reversed(text.parts) if isinstance(part, Lit) and part.spot), None)
        if spot is not None and isinstance(spot.node, ast.expr):
            module, node = spot.module, spot.node
        pattern = re.compile(re.escape(method).replace(GAP, r"\w*"))
        for old, named in self.search.words.methods.items():
            if pattern.fullmatch(old):
                where = span(module.source, node)
                why = f"the name is made at run time; it may be {old}"
                self.search.claims.at(named.rule, module, where, strength, (seen,), why)

    def _obstacle(self, url: Url, shape: str) -> str:
        if url.legacy:
            return "this path carries no version, or is older than the step: it has no counterpart"
        version = spoken(shape, url)
        if version is None or version in self.search.words.known:
            return ""
        return f"the URL speaks version {version}, which is outside the steps that are taken"
