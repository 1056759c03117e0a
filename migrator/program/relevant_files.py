"""Select the files to read: those whose bytes contain something that a reader could report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrator.files.byte_search import FindBytes, make_finder
from migrator.matching.prefilter import SUPPRESSIONS, spell_utf16
from migrator.matching.urls import host_names, method_segment, service_name
from migrator.matching.vocabulary import Vocabulary
from migrator.rules.rule import Kind


class RelevanceFilter:
    """Search the bytes of files for what can lead to a match or an occurrence."""

    def __init__(self, words: Sequence[Vocabulary]) -> None:
        scopes = {rule.old or rule.new or "" for each in words for rule in each.rows_of_kinds(Kind.SCOPE)}
        names = sorted({name for each in words for name in each.old_names} | scopes - {""})
        self.names = make_finder([name.encode() for name in names])
        self.wide = make_finder([spell_utf16(name).encode() for name in names])
        packages = (pattern for each in words for sdk in each.api.sdks for pattern in sdk.packages)
        hosts = {host for each in words for host in host_names(each.api)}
        self.bases = make_finder([f"{host}/v".encode() for host in sorted(hosts)])
        self.hosts = make_finder([host.encode() for host in sorted(hosts)])
        # The segment before a method: a URL may get its version and its service at run time.
        self.segments = make_finder([f"/{name}/".encode() for each in words if (name := method_segment(each.api))])
        self.marks = make_finder(
            [*(mark.encode() for mark in SUPPRESSIONS), *(pattern.partition("*")[0].encode() for pattern in packages)]
        )
        self.urls = [_url_marks(each) for each in words]
        hints = {
            spelt.lower()
            for each in words
            for mark in (*_find_hints(each), *each.methods)
            for spelt in _spellings(mark)
        }
        self.hints = make_finder(sorted(hints))
        self.keys = [keys for each in words for keys in _key_groups(each)]

    def is_relevant(self, raw: bytes) -> bool:
        """Return whether a reader could report something about a file."""
        return (
            self.mentions_api(raw)
            or bool(self.marks(raw) or self.bases(raw.lower()))
            or bool(self.segments(raw) and self.hosts(raw.lower()))
            or any(all(spelt(raw) for spelt in group) for group in self.keys)
        )

    def mentions_api(self, raw: bytes) -> bool:
        """Return whether a file that cannot be read contains an old name or a mark of the API."""
        return bool(self.names(raw)) or any(_may_contain(raw, url) for url in self.urls) or self.is_wide(raw)

    def find_base_file(self, files: Mapping[str, bytes]) -> str | None:
        """Return the first file that contains the host of an API with a version behind it."""
        return next((path for path, raw in files.items() if self.bases(raw.lower())), None)

    def may_explain(self, raw: bytes) -> bool:
        """Return whether a program may explain names in other files, though it contains none."""
        return bool(self.hints(raw.lower()))

    def is_wide(self, raw: bytes) -> bool:
        """Return whether a file contains an old name as UTF-16 writes it."""
        return b"\0" in raw and bool(self.wide(raw))


def _url_marks(words: Vocabulary) -> tuple[bytes, tuple[bytes, ...]]:
    """Return what every URL of the API contains, and the hosts and words of which one makes it the API's."""
    service = service_name(words.api)
    hosts = tuple(host.encode() for host in host_names(words.api))
    hints = tuple(word.lower().encode() for word in words.api.words)
    return (b"" if "{" in service else f"/{service}".encode()), (*hosts, *hints)


def _may_contain(raw: bytes, url: tuple[bytes, tuple[bytes, ...]]) -> bool:
    if url[0] not in raw:
        return False
    lowered = raw.lower()
    return any(mark in lowered for mark in url[1])


def _key_groups(words: Vocabulary) -> list[tuple[FindBytes, ...]]:
    """Return groups of keys read off a webhook whose renamed keys matter even in a file without an old name."""
    form = words.envelope
    renamed = [rule.old for rule in words.rows_of_kinds(Kind.RENAME_KEY) if rule.old]
    if form is None or not renamed:
        return []
    return [
        (_make_key_finder(*sorted(form.distinctive)), _make_key_finder(form.name), _make_key_finder(key))
        for key in renamed
    ]


def _find_hints(words: Vocabulary) -> list[str]:
    """Return the words that hint at the API, and the keys that only its webhooks have."""
    return [*words.api.words, *(sorted(words.envelope.distinctive) if words.envelope is not None else ())]


def _make_key_finder(*keys: str) -> FindBytes:
    """Return a function that finds keys, however they are spelt."""
    return make_finder(list(dict.fromkeys(spelt for key in keys for spelt in _spellings(key))))


def _spellings(key: str) -> tuple[bytes, ...]:
    """Return a key as it is, and in camel case with and without a capital."""
    head, *rest = key.split("_")
    camel = head + "".join(word.capitalize() for word in rest)
    return tuple({key.encode(), camel.encode(), (camel[:1].upper() + camel[1:]).encode()})
