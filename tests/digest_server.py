"""Digest authentication as a strict server checks it (RFC 7616): the URL in the header is that of the request line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from scripted_server import Received, Reply

USER, PASSWORD, REALM, NONCE = "ada", "pass word", "api", "0123456789abcdef"
_FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


def require_digest(reply: Callable[[Received], Reply]) -> Callable[[Received], Reply]:
    """Answer 401 to a request without a digest, 400 to one whose digest is for another URL."""
    challenge = f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth", algorithm=MD5'

    def answer(received: Received) -> Reply:
        header = received.headers.get("authorization", "")
        if not header.startswith("Digest "):
            return Reply(401, (("WWW-Authenticate", challenge),), b"{}")
        given = {match[1]: match[2] or match[3] for match in _FIELD.finditer(header)}
        if given["uri"] != received.path or given["response"] != _compute_response(given, received.verb):
            return Reply(400, content=b'{"error": "digest"}')
        return reply(received)

    return answer


def _compute_response(given: dict[str, str], verb: str) -> str:
    secret, call = _md5(f"{USER}:{REALM}:{PASSWORD}"), _md5(f"{verb}:{given['uri']}")
    return _md5(f"{secret}:{given['nonce']}:{given['nc']}:{given['cnonce']}:{given['qop']}:{call}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
