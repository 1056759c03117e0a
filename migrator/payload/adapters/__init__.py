"""What plugs a translator into HTTP: transports for clients (httpx, requests), middleware for servers (ASGI, WSGI)."""
