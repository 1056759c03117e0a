"""Programs that no person would write: grammars around the names of the table, and how a choice makes text of them.

A production is text in which ``<symbol>`` stands for one of the symbol's own productions. Where a line holds nothing
but blanks in front of a symbol, every line of what it becomes is indented alike.
"""

# ruff: noqa: E501 - productions are as long as they are

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from migrator.matching.occurrences import collect_old_names
from migrator.matching.selection import Options
from verbs import shipped

Pick = Callable[[Sequence[str]], str]
Grammar = Mapping[str, Sequence[str]]

OLD = collect_old_names(Options(shipped().chains()))
_RULES = list(shipped().all_rules())
_SYMBOL = re.compile(r"([ \t]*)<([a-z]+)>")
_DEEPEST = 7

GENERAL: Grammar = {
    "program": ["<top>\n<line>\n<line>", "<top>\n<top>\n<line>\n<line>\n<line>\n<line>", "<line>\n" * 7],
    "top": [
        "import requests",
        "import <module>",
        "import <module> as <name>",
        "from <module> import *",
        "from <module> import <name>",
        "from <module> import <name> as <name>",
        "from . import <module>",
        "from .<module> import <name>",
        "try:\n    from <module> import <name>\nexcept ImportError:\n    <name> = <expr>",
        "import os, functools, re as <name>",
    ],
    "line": ["<stmt>", "<stmt>", "<stmt>", "<function>", "<class>", "<use>", "<use>", "<quiet>"],
    "quiet": [
        "<simple>  # migrator: ignore",
        "<simple>  # migrator: ignore[<rule>] on purpose",
        "# migrator: ignore-file[<rule>]",
        "# <old> TODO(migrator <rule>): <url>",
        "# -*- é <old> -*-",
    ],
    "stmt": ["<simple>", "<simple>", "<simple>", "<compound>"],
    "simple": [
        "<name> = <expr>",
        "<name> = <text>",
        "<name> = <address>",
        "<name> = <dict>",
        "<name> = <call>",
        "<name> += <text>",
        "<name>: <type> = <expr>",
        "<name>, <other> = <expr>, <expr>",
        "<name>, *<other> = <expr>",
        "<name>[<text>] = <expr>",
        '<name>["<key>"] = <expr>',
        "<name>.<attr> = <expr>",
        "<name>.update(<dict>)",
        "<name>.setdefault(<text>, <expr>)",
        "del <name>[<text>]",
        "<call>",
        "print(<expr>)",
        "assert <test>, <text>",
        "pass",
        '"""<word>"""',
        "<name> = lambda <other>, *a, **k: <expr>",
        "if <test>: <name> = <expr>",
        "<name> = <expr>; <other> = <expr>",
    ],
    "compound": [
        "if <test>:\n    <stmt>\nelif <test>:\n    <stmt>\nelse:\n    <stmt>",
        "for <name> in <expr>:\n    <stmt>\n    <stmt>",
        "for <name>, (<other>, _) in <dict>.items():\n    <stmt>\nelse:\n    <stmt>",
        "while <test>:\n    <stmt>\n    continue",
        "try:\n    <stmt>\nexcept <name> as e:\n    <stmt>\nfinally:\n    <stmt>",
        "try:\n    <stmt>\nexcept* (KeyError, ValueError):\n    <stmt>",
        "with <call> as <name>, <expr> as (<other>, _):\n    <stmt>",
        "match <expr>:\n    case <pattern>:\n        <stmt>\n    case <pattern> if <test>:\n        <stmt>\n    case _:\n        <stmt>",
        "if (<name> := <expr>) == <text>:\n    <stmt>",
        "<function>",
        "<class>",
    ],
    "function": [
        "def <name>(<other>, body=None, *rest, <key>=<expr>, **more):\n    <stmt>\n    return <expr>",
        "def <name>(self, <other>: <type> = <text>) -> <type>:\n    <stmt>\n    yield <expr>",
        "async def <name>(<other>):\n    <stmt>\n    async with <expr> as x:\n        await <call>\n    return await <call>",
        "@<decorator>\ndef <name>(<other>):\n    <stmt>\n    <stmt>",
        "def <old>(<other>):\n    return <call>",
        "def <name>():\n    global shared\n    shared = <expr>\n    def <other>():\n        nonlocal_ = shared\n        return <expr>\n    return <other>",
        "def <name>(method, **body):\n    return requests.post(<base> + method, json=body)\n<name>(<text>, **<dict>)",
    ],
    "decorator": ["staticmethod", "property", "<name>.post(<text>)", "functools.partial(<name>, <text>)", "<name>"],
    "class": [
        "class <cls>(<cls>):\n    <key> = <expr>\n    def __init__(self, base=<address>):\n        self.<attr> = base\n        <stmt>\n    def <name>(self, <other>):\n        return <call>",
        "class <cls>:\n    <attr>: <type>\n    <old> = <text>\n    @property\n    def <attr>(self): return <expr>",
        "class <cls>(<name>, enum.Enum):\n    A = <text>\n    B = <text>\n<name> = <cls>.A.value",
        "@dataclass\nclass <cls>:\n    <key>: str = <text>\n    action: str = <text>\n    payload: <type> = None\n<name> = <cls>(<text>)",
    ],
    "cls": ["Client", "Api", "Hook"],
    "type": ["str", "dict[str, <cls>]", "<cls>", '"<cls>"', "list[<cls>] | None", "Literal[<text>, <text>]"],
    "test": [
        "<expr> == <text>",
        "<text> != <expr>",
        "<expr> in (<text>, <text>)",
        '<name>["action"] == "<hook>"',
        '<name>.get("action") in {"<hook>", "<hook>"}',
        '<name>.action == "<hook>" and <name>.<attr> == "chat"',
        "not <expr>",
        "isinstance(<name>, <cls>)",
    ],
    "pattern": [
        "<case>",
        "<case> | <case> as z",
        '{"action": <case>, "payload": z, **other}',
        "[<case>, *z]",
        "<cls>(action=<case>)",
        "(<case>, {'<key>': z})",
    ],
    "case": ['"<hook>"', "'<word>'", '"<old>"'],
    "expr": [
        "<name>",
        "<text>",
        "<name>.<attr>",
        '<name>["<key>"]',
        "<name>[0]",
        "<call>",
        "<dict>",
        "<address>",
        "[<expr>, *<name>, <text>]",
        "{<text>, <text>, <text>}",
        "[<expr> for <name> in <expr> if <test>]",
        "{<text>: <expr> for <name>, <other> in <expr>}",
        "(<expr> if <test> else <expr>)",
        "(<name> or <expr>)",
        "(lambda <other>: <expr>)",
        "<expr> + <expr>",
        "(<name> := <expr>)",
        "getattr(<name>, <text>)",
        'os.environ.get("URL", <text>)',
        "None",
        "self",
    ],
    "text": [
        '"<word>"',
        "'<word>'",
        'r"<word>"',
        'b"<word>"',
        '"""<word>"""',
        'f"<plain>{<name>}<plain>"',
        "f'{<name>!r:>{<other>}}/<plain>{{{<name>[\"<key>\"]}'",
        '"<word>" "<word>"',
        '("<word>"\n     "<word>")',
        "'<word>\\x41\\\n<word>'",
        'f"{<name>}"',
        '"é<word>ß\\N{BULLET}"',
    ],
    "plain": ["<old>", "<old>", "<hook>", "<new>", "<key>", "<url>", "<root>", "3.1", "/", ""],
    "word": ["<plain>", "<plain>", "<plain>", "{}/<old>", "%s/%s", "<old>s", "{0}{<name>}"],
    "address": [
        '"<url>"',
        'f"<root>{<name>}"',
        'f"{<name>}/<old>"',
        '"<root>" + <name>',
        '<name> + "<old>"',
        '"{}/{}".format(<expr>, "<old>")',
        '"%s/<old>" % <expr>',
        '"%(a)s/<old>" % {"a": <expr>}',
        '"/".join(["<root>", <expr>])',
        'urljoin("<root>", "<old>")',
        '<name>.rstrip("/") + "/<old>"',
        '<name>.replace("3.0", "3.1")',
        '"<scheme><host>" + "<path>" + "<old>"',
        '"<root>"',
    ],
    "base": ['"<root>"', "<name>", 'f"<scheme>{<name>}<path>"'],
    "url": ["<root><old>", "<root><new>", "<path><old>", "<root>"],
    "root": ["<scheme><host><path>"],
    "scheme": ["https://", "https://", "http://", "//", ""],
    "dict": [
        "{}",
        '{"name": <expr>, "status": <text>}',
        '{"status": <expr>, **<name>}',
        "{**<dict>, **<name>, 'action': <text>}",
        'dict(status=<expr>, action="<hook>")',
        'dict(<name>, **{"<key>": <expr>})',
        '{\n    "status": <expr>,\n    "<key>": <text>,  # <old>\n}',
        '{"url": <text>, "<key>": <text>, "action": "<hook>", "type": "bot"}',
        '{"webhooks": {"actions": [{"name": "<hook>"}, {"name": <text>}]}, "status": <text>}',
        '{"<hook>": <name>, "<hook>": <name>}',
        '{"action": "<hook>", "payload": {"resource": "chat"}, "<key>": 1}',
        "json.loads(<text>)",
    ],
    "call": [
        "<name>(<expr>)",
        "<name>(<text>, <dict>)",
        "<name>(<text>, <key>=<expr>)",
        "<name>(*<expr>, **<dict>)",
        "<name>.<old>(<expr>, <key>=<dict>)",
        "<name>.<attr>(<address>, json=<dict>)",
        "<cls>(<expr>)",
        "<cls>(<address>).<name>(<text>)",
        "requests.post(<address>, json=<dict>)",
        'requests.post("<root><old>", json=<dict>)',
        'requests.request("POST", url=<address>, data=json.dumps(<dict>))',
        "httpx.Client(base_url=<base>).post(<text>, json=<dict>)",
        "functools.partial(<name>, <text>)(<expr>)",
        "patch(<text>, return_value=<expr>)",
    ],
    "name": ["url", "base", "hook", "body", "call", "client", "data", "method"],
    "other": ["item", "action", "payload", "value"],
    "attr": ["url", "base", "action", "post", "call", "payload"],
    "module": ["app", "client", "pkg", "hooks"],
    "old": [name for name in OLD.names if name.startswith(("get_", "create_", "remove_"))] + ["create_bot_agent"],
    "hook": [rule.old for rule in _RULES if rule.kind.value.endswith("_webhook") and rule.old],
    "new": [rule.new for rule in _RULES if rule.kind.value.startswith("rename_") and rule.new],
    "rule": [*(rule.id for rule in _RULES), "method-*"],
}

#: Nothing in it belongs to the API but its names.
INNOCENT: Grammar = GENERAL | {
    "use": ["<call>", "def handle(hook):\n    if <test>:\n        <stmt>\n    return hook['<key>']"],
    "host": ["api.example.com", "rooms.test:8443", "localhost", ""],
    "path": ["/v3.1/rooms/action/", "/api/", "/v3.1/", "/rpc?method="],
    "key": ["action", "status", "payload", "data", "resource", "name", "type", "id"],
}

#: With hosts, paths, clients and envelopes of the API.
EVIDENT: Grammar = GENERAL | {
    "use": [
        'requests.post("<root><old>", json=<dict>)',
        "def handle(hook):\n    check(hook['secret_key'])\n    if hook['action'] == '<hook>':\n        <stmt>\n    <stmt>",
        "def handle(hook, secret_key):\n    match hook:\n        case {'webhook_id': _, 'action': '<hook>' | '<hook>'}:\n            <simple>",
        "client = livechat.configuration.ConfigurationApi(version='3.1')\nclient.<old>(payload=<dict>)",
        "HANDLERS = {'<hook>': <name>, '<hook>': <name>}\nHANDLERS[hook['action']](hook['secret_key'])",
        'requests.post("<root>register_webhook", json={"url": <text>, "action": "<hook>", "secret_key": "x"})',
        'body = {"name": "<old>", "status": <text>}\nrequests.post("<root>create_bot_agent", json=body)',
    ],
    "host": ["api.livechatinc.com"] * 4 + ["localhost:8000", "", "api.example.com"],
    "path": ["/v3.1/configuration/action/"] * 5
    + ["/v3.0/configuration/action/", "/configuration/action/", "/v3.1/", "/v3.1/agent/action/"],
    "key": ["action", "status", "payload", "data", "resource", "secret_key", "webhook_id", "bot_agent_id", "livechat"],
}


def written(pick: Pick, grammar: Grammar, symbol: str = "program", depth: int = 0) -> str:
    """One text of a symbol; deep inside, the first production and so the shortest."""
    options = grammar[symbol]
    chosen = options[0] if depth > _DEEPEST else pick(options)

    def grown(match: re.Match[str]) -> str:
        text = written(pick, grammar, match[2], depth + 1)
        start = match.start()
        alone = start == 0 or chosen[start - 1] == "\n"
        return match[1] + (text.replace("\n", "\n" + match[1]) if alone else text)

    return _SYMBOL.sub(grown, chosen)
