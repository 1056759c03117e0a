from __future__ import annotations

import os
import sys

from . import settings
from .livechat import LiveChat


def main(arguments: list[str]) -> int:
    client = LiveChat(settings.load())
    config = settings.webhooks()
    if arguments == ["register"]:
        known = {hook["action"] for hook in client.registered() if hook["url"] == config["url"]}
        for hook in config["register"]:
            if hook["action"] not in known:
                print(hook["action"], client.register(hook, config["url"], os.environ.get("HOOK_SECRET", "dev")))
    elif arguments == ["bots"]:
        for bot in client.bots():
            print(bot["id"], bot["name"], bot["status"])
    elif arguments[:1] == ["hire"]:
        print(client.create_bot(arguments[1]))
    elif arguments[:1] == ["fire"]:
        client.remove_bot(arguments[1])
    else:
        print("usage: inbox register | bots | hire NAME | fire ID", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
