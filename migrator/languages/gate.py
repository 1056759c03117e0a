"""Which files are worth reading: those whose bytes hold what a reader could say something about."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.code.urls import markers_of
from migrator.languages.words import Words
from migrator.rules.rule import Kind

_COMMENTS = (b"migrator: ignore", b"migrator:ignore")


class Gate:
    """Tells by a search of the bytes whether a file can have places or occurrences."""

    def __init__(self, words: Sequence[Words]) -> None:
        names = {name for each in words for name in each.names}
        self.names = [name.encode() for name in sorted(names)]
        packages = (pattern for each in words for sdk in each.api.sdks for pattern in sdk.packages)
        self.packages = [pattern.partition("*")[0].encode() for pattern in packages]
        self.marks = [mark.encode() for each in words for mark in _marks(each)]
        self.keys = [keys for each in words for keys in _keys(each)]

    def opens(self, raw: bytes) -> bool:
        """Whether a reader could say something about a file."""
        return any(word in raw for word in (*_COMMENTS, *self.names, *self.marks, *self.packages)) or any(
            all(any(spelt in raw for spelt in spellings) for spellings in group) for group in self.keys
        )

    def speaks(self, raw: bytes) -> bool:
        """Whether a file that cannot be read holds an old name or a mark of the API, so that nothing is known of it."""
        return any(word in raw for word in (*self.names, *self.marks))


def _marks(words: Words) -> list[str]:
    """What stands in every URL of the API, and the scopes that rows are about."""
    scopes = [rule.old or rule.new or "" for rule in words.lexicon.rules(Kind.SCOPE)]
    hosts = {host.lstrip("*.") for host in words.api.hosts}
    paths = [mark for mark in markers_of(words.api) if mark not in hosts] or sorted(hosts)
    return [mark for mark in (*scopes, *paths) if mark]


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
