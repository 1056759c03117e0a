#!/usr/bin/env python3
"""Write whatever LiveChat sends to an archive."""
import datetime
import json
import os
import sys
from wsgiref.simple_server import make_server


def application(path, secret):
    def receive(environ, start_response):
        hook = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        if hook.pop("secret_key", None) != secret:
            start_response("403 Forbidden", [])
            return []
        hook["received"] = datetime.datetime.now().isoformat(timespec="seconds")
        with open(path, "a") as archive:
            archive.write(json.dumps(hook) + "\n")
        if hook["action"] == "incoming_chat_thread":
            print("new chat", hook["payload"]["chat"]["id"])
        start_response("204 No Content", [])
        return []

    return receive


if __name__ == "__main__":
    make_server("", 8080, application(sys.argv[1], os.environ["HOOK_SECRET"])).serve_forever()
