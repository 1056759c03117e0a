"""Set the bot up, show what LiveChat knows about it, and either serve webhooks or clean up again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

import httpx

from . import bots, chat, properties, settings, webhooks
from .client import ApiError, LiveChat

NAME = "Ada"


def set_up(client: LiveChat, *, watch_agents: bool = False) -> Iterator[str]:
    """Register everything; yields what was done."""
    properties.register(client)
    yield f"properties: {properties.registered(client)}"
    bot_id = bots.create(client, NAME)
    yield bots.describe(client, bot_id)
    bots.pause(client, bot_id)
    yield bots.describe(client, bot_id)
    webhooks.register(client, watch_agents=watch_agents)
    yield f"webhooks: {sorted(webhooks.registered(client))}, missing: {webhooks.missing(client)}"
    bots.resume(client, bot_id)
    yield bots.describe(client, bot_id)


def clean_up(client: LiveChat) -> Iterator[str]:
    yield f"unregistered {webhooks.unregister(client)} webhooks"
    if bot := bots.find(client, NAME):
        bots.remove(client, bot["id"])
        yield f"removed {bot['id']}, which was {bot['status']}"


def main(arguments: Sequence[str] | None = None, http: httpx.Client | None = None) -> int:
    """Run the script of the command line; 1 when LiveChat refuses something."""
    parser = argparse.ArgumentParser(prog="support_bot", description=__doc__)
    parser.add_argument("--watch-agents", action="store_true", help="also follow the agents' status")
    parser.add_argument("--serve", metavar="PORT", type=int, help="keep the bot and receive webhooks on this port")
    parser.add_argument("--announce", metavar="CHAT", help="say hello in a chat that is already open")
    options = parser.parse_args(arguments)
    client = LiveChat(settings.ACCESS_TOKEN, http)
    try:
        for line in set_up(client, watch_agents=options.watch_agents):
            print(line)
        if options.announce:
            print(f"announced as {chat.say(client, options.announce, chat.GREETING)}")
        if options.serve:
            from .receiver import Desk, create_app

            create_app(Desk(client)).run(port=options.serve)
        for line in clean_up(client):
            print(line)
    except ApiError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
