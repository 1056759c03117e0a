"""Connect a translator to HTTP: transports for clients, middleware for servers.

Read in this order:

- `exchange` translates one call without any HTTP library.
- `httpx_exchange` and `httpx_transport` are for httpx, `requests_adapter` for requests.
- `webhook_receiver` translates one received webhook; `asgi_middleware` and `wsgi_middleware` are around it.
- `adapter_report` describes what was lost, is missing or failed.

Each adapter imports only its own library, and none is imported by `migrator` itself.
"""
