"""Run the scripts one after the other, as their owner does from the shell, and the cells of a notebook."""

from __future__ import annotations

import io
import json
import os
import shlex
import sys
from pathlib import Path

import requests

CALLBACK = "https://bot.example.com/"


def test_the_scripts_run(service, capsys, monkeypatch):
    os.environ.update(LC_TOKEN="dal:test", HOOK_URL=CALLBACK)
    sys.path.insert(0, "scripts")
    import bots
    import hook
    import hours
    import props
    import receive
    import tags

    bots.main(["create", "Ada", "--limit", "3"])
    bots.main(["ls"])
    bots.main(["show", "bot-1"])
    bots.main(["rm", "bot-1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["bot-1", "bot-1 offline Ada"]
    assert json.loads(lines[2])["max_chats_count"] == 3

    props.main(["data/properties.csv"])
    assert capsys.readouterr().out.splitlines()[1:] == ["f23a7c,invoice,string", "f23a7c,order,int"]

    for line in Path("cron/nightly.sh").read_text().splitlines():
        if line.startswith("python scripts/hook.py"):
            try:
                hook.main([os.path.expandvars(word) for word in shlex.split(line)[2:]])
            except requests.HTTPError:
                assert "register_webhook" in service.refused
    hook.main(["unregister", "--url", CALLBACK])
    left = [one["action"] for one in service.server.account.webhooks.values()]
    assert left == ([] if service.refused else ["thread_closed"])

    # The archive goes back to last year: its names stay what they were, whatever is sent today.
    hours.main(["data/archive-2019.jsonl"])
    assert "09 ##\n17 #\n" in capsys.readouterr().out
    assert tags.tags() == {"invoice": 1}
    body = json.dumps(service.hook("incoming_chat_thread", {"chat": {"id": "C9"}}, "s")).encode()
    environ = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": len(body)}
    receive.application("new.jsonl", "s")(environ, lambda *_: None)
    assert capsys.readouterr().out == "new chat C9\n"

    for notebook in ("archive", "bots"):
        names: dict[str, object] = {}
        monkeypatch.chdir("notebooks")
        for cell in json.loads(Path(f"{notebook}.ipynb").read_text())["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
        monkeypatch.chdir("..")
        assert notebook == "bots" or len(names["closed"]) == 3
    service.check()
