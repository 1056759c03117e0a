#!/usr/bin/env python3
"""List, create and remove bots."""
import argparse
import json
import os
import sys
import urllib.request

API = "https://api.livechatinc.com/v3.1/configuration/action/"


def post(method, **body):
    request = urllib.request.Request(
        API + method,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["LC_TOKEN"]},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        content = response.read()
    return json.loads(content) if content else None


def ls(args):
    for bot in post("get_bot_agents", all=args.all)["bot_agents"]:
        print(bot["id"], bot["status"], bot["name"])


def create(args):
    bot = {"name": args.name, "max_chats_count": args.limit}
    print(post("create_bot_agent", status=args.status, **bot)["bot_agent_id"])


def show(args):
    print(json.dumps(post("get_bot_agent_details", bot_agent_id=args.id)["bot_agent"], sort_keys=True))


def rm(args):
    post("remove_bot_agent", bot_agent_id=args.id)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("ls")
    one.add_argument("--all", action="store_true")
    one.set_defaults(func=ls)
    one = commands.add_parser("create")
    one.add_argument("name")
    one.add_argument("--limit", type=int, default=5)
    one.add_argument("--status", choices=["accepting chats", "not accepting chats", "offline"], default="offline")
    one.set_defaults(func=create)
    for name, func in ("show", show), ("rm", rm):
        one = commands.add_parser(name)
        one.add_argument("id")
        one.set_defaults(func=func)
    args = parser.parse_args(argv)
    args.func(args)


if __name__ == "__main__":
    sys.exit(main())
