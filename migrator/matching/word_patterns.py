"""What the readers of all files look for: the names, URLs and envelopes of one chain, in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from migrator.matching.selection import SelectedChain
from migrator.matching.urls import GAP, Trust, api_url, readable, service_name, service_of
from migrator.matching.vocabulary import Lexicon, Named
from migrator.rules.rule import Kind, Rule
from migrator.rules.spellings import camel, pascal
from migrator.rules.table import Api, Envelope

Range = tuple[int, int]
#: Nothing that is longer is taken for a part of one URL.
_LONGEST = 600
#: In what could be one URL, the path of the API is looked for so often.
_TRIES = 5
_NOT_LEFT = re.compile(rf"[^A-Za-z0-9_.~%:/@!$*+{{}}{GAP}-]")
_RIGHT = re.compile(rf"[A-Za-z0-9_.~%:/?#@!$&*+=;{{}}{GAP}-]*")
_AFTER = ".:;!"

_LEGACY = "this path carries no version, or is older than the step: it has no counterpart"
_SWAPPED = "only the version tells what this name means, and it is not written here"


@dataclass(frozen=True, slots=True)
class SeenUrl:
    """A URL of the API in a text: its span, and those of its version and its method; offsets count characters."""

    start: int
    end: int
    trust: Trust
    shape: str
    version: Range | None
    method: Range | None
    legacy: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of the characters from `start` up to `end` of a text; `message` says what the row does not."""

    start: int
    end: int
    rule: Rule
    old: str
    new: str | None
    message: str | None = None


class Words:
    """What one chain changes, as far as the options want it, and the marks by which its API is known."""

    def __init__(self, chain: SelectedChain) -> None:
        self.lexicon = Lexicon(chain)
        self.api: Api = chain.api
        self.envelope: Envelope | None = chain.api.envelope

    @property
    def target(self) -> str:
        """The version that is reached."""
        return self.lexicon.target

    @cached_property
    def methods(self) -> Mapping[str, Named]:
        """The methods that are renamed, by their older names."""
        return self.lexicon.methods

    @cached_property
    def webhooks(self) -> Mapping[str, Named]:
        """The webhooks that are renamed or gone, by their older names."""
        return self.lexicon.webhooks

    @cached_property
    def names(self) -> frozenset[str]:
        """Every old name, of methods and of webhooks."""
        return frozenset({*self.methods, *self.webhooks})

    @cached_property
    def derived(self) -> Mapping[str, Named]:
        """What an SDK calls the methods and webhooks that are renamed: in camel case, with and without a capital."""
        found = {**self.webhooks, **self.methods}
        return {spelt: named for name, named in found.items() for spelt in (camel(name), pascal(name))}

    def hint(self, text: str) -> str | None:
        """The word in a text that hints at the API without proving it."""
        lowered = text.lower()
        return next((word for word in self.api.words if word.lower() in lowered), None)

    def is_foreign(self, text: str) -> bool:
        """Whether a text has marks of a neighbouring API that uses the same names."""
        return any(mark in text for mark in self.api.foreign)

    def judge(self, keys: Set[str], hint: str | None, foreign: bool = False) -> str | None:
        """Why an object with these keys is a webhook or the body that registers one; None when nothing says so.

        `hint` is a word that hints at the API in the text around it, and `foreign` that there are marks of another.
        """
        form = self.envelope
        if form is None or form.name not in keys:
            return None
        shown = ", ".join(f"`{key}`" for key in sorted(keys & form.keys))
        if keys & form.distinctive:
            return f"a webhook: {shown} are read off it"
        if keys & form.foreign or foreign or hint is None:
            return None
        if keys & form.body:
            return f"like a webhook: {shown} are read off it; the file says {hint!r}"
        return f"`{form.name}` is read off it; the file says {hint!r}"

    def body_paths(self, method: str) -> set[tuple[str | None, ...]]:
        """Where the body of a method's request holds names of webhooks; None stands for each element of a list."""
        return self.lexicon.webhook_paths(method)

    def removed_from(self, method: str) -> Iterable[tuple[Rule, tuple[str | None, ...]]]:
        """The rows that take keys out of the body of a method's request, with their paths."""
        return self.lexicon.for_request(method, Kind.REMOVE_KEY)

    def urls(self, text: str) -> Iterator[SeenUrl]:
        """The URLs of the API in a text of any length; what is not known of it is a `GAP`. None overlap."""
        done = run = tries = 0
        for found in self._constant.finditer(text):
            tries = tries + 1 if found.start() < run else 0
            if found.start() < done or tries > _TRIES:
                continue
            first = max(done, found.start() - _LONGEST)
            start = max((other.end() for other in _NOT_LEFT.finditer(text, first, found.start())), default=first)
            right = _RIGHT.match(text, found.start(), found.start() + _LONGEST)
            run = end = right.end() if right else found.end()
            window = text[start:end].rstrip(_AFTER)
            url = api_url(self.api, window)
            if url is not None:
                done = end
                version, method = _moved(url.version, start), _moved(url.method, start)
                yield SeenUrl(start, start + len(window), url.trust, url.shape, version, method, url.legacy)

    def path(self, text: str) -> SeenUrl | None:
        """The path of a known method, where a text is that and nothing else: the base of the URL is elsewhere."""
        found = self._path.match(text[:_LONGEST])
        if found is None or found["method"] not in self._known_methods:
            return None
        version = found.span("version") if found["version"] else None
        return SeenUrl(0, len(text), Trust.UNKNOWN, found[0].strip("?# "), version, found.span("method"), legacy=False)

    def base(self, text: str) -> Range | None:
        """The version in a text that is the base of every API on a host, this one among them."""
        found = service_of(self.api, text.strip()) if len(text) < _LONGEST else None
        if found is None or found[1] not in (None, "", GAP) or text != text.strip():
            return None
        return found[0]

    def is_service(self, text: str) -> bool:
        """Whether a text names the API's part of a path: as a word alone, or between slashes."""
        return self._service.search(text[:_LONGEST]) is not None

    def why(self, url: SeenUrl, hint: str | None) -> str | None:
        """Why a URL is the API's: by its host, or by its path and a word that hints at the API; None when it is not."""
        if url.trust is Trust.CERTAIN:
            return f"URL {readable(url.shape)}"
        return f"URL {readable(url.shape)}; the file says {hint!r}" if hint else None

    def told(self, text: str, url: SeenUrl) -> Iterator[Told]:
        """What the rows say of a URL: of its method, and of its version."""
        version = text[slice(*url.version)] if url.version else None
        version = None if version == GAP else version
        if url.method:
            yield from self._method(text, url, version)
        if url.version and version in self.lexicon.versions:
            yield Told(*url.version, self.lexicon.versions[version], version, self.target)

    def method(self, text: str, url: SeenUrl) -> str | None:
        """The method that a URL calls, when it is written there."""
        name = text[slice(*url.method)] if url.method else ""
        return None if GAP in name or not name else name

    def is_newer(self, text: str, url: SeenUrl) -> bool:
        """Whether a URL speaks a version beyond the one that is reached: what is sent there is another story."""
        version = text[slice(*url.version)] if url.version else GAP
        if version == GAP:
            return False
        return [int(part) for part in version.split(".")] > [int(part) for part in self.target.split(".")]

    def _method(self, text: str, url: SeenUrl, version: str | None) -> Iterator[Told]:
        name = self.method(text, url)
        named = self.lexicon.method(name, version) if name else None
        if name is None or named is None or url.method is None:
            return
        held = _LEGACY if url.legacy else None
        if version is None and self.lexicon.is_ambiguous(named, self.lexicon.methods):
            held = held or _SWAPPED
        if version is not None and version not in self.lexicon.known:
            held = held or f"the URL speaks version {version}, which is outside the steps that are taken"
        yield Told(*url.method, named.rule, name, named.new, held)

    @cached_property
    def _known_methods(self) -> frozenset[str]:
        new = {named.new for named in self.methods.values() if named.new}
        return frozenset({*self.api.methods, *self.methods, *new})

    @cached_property
    def _path(self) -> re.Pattern[str]:
        head, _, tail = self.api.path.partition("{version}/")[2].partition("{method}")
        path = rf"{re.escape(head)}(?P<method>\w{{1,100}}){re.escape(tail)}"
        version = r"(?:v(?P<version>[0-9.]{1,20})/)?"
        return re.compile(rf"(?:[*{GAP}]{{1,3}})?/?{version}{path}(?:$|[?#])" if head else r"(?!)(?P<method>)")

    @cached_property
    def _service(self) -> re.Pattern[str]:
        name = service_name(self.api)
        return re.compile(rf"(?:^|[/{GAP}]){re.escape(name)}(?:[/{GAP}]|$)" if "{" not in name else r"(?!)")

    @cached_property
    def _constant(self) -> re.Pattern[str]:
        """The segment that is the same in every path of the API: what may be one of its URLs holds it."""
        service = service_name(self.api)
        parts = (
            [re.escape(f"/{service}")] if "{" not in service else [re.escape(h.lstrip("*.")) for h in self.api.hosts]
        )
        return re.compile("|".join(parts))


def _moved(where: Range | None, by: int) -> Range | None:
    return None if where is None else (where[0] + by, where[1] + by)
