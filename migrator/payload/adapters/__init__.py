"""Connect a translator to HTTP: transports for clients, middleware for servers.

Read in this order:

- `exchange` translates one call, `http_flow` says which requests that takes; both know no HTTP library.
- `http_messages` are their requests and answers, `content_encoding` unpacks bodies and packs them again.
- `httpx_calls` drives a flow over httpx or httpx2, `httpx_transport` and `httpx2_transport` are what programs use;
  likewise `requests_calls` and `requests_adapter`, `aiohttp_calls` and `aiohttp_middleware`.
- `client_errors` makes errors of a translation errors of the client's library.
- `webhook_receiver` translates one received webhook; `asgi_middleware` and `wsgi_middleware` are around it.
- `adapter_report` describes what was lost, is missing or failed; `usage` which rules are still needed.

Each adapter imports only its own library, and none is imported by `migrator` itself.
"""
