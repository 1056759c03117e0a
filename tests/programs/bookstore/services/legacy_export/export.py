"""Export names of bots for the old data warehouse. Runs where nobody dares to touch it."""

import json
import sys
import urllib.request

BASE = "https://api.livechatinc.com/configuration/agents"


def names(token):
    request = urllib.request.Request(
        BASE + "/get_bot_agents", b"{}", {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        return [bot["name"] for bot in json.load(response)["bot_agents"]]


if __name__ == "__main__":
    print("\n".join(names(sys.argv[1])))
