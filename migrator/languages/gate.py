"""Which files are worth reading: those whose bytes hold what a reader could say something about."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.code.urls import service_name
from migrator.languages.words import Words
from migrator.rules.rule import Kind

_COMMENTS = (b"migrator: ignore", b"migrator:ignore")


class Gate:
    """Tells by a search of the bytes whether a file can have places or occurrences."""

    def __init__(self, words: Sequence[Words]) -> None:
        scopes = {rule.old or rule.new or "" for each in words for rule in each.lexicon.rules(Kind.SCOPE)}
        self.names = [name.encode() for name in sorted({n for each in words for n in each.names} | scopes - {""})]
        packages = (pattern for each in words for sdk in each.api.sdks for pattern in sdk.packages)
        self.packages = [pattern.partition("*")[0].encode() for pattern in packages]
        self.urls = [_url(each) for each in words]
        hosts = {host.lstrip("*.") for each in words for host in each.api.hosts}
        self.bases = [f"{host}/v".encode() for host in sorted(hosts)]
        self.keys = [keys for each in words for keys in _keys(each)]

    def opens(self, raw: bytes) -> bool:
        """Whether a reader could say something about a file."""
        return (
            self.speaks(raw)
            or any(word in raw for word in (*_COMMENTS, *self.packages, *self.bases))
            or any(all(any(spelt in raw for spelt in spellings) for spellings in group) for group in self.keys)
        )

    def speaks(self, raw: bytes) -> bool:
        """Whether a file that cannot be read holds an old name or a mark of the API, so that nothing is known of it."""
        return any(name in raw for name in self.names) or any(_may_hold(raw, url) for url in self.urls)


def _url(words: Words) -> tuple[bytes, tuple[bytes, ...]]:
    """What stands in every URL of the API, and the hosts and words of which one makes it the API's."""
    service = service_name(words.api)
    hosts = tuple(host.lstrip("*.").encode() for host in words.api.hosts)
    hints = tuple(word.lower().encode() for word in words.api.words)
    return (b"" if "{" in service else f"/{service}".encode()), (*hosts, *hints)


def _may_hold(raw: bytes, url: tuple[bytes, tuple[bytes, ...]]) -> bool:
    if url[0] not in raw:
        return False
    lowered = raw.lower()
    return any(mark in lowered for mark in url[1])


def _keys(words: Words) -> list[tuple[tuple[bytes, ...], ...]]:
    """Keys that a file reads off a webhook whose renamed keys matter even where no old name stands."""
    form = words.envelope
    renamed = [rule.old for rule in words.lexicon.rules(Kind.RENAME_KEY) if rule.old]
    if form is None or not renamed:
        return []
    sign = tuple(spelt for key in sorted(form.distinctive) for spelt in _spelt(key))
    return [(sign, _spelt(form.name), _spelt(key)) for key in renamed]


def _spelt(key: str) -> tuple[bytes, ...]:
    head, *rest = key.split("_")
    camel = head + "".join(word.capitalize() for word in rest)
    return tuple({key.encode(), camel.encode(), (camel[:1].upper() + camel[1:]).encode()})
