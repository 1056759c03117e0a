"""Which files can have a finding of their own: the others are read only for the evidence that they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from migrator.code.needles import COMMENTS, old_words
from migrator.code.options import Options
from migrator.rules.path import parse_path
from migrator.rules.rule import Kind
from migrator.rules.table import Api, Chain

_KEYED = (Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY)


def worth_of(options: Options) -> Callable[[bytes], bool]:
    """Tells whether the bytes of a file hold what a finding could begin with.

    That is an old name, a host or a path of the API, a client, a comment for migrator; or what is read off a webhook.
    """
    if options.notes:
        return lambda _: True
    one_of = [*map(_plain, COMMENTS), *(pattern for chain in options.chains for pattern in _signs(chain))]
    one_of += [_plain(name.rpartition(":")[2]) for name in options.clients]
    sign = re.compile(b"|".join(dict.fromkeys(one_of)))
    together = [group for chain in options.chains for group in (*_clients(chain.api), *_envelope(chain))]

    def is_worth(raw: bytes) -> bool:
        return bool(sign.search(raw)) or any(all(part.search(raw) for part in group) for group in together)

    return is_worth


def speaks(options: Options) -> Callable[[bytes], bool]:
    """Tells whether bytes hold a name, a host, a path or a client of the API: what others import may lie there."""
    patterns = [pattern for chain in options.chains for pattern in _signs(chain)]
    sign = re.compile(b"|".join(dict.fromkeys([*patterns, *(_plain(n.rpartition(":")[2]) for n in options.clients)])))
    clients = [group for chain in options.chains for group in _clients(chain.api)]
    return lambda raw: bool(sign.search(raw)) or any(all(part.search(raw) for part in group) for group in clients)


def _signs(chain: Chain) -> Iterator[bytes]:
    # A name inside a longer word is another name; on_thread_closed may be a handler of thread_closed.
    yield from (rb"(?<![A-Za-z0-9])%b(?![A-Za-z0-9])" % _plain(word) for word in old_words(chain))
    yield from (_plain(host.lstrip("*.")) for host in chain.api.hosts)
    for path in (chain.api.path, *chain.api.legacy_paths):
        yield _from_literal(path.replace("{version}", ""))


def _from_literal(path: str) -> bytes:
    """What code writes of a path: two neighbouring literal segments, or the first and then a part that is made up."""
    first, second, *_ = [segment for segment in path.split("/") if segment.strip("v")] + [""]
    # Where nothing of the path follows, a host that stands before it in the same string is somebody else's.
    begun = rb"[\"'\s}][^\s\"':]{0,200}/%b/[\"'{%%$<]" % _plain(first)
    return rb"/%b/%b\b|%b" % (_plain(first), _plain(second), begun)


def _clients(api: Api) -> Iterator[list[re.Pattern[bytes]]]:
    for client in api.clients:
        for pattern in client.classes:
            parts = [part.partition("*")[0] for part in pattern.split(".")]
            yield [re.compile(_plain(part)) for part in (parts[0], parts[-1]) if part]


def _envelope(chain: Chain) -> Iterator[list[re.Pattern[bytes]]]:
    """A webhook is known by the key of its name and one that only it has, or a hint.

    A key that changes must be there too, or the beginning of a name that does.
    """
    envelope = chain.api.envelope
    if envelope is None:
        return
    rules = [rule for rule in chain.rules(*_KEYED) if rule.active]
    keys = {parse_path(p.path)[-1] for rule in rules for p in rule.where if p.document == "webhook"}
    names = [rule.old for rule in chain.rules(Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK) if rule.old]
    beginnings = sorted({name[:end] for name in names for end in range(4, len(name))}, reverse=True)
    read = [_keys(sorted(filter(None, keys)))] if keys else []
    read += [re.compile(rb"[\"'](?:%b)\\?[\"']" % b"|".join(map(_plain, beginnings)))] if beginnings else []
    hint = [re.compile(b"|".join(map(_plain, chain.api.words)), re.IGNORECASE)] if chain.api.words else []
    for sign in (_keys(sorted(envelope.distinctive)), *hint):
        yield from ([sign, _keys([envelope.name]), each] for each in read)


def _keys(names: list[str]) -> re.Pattern[bytes]:
    name = rb"(?:%b)" % b"|".join(map(_plain, names))
    return re.compile(rb"[\"']%b\\?[\"']|\.%b\b|\b%b\s*[:=]" % (name, name, name))


def _plain(text: str) -> bytes:
    return re.escape(text).encode()
