"""Find edits that depend on a URL which is only a default: a file of settings overrides it with an older one.

The call would go to the old version by its new name. Nothing that goes through such a URL is edited.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrator.files.settings_files import SETTINGS_FILES, find_parent_folders
from migrator.matching.configuration import ConfiguredUrl
from migrator.matching.urls import find_api_url, match_service, redact_shape
from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.configured_settings import ConfiguredOrigin
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import ClassValue, ExternalName, LiteralPart, StringValue
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.groups.setting_defaults import find_setting_defaults, find_settings
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests
from migrator.python.source.syntax import node_span
from migrator.rules.rule import Kind

#: A variable that is passed on under another name. Few are: more are not followed.
_PASSED = re.compile(r"\$\{?([A-Za-z_]\w*)")
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class SettingDefault:
    """The strings of a URL that is the default of a setting, or the read of one; `kept_by` is why its version stays."""

    names: tuple[str, ...]
    module: Module
    default: ast.expr
    nodes: tuple[ast.AST, ...]
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class SettingDefaults:
    """The settings of the program that are URLs of the API."""

    all: tuple[SettingDefault, ...]


def find_overridden_urls(
    isolation: FailureIsolation, context: SearchContext, urls: UrlEvidence, sent: SentRequests, earlier: ClaimSet
) -> tuple[ClaimSet, SettingDefaults]:
    """Claim, as manual, every edit that depends on a URL which a file of settings overrides."""
    claims, found = ClaimSet(), list[SettingDefault]()
    if any(claim.rule.kind is Kind.RAISE_VERSION for claim in earlier.all()):
        finder = DefaultFinder(context.ev, context.words)
        isolation.for_each_module(context.modules, lambda module: found.extend(finder.find_in(module)))
    found += (_describe_read(origin) for origin in urls.configured.values())
    overridden = {node: each.kept_by for each in found for node in each.nodes if each.kept_by}
    if overridden:
        claim_dependent(collect_evidence(overridden, urls, sent, earlier), earlier, claims)
    return claims, SettingDefaults(tuple(found))


def _describe_read(origin: ConfiguredOrigin) -> SettingDefault:
    """Return a URL that is read from the configuration; an obstacle to the edit of its file keeps the old version."""
    node = origin.node
    assert isinstance(node, ast.expr)
    held = next((describe_override(url, url.name) for url in origin.urls if url.obstacle), "")
    return SettingDefault(tuple({url.name for url in origin.urls}), origin.module, node, (node,), held)


def describe_override(url: ConfiguredUrl, name: str) -> str:
    """Say which file of configuration keeps an older URL, and why."""
    return f"{url.location} sets {name} to {redact_shape(url.value)} ({url.obstacle}): change both together"


def collect_evidence(
    overridden: Mapping[ast.AST, str], urls: UrlEvidence, sent: SentRequests, earlier: ClaimSet
) -> dict[str, str]:
    """Return the evidence that depends on some strings of URLs, each with the reason of the string."""
    held = {seen: why for node, why in overridden.items() for seen in urls.seen.get(node, ())}
    for request in sent.requests:
        for node in overridden.keys() & request.url:
            held[request.evidence[0]] = overridden[node]
    return spread_reasons(held, sent, earlier)


def spread_reasons(held: dict[str, str], sent: SentRequests, earlier: ClaimSet) -> dict[str, str]:
    """Return the reasons of more evidence: a version that stays holds back every URL that contains it."""
    versions = [claim for claim in earlier.all() if claim.rule.kind is Kind.RAISE_VERSION]
    count = -1
    while count != len(held):
        count = len(held)
        for claim in versions:
            why = next((held[seen] for seen in claim.evidence if seen in held), None)
            if why is not None:
                through = (request.evidence[0] for request in sent.requests if _contains_version(request, claim))
                held |= {seen: why for seen in (*claim.evidence, *through) if seen not in held}
    return held


def _contains_version(request: SentRequest, claim: Claim) -> bool:
    """Return whether the URL of a request contains the version that a claim is about."""
    source = claim.module.source
    for node in request.url:
        if isinstance(node, ast.expr) and node in claim.module.parents:
            start, end = node_span(source, node)
            if start <= claim.start and claim.end <= end:
                return True
    return False


def claim_dependent(held: Mapping[str, str], earlier: ClaimSet, claims: ClaimSet) -> None:
    """Claim, as manual, every edit with evidence that is held back, for the reason why it is."""
    for claim in earlier.all():
        why = next((held[seen] for seen in claim.evidence if seen in held), None) if claim.operations else None
        if why is not None:
            span = claim.start, claim.end
            claims.claim_span(claim.rule, claim.module, span, claim.strength, claim.evidence, why, claim.new)


class DefaultFinder:
    """Finds the URLs and versions in defaults of settings, and the files of the project that set older ones."""

    def __init__(self, ev: Evaluator, words: Vocabulary) -> None:
        self.ev, self.words = ev, words
        self._edited = dict(ev.project.configuration.edited)
        self._texts: dict[str, str] = {}

    def find_in(self, module: Module) -> Iterator[SettingDefault]:
        """Yield the settings of a module whose defaults are URLs of the API."""
        for names, default in find_setting_defaults(module.nodes, lambda node: self._is_settings_class(module, node)):
            nodes = tuple(self._find_literals(module, default))
            if nodes:
                yield SettingDefault(tuple(names), module, default, nodes, self._find_override(module, names) or "")

    def _is_settings_class(self, module: Module, node: ast.ClassDef) -> bool:
        lineage = classes.resolve_lineage(self.ev, ClassValue(module, node))
        return any(isinstance(base, ExternalName) and base.dotted.endswith("Settings") for base in lineage)

    def _find_literals(self, module: Module, default: ast.expr) -> Iterator[ast.AST]:
        """Yield the literals of the URLs of the API, or of its versions, that a default may be."""
        for value in self.ev.eval(module, default):
            if isinstance(value, StringValue) and self._is_versioned(value.known or ""):
                yield from (p.origin.node for p in value.parts if isinstance(p, LiteralPart) and p.origin)

    def _is_api_url(self, text: str) -> bool:
        return match_service(self.words.api, text) is not None or find_api_url(self.words.api, text) is not None

    def _is_versioned(self, text: str) -> bool:
        """Return whether a text is a URL of the API, or one of the older versions alone, which is put into a URL."""
        return text in self.words.version_rules or self._is_api_url(text)

    def _find_override(self, module: Module, names: list[str]) -> str | None:
        """Return the setting that overrides a default with another version than the target."""
        for name in names:
            for url in self.ev.project.configuration.find_urls(module.path.replace("\\", "/"), name):
                if url.obstacle:
                    return describe_override(url, name)
        folders = list(find_parent_folders(module.path.replace("\\", "/")))
        files = [path for folder in folders for file in SETTINGS_FILES if self._read_settings(path := folder + file)]
        for path in files:
            for name in self._follow_names(names, files):
                for line, value in find_settings(self._read_settings(path), name):
                    if self._is_versioned(value) and not self._is_target(value):
                        return f"{path}:{line} sets {name} to {redact_shape(value)}: change both together"
        return None

    def _follow_names(self, names: list[str], files: list[str]) -> list[str]:
        """Return the names of a setting, with those of variables that files pass on to it."""
        known = list(names)
        for name in known:  # which grows on the way
            for path in files if len(known) < _MOST_NAMES else ():
                values = (value for _, value in find_settings(self._read_settings(path), name))
                passed = (found[1] for value in values if (found := _PASSED.match(value)))
                known += [other for other in dict.fromkeys(passed) if other not in known]
        return known

    def _read_settings(self, path: str) -> str:
        if path not in self._texts:
            raw = self._edited.get(path) or self.ev.project.read_file(path) or b""
            self._texts[path] = raw.decode("utf-8", "replace")
        return self._texts[path]

    def _is_target(self, url: str) -> bool:
        found = find_api_url(self.words.api, url)
        served = match_service(self.words.api, url)
        span = found.version if found is not None and found.version else served[0] if served else None
        return span is not None and url[slice(*span)] == self.words.target
