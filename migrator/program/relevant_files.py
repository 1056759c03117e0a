"""Select the files to read: those whose bytes contain something that a reader could report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrator.files.byte_search import Find, finder
from migrator.matching.prefilter import SUPPRESSIONS, wide
from migrator.matching.urls import host_names, service_name
from migrator.matching.vocabulary import Lexicon
from migrator.rules.rule import Kind


class Gate:
    """Search the bytes of files for what can lead to a match or an occurrence."""

    def __init__(self, words: Sequence[Lexicon]) -> None:
        scopes = {rule.old or rule.new or "" for each in words for rule in each.rules(Kind.SCOPE)}
        names = sorted({name for each in words for name in each.names} | scopes - {""})
        self.names = finder([name.encode() for name in names])
        self.wide = finder([wide(name).encode() for name in names])
        packages = (pattern for each in words for sdk in each.api.sdks for pattern in sdk.packages)
        hosts = {host for each in words for host in host_names(each.api)}
        self.bases = finder([f"{host}/v".encode() for host in sorted(hosts)])
        self.marks = finder(
            [*(mark.encode() for mark in SUPPRESSIONS), *(pattern.partition("*")[0].encode() for pattern in packages)]
        )
        self.urls = [_url(each) for each in words]
        hints = {spelt.lower() for each in words for mark in (*_hints(each), *each.methods) for spelt in _spelt(mark)}
        self.hints = finder(sorted(hints))
        self.keys = [keys for each in words for keys in _keys(each)]

    def opens(self, raw: bytes) -> bool:
        """Return whether a reader could report something about a file."""
        return (
            self.speaks(raw)
            or bool(self.marks(raw) or self.bases(raw))
            or any(all(spelt(raw) for spelt in group) for group in self.keys)
        )

    def speaks(self, raw: bytes) -> bool:
        """Return whether a file that cannot be read contains an old name or a mark of the API."""
        return bool(self.names(raw)) or any(_may_hold(raw, url) for url in self.urls) or self.is_wide(raw)

    def based(self, files: Mapping[str, bytes]) -> str | None:
        """Return the first file that contains the host of an API with a version behind it."""
        return next((path for path, raw in files.items() if self.bases(raw)), None)

    def helps(self, raw: bytes) -> bool:
        """Return whether a program may explain names in other files, though it contains none."""
        return bool(self.hints(raw.lower()))

    def is_wide(self, raw: bytes) -> bool:
        """Return whether a file contains an old name as UTF-16 writes it."""
        return b"\0" in raw and bool(self.wide(raw))


def _url(words: Lexicon) -> tuple[bytes, tuple[bytes, ...]]:
    """Return what every URL of the API contains, and the hosts and words of which one makes it the API's."""
    service = service_name(words.api)
    hosts = tuple(host.encode() for host in host_names(words.api))
    hints = tuple(word.lower().encode() for word in words.api.words)
    return (b"" if "{" in service else f"/{service}".encode()), (*hosts, *hints)


def _may_hold(raw: bytes, url: tuple[bytes, tuple[bytes, ...]]) -> bool:
    if url[0] not in raw:
        return False
    lowered = raw.lower()
    return any(mark in lowered for mark in url[1])


def _keys(words: Lexicon) -> list[tuple[Find, ...]]:
    """Return groups of keys read off a webhook whose renamed keys matter even in a file without an old name."""
    form = words.envelope
    renamed = [rule.old for rule in words.rules(Kind.RENAME_KEY) if rule.old]
    if form is None or not renamed:
        return []
    return [(_find(*sorted(form.distinctive)), _find(form.name), _find(key)) for key in renamed]


def _hints(words: Lexicon) -> list[str]:
    """Return the words that hint at the API, and the keys that only its webhooks have."""
    return [*words.api.words, *(sorted(words.envelope.distinctive) if words.envelope is not None else ())]


def _find(*keys: str) -> Find:
    """Return a function that finds keys, however they are spelt."""
    return finder(list(dict.fromkeys(spelt for key in keys for spelt in _spelt(key))))


def _spelt(key: str) -> tuple[bytes, ...]:
    """Return a key as it is, and in camel case with and without a capital."""
    head, *rest = key.split("_")
    camel = head + "".join(word.capitalize() for word in rest)
    return tuple({key.encode(), camel.encode(), (camel[:1].upper() + camel[1:]).encode()})
