"""Find methods and versions in URLs, however the code puts them together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from migrator.code.claims import Claims, Strength
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import Surroundings, is_docstring, is_shown
from migrator.code.find_methods import MethodNames
from migrator.code.lexicon import Lexicon, Named
from migrator.code.modules import Module
from migrator.code.requests import Expansion, Sites, addresses, base_urls, expansions, with_bases
from migrator.code.syntax import span
from migrator.code.texts import written
from migrator.code.urls import GAP, Trust, Url, api_url, located, readable, service_name, service_of, shape_of
from migrator.code.values import Lit, Text

_PARTS = (ast.BinOp, ast.JoinedStr, ast.FormattedValue)


@dataclass(slots=True)
class Served:
    """A version that is written in URLs, and the services that those URLs reach."""

    text: str
    services: set[str | None] = field(default_factory=set)
    evidence: dict[str, None] = field(default_factory=dict)
    strength: Strength = Strength.WEAK


VersionSpots = dict[tuple[Module, int, int], Served]


def find_urls(
    ev: Evaluator,
    words: Lexicon,
    around: Surroundings,
    sites: Sites,
    module: Module,
    claims: Claims,
    spots: VersionSpots,
    methods: MethodNames,
) -> None:
    """Claim what stands in the URLs that a module makes."""
    for node, text in _texts(ev, sites, module):
        if " " in shape_of(text) and is_shown(module.parents.get(node)):
            continue
        for expansion in expansions(ev, sites, text):
            shape = shape_of(expansion.text)
            url = api_url(words.api, shape)
            if url is not None and url.trust is Trust.CERTAIN and url.method and not url.legacy:
                methods.note(text, readable(shape_of(text)))
            if url is not None:
                _claim(words, around, module, node, expansion, url, claims, spots)
            if url is None or around.strength_of(url.trust, module) is not None:
                _note_service(words, expansion.text, shape, url, module, spots)


def claim_versions(words: Lexicon, claims: Claims, spots: VersionSpots) -> None:
    """Raise the versions that only this API is called under; the others are for a person."""
    mine = service_name(words.api)
    for (module, start, end), served in spots.items():
        rule = words.versions.get(served.text)
        services = served.services - {None}
        if rule is None or mine not in services:
            continue
        others = sorted(s or "" for s in services - {mine})
        shared = ", ".join("something unknown" if GAP in s else f"/{s}/" for s in others)
        obstacle = f"the same base also serves {shared}; raise the version of this API by hand" if others else ""
        claims.at(rule, module, (start, end), served.strength, tuple(served.evidence), obstacle, words.target)


def _texts(ev: Evaluator, sites: Sites, module: Module) -> Iterator[tuple[ast.expr, Text]]:
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
            bases = base_urls(ev, sites, module, node)
            for argument in node.args[:2] if bases else ():
                yield from ((argument, text) for text in with_bases(ev, module, argument, bases))


def _claim(
    words: Lexicon,
    around: Surroundings,
    module: Module,
    node: ast.expr,
    expansion: Expansion,
    url: Url,
    claims: Claims,
    spots: VersionSpots,
) -> None:
    text, shape = expansion.text, shape_of(expansion.text)
    strength = around.strength_of(url.trust, module)
    obstacle = _obstacle(words, url, shape)
    seen = f"URL {readable(url.shape)} ({module.path}:{node.lineno})"
    if strength is None:
        strength, obstacle = Strength.WEAK, "nothing but its path says whose URL this is"
    elif url.version and not url.legacy:
        _note_version(text, shape, url, strength, seen, spots)
    if url.method is None:
        return
    method = shape[slice(*url.method)]
    if GAP in method:
        _claim_dynamic(words, module, node, method, seen, strength, claims, expansion)
    elif (named := words.method(method, _spoken(shape, url))) is not None:
        if not obstacle and _spoken(shape, url) is None and words.is_ambiguous(named, words.methods):
            obstacle = "only the version tells what this name means, and it is not written here"
        _claim_name(named, module, node, expansion, url, (seen,), strength, obstacle, claims)
        if url.version and not obstacle and not _is_written(text, url.version):
            unseen = "the version of this URL is not written in one piece; the names in it are raised all the same"
            rule = next(reversed(words.versions.values()), None)
            if rule is not None:
                claims.at(rule, module, span(module.source, node), strength, (seen,), unseen)


def _obstacle(words: Lexicon, url: Url, shape: str) -> str:
    if url.legacy:
        return "this path carries no version, or is older than the step: it has no counterpart"
    version = _spoken(shape, url)
    if version is None or version in words.known:
        return ""
    return f"the URL speaks version {version}, which is outside the steps that are taken"


def _is_written(text: Text, where: tuple[int, int]) -> bool:
    place = located(text, where)
    return place is not None and place[0].spot is not None and written(*place) is not None


def _spoken(shape: str, url: Url) -> str | None:
    version = shape[slice(*url.version)] if url.version else GAP
    return None if version == GAP else version


def _claim_name(
    named: Named,
    module: Module,
    node: ast.expr,
    expansion: Expansion,
    url: Url,
    evidence: tuple[str, ...],
    strength: Strength,
    obstacle: str,
    claims: Claims,
) -> None:
    assert url.method is not None
    rule = named.rule
    place = located(expansion.text, url.method)
    if place is not None and place[0].spot is not None and (found := written(*place)) is not None:
        trail = (*evidence, *expansion.text.trail)
        claims.at(rule, place[0].spot.module, found, strength, trail, obstacle, named.new)
    else:
        claims.at(rule, module, span(module.source, node), strength, evidence, "the name is put together from parts")


def _claim_dynamic(
    words: Lexicon,
    module: Module,
    node: ast.expr,
    method: str,
    seen: str,
    strength: Strength,
    claims: Claims,
    expansion: Expansion,
) -> None:
    """A name of which only a part is written: every row that it may mean is for a person."""
    if len(method.replace(GAP, "")) < 3:
        return
    spot = next((p.spot for p in reversed(expansion.text.parts) if isinstance(p, Lit) and p.spot), None)
    if spot is not None and isinstance(spot.node, ast.expr):
        module, node = spot.module, spot.node
    pattern = re.compile(re.escape(method).replace(GAP, r"\w*"))
    for old, named in words.methods.items():
        if pattern.fullmatch(old):
            where = span(module.source, node)
            claims.at(named.rule, module, where, strength, (seen,), f"the name is made at run time; it may be {old}")


def _note_version(text: Text, shape: str, url: Url, strength: Strength, seen: str, spots: VersionSpots) -> None:
    assert url.version is not None
    place = located(text, url.version)
    if place is None or place[0].spot is None or (found := written(*place)) is None:
        return
    version = shape[slice(*url.version)]
    served = spots.setdefault((place[0].spot.module, *found), Served(version))
    served.evidence[seen] = None
    served.strength = max(served.strength, strength)


def _note_service(words: Lexicon, text: Text, shape: str, url: Url | None, module: Module, spots: VersionSpots) -> None:
    """Remember what else is reached under a version, so that a shared base is not raised."""
    if url is not None and url.version:
        where, service = url.version, service_name(words.api) if not url.legacy else f"{service_name(words.api)}/..."
    elif (seen := service_of(words.api, shape)) is not None:
        where, service = seen[0], seen[1]  # type: ignore[assignment]  # None: the URL ends behind the version
    else:
        return
    place = located(text, where)
    if place is not None and place[0].spot is not None and (found := written(*place)) is not None:
        served = spots.setdefault((place[0].spot.module, *found), Served(shape[slice(*where)]))
        served.services.add(service)
        if not served.evidence:
            served.evidence[f"URL {readable(shape)} ({module.path})"] = None
        if url is not None and url.trust is Trust.CERTAIN:
            served.strength = Strength.STRONG
