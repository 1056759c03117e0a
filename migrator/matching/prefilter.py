"""The byte strings of which a file must contain at least one before it is read as code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from migrator.matching.selection import Options
from migrator.matching.urls import host_names
from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS, Kind
from migrator.rules.spellings import to_pascal_case
from migrator.rules.table import Api, Chain

#: Comments that earlier runs left, and those that ask for something to be left alone, perhaps in vain.
SUPPRESSIONS = ("migrator: ignore", "migrator:ignore")
COMMENTS = ("TODO(migrator", *SUPPRESSIONS)
#: Characters of a part that replaces a name in the search: shorter ones are found in files of every kind.
_PART = 7
#: Indents of the source of a cell: of Jupyter and Colab (1 and 2 for each level), and of editors.
_WIDTHS = (4, 8, 12, 16)
_NAMES = (*METHOD_KINDS, *WEBHOOK_KINDS, Kind.BEHAVIOUR, Kind.SCOPE, Kind.MANUAL)

#: The kinds whose rows about a response are reported at the calls of its method.
_READ = (Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.UNNEST, Kind.MANUAL)


def collect_needles(options: Options, *, everything: bool = False) -> tuple[bytes, ...]:
    """Return every old name, and every mark by which code that uses the API is recognised; each once.

    With `everything` the libraries of the API in other languages count too, with their spellings; and the names as
    UTF-16 writes them, since a file with one is reported.
    """
    found = [*COMMENTS]
    for chain in options.chains:
        found += old_words(chain)
        found += (name.upper() for name in old_webhook_names(chain))
        found += _api_marks(chain.api)
        if everything:
            found += (package.partition("*")[0] for sdk in chain.api.sdks for package in sdk.packages)
            found += map(spell_utf16, _shared_parts(old_words(chain)))
            # Without the first letter, which is a capital or not.
            found += (to_pascal_case(rule.old)[1:] for rule in chain.rules(*METHOD_KINDS) if rule.old)
    found += [name.rpartition(":")[2] for name in options.clients]
    return tuple(dict.fromkeys(word.encode() for word in found if word))


def spell_utf16(word: str) -> str:
    """Return the bytes that a word of ASCII has in UTF-16, whichever byte of each character comes first."""
    return "\0".join(word)


def spell_characters(word: str) -> tuple[str, ...]:
    """Return how notebooks write a word of which each character is a string of its own: on one line, or on many."""
    return tuple(between.join(word) for between in ('", "', '","', *(f'",\n{" " * width}"' for width in _WIDTHS)))


def _shared_parts(names: Iterable[str]) -> Iterator[str]:
    """Yield as few parts of names as cover every name: a search for more than 64 needles is slow."""
    left = list(dict.fromkeys(names))
    while left:
        parts = Counter(part for name in left for part in {name[i : i + _PART] for i in range(len(name) - _PART + 1)})
        best = max(parts, key=lambda part: (parts[part], part)) if parts else min(left, key=len)
        yield best
        left = [name for name in left if best not in name]


def old_webhook_names(chain: Chain) -> list[str]:
    """Return the renamed and removed webhooks; the members of an enum may be named after them in capitals."""
    return [rule.old for rule in chain.rules(Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK) if rule.old]


def old_words(chain: Chain) -> Iterator[str]:
    """Yield the names of methods, webhooks and scopes that a row is about."""
    for rule in chain.rules():
        if rule.is_note:  # a common word, which is reported only where notes are asked for
            continue
        if rule.active and rule.kind in _READ:
            yield from (place.name for place in rule.where if place.document == "response" and place.name)
        if rule.kind in _NAMES:
            yield from (name for name in (rule.old, rule.new if rule.kind is Kind.SCOPE else None) if name)


def _api_marks(api: Api) -> Iterator[str]:
    # A hint counts in any case; it is searched for as people write it.
    titled = {word.lower(): word for word in api.title.split()}
    yield from (spelt for word in api.words for spelt in (word, word.upper(), titled.get(word, "")))
    # People write a host in lower case, in capitals, or as the title of the API; its path is searched for, too.
    yield from (spelt for host in host_names(api) for spelt in (host, host.upper(), *spell_characters(host)))
    yield f"/{api.path.split('/')[2]}/"
    if api.envelope is not None:
        yield from api.envelope.distinctive
    for client in api.clients:
        yield from (pattern.partition("*")[0].rstrip(".") for pattern in client.classes)
