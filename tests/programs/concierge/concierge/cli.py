from __future__ import annotations

import argparse
from collections.abc import Sequence

from . import bots, properties, webhooks
from .client import LiveChatClient
from .config import get_settings


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="concierge")
    parser.add_argument("command", choices=["setup", "status", "teardown"])
    args = parser.parse_args(argv)
    settings = get_settings()
    with LiveChatClient(settings) as client:
        if args.command == "setup":
            properties.register(client)
            bot_id = bots.ensure_bot(client, settings)
            added = webhooks.register_missing(client, settings)
            print(f"bot {bot_id}, {len(added)} webhooks registered")
        elif args.command == "status":
            print(bots.describe(client, bots.find_bot(client, settings.bot_name)))
            print(", ".join(properties.names(client)))
        else:
            print(f"{webhooks.unregister_all(client, settings)} webhooks unregistered")
            bots.dismiss(client, bots.find_bot(client, settings.bot_name))
    return 0
