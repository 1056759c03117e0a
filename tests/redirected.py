"""Send what a program says to LiveChat's hosts to a server of this machine, whichever library it says it with."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch
from urllib.parse import urlsplit

import httpx
import requests

HOST = "api.livechatinc.com"


@contextmanager
def redirect_requests(url: str) -> Iterator[None]:
    """Let httpx, requests and urllib reach the server at `url` in LiveChat's place, and nobody else outside."""
    server = urlsplit(url).netloc
    send_httpx, send_requests = httpx.HTTPTransport.handle_request, requests.adapters.HTTPAdapter.send

    def over_httpx(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        request.url = httpx.URL(_moved(str(request.url), server))
        return send_httpx(transport, request)

    def over_requests(adapter: requests.adapters.HTTPAdapter, request: requests.PreparedRequest, **how: object):
        request.url = _moved(request.url or "", server)
        return send_requests(adapter, request, **how)

    def over_urllib(handler: urllib.request.HTTPSHandler, request: urllib.request.Request) -> http.client.HTTPResponse:
        headers = {name: value for name, value in request.header_items() if name != "Host"}
        moved = urllib.request.Request(_moved(request.full_url, server), request.data, headers)
        moved.timeout = request.timeout
        return handler.do_open(http.client.HTTPConnection, moved)

    with ExitStack() as stack:
        stack.enter_context(patch.object(httpx.HTTPTransport, "handle_request", over_httpx))
        stack.enter_context(patch.object(requests.adapters.HTTPAdapter, "send", over_requests))
        stack.enter_context(patch.object(urllib.request.HTTPSHandler, "https_open", over_urllib))
        yield


def _moved(url: str, server: str) -> str:
    parts = urlsplit(url)
    if parts.hostname not in (HOST, "127.0.0.1"):
        raise AssertionError(f"a program under test wants to reach {url}")
    return url if parts.hostname == "127.0.0.1" else parts._replace(scheme="http", netloc=server).geturl()
