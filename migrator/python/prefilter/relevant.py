"""Prefilter: decide from the bytes whether a file can contain a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from migrator.files.byte_search import make_finder
from migrator.matching.prefilter import COMMENTS, old_webhook_names, old_words, spell_characters
from migrator.matching.selection import Options
from migrator.matching.urls import host_names
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind
from migrator.rules.table import Api, Chain

_KEYED = (Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY)
#: The host is searched for in at most so many bytes before a path. If it is further away, the path counts as one
#: without a host, and the file is searched: that costs time, and never a finding.
_HOST_DISTANCE = 300
#: Code that builds a name writes at least four letters of it; shorter beginnings occur in nearly every file.
_SHORTEST_BEGINNING = 4

#: The first words of functions that are looked up by the name of what they handle.
_ENTRANCES = b"on|at|do|when|handle|handler|process|receive|accept|event|hook|webhook|action|cmd|visit"

BytesTest = Callable[[bytes], bool]


def build_relevance_test(options: Options) -> BytesTest:
    """Return a test of bytes: whether they can contain a finding.

    A finding begins with an old name, a host or a path of the API, a client, a comment for migrator, or a key that is
    read off a webhook.
    """
    if options.notes:
        return lambda _: True
    tests = [_any_word_test(COMMENTS), *_client_tests(options)]
    for chain in options.chains:
        signs = _api_tests(chain, lambda name: _either_test(_name_test(name), _handler_test(name)))
        tests += [*signs, *_envelope_tests(chain), _enum_members_test(chain)]
    return lambda raw: any(test(raw) for test in tests)


def build_evidence_test(options: Options) -> BytesTest:
    """Return a test of bytes: whether they contain a name, a host, a path or a client that importers may use."""
    tests = [*_client_tests(options), *(test for chain in options.chains for test in _api_tests(chain, _name_test))]
    return lambda raw: any(test(raw) for test in tests)


def build_name_test(options: Options) -> BytesTest:
    """Return a test of bytes: whether they contain an old name."""
    tests = [_old_names_test(chain, _name_test) for chain in options.chains]
    return lambda raw: any(test(raw) for test in tests)


def _client_tests(options: Options) -> Iterator[BytesTest]:
    yield _any_word_test(name.rpartition(":")[2] for name in options.clients)


def _api_tests(chain: Chain, named: Callable[[str], BytesTest]) -> Iterator[BytesTest]:
    api = chain.api
    has_host = _any_word_test(host_names(api))
    yield lambda raw: has_host(raw) or has_host(raw.lower())
    yield _any_word_test(spelt for host in host_names(api) for spelt in spell_characters(host))
    yield _old_names_test(chain, named)
    for path in (api.path, *api.legacy_paths):
        segments = [segment for segment in path.replace("{version}", "").split("/") if segment.strip("v")]
        literal = [segment.encode() for segment in takewhile(lambda segment: "{" not in segment, segments)]
        if literal:
            yield _path_test(*literal[:2])
    if api.envelope is not None and any(p.document == "webhook" for r in chain.rules(Kind.RENAME_KEY) for p in r.where):
        yield _hook_read_test(api, sorted(api.envelope.distinctive))
    for pattern in (pattern for client in api.clients for pattern in client.classes):
        parts = [part.partition("*")[0].encode() for part in pattern.split(".")]
        yield lambda raw, ends=(parts[0], parts[-1]): all(part in raw for part in ends)  # type: ignore[misc]


def _hook_read_test(api: Api, keys: list[str]) -> BytesTest:
    """Test for a distinctive key of webhooks, read off something called a hook or beside a word of the API.

    The names of webhooks, and the keys that change, may then be in other files.
    """
    read, off_a_hook = _key_test(keys, _READ), _key_test(keys, rb"(?i:hook)\w{0,20}" + _READ)
    hint = _any_word_test(word.lower() for word in api.words)
    return lambda raw: read(raw) and (off_a_hook(raw) or hint(raw.lower()))


def _any_word_test(words: Iterable[str]) -> BytesTest:
    find = make_finder([word.encode() for word in words if word])
    return lambda raw: bool(find(raw))


def _old_names_test(chain: Chain, test: Callable[[str], BytesTest]) -> BytesTest:
    """Test for one of the old names; all of them are searched for at once first."""
    names = list(dict.fromkeys(old_words(chain)))
    is_there, tests = _any_word_test(names), [test(name) for name in names]
    return lambda raw: is_there(raw) and any(each(raw) for each in tests)


def _either_test(one: BytesTest, other: BytesTest) -> BytesTest:
    return lambda raw: one(raw) or other(raw)


def _name_test(name: str) -> BytesTest:
    """Test for a name that is not part of a longer word."""
    word = name.encode()
    return lambda raw: word in raw and re.search(rb"(?<!\w)%b(?!\w)" % re.escape(word), raw) is not None


def _handler_test(name: str) -> BytesTest:
    """Test for a function that may handle a webhook, such as ``on_thread_closed`` for ``thread_closed``."""
    word = name.encode()
    defined = rb"def _{0,2}(?:%b)_(?:\w{0,40}_)?%b(?!\w)" % (_ENTRANCES, re.escape(word))
    return lambda raw: word in raw and re.search(defined, raw) is not None


def _enum_members_test(chain: Chain) -> BytesTest:
    """Test for an enum whose members are named like webhooks, and which may be looked up by them."""
    names = [name.upper() for name in old_webhook_names(chain)]
    member = _key_test(names, rb"(?m:^[ \t]+%b\s*[:=])")
    return lambda raw: b"Enum" in raw and member(raw)


def _path_test(first: bytes, second: bytes = b"") -> BytesTest:
    """Test for a path of the API: two neighbouring segments, or the first one and a part built at run time."""
    begun = re.compile(rb"/%b/(?:%b\b|[\"'{%%$<])" % (re.escape(first), re.escape(second)))

    def is_there(raw: bytes) -> bool:
        return any(match[0].endswith(second) or not _has_host(raw, match.start()) for match in begun.finditer(raw))

    return is_there


def _has_host(raw: bytes, end: int) -> bool:
    """Return whether a host precedes a path in the same string; one of the API's is found without the path."""
    return b"://" in re.split(rb"[\"'\s}]", raw[max(0, end - _HOST_DISTANCE) : end])[-1]


def _envelope_tests(chain: Chain) -> Iterator[BytesTest]:
    """Yield the test for code that reads webhooks.

    It passes if a file reads the key of the name and a distinctive key or hint, and also contains a key that changes
    or the beginning of a name that does.
    """
    envelope = chain.api.envelope
    if envelope is None:
        return
    rules = [rule for rule in chain.rules(*_KEYED) if rule.active]
    keys = {parse_path(p.path)[-1] or "" for rule in rules for p in rule.where if p.document == "webhook"}
    names = old_webhook_names(chain)
    beginnings = sorted({name[:end] for name in names for end in range(_SHORTEST_BEGINNING, len(name))}, reverse=True)
    hint = _any_word_test(word.lower() for word in chain.api.words)
    begun = _key_test(beginnings, _STYLES[0])
    groups = [
        tuple(_key_test(sorted(each), style) for each in (envelope.distinctive, {envelope.name}, keys - {""}))
        for style in _STYLES
    ]

    def is_read(raw: bytes) -> bool:
        named = [name(raw) for _, name, _ in groups]
        if not any(named):
            return False
        hinted = hint(raw.lower())
        named = [is_named and (hinted or sign(raw)) for is_named, (sign, _, _) in zip(named, groups, strict=True)]
        return (any(named) and (begun(raw) or b"import_module" in raw)) or any(
            each and key(raw) for each, (*_, key) in zip(named, groups, strict=True)
        )

    yield is_read


#: The ways to read a key off an object.
_READ = rb"(?:\[|\.get\(|\.pop\()\s*[\"']%b[\"']"
#: A call that declares a field: of marshmallow, Django, attrs, SQLAlchemy and the like.
_DECLARES = rb"[\w.]*(?:[Ff]ield|Str|Char|Text|Enum|Choice|Nested|Dict|Column|attr)[\w.]*\("
#: The ways to write keys: as strings, as attributes, or as the fields of a class; a file keeps to one of them.
_STYLES = (rb"[\"']%b\\?[\"']", rb"\.%b\b", rb"(?m:^[ \t]+%b\s*(?::|=\s*" + _DECLARES + rb"))")


def _key_test(names: list[str], style: bytes) -> BytesTest:
    """Return a test of bytes: whether they contain one of the names in a style."""
    if not names:
        return lambda _: False
    written = style % (rb"(?:%b)" % b"|".join(map(_escape_word, names)))
    there = _any_word_test(names)
    return lambda raw: there(raw) and re.search(written, raw) is not None  # compiled when a name is there


def _escape_word(text: str) -> bytes:
    return re.escape(text).encode()
