#!/usr/bin/env python3
"""Register or unregister one webhook."""
import argparse
import os
import sys

import requests

URL = "https://api.livechatinc.com/v3.1/configuration/action/%s"


def call(method, body):
    answer = requests.post(URL % method, json=body, headers={"Authorization": "Bearer " + os.environ["LC_TOKEN"]})
    answer.raise_for_status()
    return answer.json() if answer.content else None


def register(event, url, secret):
    return call("register_webhook", {"action": event, "url": url, "secret_key": secret})["webhook_id"]


def unregister(event, url):
    for hook in call("get_webhooks_config", {}):
        if hook["action"] == event and hook["url"] == url:
            call("unregister_webhook", {"webhook_id": hook["webhook_id"]})


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["register", "unregister"])
    parser.add_argument(
        "--event",
        choices=["incoming_chat_thread", "thread_closed", "chat_user_added"],
        default="incoming_chat_thread",
    )
    parser.add_argument("--url", required=True)
    parser.add_argument("--secret", default=os.environ.get("HOOK_SECRET", "s"))
    args = parser.parse_args(argv)
    if args.what == "register":
        print(register(args.event, args.url, args.secret))
    else:
        unregister(args.event, args.url)


if __name__ == "__main__":
    sys.exit(main())
