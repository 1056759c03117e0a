"""Exchanges that a program must see alike with and without a translator in between, and a server for them.

The server answers a call of version 3.1 in its words, and the same call of 3.2 in the words of that version. So a
client of 3.1 that asks the server itself is what the same client behind a translator to 3.2 is compared with.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, field

import brotli

from scripted_server import Received, Reply

OLD_API, NEW_API = "/v3.1/configuration/action/", "/v3.2/configuration/action/"
OLD_HOOKS = b'[{"action": "thread_closed", "n": 1.10}]\n'
NEW_HOOKS = OLD_HOOKS.replace(b"thread_closed", b"chat_deactivated")
PLAIN = b'[\r\n  {"action": "chat_user_added"},\n  {"n": 1E5}\n]\n'
JSON = ("Content-Type", "application/json")
HOOKS, NEW_NAME = (
    "get_webhooks_config",
    {"get_webhooks_config": "list_registered_webhooks", "get_bot_agents": "list_bots"},
)


def pack_gzip(content: bytes) -> bytes:
    """Pack as the adapters do, so that the raw bytes can be compared, too."""
    return gzip.compress(content, mtime=0)


@dataclass(frozen=True, slots=True)
class ContractCase:
    """One call of a program of 3.1, and how each version answers it; `new` is None where both answer alike."""

    old: Reply
    new: Reply | None = None
    verb: str = "POST"
    method: str = HOOKS
    query: str = ""
    path: str = OLD_API
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    redirects: bool = True

    def answer(self, received: Received) -> Reply:
        """The answer to one request of the case."""
        if "again" in received.path:
            return Reply(200, (JSON,), PLAIN)
        is_new = received.path.startswith(NEW_API)
        return self.new if is_new and self.new is not None else self.old


def both(status: int = 200, content: bytes = PLAIN, *headers: tuple[str, str], **more: object) -> ContractCase:
    """A case in which both versions answer alike."""
    given = {name: more.pop(name) for name in ("reason", "chunked", "length") if name in more}
    return ContractCase(Reply(status, headers or (JSON,), content, **given), **more)


def changed(pack=bytes, *headers: tuple[str, str], **more: object) -> ContractCase:
    """A case in which the answer names a webhook that was renamed."""
    fields = (JSON, *headers)
    return ContractCase(Reply(200, fields, pack(OLD_HOOKS), **more), Reply(200, fields, pack(NEW_HOOKS), **more))


def redirect(status: int, location: str, *, follow: bool = True, base: str = "") -> ContractCase:
    """A case in which each version redirects in its own words."""
    old = f"{base}{OLD_API}get_bot_agents?{location}" if location.startswith("again") else location
    new = f"{base}{NEW_API}list_bots?{location}" if location.startswith("again") else location
    replies = [Reply(status, (("Location", each), JSON), b'{"moved": true}') for each in (old, new)]
    return ContractCase(*replies, redirects=follow)


def contract_cases(url: str) -> dict[str, ContractCase]:
    """All cases, for a server at an address."""
    removed_etag = Reply(200, (JSON,), OLD_HOOKS)
    return {
        "an answer that nothing changes": both(),
        "a renamed value": changed(),
        "a renamed value in chunks": changed(chunked=True),
        "nothing changed in chunks": both(chunked=True),
        "nothing changed in gzip": both(200, pack_gzip(PLAIN), JSON, ("Content-Encoding", "gzip")),
        "a renamed value in gzip": changed(pack_gzip, ("Content-Encoding", "gzip")),
        "a renamed value in gzip and chunks": changed(pack_gzip, ("Content-Encoding", "gzip"), chunked=True),
        "a renamed value in deflate": changed(zlib.compress, ("Content-Encoding", "deflate")),
        "a renamed value in br": changed(brotli.compress, ("Content-Encoding", "br")),
        "an unknown encoding": both(200, PLAIN, JSON, ("Content-Encoding", "x-own")),
        "a byte order mark": both(200, b"\xef\xbb\xbf" + PLAIN),
        "an empty answer": both(200, b""),
        "no content": both(204, b""),
        "not modified": both(304, b"", ("ETag", '"1"')),
        "the head of an answer": both(200, PLAIN, JSON, ("ETag", '"1"'), verb="HEAD", body=b""),
        "the head of a packed answer": both(200, pack_gzip(PLAIN), ("Content-Encoding", "gzip"), verb="HEAD", body=b""),
        "a call without a body": both(verb="GET", body=b"", headers={}),
        "a put call": both(verb="PUT"),
        "a created answer": both(201),
        "a refusal": both(400, b'{"error": {"type": "validation"}}'),
        "a missing token": both(401, b'{"error": {}}', JSON, ("WWW-Authenticate", "Bearer")),
        "an unknown method": both(404, b'{"error": {}}', method="no_such_method"),
        "too many calls": both(429, b"", ("Retry-After", "30")),
        "a broken server": both(500, b"<html>broken</html>", ("Content-Type", "text/html")),
        "cookies": both(200, PLAIN, JSON, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; Path=/; HttpOnly")),
        "another charset": both(200, "[\u00e9]".encode("latin-1"), ("Content-Type", "text/plain; charset=iso-8859-1")),
        "no content type": both(200, PLAIN, ("X-Own", "1")),
        "a header twice": both(200, PLAIN, JSON, ("X-Many", "1"), ("X-Many", "2"), ("Warning", "a, b")),
        "a header beyond ASCII": both(200, PLAIN, JSON, ("X-Name", "Gr\u00fc\u00dfe")),
        "a reason of its own": both(reason="Very Fine"),
        "an ETag of an answer that nothing changes": both(200, PLAIN, JSON, ("ETag", '"1"'), ("Content-MD5", "x")),
        "an ETag of a changed answer": ContractCase(removed_etag, Reply(200, (JSON, ("ETag", '"1"')), NEW_HOOKS)),
        "a large answer": both(200, b"[" + b'{"action": "chat_user_added"}, ' * 2_500 + b"1]"),
        "notices": both(200, PLAIN, JSON, ("Deprecation", "@1688169599"), ("Sunset", "Wed, 01 Dec 2027 00:00:00 GMT")),
        "a link": both(200, PLAIN, JSON, ("Link", '<https://example.com/docs>; rel="deprecation"')),
        "a query": both(query="license_id=1&a=%2F"),
        "a call of another API": both(method="send_event", path="/v3.1/agent/action/"),
        "a body that is not JSON": both(body=b"{"),
        "a redirect of the API to itself": redirect(307, "again=1"),
        "a permanent one with a whole URL": redirect(308, "again=2", base=url),
        "one that gets the answer elsewhere": redirect(303, "again=3"),
        "one to another page": redirect(302, "/docs?again=4"),
        "one that is not followed": redirect(307, "again=5", follow=False),
        "an answer that is not in its encoding": both(200, b"junk", JSON, ("Content-Encoding", "gzip")),
        "an answer that ends early": both(200, PLAIN, JSON, length=len(PLAIN) + 5),
    }
