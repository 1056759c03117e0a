"""Real audits of a little code, for the tests of what they are told as; hostile names and code among it."""

from __future__ import annotations

import os
from pathlib import Path

from calls import BEFORE, BOTS, BROKEN, LEFT
from migrator.cli.options import CommandOptions
from migrator.cli.run import add_ledger, find_changes
from migrator.cli.run_settings import load_settings
from migrator.report.extra_listings import add_name_only, split_notes
from migrator.report.run_result import RunResult
from planted import plant

CREATE = BOTS.replace("get_bot_agents", "create_bot_agent").replace(
    "json={}", 'json={\n    "name": "b",\n    "status": "accepting chats",\n}'
)
#: A call from which a key goes, which a person must follow up, and a webhook that is gone.
REMOVED = f"""import requests

{CREATE}

def receive(hook):
    if hook["secret_key"] and hook["action"] == "agent_status_changed":
        return hook["payload"]["chat"]["thread"]["order"]
"""
LONG = f"{BEFORE.rstrip()}  # {'x' * 10_000}\n"
WIDE = f"x = '😀日本'; {BOTS}"
MARKUP = f"{BEFORE.rstrip()}  # ]]> </script> ``` ::error::  \x1b[31m\u202e | x\n"
#: Names and code that mean something to a terminal, a runner, XML, HTML or Markdown.
HOSTILE = {
    "::error file=x::y\n::error::pwned.py": BEFORE,
    "x]]>\x1b[2J<b onclick=1>|`|``@me {0} [a](b) &amp;.py": MARKUP,
    "-->%0A%25,:~ #1.py": BEFORE,
    "long.py": LONG,
}
EVERYTHING: dict[str, str | bytes] = {
    "a.py": BEFORE,
    "left.py": LEFT,
    "removed.py": REMOVED,
    "deep/broken.py": BROKEN,
    "stale.py": "x = 1  # migrator: ignore[webhook-thread-closed]\n",
    "quiet.py": BEFORE.rstrip() + "  # migrator: ignore\n",
    "model.py": "@dataclass\nclass Hook:\n    action: str\n    payload: dict\n    secret_key: str\n",
    "name.py": "hook.get_bot_agents\n",
    "bom.py": b"\xef\xbb\xbf" + f"import requests\r\n\r\n{WIDE}".replace("json={}", "json={ }\r").encode(),
    "latin.py": f"# coding: latin-1\nimport requests\nx = 'é'; {BOTS}".encode("latin-1"),
    "app.js": 'fetch("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents", {method: "POST"});\n',
    **HOSTILE,
}


def audited(folder: Path, files: dict[str, str | bytes], *, notes: bool = False) -> RunResult:
    """The run of an audit of files in a folder, with bare names, and with notes if asked for."""
    plant(folder, files)
    before = Path.cwd()
    os.chdir(folder)
    try:
        choice = load_settings(
            CommandOptions((), None, None, None, (), (), (), (), False, False, False, None), notes=notes
        )
        run = split_notes(find_changes(choice, lambda _: None, everything=True))
        return add_name_only(add_ledger(run, choice.options))
    finally:
        os.chdir(before)
